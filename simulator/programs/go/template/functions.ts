/** The functions that every Go template knows (text/template funcs.go). `and` and `or` are the executor's: they need not look at all that they are given. */
import { encode } from '../../../kernel/bytes'
import { CallError } from './error'
import { Float } from './nodes'
import { sprint, sprintf, sprintln } from './printf'
import { isMap, isTrue, type Numbers, shown, typeName } from './values'

export interface TemplateFunction {
  /** What its parameters must be; the last of a variadic one repeats. */
  readonly takes: readonly ('any' | 'string')[]
  readonly repeats?: 'last'
  call(args: readonly unknown[], numbers: Numbers): unknown
}

const one = (call: (value: unknown, numbers: Numbers) => unknown): TemplateFunction => ({ takes: ['any'], call: (args, numbers) => call(args[0], numbers) })
const two = (call: (a: unknown, b: unknown, numbers: Numbers) => unknown): TemplateFunction => ({ takes: ['any', 'any'], call: (args, numbers) => call(args[0], args[1], numbers) })
const escaper = (escape: (text: string) => string): TemplateFunction => ({ takes: ['any'], repeats: 'last', call: (args, numbers) => escape(sprint(args, numbers)) })

/** A function of one text. */
export const textFunction = (call: (text: string) => string): TemplateFunction => ({ takes: ['string'], call: (args) => call(String(args[0])) })
export { one as valueFunction }

const HTML: Readonly<Record<string, string>> = { '"': '&#34;', "'": '&#39;', '&': '&amp;', '<': '&lt;', '>': '&gt;', '\0': '\uFFFD' }
const JS: Readonly<Record<string, string>> = {
  '\\': '\\\\', "'": "\\'", '"': '\\"', '<': '\\u003C', '>': '\\u003E', '&': '\\u0026', '=': '\\u003D',
}

