/** The sums that are no digests: cksum's CRC (POSIX), sum's BSD and System V forms. */
import type { Run } from '../../kernel/run'
import type { Io } from '../program'
import type { Source } from './files'

const POLYNOMIAL = 0x04c11db7
const TABLE = Uint32Array.from({ length: 256 }, (_, i) => {
  let c = i << 24
  for (let k = 0; k < 8; k++) c = c & 0x80000000 ? (c << 1) ^ POLYNOMIAL : c << 1
  return c >>> 0
})

export interface Sum {
  readonly sum: number
  readonly bytes: number
}

const BYTES_PER_UNIT = 500

function* each(io: Io, source: Source, take: (bytes: Uint8Array) => void): Run<number> {
  let size = 0
  for (let bytes = yield* source.read(); bytes.length > 0; bytes = yield* source.read()) {
    take(bytes)
    size += bytes.length
    if (io.sys.spend(bytes.length / BYTES_PER_UNIT)) yield 'preempted'
  }
  return size
}

export function* crc(io: Io, source: Source): Run<Sum> {
  let c = 0
  const step = (b: number): void => {
    c = ((c << 8) ^ (TABLE[((c >>> 24) ^ b) & 0xff] ?? 0)) >>> 0
  }
  const bytes = yield* each(io, source, (part) => part.forEach(step))
  for (let n = bytes; n > 0; n = Math.floor(n / 256)) step(n % 256)
  return { sum: ~c >>> 0, bytes }
}

export function* bsd(io: Io, source: Source): Run<Sum> {
  let c = 0
  const bytes = yield* each(io, source, (part) => {
    for (const b of part) c = (((c >> 1) + ((c & 1) << 15)) + b) & 0xffff
  })
  return { sum: c, bytes }
}

export function* sysv(io: Io, source: Source): Run<Sum> {
  let s = 0
  const bytes = yield* each(io, source, (part) => {
    for (const b of part) s = (s + b) >>> 0
  })
  const r = (s & 0xffff) + (s >>> 16)
  return { sum: (r & 0xffff) + (r >> 16), bytes }
}
