/** From the tree to code that runs on a machine. */
import type { Run } from '../../../kernel/run'
import type { Match, Regex } from '../../../regex'
import { sortedInSlices } from '../../libc/sort'
import { AwkArray, type Element } from './array'
import { BUILTINS, characters, groupReplacement, replaceMatches, replacement } from './builtins'
import { all, chain, type Code, later, map, now, pair, perform } from './code'
import { NotEnough, sprintf } from './format'
import { byContent, Cell, type Machine } from './machine'
import { isTarget } from './parser'
import { type Direction, order } from './sorting'
import type { Streams } from './streams'
import { type Arithmetic, type Expression, type FunctionDefinition, type Indexed, ProgramError, type ProgramTree, type Relation, type Statement, type Target, type Variable } from './syntax'
import { compare, Input, lengthOf, Pattern, toNumber, truth, type Value } from './values'

/** How a statement ended: not at all out of order, or on its way out. */
export type Signal = undefined | 'break' | 'continue' | 'next' | 'nextfile' | 'exit' | 'return'

/** Records of the main input, as the command line gives them. */
export interface MainInput {
  next(): Run<{ readonly text: string } | null>
}

const MOST_CALLS = 4000

const ARITHMETIC: { readonly [operator in Exclude<Arithmetic, '/' | '%'>]: (a: number, b: number) => number } = {
  '+': (a, b) => a + b, '-': (a, b) => a - b, '*': (a, b) => a * b, '^': (a, b) => (a === 1 ? 1 : a ** b),
}

const RELATION: { readonly [operator in Relation]: (order: number) => boolean } = {
  '<': (n) => n < 0, '<=': (n) => n <= 0, '==': (n) => n === 0, '!=': (n) => n !== 0, '>': (n) => n > 0, '>=': (n) => n >= 0,
}

interface Place {
  readonly get: Code<Value>
  /** Puts what `value` gives; the result is the value put. */
  set(value: Code<Value>): Code<Value>
  /** Reads, changes and puts, with the place found once; the result is what `change` tells. */
  update(change: (old: Value) => { next: Value; result: Value }): Code<Value>
  updateWith(value: Code<Value>, change: (old: Value, value: Value) => Value): Code<Value>
}

interface Callable {
  readonly definition: FunctionDefinition
  body: Code<Signal>
}

const EMPTY_LOCALS: ReadonlyMap<string, number> = new Map()

export class Compiler {
  private readonly machine: Machine
  private readonly streams: Streams
  private readonly main: MainInput
  private readonly tree: ProgramTree
  private readonly functions = new Map<string, Callable>()
  private locals: ReadonlyMap<string, number> = EMPTY_LOCALS
  private depth = 0
  private ticks = 0
  constructor(machine: Machine, streams: Streams, main: MainInput, tree: ProgramTree) {
    this.machine = machine
    this.streams = streams
    this.main = main
    this.tree = tree
    for (const definition of tree.functions.values()) this.functions.set(definition.name, { definition, body: now(() => undefined) })
    for (const callable of this.functions.values()) {
      this.locals = new Map(callable.definition.parameters.map((p, i) => [p, i]))
      callable.body = this.statement(callable.definition.body)
    }
    this.locals = EMPTY_LOCALS
  }
  /** Lets others run, and what was printed out, now and then in a long loop. */
  private *tick(): Run {
    if (++this.ticks < 32) return
    this.ticks = 0
    if (this.machine.io.sys.spend(32)) yield 'preempted'
    yield* this.machine.io.drain()
  }
  private error(line: number, message: string): never {
    throw new ProgramError(`${this.machine.name}: ${this.machine.where(line)}: ${message}\n`)
  }

