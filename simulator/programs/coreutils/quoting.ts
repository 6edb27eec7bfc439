/**
 * How GNU programs quote names and words in what they print (gnulib's quotearg): as a shell would read them, as a C string, or
 * in the quotation marks of the locale.
 */
import { encode } from '../../kernel/bytes'

/** What a name must hold to need quotes for a shell, wherever it stands. */
const SHELL_SPECIAL = new Set(' \t\n!"$&()*;<=>?[\\^`|\'')
/** Characters that mean the same between double quotes: then `"it's"` is shorter than the other form. */
const SAME_IN_C = /^[ '%+,\-./:\]_@0-9A-Za-z\u00a0-\ud7ff\ud800-\udbff\udc00-\udc7f\udd00-\udfff\ue000-\uffff]*$/
const NAMED: { readonly [c: string]: string } = { '\x07': 'a', '\b': 'b', '\f': 'f', '\n': 'n', '\r': 'r', '\t': 't', '\v': 'v' }

/** Control characters and bytes that are no UTF-8 have no print. */
const UNPRINTABLE = /[\0-\x1f\x7f-\x9f\udc80-\udcff]/
const isLone = (text: string, at: number): boolean => {
  const c = text.charCodeAt(at)
  if (c < 0xdc80 || c > 0xdcff) return false
  const before = text.charCodeAt(at - 1)
  return !(before >= 0xd800 && before <= 0xdbff)
}

/** The characters of a text; a byte that is no UTF-8 counts as one. */
export const characters = (text: string): string[] => {
  const out: string[] = []
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    const d = text.charCodeAt(i + 1)
    if (c >= 0xd800 && c <= 0xdbff && d >= 0xdc00 && d <= 0xdfff) out.push(text.slice(i, ++i + 1))
    else out.push(text[i] ?? '')
  }
  return out
}

const printable = (c: string): boolean => c.length > 1 || !(UNPRINTABLE.test(c) && (c.charCodeAt(0) < 0xa0 || isLone(c, 0)))

const octal = (c: string): string => [...encode(c)].map((b) => `\\${b.toString(8).padStart(3, '0')}`).join('')

/** True when a shell would not read `name` as it is. */
export function needsShellQuotes(name: string): boolean {
  if (name === '' || /^[#~]|^[{}]$/.test(name)) return true
  for (const c of characters(name)) if (SHELL_SPECIAL.has(c) || !printable(c)) return true
  return false
}

/** shell-escape-always. */
export function shellEscapeAlways(name: string): string {
  if (name.includes("'") && SAME_IN_C.test(name)) return `"${name}"`
  let out = "'"
  let escaping = false
  for (const c of characters(name)) {
    if (printable(c)) {
      if (escaping) out += "''"
      escaping = false
      out += c === "'" ? "'\\''" : c
      continue
    }
    if (!escaping) out += "'$'"
    escaping = true
    out += NAMED[c] === undefined ? octal(c) : `\\${NAMED[c]}`
  }
  return `${out}'`
}

/** shell-escape: quoted only where a shell needs it. */
export const shellEscape = (name: string): string => (needsShellQuotes(name) ? shellEscapeAlways(name) : name)

/** shell and shell-always: control characters stay. */
export function shellPlain(name: string, always: 'always' | 'as-needed'): string {
  if (always === 'as-needed' && name !== '' && !/^[#~]|^[{}]$/.test(name) && ![...name].some((c) => SHELL_SPECIAL.has(c))) return name
  if (name.includes("'") && SAME_IN_C.test(name)) return `"${name}"`
  return `'${name.replaceAll("'", "'\\''")}'`
}

/** The escapes of C; `marks` are escaped too. `ascii`: where the locale knows no other characters. */
export function cEscape(text: string, marks: string, charset: 'utf-8' | 'ascii' = 'utf-8'): string {
  let out = ''
  for (const c of characters(text)) {
    if (c === '\\' || marks.includes(c)) out += `\\${c}`
    else if (NAMED[c] !== undefined) out += `\\${NAMED[c]}`
    else if (!printable(c) || (charset === 'ascii' && c > '\x7f')) out += octal(c)
    else out += c
  }
  return out
}

/** quote(3) of gnulib: ‘text’, or 'text' in the C locale. */
export const localeQuote = (text: string, charset: 'utf-8' | 'ascii'): string =>
  charset === 'utf-8' ? `‘${cEscape(text, '’', charset)}’` : `'${cEscape(text, "'", charset)}'`
