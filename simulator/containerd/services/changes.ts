/** What makes one tree of files into another, as the entries of a layer (continuity fs/diff.go doubleWalkDiff; archive/tar.go ChangeWriter). */
import type { Run } from '../../kernel/run'
import type { Stat, Sys } from '../../kernel/sys'
import type { TarEntry } from '../tar'

/** In front of the name of what is gone. */
export const WHITEOUT = '.wh.'

/** In the order of names; a directory stands before what changed below it. */
export function* changes(sys: Sys, old: string, fresh: string, directory = ''): Run<TarEntry[]> {
  const found: TarEntry[] = []
  const at = (root: string, name: string): string => `${root}/${name}`
  const [was, is] = [namesIn(sys, at(old, directory)), namesIn(sys, at(fresh, directory))]
  for (const base of [...new Set([...was, ...is])].sort()) {
    const name = directory === '' ? base : `${directory}/${base}`
    if (sys.spend(2)) yield 'preempted'
    if (!is.has(base)) {
      found.push(whiteout(sys, directory, base))
      continue
    }
    const stat = sys.lstat(at(fresh, name))
    const below = stat.kind === 'dir' ? yield* changes(sys, old, fresh, name) : []
    const isSame = was.has(base) && (yield* same(sys, at(old, name), at(fresh, name)))
    if (!isSame || below.length > 0) found.push(...(yield* entryOf(sys, at(fresh, name), name, stat)), ...below)
  }
  return found
}

function namesIn(sys: Sys, directory: string): Set<string> {
  try {
    return new Set(sys.lstat(directory).kind === 'dir' ? sys.readdir(directory).map((entry) => entry.name) : [])
  } catch {
    return new Set()
  }
}

/** What is compared of two files of one name; their contents only where nothing else tells them apart. */
function* same(sys: Sys, old: string, fresh: string): Run<boolean> {
  const [a, b] = [sys.lstat(old), sys.lstat(fresh)]
  if (a.kind !== b.kind || a.mode !== b.mode || a.uid !== b.uid || a.gid !== b.gid || a.rdev !== b.rdev) return false
  if (a.kind === 'dir' || a.ino === b.ino) return a.kind !== 'dir' || sameTime(a, b)
  if (a.size !== b.size || !sameTime(a, b)) return false
  if (a.kind === 'link') return sys.readlink(old) === sys.readlink(fresh)
  if (a.kind !== 'file') return true
  const [one, other] = [yield* sys.readFile(old), yield* sys.readFile(fresh)]
  return one.every((byte, i) => byte === other[i])
}

const sameTime = (a: Stat, b: Stat): boolean => a.mtime.sec === b.mtime.sec && a.mtime.nsec === b.mtime.nsec

const NOTHING = { target: '', rdev: 0, bytes: new Uint8Array() }

const whiteout = (sys: Sys, directory: string, base: string): TarEntry => ({
  ...NOTHING, name: directory === '' ? `${WHITEOUT}${base}` : `${directory}/${WHITEOUT}${base}`, kind: 'file', mode: 0, uid: 0, gid: 0, mtime: sys.now().sec,
})

/** A socket is in no layer. */
function* entryOf(sys: Sys, path: string, name: string, stat: Stat): Run<TarEntry[]> {
  if (stat.kind === 'sock') return []
  const entry = { ...NOTHING, name, kind: stat.kind, mode: stat.mode & 0o7777, uid: stat.uid, gid: stat.gid, mtime: stat.mtime.sec }
  if (stat.kind === 'link') return [{ ...entry, target: sys.readlink(path) }]
  if (stat.kind === 'file') return [{ ...entry, bytes: yield* sys.readFile(path) }]
  return [stat.kind === 'dir' ? entry : { ...entry, rdev: stat.rdev }]
}