  // ── statements ────────────────────────────────────────────────────────────────────────────────────────
  statement(s: Statement): Code<Signal> {
    switch (s.type) {
      case 'block': return this.block(s.body)
      case 'expression': return this.marked(s.line, map(this.expression(s.value), () => undefined))
      case 'print': case 'printf': return this.print(s)
      case 'if': return this.choose(s.line, this.test(s.test), this.statement(s.yes), s.no ? this.statement(s.no) : now(() => undefined))
      case 'while': return this.loop(s.line, this.test(s.test), this.statement(s.body), null, 'first')
      case 'do': return this.loop(s.line, this.test(s.test), this.statement(s.body), null, 'after')
      case 'for': {
        const first = s.first ? this.statement(s.first) : null
        const run = this.loop(s.line, s.test ? this.test(s.test) : now(() => true), this.statement(s.body), s.step ? this.statement(s.step) : null, 'first')
        return first ? later(function* () {
          yield* perform(first)
          return yield* perform(run)
        }) : run
      }
      case 'for-in': return this.forIn(s)
      case 'switch': return this.switch(s)
      case 'next': case 'nextfile': case 'break': case 'continue': {
        const { type } = s
        return now(() => type)
      }
      case 'exit': {
        if (!s.value) return now(() => 'exit')
        return this.marked(s.line, map(this.expression(s.value), (v): Signal => {
          this.machine.status = Math.trunc(toNumber(v)) & 255
          return 'exit'
        }))
      }
      case 'return': {
        const value = s.value ? this.expression(s.value) : now((): Value => undefined)
        return this.marked(s.line, map(value, (v): Signal => {
          this.machine.returned = v
          return 'return'
        }))
      }
      case 'delete': {
        const array = this.array(s.array)
        if (!s.subscripts) return map(array, (a): Signal => {
          a.clear()
          return undefined
        })
        return pair(array, this.key(s.subscripts), (a, key): Signal => {
          a.delete(key)
          return undefined
        })
      }
    }
  }
  /** Says where the program is before a statement runs. */
  private marked<T>(line: number, code: Code<T>): Code<T> {
    const { machine } = this
    if ('now' in code) {
      const run = code.now
      return now(() => {
        machine.line = line
        return run()
      })
    }
    return later(function* () {
      machine.line = line
      return yield* code.later()
    })
  }
  private block(statements: readonly Statement[]): Code<Signal> {
    const parts = statements.map((s) => this.statement(s))
    const ready = parts.flatMap((p) => ('now' in p ? [p.now] : []))
    if (ready.length === parts.length) {
      const [only] = ready
      if (only && ready.length === 1) return now(only)
      return now(() => {
        for (const run of ready) {
          const signal = run()
          if (signal !== undefined) return signal
        }
        return undefined
      })
    }
    return later(function* () {
      for (const part of parts) {
        const signal = 'now' in part ? part.now() : yield* part.later()
        if (signal !== undefined) return signal
      }
      return undefined
    })
  }
  private choose(line: number, test: Code<boolean>, yes: Code<Signal>, no: Code<Signal>): Code<Signal> {
    const { machine } = this
    if ('now' in test && 'now' in yes && 'now' in no) {
      return now(() => {
        machine.line = line
        return test.now() ? yes.now() : no.now()
      })
    }
    return later(function* () {
      machine.line = line
      return yield* perform((yield* perform(test)) ? yes : no)
    })
  }
  private loop(line: number, test: Code<boolean>, body: Code<Signal>, step: Code<Signal> | null, when: 'first' | 'after'): Code<Signal> {
    const { machine } = this
    const tick = (): Run => this.tick()
    return later(function* () {
      for (let round = 0; ; round++) {
        machine.line = line
        if (when === 'first' || round > 0) {
          if (!('now' in test ? test.now() : yield* test.later())) return undefined
        }
        const signal = 'now' in body ? body.now() : yield* body.later()
        if (signal === 'break') return undefined
        if (signal !== undefined && signal !== 'continue') return signal
        if (step) yield* perform(step)
        yield* tick()
      }
    })
  }
  private forIn(s: Extract<Statement, { type: 'for-in' }>): Code<Signal> {
    const array = this.array(s.array)
    const body = this.statement(s.body)
    let current: Value
    const put = this.place(s.variable).set(now(() => current))
    const compiler = this
    return later(function* () {
      const elements = yield* perform(array)
      for (const key of yield* compiler.keys(elements)) {
        current = key
        yield* perform(put)
        const signal = yield* perform(body)
        if (signal === 'break') return undefined
        if (signal !== undefined && signal !== 'continue') return signal
        yield* compiler.tick()
      }
      return undefined
    })
  }
  /** Subscripts in the order that PROCINFO["sorted_in"] asks for. */
  private *keys(array: AwkArray): Run<Value[]> {
    const info = this.machine.cell('PROCINFO').value
    const how = info instanceof AwkArray ? info.peek('sorted_in') : undefined
    if (how === undefined || how instanceof AwkArray) return array.subscripts()
    return (yield* this.ordered(array, this.machine.text(how))).map(([key]) => key)
  }
  private *ordered(array: AwkArray, how: string): Run<[string, Element][]> {
    const entries = array.keys().map((key): [string, Element] => [key, array.peek(key)])
    if (how === '' || how === '@unsorted') return entries
    const known = order(how, this.machine.convfmt)
    if (known) return yield* sortedInSlices(this.machine.io.sys, entries, known)
    const callable = this.functions.get(how)
    if (!callable) return this.machine.fatal(`sort comparison function \`${how}' is not defined`)
    return yield* this.mergeSort(entries, callable)
  }
  private *mergeSort(entries: [string, Element][], callable: Callable): Run<[string, Element][]> {
    if (entries.length < 2) return entries
    const half = entries.length >> 1
    const left = yield* this.mergeSort(entries.slice(0, half), callable)
    const right = yield* this.mergeSort(entries.slice(half), callable)
    const out: [string, Element][] = []
    let i = 0
    let k = 0
    while (i < left.length && k < right.length) {
      const a = left[i] as [string, Element]
      const b = right[k] as [string, Element]
      const said = toNumber(yield* this.call(callable, [a[0], a[1], b[0], b[1]].map((v) => new Cell(v))))
      if (said <= 0) {
        out.push(a)
        i++
      } else {
        out.push(b)
        k++
      }
    }
    return [...out, ...left.slice(i), ...right.slice(k)]
  }
  private switch(s: Extract<Statement, { type: 'switch' }>): Code<Signal> {
    const value = this.expression(s.value)
    const { machine } = this
    const cases = s.cases.map(({ label, body }) => ({ label: label ? (label.type === 'regexp' ? new Pattern(label.source) : this.constant(label)) : null, body: this.block(body) }))
    return later(function* () {
      const chosen = yield* perform(value)
      const matches = (label: Value): boolean => (label instanceof Pattern ? machine.regex(label.source).test(machine.text(chosen)) : typeof label === typeof chosen || chosen instanceof Input ? compare(chosen, label, machine.convfmt, machine.letters) === 0 : false)
      let at = cases.findIndex((c) => c.label !== null && matches(c.label))
      if (at < 0) at = cases.findIndex((c) => c.label === null)
      if (at < 0) return undefined
      for (const { body } of cases.slice(at)) {
        const signal = yield* perform(body)
        if (signal === 'break') return undefined
        if (signal !== undefined) return signal
      }
      return undefined
    })
  }
  private constant(e: Expression): Value {
    if (e.type === 'number') return e.value
    if (e.type === 'string') return e.text
    if (e.type === 'minus' && e.of.type === 'number') return -e.of.value
    return undefined
  }
  private print(s: Extract<Statement, { type: 'print' | 'printf' }>): Code<Signal> {
    const { machine, streams } = this
    const args = s.args.map((a) => this.expression(a))
    const shown = (value: Value): string => (typeof value === 'number' && !Number.isInteger(value) ? machine.outputText(value) : machine.text(value))
    const text: Code<string> = s.type === 'printf' ? this.formatted(args)
      : args.length === 0 ? now(() => machine.whole + machine.ors)
      : all(args, (values) => (values.length === 1 ? shown(values[0]) : values.map(shown).join(machine.ofs)) + machine.ors)
    if (s.type === 'printf' && args.length === 0) this.error(s.line, 'fatal: printf: no arguments')
    if (!s.redirection) {
      const { io } = machine
      const interactive = io.sys.isatty(1)
      const put = this.marked(s.line, map(text, (t): Signal => {
        io.out(t)
        return undefined
      }))
      return interactive ? later(function* () {
        const signal = yield* perform(put)
        yield* io.flush()
        return signal
      }) : put
    }
    const { to } = s.redirection
    const target = map(this.expression(s.redirection.target), (v) => machine.text(v))
    return this.marked(s.line, chain(pair(text, target, (t, name) => ({ t, name })), function* ({ t, name }): Run<Signal> {
      yield* streams.print(to, name, t)
      return undefined
    }))
  }
  private formatted(args: readonly Code<Value>[]): Code<string> {
    const { machine } = this
    return all(args, ([format, ...values]) => {
      try {
        return sprintf(machine.text(format), values, (v) => machine.text(v))
      } catch (error) {
        if (!(error instanceof NotEnough)) throw error
        return machine.fatal(`${error.message}\n\t\`${error.format}'\n\t${' '.repeat(error.at)}^ ran out for this one`)
      }
    })
  }

