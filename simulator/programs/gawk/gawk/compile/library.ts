/** Functions of the language that take more than values: arrays, patterns, places, streams. The others are in builtins.ts. */
import type { Run } from '../../../../kernel/run'
import type { Match, Regex } from '../../../../regex'
import { AwkArray, type Element } from '../array'
import { BUILTINS, characters, groupReplacement, replaceMatches, replacement } from '../builtins'
import { all, chain, type Code, later, map, now, pair, perform } from '../code'
import type { Compiler } from '../compile'
import { NotEnough, sprintf } from '../format'
import { byContent } from '../machine'
import type { Direction } from '../sorting'
import { type Expression, isTarget } from '../syntax'
import { Input, lengthOf, Pattern, toNumber, type Value } from '../values'
import { fixed, patternOf } from './expressions'
import { ordered } from './sorted'

export function builtin(compiler: Compiler, name: string, args: readonly Expression[], line: number): Code<Value> {
  const { machine } = compiler
  const known = Object.hasOwn(BUILTINS, name) ? BUILTINS[name] : undefined
  if (known) return all(args.map((a) => compiler.expression(a)), (values) => known(machine, values))
  switch (name) {
    case 'length': return lengthCall(compiler, args)
    case 'sprintf': return formatted(compiler, args.map((a) => compiler.expression(a)))
    case 'sub': case 'gsub': return substitute(compiler, name, args)
    case 'gensub': return gensub(compiler, args)
    case 'match': return matchCall(compiler, args, line)
    case 'split': case 'patsplit': return splitCall(compiler, name, args, line)
    case 'asort': case 'asorti': return asort(compiler, name, args, line)
    case 'close': case 'fflush': case 'system': return streamCall(compiler, name, args)
    case 'typeof': case 'isarray': {
      const element = elementOf(compiler, args[0] as Expression)
      return map(element, ({ value, typed }) => (name === 'isarray' ? (value instanceof AwkArray ? 1 : 0) : typeName(value, typed)))
    }
    case 'mkbool': return map(compiler.test(args[0] as Expression), (v) => (v ? 1 : 0))
    default: return compiler.error(line, `fatal: ${name}: not simulated in this lab`)
  }
}

export function formatted(compiler: Compiler, args: readonly Code<Value>[]): Code<string> {
  const { machine } = compiler
  return all(args, ([format, ...values]) => {
    try {
      return sprintf(machine.text(format), values, (v) => machine.text(v))
    } catch (error) {
      if (!(error instanceof NotEnough)) throw error
      return machine.fatal(`${error.message}\n\t\`${error.format}'\n\t${' '.repeat(error.at)}^ ran out for this one`)
    }
  })
}

function lengthCall(compiler: Compiler, args: readonly Expression[]): Code<Value> {
  const { machine } = compiler
  const [of] = args
  if (!of) return now(() => lengthOf(machine.whole))
  if (of.type === 'variable') {
    const cell = compiler.cell(of.name)
    return now(() => {
      const { value } = cell()
      return value instanceof AwkArray ? value.size : lengthOf(machine.text(value))
    })
  }
  return map(elementOf(compiler, of), ({ value }) => (value instanceof AwkArray ? value.size : lengthOf(machine.text(value))))
}

/** An argument that may be an array. */
function elementOf(compiler: Compiler, e: Expression): Code<{ value: Element; typed: boolean }> {
  if (e.type === 'variable') {
    const cell = compiler.cell(e.name)
    return now(() => ({ value: cell().value, typed: false }))
  }
  if (e.type === 'index') return pair(compiler.array(e.base), compiler.key(e.subscripts), (array, key) => ({ typed: array.has(key), value: array.get(key) }))
  if (e.type === 'group') return elementOf(compiler, e.of)
  return map(compiler.expression(e), (value) => ({ value, typed: true }))
}

