/** Regular expressions as AWK writes them (gawk.info, "Regexp"), put into the words of the simulator's matcher. */
import { compile, type Regex } from '../../../regex'

const CONTROL: { readonly [letter: string]: string } = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }
const cache = new Map<string, Regex>()

/** The pattern's matcher. Throws RegexError. */
export function matcher(source: string, letters: 'exact' | 'folded'): Regex {
  const key = letters === 'folded' ? `i${source}` : `x${source}`
  const known = cache.get(key)
  if (known) return known
  const regex = compile(translate(source), { syntax: 'ere', icase: letters === 'folded' })
  if (cache.size > 500) cache.clear()
  cache.set(key, regex)
  return regex
}

const literal = (c: string): string => (/[\\^$.[\]|()*+?{}]/.test(c) ? `\\${c}` : c)

function escape(source: string, at: number): { text: string; length: number; plain: boolean } {
  const c = source[at] ?? ''
  const control = CONTROL[c]
  if (control !== undefined) return { text: control, length: 1, plain: true }
  const octal = /^[0-7]{1,3}/.exec(source.slice(at))?.[0]
  if (octal) return { text: String.fromCharCode(Number.parseInt(octal, 8) & 255), length: octal.length, plain: true }
  const hex = /^x([0-9a-fA-F]{1,2})/.exec(source.slice(at))
  if (hex) return { text: String.fromCharCode(Number.parseInt(hex[1] ?? '0', 16)), length: hex[0].length, plain: true }
  return { text: c, length: c === '' ? 0 : 1, plain: !/[yBwWsS<>`']/.test(c) }
}

export function translate(source: string): string {
  let out = ''
  for (let i = 0; i < source.length; i++) {
    const c = source[i] ?? ''
    if (c === '\\') {
      if (i + 1 >= source.length) return `${out}\\\\`
      const { text, length, plain } = escape(source, i + 1)
      out += plain ? literal(text) : text === 'y' ? '\\b' : `\\${text}`
      i += length
    } else if (c === '[') {
      const set = bracket(source, i)
      out += set.text
      i = set.end
    } else out += c
  }
  return out
}

/** A bracket expression: a backslash quotes in it, which POSIX's own does not know. */
function bracket(source: string, start: number): { text: string; end: number } {
  let i = start + 1
  let negated = ''
  if (source[i] === '^') {
    negated = '^'
    i++
  }
  let body = ''
  let closing = ''
  for (let first = true; i < source.length; i++, first = false) {
    const c = source[i] ?? ''
    if (c === ']' && !first) return { text: `[${negated}${closing}${body}]`, end: i }
    if (c === '[' && /[:.=]/.test(source[i + 1] ?? '')) {
      const mark = source[i + 1] ?? ''
      const end = source.indexOf(`${mark}]`, i + 2)
      if (end >= 0) {
        body += source.slice(i, end + 2)
        i = end + 1
        continue
      }
    }
    if (c === '\\' && i + 1 < source.length) {
      const { text, length } = escape(source, i + 1)
      i += length
      if (text === ']') closing = ']'
      else body += /[-^[]/.test(text) ? `[.${text}.]` : text
      continue
    }
    if (c === ']') closing = ']'
    else body += c
  }
  return { text: source.slice(start), end: source.length }
}