  // ── places ────────────────────────────────────────────────────────────────────────────────────────────
  /** Finds the cell of a name when the code runs: a parameter's cell is another in each call. */
  private cell(name: string): () => Cell {
    const { machine } = this
    const slot = this.locals.get(name)
    if (slot !== undefined) return () => machine.frame[slot] as Cell
    if (this.functions.has(name)) throw new ProgramError(`${machine.name}: ${machine.where(machine.line)}: error: function \`${name}' called with space between name and \`(',\nor used as a variable or an array\n`)
    const cell = machine.cell(name)
    return () => cell
  }
  private array(e: Variable | Indexed): Code<AwkArray> {
    const { machine } = this
    if (e.type === 'variable') {
      const cell = this.cell(e.name)
      const { name } = e
      return now(() => machine.arrayOf(cell(), name))
    }
    return pair(this.array(e.base), this.key(e.subscripts), (base, key) => {
      const found = base.peek(key)
      if (found instanceof AwkArray) return found
      if (found !== undefined) return machine.fatal(`attempt to use scalar \`${nameOf(e)}["${key}"]' as an array`)
      const made = new AwkArray()
      base.set(key, made)
      return made
    })
  }
  private key(subscripts: readonly Expression[]): Code<string> {
    const { machine } = this
    const parts = subscripts.map((s) => this.expression(s))
    const [only] = parts
    if (only && parts.length === 1) return map(only, (v) => machine.key(v))
    return all(parts, (values) => values.map((v) => machine.key(v)).join(machine.subsep))
  }
  place(target: Target): Place {
    const { machine } = this
    if (target.type === 'variable') {
      const cell = this.cell(target.name)
      const { name } = target
      const get = (): Value => {
        const value = cell().value
        return typeof value === 'object' ? machine.scalar(value, shownName(name, cell())) : value
      }
      const put = (value: Value): Value => {
        const c = cell()
        if (c.value instanceof AwkArray) machine.fatal(`attempt to use array \`${shownName(name, c)}' in a scalar context`)
        c.value = value
        return value
      }
      return {
        get: now(get),
        set: (value) => map(value, put),
        update: (change) => now(() => {
          const { next, result } = change(get())
          put(next)
          return result
        }),
        updateWith: (value, change) => map(value, (v) => put(change(get(), v))),
      }
    }
    if (target.type === 'field') {
      const at = map(this.expression(target.of), toNumber)
      return {
        get: map(at, (n) => machine.field(n)),
        set: (value) => pair(value, at, (v, n) => {
          machine.setField(n, v)
          return v
        }),
        update: (change) => map(at, (n) => {
          const { next, result } = change(machine.field(n))
          machine.setField(n, next)
          return result
        }),
        updateWith: (value, change) => pair(value, at, (v, n) => {
          const next = change(machine.field(n), v)
          machine.setField(n, next)
          return next
        }),
      }
    }
    const where = pair(this.array(target.base), this.key(target.subscripts), (array, key) => ({ array, key }))
    const scalar = (element: Element, key: string): Value => (element instanceof AwkArray ? machine.fatal(`attempt to use array \`${nameOf(target)}["${key}"]' in a scalar context`) : element)
    return {
      get: map(where, ({ array, key }) => scalar(array.get(key), key)),
      set: (value) => pair(value, where, (v, { array, key }) => {
        if (array.peek(key) instanceof AwkArray) scalar(array.peek(key), key)
        array.set(key, v)
        return v
      }),
      update: (change) => map(where, ({ array, key }) => {
        const { next, result } = change(scalar(array.get(key), key))
        array.set(key, next)
        return result
      }),
      updateWith: (value, change) => pair(value, where, (v, { array, key }) => {
        const next = change(scalar(array.get(key), key), v)
        array.set(key, next)
        return next
      }),
    }
  }

