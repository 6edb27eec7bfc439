/** fmt.Sprintf, Sprint and Sprintln over a template's values (package fmt): verbs, widths, and what they say of values that do not fit. */
import { encode } from '../../../kernel/bytes'
import { quote } from '../strconv'
import { Float } from './nodes'
import { floatText, isMap, keysOf, type Numbers, shown, typeName } from './values'

export function sprint(values: readonly unknown[], numbers: Numbers): string {
  return values.map((value, i) => {
    const isApart = i > 0 && typeof value !== 'string' && typeof values[i - 1] !== 'string'
    return (isApart ? ' ' : '') + shown(value, numbers)
  }).join('')
}

export const sprintln = (values: readonly unknown[], numbers: Numbers): string => `${values.map((value) => shown(value, numbers)).join(' ')}\n`

interface Flags {
  readonly minus: boolean
  readonly plus: boolean
  readonly zero: boolean
  readonly sharp: boolean
  readonly space: boolean
  readonly width: number
  readonly precision: number | undefined
}

export function sprintf(format: string, values: readonly unknown[], numbers: Numbers): string {
  let used = 0
  const text = format.replace(/%([-+# 0]*)(\d*)(?:\.(\d*))?(.|$)/gsu, (_, marks: string, width: string, precision: string | undefined, verb: string) => {
    if (verb === '%') return '%'
    if (verb === '') return '%!(NOVERB)'
    if (used >= values.length) return `%!${verb}(MISSING)`
    const flags: Flags = {
      minus: marks.includes('-'), plus: marks.includes('+'), zero: marks.includes('0') && !marks.includes('-'), sharp: marks.includes('#'), space: marks.includes(' '), width: Number(width),
      precision: precision === undefined ? undefined : Number(precision),
    }
    return one(values[used++], verb, flags, numbers)
  })
  const extra = values.slice(used)
  if (extra.length === 0) return text
  return `${text}%!(EXTRA ${extra.map((value) => (value === null || value === undefined ? '<nil>' : `${typeName(value, numbers)}=${shown(value, numbers)}`)).join(', ')})`
}

function one(value: unknown, verb: string, flags: Flags, numbers: Numbers): string {
  if (verb === 'T') return pad(value === null || value === undefined ? '<nil>' : typeName(value, numbers), flags)
  if (value === null || value === undefined) return verb === 'v' ? pad('<nil>', flags) : `%!${verb}(<nil>)`
  if (Array.isArray(value)) return `[${value.map((item) => inner(item, verb, flags, numbers)).join(' ')}]`
  if (isMap(value)) return `map[${keysOf(value).map((key) => `${one(key, verb, flags, numbers)}:${inner(value[key], verb, flags, numbers)}`).join(' ')}]`
  const plain = typeof value === 'number' && numbers === 'json.Number' ? String(value) : value instanceof Float ? value.value : value
  const made = typeof plain === 'string' ? ofString(plain, verb, flags) : typeof plain === 'bigint' ? ofInteger(plain, verb, flags) : typeof plain === 'number' ? ofFloat(plain, verb, flags) : ofBool(plain, verb)
  return made === undefined ? `%!${verb}(${typeName(value, numbers)}=${shown(value, numbers)})` : pad(made, { ...flags, zero: flags.zero && typeof plain !== 'boolean' })
}

/** What stands in a map or list: nothing there is never a verb's fault. */
const inner = (value: unknown, verb: string, flags: Flags, numbers: Numbers): string => (value === null ? '<nil>' : one(value, verb, flags, numbers))

function ofString(value: string, verb: string, flags: Flags): string | undefined {
  const text = flags.precision === undefined ? value : Array.from(value).slice(0, flags.precision).join('')
  switch (verb) {
    case 's':
    case 'v': return flags.sharp && verb === 'v' ? quote(value) : text
    case 'q': return flags.sharp && !value.includes('`') ? `\`${text}\`` : quote(text)
    case 'x':
    case 'X': {
      const hex = Array.from(encode(text), (byte) => byte.toString(16).padStart(2, '0')).join('')
      return verb === 'X' ? hex.toUpperCase() : hex
    }
    default: return undefined
  }
}

const BASES: Readonly<Record<string, number>> = { d: 10, v: 10, b: 2, o: 8, x: 16, X: 16 }
const PREFIXES: Readonly<Record<string, string>> = { o: '0', x: '0x', X: '0X', b: '0b' }

function ofInteger(value: bigint, verb: string, flags: Flags): string | undefined {
  if (verb === 'c') return String.fromCodePoint(Number(value))
  if (verb === 'q') return `'${quote(String.fromCodePoint(Number(value))).slice(1, -1)}'`
  if (verb === 'U') return `U+${value.toString(16).toUpperCase().padStart(4, '0')}`
  const base = BASES[verb]
  if (base === undefined) return undefined
  const digits = (value < 0n ? -value : value).toString(base).padStart(flags.precision ?? 0, '0')
  return sign(value < 0n, flags) + (flags.sharp ? (PREFIXES[verb] ?? '') : '') + (verb === 'X' ? digits.toUpperCase() : digits)
}

function ofFloat(value: number, verb: string, flags: Flags): string | undefined {
  const size = Math.abs(value)
  const before = sign(value < 0, flags)
  switch (verb) {
    case 'v':
    case 'g': return before + (flags.precision === undefined ? floatText(size) : floatText(Number(size.toPrecision(flags.precision || 1))))
    case 'f':
    case 'F': return before + size.toFixed(flags.precision ?? 6)
    case 'e': return before + size.toExponential(flags.precision ?? 6).replace(/e([+-])(\d)$/, 'e$10$2')
    default: return undefined
  }
}

const ofBool = (value: unknown, verb: string): string | undefined => (verb === 't' || verb === 'v' ? String(value) : undefined)
const sign = (isNegative: boolean, flags: Flags): string => (isNegative ? '-' : flags.plus ? '+' : flags.space ? ' ' : '')

function pad(text: string, flags: Flags): string {
  if (flags.minus) return text.padEnd(flags.width)
  if (!flags.zero) return text.padStart(flags.width)
  const signed = /^[+-]/.exec(text)?.[0] ?? ''
  return signed + text.slice(signed.length).padStart(flags.width - signed.length, '0')
}
