/** printf(1)'s format: escapes and conversions, used again while arguments are left. */
import { formatLong, longDouble, strtold } from '../../../shell/longdouble'
import { shellEscape } from '../quoting'

export interface Formatted {
  readonly text: string
  /** Messages for stderr without the program's name. */
  readonly errors: readonly string[]
  readonly consumed: number
  /** `\c` was met, or something that ends the program. */
  readonly stop: boolean
}

const SIMPLE: { readonly [letter: string]: string } = { a: '\x07', b: '\b', e: '\x1b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\', '"': '"' }

const byte = (n: number): string => (n < 128 ? String.fromCharCode(n) : String.fromCharCode(0xdc00 | n))

/** An escape at `at` (just behind the backslash): its text and how long it is; null text for \c. */
export function escapeAt(text: string, at: number, zero: 'octal0' | 'octal'): { text: string | null; length: number } {
  const c = text[at] ?? ''
  if (c === 'c') return { text: null, length: 1 }
  const simple = SIMPLE[c]
  if (simple !== undefined) return { text: simple, length: 1 }
  const octal = (zero === 'octal0' ? /^0[0-7]{0,3}/ : /^[0-7]{1,3}/).exec(text.slice(at))?.[0]
  if (octal) return { text: byte(Number.parseInt(octal, 8) & 255), length: octal.length }
  const hex = /^x([0-9a-fA-F]{1,2})/.exec(text.slice(at))
  if (hex) return { text: byte(Number.parseInt(hex[1] ?? '0', 16)), length: hex[0].length }
  const unicode = /^(?:u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8}))/.exec(text.slice(at))
  if (unicode) return { text: String.fromCodePoint(Number.parseInt(unicode[1] ?? unicode[2] ?? '0', 16)), length: unicode[0].length }
  return { text: `\\${c}`, length: 1 }
}

export function unescapeB(text: string): { text: string; stop: boolean } {
  let out = ''
  for (let i = 0; i < text.length; i++) {
    if (text[i] !== '\\' || i + 1 >= text.length) {
      out += text[i]
      continue
    }
    const found = escapeAt(text, i + 1, /^\\0/.test(text.slice(i)) ? 'octal0' : 'octal')
    if (found.text === null) return { text: out, stop: true }
    out += found.text
    i += found.length
  }
  return { text: out, stop: false }
}

/** C's %e, %f, %g, and with `#` among the flags. */
export const floating = (value: number, conversion: string, precision: number, flags = ''): string => formatLong(longDouble(value), conversion, precision, flags)

export function pad(text: string, flags: string, width: number, numeric: 'numeric' | 'text'): string {
  if (text.length >= width) return text
  if (flags.includes('-')) return text.padEnd(width)
  if (flags.includes('0') && numeric === 'numeric') {
    const sign = /^([+\- ]|0[xX])*/.exec(text)?.[0] ?? ''
    return sign + text.slice(sign.length).padStart(width - sign.length, '0')
  }
  return text.padStart(width)
}

/** An integer argument: decimal, 0x, octal, or 'c for a character; what does not fit is the nearest that does. */
function integer(text: string, errors: string[], range: readonly [bigint, bigint] = SIGNED): bigint {
  if (text === '') return 0n
  const constant = characterConstant(text, errors)
  if (constant !== undefined) return BigInt(constant)
  const found = /^\s*([-+]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*)/.exec(text)
  if (!found) {
    errors.push(`‘${text}’: expected a numeric value`)
    return 0n
  }
  const digits = found[2] ?? '0'
  const size = /^0[0-7]+$/.test(digits) ? BigInt(`0o${digits.slice(1)}`) : BigInt(digits)
  const value = found[1] === '-' ? -size : size
  const [low, high] = range
  if (value < low || value > high) {
    errors.push(`‘${text}’: Numerical result out of range`)
    return value < low ? low : high
  }
  if (found[0].length < text.length) errors.push(`‘${text}’: value not completely converted`)
  return value
}
const SIGNED: readonly [bigint, bigint] = [-(1n << 63n), (1n << 63n) - 1n]
const UNSIGNED: readonly [bigint, bigint] = [-((1n << 64n) - 1n), (1n << 64n) - 1n]