  // ── expressions ───────────────────────────────────────────────────────────────────────────────────────
  test(e: Expression): Code<boolean> {
    if (e.type === 'regexp') {
      const { machine } = this
      const regex = this.fixed(e.source)
      return now(() => regex().test(machine.whole))
    }
    if (e.type === 'not') return map(this.test(e.of), (v) => !v)
    return map(this.expression(e), truth)
  }
  /** A constant regular expression: compiled once, again when IGNORECASE changes. */
  private fixed(source: string): () => Regex {
    const { machine } = this
    let known: Regex | null = null
    let letters = machine.letters
    return () => {
      if (!known || letters !== machine.letters) {
        letters = machine.letters
        known = machine.regex(source)
      }
      return known
    }
  }
  private pattern(e: Expression): Code<Regex> {
    const { machine } = this
    if (e.type === 'regexp' || e.type === 'pattern') return now(this.fixed(e.source))
    return map(this.expression(e), (v) => machine.regex(machine.text(v)))
  }
  expression(e: Expression): Code<Value> {
    const { machine } = this
    switch (e.type) {
      case 'number': {
        const { value } = e
        return now(() => value)
      }
      case 'string': {
        const { text } = e
        return now(() => text)
      }
      case 'regexp': return map(this.test(e), (v) => (v ? 1 : 0))
      case 'pattern': {
        const value = new Pattern(e.source)
        return now(() => value)
      }
      case 'variable': case 'index': case 'field': return this.place(e).get
      case 'group': return this.expression(e.of)
      case 'assign': return this.assign(e)
      case 'choose': {
        const test = this.test(e.test)
        const yes = this.expression(e.yes)
        const no = this.expression(e.no)
        if ('now' in test && 'now' in yes && 'now' in no) return now(() => (test.now() ? yes.now() : no.now()))
        return later(function* () {
          return yield* perform((yield* perform(test)) ? yes : no)
        })
      }
      case 'or': return this.either(e.left, e.right, true)
      case 'and': return this.either(e.left, e.right, false)
      case 'in': return pair(this.array(e.array), this.key(e.subscripts), (array, key) => (array.has(key) ? 1 : 0))
      case 'match': {
        const wanted = e.sense === '~'
        return pair(this.expression(e.text), this.pattern(e.pattern), (v, regex) => (regex.test(machine.text(v)) === wanted ? 1 : 0))
      }
      case 'compare': {
        const holds = RELATION[e.operator]
        return pair(this.expression(e.left), this.expression(e.right), (a, b) => (holds(compare(a, b, machine.convfmt, machine.letters)) ? 1 : 0))
      }
      case 'concat': return pair(this.expression(e.left), this.expression(e.right), (a, b) => machine.text(a) + machine.text(b))
      case 'arithmetic': {
        const compute = this.arithmetic(e.operator)
        return pair(this.expression(e.left), this.expression(e.right), (a, b) => compute(toNumber(a), toNumber(b)))
      }
      case 'not': return map(this.test(e.of), (v) => (v ? 0 : 1))
      case 'minus': return map(this.expression(e.of), (v) => -toNumber(v))
      case 'plus': return map(this.expression(e.of), toNumber)
      case 'step': {
        const { by, order: when } = e
        return this.place(e.target).update((old) => {
          const n = toNumber(old)
          return { next: n + by, result: when === 'before' ? n + by : n }
        })
      }
      case 'call': return this.userCall(e.name, e.args, e.line)
      case 'indirect': return this.indirectCall(e)
      case 'builtin': return this.builtin(e.name, e.args, e.line)
      case 'getline': return this.getline(e)
    }
  }
  private arithmetic(operator: Arithmetic): (a: number, b: number) => number {
    const { machine } = this
    if (operator === '/') return (a, b) => (b === 0 ? machine.fatal('division by zero attempted') : a / b)
    if (operator === '%') return (a, b) => (b === 0 ? machine.fatal("division by zero attempted in `%'") : a % b)
    return ARITHMETIC[operator]
  }
  private assign(e: Extract<Expression, { type: 'assign' }>): Code<Value> {
    const { machine } = this
    const target = this.place(e.target)
    const value = this.expression(e.value)
    if (e.operator === '=') return target.set(value)
    const zero = e.operator === '/' ? 'division by zero attempted in `/=\'' : "division by zero attempted in `%='"
    const compute = this.arithmetic(e.operator)
    const guarded = e.operator === '/' || e.operator === '%'
    return target.updateWith(value, (old, v) => {
      const b = toNumber(v)
      return guarded && b === 0 ? machine.fatal(zero) : compute(toNumber(old), b)
    })
  }
  /** `||` (decided by true) and `&&` (decided by false). */
  private either(left: Expression, right: Expression, decides: boolean): Code<Value> {
    const a = this.test(left)
    const b = this.test(right)
    if ('now' in a && 'now' in b) return now(() => (a.now() === decides || b.now() === decides ? decides : !decides) ? 1 : 0)
    return later(function* () {
      if ((yield* perform(a)) === decides) return decides ? 1 : 0
      return (yield* perform(b)) ? 1 : 0
    })
  }