export const BUILTINS: Readonly<Record<string, TemplateFunction>> = {
  and: { takes: ['any', 'any'], repeats: 'last', call: () => undefined },
  or: { takes: ['any', 'any'], repeats: 'last', call: () => undefined },
  not: one((value, numbers) => !isTrue(value, numbers)),
  len: one((value, numbers) => BigInt(lengthOf(value, numbers))),
  index: { takes: ['any', 'any'], repeats: 'last', call: index },
  slice: { takes: ['any', 'any'], repeats: 'last', call: slice },
  call: {
    takes: ['any', 'any'], repeats: 'last',
    call(args, numbers) {
      throw new CallError(args[0] === null || args[0] === undefined ? 'call of nil' : `non-function of type ${typeName(args[0], numbers)}`)
    },
  },
  print: { takes: ['any'], repeats: 'last', call: sprint },
  println: { takes: ['any'], repeats: 'last', call: sprintln },
  printf: { takes: ['string', 'any'], repeats: 'last', call: (args, numbers) => sprintf(String(args[0]), args.slice(1), numbers) },
  html: escaper((text) => text.replace(/["'&<>\0]/g, (c) => HTML[c] ?? c)),
  js: escaper((text) => text.replace(/[\\'"<>&=\x00-\x1f]/g, (c) => JS[c] ?? `\\u${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`)),
  urlquery: escaper((text) => encodeURIComponent(text).replaceAll('%20', '+').replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)),
  eq: { takes: ['any', 'any'], repeats: 'last', call: (args, numbers) => equal(args, numbers) },
  ne: two((a, b, numbers) => !equal([a, b], numbers)),
  lt: two((a, b, numbers) => less(a, b, numbers)),
  le: two((a, b, numbers) => less(a, b, numbers) || equal([a, b], numbers)),
  gt: two((a, b, numbers) => !(less(a, b, numbers) || equal([a, b], numbers))),
  ge: two((a, b, numbers) => !less(a, b, numbers)),
}

const isNil = (value: unknown): boolean => value === undefined || value === null

function lengthOf(given: unknown, numbers: Numbers): number {
  const value = asText(given, numbers)
  if (isNil(value)) throw new CallError('len of nil pointer')
  if (typeof value === 'string') return encode(value).length
  if (Array.isArray(value)) return value.length
  if (isMap(value)) return Object.keys(value).length
  throw new CallError(`len of type ${typeName(value, numbers)}`)
}

function position(value: unknown, limit: number, numbers: Numbers): number {
  if (isNil(value)) throw new CallError('cannot index slice/array with nil')
  if (typeof value !== 'bigint') throw new CallError(`cannot index slice/array with type ${typeName(value, numbers)}`)
  if (value < 0n || value > BigInt(limit)) throw new CallError(`index out of range: ${value}`)
  return Number(value)
}

/** encoding/json's Number is a string to Go. */
const asText = (value: unknown, numbers: Numbers): unknown => (typeof value === 'number' && numbers === 'json.Number' ? String(value) : value)

function index([item, ...keys]: readonly unknown[], numbers: Numbers): unknown {
  if (isNil(item)) throw new CallError('index of untyped nil')
  return keys.reduce((held: unknown, key) => {
    const value = asText(held, numbers)
    if (isNil(value)) throw new CallError('index of nil pointer')
    if (Array.isArray(value) || typeof value === 'string') {
      const at = position(key, value.length, numbers)
      if (at === value.length) throw new CallError(`reflect: ${typeof value === 'string' ? 'string' : 'slice'} index out of range`)
      return typeof value === 'string' ? BigInt(value.charCodeAt(at)) : value[at]
    }
    if (!isMap(value)) throw new CallError(`can't index item of type ${typeName(value, numbers)}`)
    if (isNil(key)) throw new CallError('value is nil; should be of type string')
    if (typeof key !== 'string') throw new CallError(`value has type ${typeName(key, numbers)}; should be string`)
    return value[key] ?? null
  }, item)
}

function slice([given, ...bounds]: readonly unknown[], numbers: Numbers): unknown {
  const item = asText(given, numbers)
  if (isNil(item)) throw new CallError('slice of untyped nil')
  if (bounds.length > 3) throw new CallError(`too many slice indexes: ${bounds.length}`)
  if (typeof item !== 'string' && !Array.isArray(item)) throw new CallError(`can't slice item of type ${typeName(item, numbers)}`)
  if (typeof item === 'string' && bounds.length === 3) throw new CallError('cannot 3-index slice a string')
  const [from = 0, to = item.length] = bounds.map((bound) => position(bound, item.length, numbers))
  if (from > to) throw new CallError(`invalid slice index: ${from} > ${to}`)
  return item.slice(from, to)
}

type Kind = 'bool' | 'int' | 'float' | 'string' | 'other'

function kindOf(value: unknown, numbers: Numbers): Kind {
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'bigint') return 'int'
  if (value instanceof Float) return 'float'
  if (typeof value === 'number') return numbers === 'float64' ? 'float' : 'string'
  return typeof value === 'string' ? 'string' : 'other'
}

const basic = (value: unknown): unknown => (value instanceof Float ? value.value : value)

function equal([first, ...others]: readonly unknown[], numbers: Numbers): boolean {
  if (others.length === 0) throw new CallError('missing argument for comparison')
  const kind = kindOf(first, numbers)
  const text = (value: unknown): string => sprintf('%s', [value], numbers)
  return others.some((other) => {
    if (kind !== kindOf(other, numbers)) {
      if (!isNil(first) && !isNil(other)) throw new CallError('incompatible types for comparison')
      return false
    }
    if (kind === 'string') return String(first) === String(other)
    if (kind !== 'other') return basic(first) === basic(other)
    if (isNil(first) || isNil(other)) return isNil(first) === isNil(other)
    if (Array.isArray(first) !== Array.isArray(other)) throw new CallError(`non-comparable types ${text(first)}: ${typeName(first, numbers)}, ${typeName(other, numbers)}: ${shown(other, numbers)}`)
    throw new CallError(`non-comparable type ${text(other)}: ${typeName(other, numbers)}`)
  })
}

function less(a: unknown, b: unknown, numbers: Numbers): boolean {
  const kinds = [kindOf(a, numbers), kindOf(b, numbers)]
  if (kinds.includes('other')) throw new CallError('invalid type for comparison')
  if (kinds[0] !== kinds[1]) throw new CallError('incompatible types for comparison')
  switch (kinds[0]) {
    case 'int': return BigInt(String(a)) < BigInt(String(b))
    case 'float': return Number(basic(a)) < Number(basic(b))
    case 'string': return String(a) < String(b)
    default: throw new CallError('invalid type for comparison')
  }
}

/** What a parameter of text is told of another value. */
export const wrongText = (value: unknown, numbers: Numbers): string => (value === undefined ? 'invalid value; expected string' : `wrong type for value; expected string; got ${value === null ? 'interface {}' : typeName(value, numbers)}`)
