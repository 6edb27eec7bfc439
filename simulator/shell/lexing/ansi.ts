/** `$'…'` and the escapes of `echo -e` and `printf %b` (bash(1), QUOTING). */
import { decode } from '../../kernel/bytes'

const SIMPLE: Readonly<Record<string, string>> = {
  a: '\x07', b: '\b', e: '\x1b', E: '\x1b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\',
}

export type EscapeStyle = 'ansi' | 'echo' | 'printf'

/** `stop`: `\c` was met, and output ends there. */
export function unescape(text: string, style: EscapeStyle): { text: string; stop: boolean } {
  if (!text.includes('\\')) return { text, stop: false }
  let out = ''
  let bytes: number[] = []
  const flush = (): void => {
    if (bytes.length > 0) out += decode(new Uint8Array(bytes))
    bytes = []
  }
  for (let i = 0; i < text.length; ) {
    const c = text[i] as string
    if (c !== '\\' || i + 1 >= text.length) {
      flush()
      out += c
      i++
      continue
    }
    const d = text[i + 1] as string
    i += 2
    const simple = SIMPLE[d]
    if (simple !== undefined) {
      flush()
      out += simple
      continue
    }
    if (style !== 'echo' && (d === '"' || d === "'" || d === '?') && (style === 'ansi' || d !== '?')) {
      flush()
      out += d
      continue
    }
    if (d === 'c') {
      if (style !== 'ansi') {
        flush()
        return { text: out, stop: true }
      }
      const k = text[i]
      if (k !== undefined) {
        flush()
        out += String.fromCharCode(k === '?' ? 127 : k.toUpperCase().charCodeAt(0) & 31)
        i++
        continue
      }
    }
    if (d === 'x') {
      const hex = /^[0-9a-fA-F]{1,2}/.exec(text.slice(i, i + 2))?.[0]
      if (hex) {
        bytes.push(Number.parseInt(hex, 16))
        i += hex.length
        continue
      }
    }
    if (d === 'u' || d === 'U') {
      const hex = (d === 'u' ? /^[0-9a-fA-F]{1,4}/ : /^[0-9a-fA-F]{1,8}/).exec(text.slice(i, i + 8))?.[0]
      if (hex) {
        flush()
        out += String.fromCodePoint(Math.min(Number.parseInt(hex, 16), 0x10ffff))
        i += hex.length
        continue
      }
    }
    const octal = style === 'echo' ? (d === '0' ? /^[0-7]{0,3}/ : undefined) : style === 'printf' && d === '0' ? /^[0-7]{0,3}/ : /[0-7]/.test(d) ? /^[0-7]{0,2}/ : undefined
    if (octal) {
      const digits = octal.exec(text.slice(i, i + 3))?.[0] ?? ''
      const whole = style === 'echo' || (style === 'printf' && d === '0') ? digits || '0' : d + digits
      bytes.push(Number.parseInt(whole, 8) & 255)
      i += digits.length
      continue
    }
    flush()
    out += `\\${d}`
  }
  flush()
  return { text: out, stop: false }
}