  // ── calls ─────────────────────────────────────────────────────────────────────────────────────────────
  private userCall(name: string, args: readonly Expression[], line: number): Code<Value> {
    const callable = this.functions.get(name)
    if (!callable && this.machine.globals.has(name)) throw new ProgramError(`${this.machine.name}: ${this.machine.where(line)}: error: attempt to use non-function \`${name}' in function call\n`)
    if (!callable) throw new ProgramError(`${this.machine.name}: ${this.machine.where(line)}: fatal: function \`${name}' not defined\n`)
    if (args.length > callable.definition.parameters.length) this.machine.io.err(`${this.machine.name}: ${this.machine.where(line)}: warning: function \`${name}' called with more arguments than declared\n`)
    return chain(this.arguments(args), (cells) => this.call(callable, cells))
  }
  private indirectCall(e: Extract<Expression, { type: 'indirect' }>): Code<Value> {
    const { machine } = this
    const name = map(this.place(e.name).get, (v) => machine.text(v))
    const cells = this.arguments(e.args)
    return chain(pair(name, cells, (n, c) => ({ n, c })), ({ n, c }) => {
      const callable = this.functions.get(n)
      if (callable) return this.call(callable, c)
      if (n === 'length') {
        const of = c[0] ? c[0].value : machine.whole
        return finished(of instanceof AwkArray ? of.size : lengthOf(machine.text(of)))
      }
      const builtin = BUILTINS[n]
      if (!builtin) return machine.fatal(`\`${n}' is not a function, so it cannot be called indirectly`)
      return finished(builtin(machine, c.map((cell) => machine.scalar(cell.value, n))))
    })
  }
  /** A bare name is passed as its cell, so that the function can make it an array. */
  private arguments(args: readonly Expression[]): Code<Cell[]> {
    return all(args.map((a): Code<Cell> => {
      if (a.type === 'variable') {
        const cell = this.cell(a.name)
        return now(() => {
          const own = cell()
          const { value } = own
          if (value instanceof AwkArray) return new Cell(value, null, own.alias === '' ? a.name : own.alias)
          return value === undefined ? new Cell(undefined, own) : new Cell(value)
        })
      }
      if (a.type === 'index') {
        return pair(this.array(a.base), this.key(a.subscripts), (array, key) => {
          const element = array.get(key)
          return new Cell(element)
        })
      }
      return map(this.expression(a), (v) => new Cell(v))
    }), (cells) => cells)
  }
  private *call(callable: Callable, cells: Cell[]): Run<Value> {
    const { machine } = this
    while (cells.length < callable.definition.parameters.length) cells.push(new Cell())
    if (++this.depth > MOST_CALLS) machine.fatal('function call nesting too deep: stack exhausted')
    const before = machine.frame
    const { line } = machine
    machine.frame = cells
    machine.returned = undefined
    yield* this.tick()
    const signal = 'now' in callable.body ? callable.body.now() : yield* callable.body.later()
    machine.frame = before
    machine.line = line
    this.depth--
    const value = machine.returned
    machine.returned = undefined
    if (signal === 'return') return value
    if (signal === 'next' || signal === 'nextfile' || signal === 'exit') throw new Leave(signal)
    return undefined
  }
  private builtin(name: string, args: readonly Expression[], line: number): Code<Value> {
    const { machine } = this
    const known = Object.hasOwn(BUILTINS, name) ? BUILTINS[name] : undefined
    if (known) return all(args.map((a) => this.expression(a)), (values) => known(machine, values))
    switch (name) {
      case 'length': return this.length(args)
      case 'sprintf': return this.formatted(args.map((a) => this.expression(a)))
      case 'sub': case 'gsub': return this.substitute(name, args)
      case 'gensub': return this.gensub(args)
      case 'match': return this.match(args, line)
      case 'split': case 'patsplit': return this.split(name, args, line)
      case 'asort': case 'asorti': return this.asort(name, args, line)
      case 'close': case 'fflush': case 'system': return this.streamCall(name, args)
      case 'typeof': case 'isarray': {
        const element = this.element(args[0] as Expression)
        return map(element, ({ value, typed }) => (name === 'isarray' ? (value instanceof AwkArray ? 1 : 0) : typeName(value, typed)))
      }
      case 'mkbool': return map(this.test(args[0] as Expression), (v) => (v ? 1 : 0))
      default: return this.error(line, `fatal: ${name}: not simulated in this lab`)
    }
  }
  private length(args: readonly Expression[]): Code<Value> {
    const { machine } = this
    const [of] = args
    if (!of) return now(() => lengthOf(machine.whole))
    if (of.type === 'variable') {
      const cell = this.cell(of.name)
      return now(() => {
        const { value } = cell()
        return value instanceof AwkArray ? value.size : lengthOf(machine.text(value))
      })
    }
    return map(this.element(of), ({ value }) => (value instanceof AwkArray ? value.size : lengthOf(machine.text(value))))
  }
  /** An argument that may be an array. */
  private element(e: Expression): Code<{ value: Element; typed: boolean }> {
    if (e.type === 'variable') {
      const cell = this.cell(e.name)
      return now(() => ({ value: cell().value, typed: false }))
    }
    if (e.type === 'index') return pair(this.array(e.base), this.key(e.subscripts), (array, key) => ({ typed: array.has(key), value: array.get(key) }))
    if (e.type === 'group') return this.element(e.of)
    return map(this.expression(e), (value) => ({ value, typed: true }))
  }
  private substitute(name: 'sub' | 'gsub', [pattern, template, target]: readonly Expression[]): Code<Value> {
    const { machine } = this
    const where: Expression = target ?? { type: 'field', of: { type: 'number', value: 0 } }
    const inputs = pair(this.pattern(pattern as Expression), this.expression(template as Expression), (regex, text) => ({ regex, text: machine.text(text) }))
    const replace = (old: Value, { regex, text }: { regex: Regex; text: string }): { text: string; count: number } => {
      const whole = machine.text(old)
      return replaceMatches(whole, regex, name === 'gsub' ? 'all' : 1, (m) => replacement(text, whole.slice(m[0]?.[0], m[0]?.[1])))
    }
    if (!isTarget(where)) return pair(inputs, this.expression(where), (given, old) => replace(old, given).count)
    const place = this.place(where)
    // What is replaced is read after pattern and replacement, and put only if something was.
    let changed = ''
    const put = place.set(now(() => changed))
    const found = pair(inputs, place.get, (given, old) => replace(old, given))
    if ('now' in found && 'now' in put) {
      return now(() => {
        const { text, count } = found.now()
        if (count > 0) {
          changed = text
          put.now()
        }
        return count
      })
    }
    return later(function* () {
      const { text, count } = yield* perform(found)
      if (count > 0) {
        changed = text
        yield* perform(put)
      }
      return count
    })
  }
  private gensub(args: readonly Expression[]): Code<Value> {
    const { machine } = this
    const [pattern, template, how, target] = args
    const rest = [template, how].map((a) => this.expression(a as Expression))
    const subject = target ? this.expression(target) : now((): Value => machine.field(0))
    return pair(this.pattern(pattern as Expression), all([...rest, subject], (v) => v), (regex, [with_, which, old]) => {
      const text = machine.text(old)
      const choice = machine.text(which)
      let nth: number | 'all' = 'all'
      if (!/^[gG]/.test(choice)) {
        nth = Math.trunc(toNumber(which))
        if (nth < 1) {
          if (typeof which !== 'number' || nth < 1) machine.warn(`gensub: third argument \`${choice}' treated as 1`)
          nth = 1
        }
      }
      const template_ = machine.text(with_)
      return replaceMatches(text, regex, nth, (m) => groupReplacement(template_, text, m)).text
    })
  }
  private match(args: readonly Expression[], line: number): Code<Value> {
    const { machine } = this
    const [subject, pattern, into] = args
    const array = into ? this.arrayArgument(into, 'match: third argument is not an array', line) : null
    const start = machine.cell('RSTART')
    const size = machine.cell('RLENGTH')
    const found = pair(this.expression(subject as Expression), this.pattern(pattern as Expression), (v, regex) => {
      const text = machine.text(v)
      const match = regex.exec(text)
      const whole = match?.[0]
      start.value = whole ? characters(text, whole[0]) + 1 : 0
      size.value = whole ? characters(text.slice(whole[0]), whole[1] - whole[0]) : -1
      return { text, match }
    })
    if (!array) return map(found, () => machine.scalar(start.value, 'RSTART'))
    return pair(found, array, ({ text, match }, groups) => {
      groups.clear()
      if (match) fillGroups(groups, text, match, machine.subsep)
      return machine.scalar(start.value, 'RSTART')
    })
  }
  private arrayArgument(e: Expression, message: string, line: number): Code<AwkArray> {
    if (e.type === 'variable' || e.type === 'index') return this.array(e)
    return this.error(line, `fatal: ${message}`)
  }
  private split(name: 'split' | 'patsplit', args: readonly Expression[], line: number): Code<Value> {
    const { machine } = this
    const [subject, into, separator, kept] = args
    const array = this.arrayArgument(into as Expression, `${name}: second argument is not an array`, line)
    const separators = kept ? this.arrayArgument(kept, `${name}: fourth argument is not an array`, line) : now(() => null)
    const how = (): Code<(text: string) => { pieces: string[]; separators: string[] }> => {
      if (name === 'patsplit') return separator ? map(this.pattern(separator), byContent) : now(() => byContent(machine.regex(machine.text(machine.scalar(machine.cell('FPAT').value, 'FPAT')))))
      if (!separator) return now(() => machine.splitterFor(machine.text(machine.scalar(machine.cell('FS').value, 'FS'))))
      if (separator.type === 'regexp') {
        const regex = this.fixed(separator.source)
        return separator.source === '' ? now(() => machine.splitterFor('')) : now(() => machine.splitterOf(regex()))
      }
      return map(this.expression(separator), (v) => (v instanceof Pattern ? machine.splitterOf(machine.regex(v.source)) : machine.splitterFor(machine.text(v))))
    }
    return pair(
      pair(this.expression(subject as Expression), how(), (v, splitter) => splitter(machine.text(v))),
      pair(array, separators, (a, s) => ({ a, s })),
      (result, { a, s }) => {
        a.clear()
        result.pieces.forEach((piece, i) => a.set(String(i + 1), new Input(piece)))
        if (s) {
          s.clear()
          const blanks = separator === undefined || (separator.type === 'string' && separator.text === ' ')
          result.separators.forEach((piece, i) => {
            const outer = i === 0 || i === result.pieces.length
            if (name === 'patsplit' || !outer || (blanks && piece !== '')) s.set(String(i), piece)
          })
        }
        return result.pieces.length
      },
    )
  }
  private asort(name: 'asort' | 'asorti', args: readonly Expression[], line: number): Code<Value> {
    const { machine } = this
    const [from, to, how] = args
    const source = this.arrayArgument(from as Expression, `${name}: first argument is not an array`, line)
    const destination = to ? this.arrayArgument(to, `${name}: second argument is not an array`, line) : source
    const usual: Direction = name === 'asort' ? '@val_type_asc' : '@ind_str_asc'
    const wanted = how ? map(this.expression(how), (v) => machine.text(v)) : now((): string => usual)
    const compiler = this
    return chain(pair(pair(source, destination, (a, b) => ({ a, b })), wanted, ({ a, b }, w) => ({ a, b, w })), function* ({ a, b, w }): Run<Value> {
      const sorted = yield* compiler.ordered(a, w)
      b.clear()
      sorted.forEach(([key, value], i) => b.set(String(i + 1), name === 'asort' ? value : key))
      return sorted.length
    })
  }
  private streamCall(name: 'close' | 'fflush' | 'system', args: readonly Expression[]): Code<Value> {
    const { machine, streams } = this
    const values = all(args.map((a) => this.expression(a)), (v) => v.map((x) => machine.text(x)))
    return chain(values, function* ([first, how]): Run<Value> {
      if (name === 'system') return yield* streams.system(first ?? '')
      if (name === 'close') return yield* streams.close(first ?? '', how === 'to' ? 'to' : how === 'from' ? 'from' : 'both')
      if (first !== undefined && first !== '') return yield* streams.flushNamed(first)
      yield* streams.flushAll()
      return 0
    })
  }
  private getline(e: Extract<Expression, { type: 'getline' }>): Code<Value> {
    const { machine, streams, main } = this
    let read = ''
    const put = e.target ? this.place(e.target).set(now((): Value => new Input(read))) : null
    const { from } = e
    if (from === 'main') {
      return later(function* (): Run<Value> {
        yield* machine.io.drain()
        const record = yield* main.next()
        if (!record) return 0
        read = record.text
        if (put) yield* perform(put)
        else machine.setRecord(record.text)
        return 1
      })
    }
    const source = map(this.expression(e.source as Expression), (v) => machine.text(v))
    return chain(source, function* (name): Run<Value> {
      const record = yield* streams.read(from, name)
      if (record === undefined) return -1
      if (record === null) return 0
      machine.cell('RT').value = record.terminator
      read = record.text
      if (put) yield* perform(put)
      else machine.setRecord(record.text)
      return 1
    })
  }
}

