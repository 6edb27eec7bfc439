/** Expressions: operators, tests, patterns. */
import type { Regex } from '../../../../regex'
import { type Code, later, map, now, pair, perform } from '../code'
import type { Compiler } from '../compile'
import type { Arithmetic, Expression, Relation } from '../syntax'
import { compare, Pattern, toNumber, truth, type Value } from '../values'
import { indirectCall, userCall } from './calls'
import { builtin, getline } from './library'

const ARITHMETIC: { readonly [operator in Exclude<Arithmetic, '/' | '%'>]: (a: number, b: number) => number } = {
  '+': (a, b) => a + b, '-': (a, b) => a - b, '*': (a, b) => a * b, '^': (a, b) => (a === 1 ? 1 : a ** b),
}

const RELATION: { readonly [operator in Relation]: (order: number) => boolean } = {
  '<': (n) => n < 0, '<=': (n) => n <= 0, '==': (n) => n === 0, '!=': (n) => n !== 0, '>': (n) => n > 0, '>=': (n) => n >= 0,
}

export function test(compiler: Compiler, e: Expression): Code<boolean> {
  if (e.type === 'regexp') {
    const { machine } = compiler
    const regex = fixed(compiler, e.source)
    return now(() => regex().test(machine.whole))
  }
  if (e.type === 'not') return map(compiler.test(e.of), (v) => !v)
  return map(compiler.expression(e), truth)
}

/** A constant regular expression: compiled once, again when IGNORECASE changes. */
export function fixed(compiler: Compiler, source: string): () => Regex {
  const { machine } = compiler
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

export function patternOf(compiler: Compiler, e: Expression): Code<Regex> {
  const { machine } = compiler
  if (e.type === 'regexp' || e.type === 'pattern') return now(fixed(compiler, e.source))
  return map(compiler.expression(e), (v) => machine.regex(machine.text(v)))
}

export function expression(compiler: Compiler, e: Expression): Code<Value> {
  const { machine } = compiler
  switch (e.type) {
    case 'number': {
      const { value } = e
      return now(() => value)
    }
    case 'string': {
      const { text } = e
      return now(() => text)
    }
    case 'regexp': return map(compiler.test(e), (v) => (v ? 1 : 0))
    case 'pattern': {
      const value = new Pattern(e.source)
      return now(() => value)
    }
    case 'variable': case 'index': case 'field': return compiler.place(e).get
    case 'group': return compiler.expression(e.of)
    case 'assign': return assign(compiler, e)
    case 'choose': {
      const test = compiler.test(e.test)
      const yes = compiler.expression(e.yes)
      const no = compiler.expression(e.no)
      if ('now' in test && 'now' in yes && 'now' in no) return now(() => (test.now() ? yes.now() : no.now()))
      return later(function* () {
        return yield* perform((yield* perform(test)) ? yes : no)
      })
    }
    case 'or': return either(compiler, e.left, e.right, true)
    case 'and': return either(compiler, e.left, e.right, false)
    case 'in': return pair(compiler.array(e.array), compiler.key(e.subscripts), (array, key) => (array.has(key) ? 1 : 0))
    case 'match': {
      const wanted = e.sense === '~'
      return pair(compiler.expression(e.text), patternOf(compiler, e.pattern), (v, regex) => (regex.test(machine.text(v)) === wanted ? 1 : 0))
    }
    case 'compare': {
      const holds = RELATION[e.operator]
      return pair(compiler.expression(e.left), compiler.expression(e.right), (a, b) => (holds(compare(a, b, machine.convfmt, machine.letters)) ? 1 : 0))
    }
    case 'concat': return pair(compiler.expression(e.left), compiler.expression(e.right), (a, b) => machine.text(a) + machine.text(b))
    case 'arithmetic': {
      const compute = arithmetic(compiler, e.operator)
      return pair(compiler.expression(e.left), compiler.expression(e.right), (a, b) => compute(toNumber(a), toNumber(b)))
    }
    case 'not': return map(compiler.test(e.of), (v) => (v ? 0 : 1))
    case 'minus': return map(compiler.expression(e.of), (v) => -toNumber(v))
    case 'plus': return map(compiler.expression(e.of), toNumber)
    case 'step': {
      const { by, order: when } = e
      return compiler.place(e.target).update((old) => {
        const n = toNumber(old)
        return { next: n + by, result: when === 'before' ? n + by : n }
      })
    }
    case 'call': return userCall(compiler, e.name, e.args, e.line)
    case 'indirect': return indirectCall(compiler, e)
    case 'builtin': return builtin(compiler, e.name, e.args, e.line)
    case 'getline': return getline(compiler, e)
  }
}

function arithmetic(compiler: Compiler, operator: Arithmetic): (a: number, b: number) => number {
  const { machine } = compiler
  if (operator === '/') return (a, b) => (b === 0 ? machine.fatal('division by zero attempted') : a / b)
  if (operator === '%') return (a, b) => (b === 0 ? machine.fatal("division by zero attempted in `%'") : a % b)
  return ARITHMETIC[operator]
}

function assign(compiler: Compiler, e: Extract<Expression, { type: 'assign' }>): Code<Value> {
  const { machine } = compiler
  const target = compiler.place(e.target)
  const value = compiler.expression(e.value)
  if (e.operator === '=') return target.set(value)
  const zero = e.operator === '/' ? 'division by zero attempted in `/=\'' : "division by zero attempted in `%='"
  const compute = arithmetic(compiler, e.operator)
  const guarded = e.operator === '/' || e.operator === '%'
  return target.updateWith(value, (old, v) => {
    const b = toNumber(v)
    return guarded && b === 0 ? machine.fatal(zero) : compute(toNumber(old), b)
  })
}

/** `||` (decided by true) and `&&` (decided by false). */
function either(compiler: Compiler, left: Expression, right: Expression, decides: boolean): Code<Value> {
  const a = compiler.test(left)
  const b = compiler.test(right)
  if ('now' in a && 'now' in b) return now(() => (a.now() === decides || b.now() === decides ? decides : !decides) ? 1 : 0)
  return later(function* () {
    if ((yield* perform(a)) === decides) return decides ? 1 : 0
    return (yield* perform(b)) ? 1 : 0
  })
}
