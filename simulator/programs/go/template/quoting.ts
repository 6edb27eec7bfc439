/** Strings of Go's source text, and how Go names a character (`%#U`). */

/** U+0021 '!' */
export function codePoint(text: string, at: number): string {
  const code = text.codePointAt(at)
  if (code === undefined) return 'U+FFFFFFFFFFFFFFFF'
  const shown = /[\p{L}\p{M}\p{N}\p{P}\p{S} ]/u.test(String.fromCodePoint(code)) ? ` '${String.fromCodePoint(code)}'` : ''
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}${shown}`
}

const ESCAPES: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\', "'": "'", '"': '"' }

/** strconv.Unquote; undefined for what is not a string. */
export function unquote(text: string): string | undefined {
  if (text.startsWith('`')) return text.slice(1, -1).replaceAll('\r', '')
  let isValid = true
  const value = text.slice(1, -1).replace(/\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{3})|(.))/gs, (_, hex, small, large, octal, letter) => {
    if (letter === undefined) return String.fromCodePoint(octal === undefined ? Number.parseInt(hex ?? small ?? large, 16) : Number.parseInt(octal, 8))
    const known = letter === "'" && text.startsWith('"') ? undefined : ESCAPES[letter]
    if (known === undefined) isValid = false
    return known ?? ''
  })
  return isValid ? value : undefined
}
