/** The gzip format (RFC 1952) around deflate. */
import { Deflate, Inflate } from 'pako'
import { concat, encode } from '../../kernel/bytes'

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
  return c >>> 0
})

export function crc32(bytes: Uint8Array): number {
  let c = 0xffffffff
  for (const byte of bytes) c = ((TABLE[(c ^ byte) & 255] ?? 0) ^ (c >>> 8)) >>> 0
  return (c ^ 0xffffffff) >>> 0
}

const word = (n: number): Uint8Array => Uint8Array.from([n & 255, (n >>> 8) & 255, (n >>> 16) & 255, (n >>> 24) & 255])

const isLevel = (n: number): n is 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 => n >= 1 && n <= 9

export interface Stamp {
  readonly name: string
  readonly mtime: number
}

export function compress(bytes: Uint8Array, level: number, stamp: Stamp | null): Uint8Array {
  const deflate = new Deflate({ raw: true, level: isLevel(level) ? level : 6, memLevel: 9 })
  deflate.push(bytes, true)
  const body = deflate.result instanceof Uint8Array ? deflate.result : new Uint8Array(0)
  const extra = level === 9 ? 2 : level === 1 ? 4 : 0
  const head = concat([Uint8Array.from([0x1f, 0x8b, 8, stamp ? 8 : 0]), word(stamp?.mtime ?? 0), Uint8Array.from([extra, 3]), stamp ? encode(`${stamp.name}\0`) : new Uint8Array(0)])
  return concat([head, body, word(crc32(bytes)), word(bytes.length)])
}

export class GzipError extends Error {}

export interface Member {
  readonly bytes: Uint8Array
  readonly name: string | null
  readonly mtime: number
  /** Bytes of head and tail. */
  readonly overhead: number
  readonly crc: number
}

/** All members of a file, one after the other. */
export function decompress(bytes: Uint8Array): Member[] {
  const members: Member[] = []
  for (let at = 0; at < bytes.length; ) {
    if (bytes[at] !== 0x1f || bytes[at + 1] !== 0x8b) {
      if (members.length > 0 && bytes.subarray(at).every((b) => b === 0)) break
      if (members.length > 0) throw new GzipError('decompression OK, trailing garbage ignored')
      throw new GzipError('not in gzip format')
    }
    const flags = bytes[at + 3] ?? 0
    const view = new DataView(bytes.buffer, bytes.byteOffset)
    if (at + 10 > bytes.length) throw new GzipError('unexpected end of file')
    const mtime = view.getUint32(at + 4, true)
    let next = at + 10
    if (flags & 4) next += 2 + view.getUint16(next, true)
    const text = (): string => {
      const end = bytes.indexOf(0, next)
      if (end < 0) throw new GzipError('unexpected end of file')
      const found = String.fromCharCode(...bytes.subarray(next, end))
      next = end + 1
      return found
    }
    const name = flags & 8 ? text() : null
    if (flags & 16) text()
    if (flags & 2) next += 2
    const inflate = new Inflate({ raw: true })
    inflate.push(bytes.slice(next), true)
    if (inflate.err !== 0) throw new GzipError(inflate.err === -5 ? 'unexpected end of file' : 'invalid compressed data--format violated')
    const left = 'strm' in inflate && typeof inflate.strm === 'object' && inflate.strm !== null && 'avail_in' in inflate.strm ? Number(inflate.strm.avail_in) : 0
    const out = inflate.result instanceof Uint8Array ? inflate.result : new Uint8Array(0)
    const tail = bytes.length - left
    if (tail + 8 > bytes.length) throw new GzipError('unexpected end of file')
    const crc = view.getUint32(tail, true)
    if (crc !== crc32(out)) throw new GzipError('invalid compressed data--crc error')
    members.push({ bytes: out, name, mtime, overhead: next - at + 8, crc })
    at = tail + 8
  }
  return members
}