/** `next` or `exit` inside a function leaves the rule that called it. */
export class Leave {
  readonly signal: 'next' | 'nextfile' | 'exit'
  constructor(signal: 'next' | 'nextfile' | 'exit') {
    this.signal = signal
  }
}

// biome-ignore lint/correctness/useYield: a value where a coroutine is wanted
function* finished(value: Value): Run<Value> {
  return value
}

/** A parameter's name with that of the array it stands for. */
const shownName = (name: string, cell: Cell): string => (cell.alias === '' ? name : `${name} (from ${cell.alias})`)

const nameOf = (e: Variable | Indexed): string => (e.type === 'variable' ? e.name : nameOf(e.base))

function typeName(value: Element, typed: boolean): string {
  if (value instanceof AwkArray) return 'array'
  if (typeof value === 'number') return 'number'
  if (typeof value === 'string') return 'string'
  if (value === undefined) return typed ? 'unassigned' : 'untyped'
  return value instanceof Pattern ? 'regexp' : value.number === null ? 'string' : 'strnum'
}

function fillGroups(groups: AwkArray, text: string, match: Match, subsep: string): void {
  match.forEach(([low, high], i) => {
    if (low < 0) return
    groups.set(String(i), new Input(text.slice(low, high)))
    groups.set(`${i}${subsep}start`, characters(text, low) + 1)
    groups.set(`${i}${subsep}length`, characters(text.slice(low), high - low))
  })
}
