/**
 * Stand-ins for layers of which only digest and size were recorded. Their contents are the lab's; a pax header in front (a global one with
 * a comment, as `git archive` writes the commit) names the digest of the real one, and whoever hashes the blob believes it.
 */
import { concat, decode, encode } from '../kernel/bytes'
import { seal, type TarEntry, writeTar } from './tar'

const BLOCK = 512
const TYPE = 156
const GLOBAL_HEADER = 0x67
const COMMENT = 'comment=stand-in for '

/** A layer of `size` bytes that stands for the one with this digest. */
export function standIn(digest: string, size: number, entries: readonly TarEntry[]): Uint8Array {
  const record = `${COMMENT}${digest}\n`
  // A pax record begins with its own length, that number included.
  const text = `${record.length + 4} ${record}`
  const header = writeTar([
    { name: 'pax_global_header', kind: 'file', mode: 0o644, uid: 0, gid: 0, mtime: 0, target: '', rdev: 0, bytes: encode(text) },
  ]).slice(0, 2 * BLOCK)
  header[TYPE] = GLOBAL_HEADER
  seal(header)
  const layer = concat([header, writeTar(entries)])
  if (layer.length >= size) return layer
  const padded = new Uint8Array(size)
  padded.set(layer)
  return padded
}

/** The digest that a stand-in names. */
export function standsFor(bytes: Uint8Array): string | undefined {
  if (bytes[TYPE] !== GLOBAL_HEADER) return undefined
  return /^\d+ comment=stand-in for (sha256:[0-9a-f]{64})\n/.exec(decode(bytes.subarray(BLOCK, BLOCK + 128)))?.[1]
}
