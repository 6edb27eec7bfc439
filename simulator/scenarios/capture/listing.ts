/** rootfs.txt: `mode links owner group size date path [target]`, a line for each file of a disk. */
import type { Timespec } from '../../kernel/time'

export interface ListedFile {
  /** As ls has it: d, l, c, - … */
  readonly kind: string
  readonly mode: number
  readonly owner: string
  readonly group: string
  readonly size: number
  readonly time: Timespec
  readonly path: string
  readonly directory: string
  readonly name: string
  /** Of a link. */
  readonly target: string
}

const BITS: Readonly<Record<string, number>> = { r: 4, w: 2, x: 1, s: 1, t: 1, S: 0, T: 0, '-': 0 }

/** `drwxr-xr-t` in bits. */
function modeOf(word: string): number {
  let mode = 0
  for (let i = 1; i <= 9; i++) mode |= (BITS[word[i] ?? '-'] ?? 0) << (6 - 3 * Math.floor((i - 1) / 3))
  if (/[sS]/.test(word[3] ?? '')) mode |= 0o4000
  if (/[sS]/.test(word[6] ?? '')) mode |= 0o2000
  if (/[tT]/.test(word[9] ?? '')) mode |= 0o1000
  return mode
}

/** Only the day of a file was recorded. */
const noonOf = (date: string): Timespec => ({ sec: Date.parse(`${date}T12:00:00Z`) / 1000, nsec: 0 })

/** Directory and last name of a path. */
export function cutPath(path: string): { readonly directory: string; readonly name: string } {
  const at = path.lastIndexOf('/')
  return { directory: path.slice(0, at), name: path.slice(at + 1) }
}

/** A function whose answers are kept: a disk has few modes and few days. */
function kept<T>(find: (word: string) => T): (word: string) => T {
  const known = new Map<string, T>()
  return (word) => {
    let found = known.get(word)
    if (found === undefined) {
      found = find(word)
      known.set(word, found)
    }
    return found
  }
}

function readListing(text: string): ListedFile[] {
  const modes = kept(modeOf)
  const noons = kept(noonOf)
  const files: ListedFile[] = []
  for (const line of text.split('\n')) {
    const [word = '', , owner = '', group = '', size = '0', date = '', path = '', target = ''] = line.split(' ')
    if (!path.startsWith('/')) continue
    files.push({ kind: word[0] ?? '', mode: modes(word), owner, group, size: Number(size), time: noons(date), path, ...cutPath(path), target })
  }
  return files
}

let last: { readonly text: string; readonly files: readonly ListedFile[] } | undefined

/** The files of a listing. All nodes of a scenario have the same one: it is read once. */
export function listedFiles(text: string): readonly ListedFile[] {
  if (last?.text !== text) last = { text, files: readListing(text) }
  return last.files
}
