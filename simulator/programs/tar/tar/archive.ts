/** tar archives in GNU's format (tar.info, "Basic Tar Format"): heads of 512 bytes, long names in members of their own. */
import { concat, decode, encode } from '../../../kernel/bytes'

export const BLOCK = 512
/** Archives are padded to records of twenty blocks. */
const RECORD = 20 * BLOCK

export type Kind = 'file' | 'hard' | 'link' | 'chr' | 'blk' | 'dir' | 'fifo'

export interface Member {
  readonly name: string
  readonly kind: Kind
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly mtime: number
  readonly target: string
  readonly user: string
  readonly group: string
  readonly major: number
  readonly minor: number
  readonly bytes: Uint8Array
}

const FLAGS: { readonly [K in Kind]: string } = { file: '0', hard: '1', link: '2', chr: '3', blk: '4', dir: '5', fifo: '6' }
const KINDS: { readonly [flag: string]: Kind } = { '0': 'file', '\0': 'file', '1': 'hard', '2': 'link', '3': 'chr', '4': 'blk', '5': 'dir', '6': 'fifo' }

export class ArchiveError extends Error {}

const octal = (n: number, digits: number): string => `${Math.max(0, Math.floor(n)).toString(8).padStart(digits, '0')}\0`

function head(name: string, flag: string, size: number, m: Member): Uint8Array {
  const block = new Uint8Array(BLOCK)
  const put = (at: number, text: string, most: number): void => block.set(encode(text).subarray(0, most), at)
  put(0, name, 100)
  put(100, octal(m.mode, 7), 8)
  put(108, octal(m.uid, 7), 8)
  put(116, octal(m.gid, 7), 8)
  put(124, octal(size, 11), 12)
  put(136, octal(m.mtime, 11), 12)
  put(148, '        ', 8)
  put(156, flag, 1)
  put(157, m.target, 100)
  put(257, 'ustar  \0', 8)
  put(265, m.user, 32)
  put(297, m.group, 32)
  if (m.kind === 'chr' || m.kind === 'blk') {
    put(329, octal(m.major, 7), 8)
    put(337, octal(m.minor, 7), 8)
  }
  const sum = block.reduce((total, byte) => total + byte, 0)
  put(148, `${sum.toString(8).padStart(6, '0')}\0 `, 8)
  return block
}

const padded = (bytes: Uint8Array): Uint8Array => {
  const out = new Uint8Array(Math.ceil(bytes.length / BLOCK) * BLOCK)
  out.set(bytes)
  return out
}

/** A name too long for its field stands in a member before. */
function longName(text: string, flag: 'L' | 'K', m: Member): Uint8Array[] {
  const bytes = encode(`${text}\0`)
  return bytes.length <= 101 ? [] : [head('././@LongLink', flag, bytes.length, { ...m, mode: 0o644, uid: 0, gid: 0, mtime: 0, target: '', user: 'root', group: 'root', kind: 'file' }), padded(bytes)]
}

export function memberBytes(m: Member): Uint8Array {
  return concat([...longName(m.target, 'K', m), ...longName(m.name, 'L', m), head(m.name, FLAGS[m.kind], m.bytes.length, m), padded(m.bytes)])
}

/** Two empty blocks end an archive, and then the record is filled. */
export function closeArchive(size: number): Uint8Array {
  return new Uint8Array(Math.ceil((size + 2 * BLOCK) / RECORD) * RECORD - size)
}

export interface Read {
  readonly members: readonly Member[]
  /** Where the end mark stands. */
  readonly end: number
}

export function readArchive(bytes: Uint8Array): Read {
  const members: Member[] = []
  let name = ''
  let target = ''
  let at = 0
  while (at + BLOCK <= bytes.length) {
    const block = bytes.subarray(at, at + BLOCK)
    if (block.every((b) => b === 0)) return { members, end: at }
    const text = (from: number, length: number): string => {
      const part = block.subarray(from, from + length)
      const end = part.indexOf(0)
      return decode(end < 0 ? part : part.subarray(0, end))
    }
    const number = (from: number, length: number): number => Number.parseInt(text(from, length).trim() || '0', 8)
    const sum = block.reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 32 : byte), 0)
    if (sum !== number(148, 8)) throw new ArchiveError(members.length === 0 ? 'This does not look like a tar archive' : 'Skipping to next header')
    const size = number(124, 12)
    const contents = bytes.slice(at + BLOCK, at + BLOCK + size)
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK
    const flag = String.fromCharCode(block[156] ?? 48)
    if (flag === 'L') name = decode(contents).replace(/\0.*$/s, '')
    else if (flag === 'K') target = decode(contents).replace(/\0.*$/s, '')
    else if (flag !== 'x' && flag !== 'g') {
      const ustar = text(257, 6) === 'ustar'
      const prefix = ustar && block[262] === 0 ? text(345, 155) : ''
      const own = name || (prefix ? `${prefix}/` : '') + text(0, 100)
      members.push({
        name: own, kind: KINDS[flag] ?? (own.endsWith('/') ? 'dir' : 'file'), mode: number(100, 8) & 0o7777, uid: number(108, 8), gid: number(116, 8), mtime: number(136, 12), target: target || text(157, 100),
        user: text(265, 32), group: text(297, 32), major: number(329, 8), minor: number(337, 8), bytes: contents,
      })
      name = target = ''
    }
  }
  if (members.length === 0) throw new ArchiveError('This does not look like a tar archive')
  return { members, end: at }
}
