/**
 * AWK's values (gawk.info, "Typing and Comparison"): numbers, strings, input that counts as a number when it looks like
 * one, and variables without a value. A regexp constant `@/…/` is a value of its own.
 */
import { floatDigits, formatFloat } from '../../libc/printf'

/** Text from outside (a field, an operand, ENVIRON): a number where it looks like one. */
export class Input {
  readonly text: string
  private known: number | null | undefined
  constructor(text: string) {
    this.text = text
  }
  /** Its number; null where it is only text. */
  get number(): number | null {
    if (this.known === undefined) this.known = looksNumeric(this.text)
    return this.known
  }
}

/** A strongly typed regexp constant. */
export class Pattern {
  readonly source: string
  constructor(source: string) {
    this.source = source
  }
}

export type Value = number | string | Input | Pattern | undefined

const NUMBER = /^[ \t\n\r\f\v]*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)/
const WHOLE = /^[ \t\n\r\f\v]*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?[ \t\n\r\f\v]*$/
const SPECIAL = /^[ \t\n\r\f\v]*([-+])(inf|nan)(?![A-Za-z0-9_.])/i
const DIGITS = /^[0-9]{1,15}$/

/** strtod(3) as AWK uses it: decimal only, the longest prefix, 0 where there is none. */
export function numberIn(text: string): number {
  if (DIGITS.test(text)) return Number(text)
  const found = NUMBER.exec(text)
  if (found) return Number(found[1])
  return special(text) ?? 0
}

function special(text: string): number | undefined {
  const found = SPECIAL.exec(text)
  if (!found) return undefined
  if (found[2]?.toLowerCase() === 'nan') return NaN
  return found[1] === '-' ? -Infinity : Infinity
}

function looksNumeric(text: string): number | null {
  if (DIGITS.test(text)) return Number(text)
  if (WHOLE.test(text)) return Number(text)
  if (/^[ \t\n\r\f\v]*[-+](?:inf|nan)[ \t\n\r\f\v]*$/i.test(text)) return special(text) ?? null
  return null
}

export function toNumber(value: Value): number {
  if (typeof value === 'number') return value
  if (typeof value === 'string') return numberIn(value)
  if (value === undefined || value instanceof Pattern) return 0
  return value.number ?? numberIn(value.text)
}

/** A number as text: integers in full, others by CONVFMT or OFMT. */
export function numberText(value: number, format: string): string {
  if (Number.isInteger(value)) return Number.isSafeInteger(value) ? String(value) : BigInt(value).toString()
  if (!Number.isFinite(value)) return specialText(value)
  if (format === '%.6g') return (value < 0 ? '-' : '') + floatDigits(Math.abs(value), 'g', 6)
  const found = /^%([-+ 0#]*)(\d*)(?:\.(\d*))?([aAeEfFgG])$/.exec(format)
  if (found) return formatFloat(value, { flags: found[1] ?? '', width: Number(found[2]), precision: found[3] === undefined ? undefined : Number(found[3]), letter: found[4] ?? 'g' })
  return oddFormat(format, value)
}

/** CONVFMT such as `%d` or `x%.2fy`. */
function oddFormat(format: string, value: number): string {
  const found = /^([^%]*)(%[-+ 0#]*\d*(?:\.\d*)?[a-zA-Z])([^%]*)$/.exec(format)
  if (!found) return format
  const spec = found[2] ?? ''
  const body = /[di]$/.test(spec) ? String(Math.trunc(value)) : numberText(value, spec)
  return `${found[1]}${body}${found[3]}`
}

/** NaN and the infinities always show a sign. NaN's own sign is lost in JavaScript: log(-1) gives the negative one. */
export const specialText = (value: number): string => (Number.isNaN(value) ? '-nan' : value < 0 ? '-inf' : '+inf')

export function toText(value: Value, format: string): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return numberText(value, format)
  if (value === undefined) return ''
  return value instanceof Pattern ? value.source : value.text
}

export function truth(value: Value): boolean {
  if (typeof value === 'number') return value !== 0
  if (typeof value === 'string') return value !== ''
  if (value === undefined) return false
  if (value instanceof Pattern) return value.source !== ''
  const n = value.number
  return n === null ? value.text !== '' : n !== 0
}

const numeric = (value: Value): number | null => (typeof value === 'number' ? value : value === undefined ? 0 : value instanceof Input ? value.number : null)

/** Below zero, zero or above, as `<` and `==` see two values: numbers where both are, text otherwise. */
export function compare(a: Value, b: Value, format: string, letters: 'exact' | 'folded'): number {
  const x = numeric(a)
  const y = numeric(b)
  if (x !== null && y !== null) return compareNumbers(x, y)
  let s = toText(a, format)
  let t = toText(b, format)
  if (letters === 'folded') {
    s = s.toLowerCase()
    t = t.toLowerCase()
  }
  return s < t ? -1 : s > t ? 1 : 0
}

/** NaN is greater than any number. */
export function compareNumbers(x: number, y: number): number {
  if (Number.isNaN(x)) return Number.isNaN(y) ? 0 : 1
  if (Number.isNaN(y)) return -1
  return x < y ? -1 : x > y ? 1 : 0
}

/** Characters of a text (not UTF-16 units). */
export function lengthOf(text: string): number {
  if (!/[\ud800-\udbff]/.test(text)) return text.length
  let n = 0
  for (const _ of text) n++
  return n
}
