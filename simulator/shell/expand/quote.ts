/** How bash writes a string so that it can be read again: `%q`, `${x@Q}`, `set`, `declare -p`, `set -x`. */
const CONTROL: Readonly<Record<string, string>> = { '\x07': '\\a', '\b': '\\b', '\t': '\\t', '\n': '\\n', '\v': '\\v', '\f': '\\f', '\r': '\\r', '\x1b': '\\E', '\\': '\\\\', "'": "\\'" }

const needsAnsi = (text: string): boolean => /[\x00-\x1f\x7f\udc80-\udcff]/.test(text)

export function ansiQuote(text: string): string {
  let out = ''
  for (const c of text) {
    const known = CONTROL[c]
    const code = c.codePointAt(0) as number
    if (known) out += known
    else if (code < 32 || code === 127) out += `\\${code.toString(8).padStart(3, '0')}`
    else if (code >= 0xdc80 && code <= 0xdcff) out += `\\${(code & 255).toString(8).padStart(3, '0')}`
    else out += c
  }
  return `$'${out}'`
}

export const singleQuote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

/** `${x@Q}`: always quoted. */
export const quoteAlways = (text: string): string => (needsAnsi(text) ? ansiQuote(text) : singleQuote(text))

/** `printf %q`: backslashes. */
export function backslashQuote(text: string): string {
  if (text === '') return "''"
  if (needsAnsi(text)) return ansiQuote(text)
  return text.replace(/[ \t'"\\|&;()<>!{}*[\]?^$`,]/g, '\\$&').replace(/^[#~]/, '\\$&').replace(/([=:])~/g, '$1\\~')
}

const SHELL_META = /[ \t\n'"\\|&;()<>!{}*[\]?^$`]/

/** `set`'s listing and `set -x`: quoted only where needed. */
export function quoteWhenNeeded(text: string): string {
  if (needsAnsi(text)) return ansiQuote(text)
  return SHELL_META.test(text) || /^[#~]/.test(text) || /[=:]~/.test(text) ? singleQuote(text) : text
}

/** In the double quotes of `declare -p`. */
export const doubleQuote = (text: string): string => (needsAnsi(text) ? ansiQuote(text) : `"${text.replace(/["\\$`]/g, '\\$&')}"`)

const ASH_WORDS = new Set(['!', 'case', 'do', 'done', 'elif', 'else', 'esac', 'fi', 'for', 'if', 'in', 'then', 'until', 'while', '{', '}'])

/** `set -x` of busybox's ash: quoted where a character or the word itself may mean something (maybe_single_quote). */
export const ashQuote = (text: string): string => (/[^+,\-./0-9:@A-Z\]^_a-z]/.test(text) || ASH_WORDS.has(text) ? `'${text.replaceAll("'", `'"'"'`)}'` : text)
