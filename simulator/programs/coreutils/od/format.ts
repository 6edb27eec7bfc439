/** The types of od(1): how many bytes a field takes, how wide it is written, and how. */
export interface Format {
  readonly size: number
  /** Without the blank before it. */
  readonly width: number
  readonly write: (view: DataView, at: number, endian: 'little' | 'big') => string
  /** `z`: the bytes as characters at the end of the line. */
  readonly trailer: boolean
}

const SIGNED: { readonly [size: number]: number } = { 1: 4, 2: 6, 4: 11, 8: 20 }
const UNSIGNED: { readonly [size: number]: number } = { 1: 3, 2: 5, 4: 10, 8: 20 }
const OCTAL: { readonly [size: number]: number } = { 1: 3, 2: 6, 4: 11, 8: 22 }
const SIZES: { readonly [letter: string]: number } = { C: 1, S: 2, I: 4, L: 8 }
const FLOAT_SIZES: { readonly [letter: string]: number } = { F: 4, D: 8, L: 16, B: 2, H: 2 }

const NAMES = [
  'nul', 'soh', 'stx', 'etx', 'eot', 'enq', 'ack', 'bel', 'bs', 'ht', 'nl', 'vt', 'ff', 'cr', 'so', 'si', 'dle', 'dc1', 'dc2', 'dc3', 'dc4', 'nak', 'syn', 'etb', 'can', 'em', 'sub', 'esc', 'fs', 'gs', 'rs', 'us', 'sp',
]
const ESCAPES: { readonly [code: number]: string } = { 0: '\\0', 7: '\\a', 8: '\\b', 9: '\\t', 10: '\\n', 11: '\\v', 12: '\\f', 13: '\\r' }

const printable = (b: number): boolean => b >= 32 && b < 127

function unsignedAt(view: DataView, at: number, size: number, endian: 'little' | 'big'): bigint {
  const little = endian === 'little'
  if (size === 1) return BigInt(view.getUint8(at))
  if (size === 2) return BigInt(view.getUint16(at, little))
  return size === 4 ? BigInt(view.getUint32(at, little)) : view.getBigUint64(at, little)
}

/** The shortest form that reads back as the same number (gnulib's ftoastr), in C's %g. */
function shortest(value: number, size: 4 | 8): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value < 0 ? '-inf' : 'inf'
  const same = (text: string): boolean => (size === 4 ? Math.fround(Number(text)) === value : Number(text) === value)
  const smallest = size === 4 ? 1.1754943508222875e-38 : 2.2250738585072014e-308
  for (let digits = Math.abs(value) < smallest ? 1 : size === 4 ? 6 : 15; ; digits++) {
    const text = general(value, digits)
    if (digits >= (size === 4 ? 9 : 17) || same(text)) return text
  }
}

function general(value: number, digits: number): string {
  if (value === 0) return Object.is(value, -0) ? '-0' : '0'
  const [mantissa = '', exponentText = '0'] = value.toExponential(digits - 1).split('e')
  const exponent = Number(exponentText)
  if (exponent < -4 || exponent >= digits) {
    const short = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa
    return `${short}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
  }
  const fixed = value.toFixed(Math.max(0, digits - 1 - exponent))
  return fixed.includes('.') ? fixed.replace(/\.?0+$/, '') : fixed
}

const CHARACTER: Omit<Format, 'trailer'> = {
  size: 1, width: 3,
  write: (view, at) => {
    const b = view.getUint8(at)
    return ESCAPES[b] ?? (printable(b) ? String.fromCharCode(b) : b.toString(8).padStart(3, '0'))
  },
}
const NAMED: Omit<Format, 'trailer'> = {
  size: 1, width: 3,
  write: (view, at) => {
    const b = view.getUint8(at) & 0x7f
    return b === 127 ? 'del' : (NAMES[b] ?? String.fromCharCode(b))
  },
}

function integer(letter: 'd' | 'o' | 'u' | 'x', size: number): Omit<Format, 'trailer'> {
  switch (letter) {
    case 'd': return { size, width: SIGNED[size] ?? 20, write: (v, at, e) => String(BigInt.asIntN(size * 8, unsignedAt(v, at, size, e))) }
    case 'u': return { size, width: UNSIGNED[size] ?? 20, write: (v, at, e) => String(unsignedAt(v, at, size, e)) }
    case 'o': return { size, width: OCTAL[size] ?? 22, write: (v, at, e) => unsignedAt(v, at, size, e).toString(8).padStart(OCTAL[size] ?? 22, '0') }
    case 'x': return { size, width: size * 2, write: (v, at, e) => unsignedAt(v, at, size, e).toString(16).padStart(size * 2, '0') }
  }
}

const float = (size: 4 | 8): Omit<Format, 'trailer'> => ({
  size, width: size === 4 ? 15 : 24,
  write: (v, at, e) => shortest(size === 4 ? v.getFloat32(at, e === 'little') : v.getFloat64(at, e === 'little'), size),
})

/** The formats of a -t argument; a text says what is wrong, 'unknown' what the lab does not have. */
export function parseFormats(text: string, quote: (text: string) => string): Format[] | string | 'unknown' {
  const out: Format[] = []
  let rest = text
  if (rest === '') return []
  while (rest !== '') {
    const letter = rest[0] ?? ''
    rest = rest.slice(1)
    let format: Omit<Format, 'trailer'>
    if (letter === 'c') format = CHARACTER
    else if (letter === 'a') format = NAMED
    else if (letter === 'd' || letter === 'o' || letter === 'u' || letter === 'x') {
      const found = /^(?:([CSIL])|(\d+))?/.exec(rest)
      rest = rest.slice(found?.[0].length ?? 0)
      const size = found?.[1] ? (SIZES[found[1]] ?? 4) : found?.[2] ? Number(found[2]) : 4
      if (![1, 2, 4, 8].includes(size)) return `invalid type string ${quote(text)};\nthis system doesn't provide a ${size}-byte integral type`
      format = integer(letter, size)
    } else if (letter === 'f') {
      const found = /^(?:([FDLBH])|(\d+))?/.exec(rest)
      rest = rest.slice(found?.[0].length ?? 0)
      const size = found?.[1] ? (FLOAT_SIZES[found[1]] ?? 8) : found?.[2] ? Number(found[2]) : 8
      if (size === 16 || size === 2) return 'unknown'
      if (size !== 4 && size !== 8) return `invalid type string ${quote(text)};\nthis system doesn't provide a ${size}-byte floating point type`
      format = float(size)
    } else return `invalid character '${letter}' in type string ${quote(text)}`
    const trailer = rest.startsWith('z')
    if (trailer) rest = rest.slice(1)
    out.push({ ...format, trailer })
  }
  return out
}

export const asCharacter = (b: number): string => (printable(b) ? String.fromCharCode(b) : '.')
