/** hexdump's format strings: `8/2 "%04x " "\n"` (hexdump(1), "FORMATS"). */

export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  /** Shows `bytes` bytes. */
  | { readonly kind: 'value'; readonly flags: string; readonly width: number; readonly precision: number | undefined; readonly letter: string; readonly bytes: number }
  /** `_a` and `_A`: the offset, and the one at the end. */
  | { readonly kind: 'offset'; readonly flags: string; readonly width: number; readonly precision: number | undefined; readonly base: 'd' | 'o' | 'x'; readonly when: 'block' | 'end' }

export interface Unit {
  repeat: number
  readonly fixed: boolean
  readonly bytes: number
  readonly pieces: readonly Piece[]
}

export interface Format {
  readonly units: Unit[]
  readonly bytes: number
}

export class FormatError extends Error {}

const SIZES: { readonly [letter: string]: number } = { _c: 1, _p: 1, _u: 1, c: 1, d: 4, i: 4, o: 4, u: 4, x: 4, X: 4, e: 8, E: 8, f: 8, g: 8, G: 8 }
const ESCAPES: { readonly [letter: string]: string } = { '0': '\0', a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }

const unescape = (text: string): string => text.replace(/\\([\s\S])/g, (_, c: string) => ESCAPES[c] ?? c)

function pieces(text: string, count: number | undefined): { pieces: Piece[]; bytes: number } {
  const out: Piece[] = []
  let bytes = 0
  const SPEC = /%([-+ 0#]*)(\d*)(?:\.(\d*))?(_[aA][dox]|_[cpu]|[cdiouxXeEfgGs%])/y
  for (let i = 0; i < text.length; ) {
    const next = text.indexOf('%', i)
    if (next !== i) {
      out.push({ kind: 'text', text: unescape(text.slice(i, next < 0 ? undefined : next)) })
      if (next < 0) break
      i = next
      continue
    }
    SPEC.lastIndex = i
    const spec = SPEC.exec(text)
    if (!spec) throw new FormatError(`bad format {${text.slice(i)}}`)
    i = SPEC.lastIndex
    const [, flags = '', width = '', precision, letter = ''] = spec
    const common = { flags, width: Number(width || 0), precision: precision === undefined ? undefined : Number(precision || 0) }
    if (letter === '%') out.push({ kind: 'text', text: '%' })
    else if (/^_[aA]/.test(letter)) out.push({ kind: 'offset', ...common, base: letter[2] === 'd' ? 'd' : letter[2] === 'o' ? 'o' : 'x', when: letter[1] === 'A' ? 'end' : 'block' })
    else {
      const size = letter === 's' ? (common.precision ?? count) : (count ?? SIZES[letter])
      if (size === undefined) throw new FormatError(`bad byte count for conversion character ${letter}`)
      if (!/^_/.test(letter) && letter !== 's' && letter !== 'c' && ![1, 2, 4, 8].includes(size)) throw new FormatError(`bad byte count for conversion character ${letter}`)
      bytes += size
      out.push({ kind: 'value', ...common, letter, bytes: size })
    }
  }
  return { pieces: out, bytes }
}

export function parseFormat(text: string): Format {
  const units: Unit[] = []
  const rest = /\s*(?:(\d+)\s*(?:\/\s*(\d+)?)?|\/\s*(\d+))?\s*"((?:[^"\\]|\\[\s\S])*)"\s*/y
  for (let i = 0; i < text.length; ) {
    if (text.slice(i).trim() === '') break
    rest.lastIndex = i
    const found = rest.exec(text)
    if (!found) throw new FormatError(`bad format {${text}}`)
    i = rest.lastIndex
    const [, repeat, count, alone, body = ''] = found
    const bytes = count ?? alone
    const made = pieces(body, bytes === undefined ? undefined : Number(bytes))
    units.push({ repeat: repeat === undefined ? 1 : Number(repeat), fixed: repeat !== undefined, ...made })
  }
  return { units, bytes: units.reduce((sum, u) => sum + u.repeat * u.bytes, 0) }
}

/** The block that all formats look at; a last unit without a count is repeated to fill it. */
export function fill(formats: readonly Format[]): number {
  const block = Math.max(0, ...formats.map((f) => f.bytes))
  for (const { units, bytes } of formats) {
    const last = units.at(-1)
    if (last && !last.fixed && last.bytes > 0 && bytes < block) last.repeat += Math.floor((block - bytes) / last.bytes)
  }
  return block
}
