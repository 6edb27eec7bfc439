/** sprintf of AWK (gawk.info, "Control Letters", "Format Modifiers"). */
import { field, formatFloat, signOf } from '../../libc/printf'
import { lengthOf, specialText, toNumber, type Value } from './values'

/** The format asks for more values than there are; `shown` is where it stopped. */
export class NotEnough extends Error {
  readonly format: string
  readonly at: number
  constructor(format: string, at: number) {
    super('not enough arguments to satisfy format string')
    this.format = format
    this.at = at
  }
}

const SPEC = /%(?:(\d+)\$)?([-+ 0#']*)(\*(?:\d+\$)?|\d+)?(?:\.(\*(?:\d+\$)?|-?\d*))?(?:hh|h|ll|l|L|j|z|t|q)?([A-Za-z%])?/y
const TOO_BIG = 2 ** 63

export function sprintf(format: string, values: readonly Value[], text: (value: Value) => string): string {
  let out = ''
  let used = 0
  for (let i = 0; i < format.length; ) {
    const next = format.indexOf('%', i)
    if (next < 0) return out + format.slice(i)
    out += format.slice(i, next)
    SPEC.lastIndex = next
    const spec = SPEC.exec(format)
    const letter = spec?.[5]
    if (!spec || letter === undefined) return out + format.slice(next)
    i = SPEC.lastIndex
    if (letter === '%') {
      out += '%'
      continue
    }
    if (!/[cdiouxXeEfFgGaAs]/.test(letter)) {
      out += spec[0]
      continue
    }
    const end = i
    const take = (position?: string): Value => {
      const index = position === undefined ? used++ : Number(position) - 1
      if (index >= values.length) throw new NotEnough(format, end - 1)
      return values[index]
    }
    const star = (given: string | undefined): number | undefined => {
      if (given === undefined) return undefined
      if (given.startsWith('*')) return Math.trunc(toNumber(take(/\d+/.exec(given)?.[0])))
      return given === '' ? 0 : Number(given)
    }
    let flags = spec[2] ?? ''
    let width = star(spec[3]) ?? 0
    if (width < 0) {
      flags += '-'
      width = -width
    }
    let precision = star(spec[4])
    if (precision !== undefined && precision < 0) precision = undefined
    out += convert(take(spec[1]), { flags, width, precision, letter }, text)
  }
  return out
}

function convert(value: Value, spec: { flags: string; width: number; precision: number | undefined; letter: string }, text: (value: Value) => string): string {
  const { flags, width, precision, letter } = spec
  switch (letter) {
    case 's': {
      const whole = text(value)
      return padded(precision === undefined ? whole : cut(whole, precision), flags, width)
    }
    case 'c': return padded(character(value, text), flags, width)
    case 'd': case 'i': return decimal(toNumber(value), spec)
    case 'o': case 'u': case 'x': case 'X': return unsigned(toNumber(value), spec)
    default: {
      const n = toNumber(value)
      return Number.isFinite(n) ? formatFloat(n, spec) : padded(specialText(n), flags, width)
    }
  }
}

const cut = (text: string, length: number): string => (lengthOf(text) === text.length ? text.slice(0, length) : [...text].slice(0, length).join(''))

function padded(text: string, flags: string, width: number): string {
  const missing = width - lengthOf(text)
  if (missing <= 0) return text
  return flags.includes('-') ? text + ' '.repeat(missing) : ' '.repeat(missing) + text
}

function character(value: Value, text: (value: Value) => string): string {
  const code = typeof value === 'number' ? value : value !== undefined && typeof value === 'object' && 'number' in value ? value.number : null
  if (code === null) {
    const [first = '\0'] = text(value)
    return first
  }
  const n = Math.trunc(code)
  if (n >= 0 && n <= 0x10ffff && !(n >= 0xd800 && n <= 0xdfff)) return String.fromCodePoint(n)
  const low = ((n % 256) + 256) % 256
  return String.fromCharCode(low < 128 ? low : 0xdc00 | low)
}

function decimal(n: number, { flags, width, precision }: { flags: string; width: number; precision: number | undefined }): string {
  if (!Number.isFinite(n)) return padded(specialText(n), flags, width)
  const whole = Math.trunc(n)
  const digits = Number.isSafeInteger(whole) ? String(Math.abs(whole)) : BigInt(Math.abs(whole)).toString()
  const shown = precision === 0 && whole === 0 ? '' : digits.padStart(precision ?? 0, '0')
  return field(signOf(whole < 0, flags), shown, precision === undefined ? flags : flags.replaceAll('0', ''), width)
}

function unsigned(n: number, { flags, width, precision, letter }: { flags: string; width: number; precision: number | undefined; letter: string }): string {
  if (!Number.isFinite(n)) return padded(specialText(n), flags, width)
  const whole = Math.trunc(n)
  if (whole < -TOO_BIG || whole >= 2 * TOO_BIG) return letter === 'u' ? decimal(n, { flags, width, precision }) : formatFloat(n, { flags, width, precision, letter: 'g' })
  const bits = BigInt.asUintN(64, BigInt(whole))
  let digits = bits.toString(letter === 'o' ? 8 : letter === 'u' ? 10 : 16).padStart(precision ?? 0, '0')
  if (letter === 'X') digits = digits.toUpperCase()
  const prefix = !flags.includes('#') || bits === 0n || letter === 'u' ? '' : letter === 'o' ? '0' : `0${letter}`
  return field(prefix, digits, precision === undefined ? flags : flags.replaceAll('0', ''), width)
}
