/** Escapes that sed turns into characters before anything else looks at a script's text (sed.info, "Escapes"). */
const SIMPLE: { readonly [letter: string]: string } = { a: '\x07', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }

const character = (code: number): string => (code < 128 ? String.fromCharCode(code) : String.fromCharCode(0xdc00 | (code & 255)))

export interface Escape {
  readonly character: string
  /** Length with the backslash. */
  readonly length: number
  /** It was given by its number: it stands for itself, whatever it means otherwise. */
  readonly numbered: boolean
}

/** The escape at `at` (a backslash); null where it is none of these. */
export function escapeAt(text: string, at: number): Escape | null {
  const letter = text[at + 1] ?? ''
  const simple = SIMPLE[letter]
  if (simple !== undefined) return { character: simple, length: 2, numbered: false }
  const rest = text.slice(at + 1, at + 5)
  for (const [form, base] of [[/^x([0-9a-fA-F]{1,2})/, 16], [/^o([0-7]{1,3})/, 8], [/^d(\d{1,3})/, 10]] as const) {
    const found = form.exec(rest)
    if (found) return { character: character(Number.parseInt(found[1] ?? '0', base) & 255), length: 1 + found[0].length, numbered: true }
  }
  const control = /^c([\x20-\x7e])/.exec(rest)
  if (control) return { character: String.fromCharCode((control[1] ?? '@').toUpperCase().charCodeAt(0) ^ 0x40), length: 3, numbered: true }
  return null
}

/** A regular expression's escapes, with a number's character quoted where it would be an operator. */
export function regexEscapes(pattern: string): string {
  let out = ''
  let bracket = false
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i] ?? ''
    if (c === '[' && !bracket) {
      bracket = true
      const head = /^\[\^?\]?/.exec(pattern.slice(i))?.[0] ?? c
      out += head
      i += head.length - 1
      continue
    }
    if (c === ']' && bracket) bracket = false
    if (c === '\\') {
      const escape = escapeAt(pattern, i)
      if (escape) {
        out += escape.numbered && !bracket && /[\\^$.*[\]+?(){}|]/.test(escape.character) ? `\\${escape.character}` : escape.character
        i += escape.length - 1
        continue
      }
      if (!bracket) {
        out += c + (pattern[++i] ?? '')
        continue
      }
    }
    out += c
  }
  return out
}