/** `'A` is 65. */
function characterConstant(text: string, errors: string[]): number | undefined {
  if (!/^['"]./s.test(text)) return undefined
  const code = text.codePointAt(1) ?? 0
  const rest = text.slice(code > 0xffff ? 3 : 2)
  if (rest !== '') errors.push(`warning: ${rest}: character(s) following character constant have been ignored`)
  return code >= 0xdc80 && code <= 0xdcff ? code & 0xff : code
}

/** Flags that a conversion does not take; those of the table are all there are. */
const REFUSED: { readonly [conversion: string]: string } = { a: "'", A: "'", c: "'#0.", d: '#', e: "'", E: "'", f: '', F: '', g: '', G: '', i: '#', o: "'", s: "'#0", u: '#', x: "'", X: "'" }

/** What is wrong with an escape of the format or of %b, fatally. */
function badEscape(text: string, at: number): string | undefined {
  const rest = text.slice(at)
  if (/^x(?![0-9a-fA-F])/.test(rest) || /^u(?![0-9a-fA-F]{4})/.test(rest) || /^U(?![0-9a-fA-F]{8})/.test(rest)) return 'missing hexadecimal number in escape'
  const name = /^(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/.exec(rest)
  if (!name) return undefined
  const code = Number.parseInt(name[1] ?? name[2] ?? '0', 16)
  return (code < 0xa0 && ![0x24, 0x40, 0x60].includes(code)) || (code >= 0xd800 && code <= 0xdfff) ? `invalid universal character name \\${name[0]}` : undefined
}

export function formatC(format: string, args: readonly string[]): Formatted {
  let text = ''
  const errors: string[] = []
  let used = 0
  const next = (): string | undefined => args[used++]
  for (let i = 0; i < format.length; i++) {
    const c = format[i] ?? ''
    if (c === '\\' && i + 1 < format.length) {
      const wrong = badEscape(format, i + 1)
      if (wrong !== undefined) return { text, errors: [...errors, wrong], consumed: Math.min(used, args.length), stop: true }
      const found = escapeAt(format, i + 1, 'octal')
      if (found.text === null) return { text, errors, consumed: Math.min(used, args.length), stop: true }
      text += found.text
      i += found.length
      continue
    }
    if (c !== '%') {
      text += c
      continue
    }
    if (format[i + 1] === '%') {
      text += '%'
      i++
      continue
    }
    const spec = /^%([-+ 0#']*)(\*|\d+)?(?:(\.)(\*|\d*))?[hlLjzt]*(.?)/s.exec(format.slice(i))
    const letter = spec?.[5] ?? ''
    const bare = spec !== null && spec[0].length === 2
    const refused = letter === 'b' || letter === 'q' ? (bare ? '' : undefined) : Object.hasOwn(REFUSED, letter) ? REFUSED[letter] : undefined
    if (!spec || refused === undefined || [...refused].some((flag) => (flag === '.' ? spec[3] !== undefined : (spec[1] ?? '').includes(flag)))) {
      errors.push(`${spec?.[0] ?? '%'}: invalid conversion specification`)
      return { text, errors, consumed: Math.min(used, args.length), stop: true }
    }
    const [, givenFlags = '', widthText, point, precisionText, conversion = ''] = spec
    let flags = givenFlags
    let width = widthText === '*' ? Number(integer(next() ?? '', errors)) : Number(widthText ?? 0)
    if (width < 0) {
      flags += '-'
      width = -width
    }
    const precision = point === undefined ? undefined : precisionText === '*' ? Number(integer(next() ?? '', errors)) : Number(precisionText || 0)
    i += spec[0].length - 1
    const signed = (body: string, negative: boolean): string => (negative ? `-${body}` : flags.includes('+') ? `+${body}` : flags.includes(' ') ? ` ${body}` : body)
    switch (conversion) {
      case 's': {
        const value = next() ?? ''
        text += pad(precision === undefined ? value : value.slice(0, precision), flags, width, 'text')
        break
      }
      case 'b': {
        const argument = next() ?? ''
        for (let k = argument.indexOf('\\'); k >= 0; k = argument.indexOf('\\', k + 2)) {
          const wrong = badEscape(argument, k + 1)
          if (wrong !== undefined) return { text, errors: [...errors, wrong], consumed: Math.min(used, args.length), stop: true }
        }
        const value = unescapeB(argument)
        text += pad(precision === undefined ? value.text : value.text.slice(0, precision), flags, width, 'text')
        if (value.stop) return { text, errors, consumed: Math.min(used, args.length), stop: true }
        break
      }
      case 'q': text += pad(shellEscape(next() ?? ''), flags, width, 'text'); break
      case 'c': text += pad([...(next() ?? '')][0] ?? '', flags, width, 'text'); break
      case 'd': case 'i': {
        const value = integer(next() ?? '', errors)
        const digits = (value < 0n ? -value : value).toString().padStart(precision ?? 0, '0')
        text += pad(signed(digits, value < 0n), precision === undefined ? flags : flags.replace('0', ''), width, 'numeric')
        break
      }
      case 'u': case 'o': case 'x': case 'X': {
        const value = BigInt.asUintN(64, integer(next() ?? '', errors, UNSIGNED))
        let digits = value.toString(conversion === 'u' ? 10 : conversion === 'o' ? 8 : 16).padStart(precision ?? 0, '0')
        if (conversion === 'X') digits = digits.toUpperCase()
        if (flags.includes('#') && value !== 0n) digits = (conversion === 'o' ? '0' : conversion === 'u' ? '' : `0${conversion}`) + digits
        text += pad(digits, precision === undefined ? flags : flags.replace('0', ''), width, 'numeric')
        break
      }
      case 'e': case 'E': case 'f': case 'F': case 'g': case 'G': case 'a': case 'A': {
        const given = next() ?? ''
        const constant = given === '' ? 0 : characterConstant(given, errors)
        let value = longDouble(constant ?? 0)
        if (constant === undefined) {
          const found = strtold(given)
          if (found.length === 0) errors.push(`‘${given}’: expected a numeric value`)
          else if (found.length < given.length) errors.push(`‘${given}’: value not completely converted`)
          value = found.value
        }
        const body = formatLong(value, conversion, precision, flags)
        text += pad(body.startsWith('-') ? body : signed(body, false), flags, width, 'numeric')
        break
      }
      default:
        errors.push(`${spec[0]}: invalid conversion specification`)
        return { text, errors, consumed: Math.min(used, args.length), stop: true }
    }
  }
  return { text, errors, consumed: Math.min(used, args.length), stop: false }
}
