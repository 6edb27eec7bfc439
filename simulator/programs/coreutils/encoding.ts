/** base64, base32 and basenc of coreutils 9.1: encodings that turn groups of bytes into groups of letters (RFC 4648), wrapped at a width. */
import { concat, EMPTY } from '../../kernel/bytes'
import type { Run } from '../../kernel/run'
import type { Io } from '../program'
import { atMost, fail, type Options } from './command'
import { locale, openSource, reason, shown, type Source } from './files'
import { numberOrComplaint } from './numbers'

export interface Encoding {
  readonly alphabet: string
  /** Bits a letter holds. */
  readonly bits: number
  /** Letters of a whole group; shorter ones are filled with `=`. */
  readonly group: number
  /** Which bit of a byte comes first. */
  readonly first?: 'high' | 'low'
}

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
export const ENCODINGS = {
  base64: { alphabet: `${UPPER}${UPPER.toLowerCase()}0123456789+/`, bits: 6, group: 4 },
  base64url: { alphabet: `${UPPER}${UPPER.toLowerCase()}0123456789-_`, bits: 6, group: 4 },
  base32: { alphabet: `${UPPER}234567`, bits: 5, group: 8 },
  base32hex: { alphabet: `0123456789${UPPER.slice(0, 22)}`, bits: 5, group: 8 },
  base16: { alphabet: '0123456789ABCDEF', bits: 4, group: 2 },
  base2msbf: { alphabet: '01', bits: 1, group: 8 },
  base2lsbf: { alphabet: '01', bits: 1, group: 8, first: 'low' },
} as const satisfies { readonly [name: string]: Encoding }

/** An encoding of four bytes at a time that stands in no alphabet of bits (z85). */
export interface Whole {
  /** Bytes of a group. */
  readonly group: number
  readonly encode: (bytes: Uint8Array) => string | null
  readonly decode: (bytes: Uint8Array, garbage: 'refused' | 'ignored') => { readonly bytes: Uint8Array; readonly valid: boolean }
  /** What is said of input of another length. */
  readonly length: string
}

const mirrored = (b: number): number => Number.parseInt([...b.toString(2).padStart(8, '0')].reverse().join(''), 2)

function encoded(input: Uint8Array, { alphabet, bits, group, first }: Encoding): string {
  const bytes = first === 'low' ? input.map(mirrored) : input
  let out = ''
  let held = 0
  let count = 0
  for (const b of bytes) {
    held = (held << 8) | b
    count += 8
    while (count >= bits) {
      count -= bits
      out += alphabet[(held >> count) & ((1 << bits) - 1)]
      held &= (1 << count) - 1
    }
  }
  if (count > 0) out += alphabet[(held << (bits - count)) & ((1 << bits) - 1)]
  return out + '='.repeat((group - (out.length % group)) % group)
}

const EQUALS = 61
const NEWLINE = 10

/** What was understood, and whether all of it was. */
function decoded(bytes: Uint8Array, { alphabet, bits, group }: Encoding, garbage: 'refused' | 'ignored'): { readonly bytes: Uint8Array; readonly valid: boolean } {
  const values = new Int16Array(256).fill(-1)
  for (let i = 0; i < alphabet.length; i++) values[alphabet.charCodeAt(i)] = i
  const out = new Uint8Array(Math.ceil((bytes.length * bits) / 8))
  let size = 0
  let held = 0
  let count = 0
  let letters = 0
  let filled = 0
  /** Where the group that is being read began: base32 gives nothing of a group that is wrong. */
  let whole = 0
  const wrong = (): { readonly bytes: Uint8Array; readonly valid: boolean } => ({ bytes: out.subarray(0, bits === 5 ? whole : size), valid: false })
  for (const b of bytes) {
    if (b === NEWLINE) continue
    const value = values[b] ?? -1
    if (b === EQUALS && bits > 4) {
      // Filling completes a group, and may not leave bits over that would have been a byte.
      filled++
      if (letters === 0 || (letters * bits) % 8 >= bits || letters + filled > group) return wrong()
      if (letters + filled === group) [letters, filled, held, count] = [0, 0, 0, 0]
      continue
    }
    if (value < 0) {
      if (garbage === 'ignored') continue
      return wrong()
    }
    if (filled > 0) return wrong()
    held = (held << bits) | value
    count += bits
    letters = (letters + 1) % group
    if (count >= 8) {
      count -= 8
      out[size++] = (held >> count) & 255
      held &= (1 << count) - 1
    }
    if (letters === 0) whole = size
  }
  return letters === 0 && filled === 0 ? { bytes: out.subarray(0, size), valid: true } : wrong()
}

/** The command: encodes its operand, or decodes it with -d. */
export function* transcode(io: Io, options: Options, encoding: Encoding | Whole): Run<number> {
  const wrap = options.value('w')
  const width = wrap === undefined ? 76 : numberOrComplaint(wrap, { what: 'invalid wrap size' }, (t) => locale(io, t))
  if (typeof width !== 'number') return fail(io, width.complaint)
  atMost(io, options.operands, 1)
  const path = options.operands[0] ?? '-'
  try {
    const source = yield* openSource(io.sys, path)
    if (!options.has('d')) yield* encode(io, source, encoding, width)
    else {
      const garbage = options.has('i') ? 'ignored' : 'refused'
      const input = yield* source.all()
      const { bytes, valid } = 'decode' in encoding ? encoding.decode(input, garbage) : decoded(input, encoding, garbage)
      io.out('first' in encoding && encoding.first === 'low' ? bytes.map(mirrored) : bytes)
      yield* io.flush()
      if (!valid) return fail(io, 'invalid input')
    }
    source.close()
    return 0
  } catch (error) {
    return fail(io, path === '-' ? `read error: ${reason(error)}` : `${isDirectoryRead(error) ? 'read error' : shown(path)}: ${reason(error)}`)
  }
}

/** As it is read: whole groups at once, and at the end what is left over. A width of 0 is one endless line. */
function* encode(io: Io, source: Source, encoding: Encoding | Whole, width: number): Run {
  const groupBytes = 'encode' in encoding ? encoding.group : (encoding.group * encoding.bits) / 8
  let rest: Uint8Array = EMPTY
  let line = ''
  for (;;) {
    const read = yield* source.read()
    const bytes = concat([rest, read])
    const whole = read.length === 0 ? bytes.length : bytes.length - (bytes.length % groupBytes)
    rest = bytes.subarray(whole)
    const text = 'encode' in encoding ? encoding.encode(bytes.subarray(0, whole)) : encoded(bytes.subarray(0, whole), encoding)
    if (text === null) return fail(io, 'length' in encoding ? encoding.length : '')
    line += text
    let at = 0
    for (; width > 0 && line.length - at >= width; at += width) io.out(`${line.slice(at, at + width)}\n`)
    line = line.slice(at)
    if (width === 0 || read.length === 0) {
      if (line !== '') io.out(width === 0 ? line : `${line}\n`)
      line = ''
    }
    if (read.length === 0) return
    yield* io.drain()
  }
}

const isDirectoryRead = (error: unknown): boolean => error instanceof Error && error.message === 'Is a directory'
