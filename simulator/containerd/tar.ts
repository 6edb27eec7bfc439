/** tar(5) in the ustar format, as far as image layers use it. */
import { concat, decode, encode } from '../kernel/bytes'
import { device, majorOf, minorOf } from '../kernel/vfs/filesystem'

const BLOCK = 512
const KINDS = { '0': 'file', '\0': 'file', '1': 'hard', '2': 'link', '3': 'chr', '4': 'blk', '5': 'dir', '6': 'fifo' } as const

export interface TarEntry {
  readonly name: string
  readonly kind: 'file' | 'dir' | 'link' | 'hard' | 'chr' | 'blk' | 'fifo'
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly mtime: number
  /** Of links. */
  readonly target: string
  readonly rdev: number
  readonly bytes: Uint8Array
}

const text = (block: Uint8Array, at: number, length: number): string => {
  const end = block.indexOf(0, at)
  return end === at ? '' : decode(block.subarray(at, end < 0 || end > at + length ? at + length : end))
}
const octal = (block: Uint8Array, at: number, length: number): number => Number.parseInt(text(block, at, length).trim() || '0', 8)

/** What Go's archive/tar says of an archive that is none. */
export class TarError extends Error {}

const INVALID = 'archive/tar: invalid tar header'
const ENDED = 'unexpected EOF'

const SUM_AT = 148
const SUM_LENGTH = 8
const BLANK = 32

/** The sum of a header's bytes, its own place counted as blanks (tar(5)). */
function sumOf(head: Uint8Array): number {
  let sum = SUM_LENGTH * BLANK
  for (let i = 0; i < BLOCK; i++) if (i < SUM_AT || i >= SUM_AT + SUM_LENGTH) sum += head[i] ?? 0
  return sum
}

/** Writes a header's sum. */
export const seal = (head: Uint8Array): void => head.set(encode(`${sumOf(head).toString(8).padStart(6, '0')}\0 `), SUM_AT)

/** As Go reads an archive, with the size that each header tells: contents may end before. Throws TarError. */
export function* readArchive(bytes: Uint8Array): Generator<{ readonly entry: TarEntry; readonly size: number }, void, void> {
  const block = (at: number): Uint8Array | undefined => {
    if (at >= bytes.length) return undefined
    if (at + BLOCK > bytes.length) throw new TarError(ENDED)
    return bytes.subarray(at, at + BLOCK)
  }
  const isZero = (head: Uint8Array): boolean => head.every((byte) => byte === 0)
  let at = 0
  for (;;) {
    const head = block(at)
    if (head === undefined) return
    if (isZero(head)) {
      const next = block(at + BLOCK)
      if (next === undefined || isZero(next)) return
      throw new TarError(INVALID)
    }
    if (octal(head, SUM_AT, SUM_LENGTH) !== sumOf(head)) throw new TarError(INVALID)
    // A long name stands before the entry that it is for.
    const start = at
    let size = octal(head, 124, 12)
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK
    if (decode(head.subarray(156, 157)) === 'L') {
      const own = block(at)
      if (own === undefined) throw new TarError(ENDED)
      size = octal(own, 124, 12)
      at += BLOCK + Math.ceil(size / BLOCK) * BLOCK
    }
    for (const entry of readTar(bytes.subarray(start, at))) yield { entry, size }
    if (at - Math.ceil(size / BLOCK) * BLOCK + size > bytes.length) throw new TarError(ENDED)
  }
}

const isKind = (flag: string): flag is keyof typeof KINDS => flag in KINDS

export function* readTar(bytes: Uint8Array): Generator<TarEntry, void, void> {
  let longName = ''
  for (let at = 0; at + BLOCK <= bytes.length; ) {
    const head = bytes.subarray(at, at + BLOCK)
    if (head[0] === 0) return
    const size = octal(head, 124, 12)
    const contents = bytes.subarray(at + BLOCK, at + BLOCK + size)
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK
    const flag = decode(head.subarray(156, 157))
    if (flag === 'L') {
      longName = text(contents, 0, size)
      continue
    }
    if (!isKind(flag)) continue
    const prefix = text(head, 345, 155)
    const name = longName || (prefix ? `${prefix}/${text(head, 0, 100)}` : text(head, 0, 100))
    longName = ''
    yield {
      name: name.replace(/^\.?\//, ''), kind: KINDS[flag], mode: octal(head, 100, 8) & 0o7777, uid: octal(head, 108, 8), gid: octal(head, 116, 8), mtime: octal(head, 136, 12),
      target: text(head, 157, 100), rdev: device(octal(head, 329, 8), octal(head, 337, 8)), bytes: contents,
    }
  }
}

const FLAGS: Readonly<Record<TarEntry['kind'], string>> = { file: '0', hard: '1', link: '2', chr: '3', blk: '4', dir: '5', fifo: '6' }

/** A whole archive; owners by name too, or as Go's archive/tar leaves them, by number only. */
export function writeTar(entries: readonly TarEntry[], owners: 'named' | 'numbers' = 'named'): Uint8Array {
  const parts: Uint8Array[] = []
  for (const entry of entries) {
    const block = new Uint8Array(BLOCK)
    const put = (value: string, at: number): void => block.set(encode(value), at)
    const number = (value: number, at: number, length: number): void => put(value.toString(8).padStart(length - 1, '0'), at)
    const name = entry.kind === 'dir' ? `${entry.name}/` : entry.name
    put(name.slice(0, 100), 0)
    number(entry.mode, 100, 8)
    number(entry.uid, 108, 8)
    number(entry.gid, 116, 8)
    number(entry.bytes.length, 124, 12)
    number(entry.mtime, 136, 12)
    put(FLAGS[entry.kind], 156)
    put(entry.target, 157)
    put('ustar\x0000', 257)
    if (owners === 'named') {
      put('root', 265)
      put('root', 297)
    }
    number(majorOf(entry.rdev), 329, 8)
    number(minorOf(entry.rdev), 337, 8)
    seal(block)
    parts.push(block, entry.bytes, new Uint8Array((BLOCK - (entry.bytes.length % BLOCK)) % BLOCK))
  }
  parts.push(new Uint8Array(2 * BLOCK))
  return concat(parts)
}
