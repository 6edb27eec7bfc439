import { encode } from '../../../kernel/bytes'

const VISIBLE: { readonly [character: string]: string } = { '\\': '\\\\', '\n': '\\n', '\t': '\\t', '\r': '\\r', '\f': '\\f', '\v': '\\v', '\b': '\\b', '\x07': '\\a' }

/** The l command: escapes, and lines folded with a backslash. */
export function visible(text: string, width: number): string {
  let out = ''
  let column = 0
  for (const byte of encode(text)) {
    const c = String.fromCharCode(byte)
    const piece = VISIBLE[c] ?? (byte < 32 || byte > 126 ? `\\${byte.toString(8).padStart(3, '0')}` : c)
    if (width > 1 && column + piece.length > width - 1) {
      out += '\\\n'
      column = 0
    }
    out += piece
    column += piece.length
  }
  return `${out}$\n`
}