function substitute(compiler: Compiler, name: 'sub' | 'gsub', [pattern, template, target]: readonly Expression[]): Code<Value> {
  const { machine } = compiler
  const where: Expression = target ?? { type: 'field', of: { type: 'number', value: 0 } }
  const inputs = pair(patternOf(compiler, pattern as Expression), compiler.expression(template as Expression), (regex, text) => ({ regex, text: machine.text(text) }))
  const replace = (old: Value, { regex, text }: { regex: Regex; text: string }): { text: string; count: number } => {
    const whole = machine.text(old)
    return replaceMatches(whole, regex, name === 'gsub' ? 'all' : 1, (m) => replacement(text, whole.slice(m[0]?.[0], m[0]?.[1])))
  }
  if (!isTarget(where)) return pair(inputs, compiler.expression(where), (given, old) => replace(old, given).count)
  const place = compiler.place(where)
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

function gensub(compiler: Compiler, args: readonly Expression[]): Code<Value> {
  const { machine } = compiler
  const [pattern, template, how, target] = args
  const rest = [template, how].map((a) => compiler.expression(a as Expression))
  const subject = target ? compiler.expression(target) : now((): Value => machine.field(0))
  return pair(patternOf(compiler, pattern as Expression), all([...rest, subject], (v) => v), (regex, [with_, which, old]) => {
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

function matchCall(compiler: Compiler, args: readonly Expression[], line: number): Code<Value> {
  const { machine } = compiler
  const [subject, pattern, into] = args
  const array = into ? arrayArgument(compiler, into, 'match: third argument is not an array', line) : null
  const start = machine.cell('RSTART')
  const size = machine.cell('RLENGTH')
  const found = pair(compiler.expression(subject as Expression), patternOf(compiler, pattern as Expression), (v, regex) => {
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

function arrayArgument(compiler: Compiler, e: Expression, message: string, line: number): Code<AwkArray> {
  if (e.type === 'variable' || e.type === 'index') return compiler.array(e)
  return compiler.error(line, `fatal: ${message}`)
}

function splitCall(compiler: Compiler, name: 'split' | 'patsplit', args: readonly Expression[], line: number): Code<Value> {
  const { machine } = compiler
  const [subject, into, separator, kept] = args
  const array = arrayArgument(compiler, into as Expression, `${name}: second argument is not an array`, line)
  const separators = kept ? arrayArgument(compiler, kept, `${name}: fourth argument is not an array`, line) : now(() => null)
  const how = (): Code<(text: string) => { pieces: string[]; separators: string[] }> => {
    if (name === 'patsplit') return separator ? map(patternOf(compiler, separator), byContent) : now(() => byContent(machine.regex(machine.text(machine.scalar(machine.cell('FPAT').value, 'FPAT')))))
    if (!separator) return now(() => machine.splitterFor(machine.text(machine.scalar(machine.cell('FS').value, 'FS'))))
    if (separator.type === 'regexp') {
      const regex = fixed(compiler, separator.source)
      return separator.source === '' ? now(() => machine.splitterFor('')) : now(() => machine.splitterOf(regex()))
    }
    return map(compiler.expression(separator), (v) => (v instanceof Pattern ? machine.splitterOf(machine.regex(v.source)) : machine.splitterFor(machine.text(v))))
  }
  return pair(
    pair(compiler.expression(subject as Expression), how(), (v, splitter) => splitter(machine.text(v))),
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

function asort(compiler: Compiler, name: 'asort' | 'asorti', args: readonly Expression[], line: number): Code<Value> {
  const { machine } = compiler
  const [from, to, how] = args
  const source = arrayArgument(compiler, from as Expression, `${name}: first argument is not an array`, line)
  const destination = to ? arrayArgument(compiler, to, `${name}: second argument is not an array`, line) : source
  const usual: Direction = name === 'asort' ? '@val_type_asc' : '@ind_str_asc'
  const wanted = how ? map(compiler.expression(how), (v) => machine.text(v)) : now((): string => usual)
    return chain(pair(pair(source, destination, (a, b) => ({ a, b })), wanted, ({ a, b }, w) => ({ a, b, w })), function* ({ a, b, w }): Run<Value> {
    const sorted = yield* ordered(compiler, a, w)
    b.clear()
    sorted.forEach(([key, value], i) => b.set(String(i + 1), name === 'asort' ? value : key))
    return sorted.length
  })
}

function streamCall(compiler: Compiler, name: 'close' | 'fflush' | 'system', args: readonly Expression[]): Code<Value> {
  const { machine, streams } = compiler
  const values = all(args.map((a) => compiler.expression(a)), (v) => v.map((x) => machine.text(x)))
  return chain(values, function* ([first, how]): Run<Value> {
    if (name === 'system') return yield* streams.system(first ?? '')
    if (name === 'close') return yield* streams.close(first ?? '', how === 'to' ? 'to' : how === 'from' ? 'from' : 'both')
    if (first !== undefined && first !== '') return yield* streams.flushNamed(first)
    yield* streams.flushAll()
    return 0
  })
}

export function getline(compiler: Compiler, e: Extract<Expression, { type: 'getline' }>): Code<Value> {
  const { machine, streams, main } = compiler
  let read = ''
  const put = e.target ? compiler.place(e.target).set(now((): Value => new Input(read))) : null
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
  const source = map(compiler.expression(e.source as Expression), (v) => machine.text(v))
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
