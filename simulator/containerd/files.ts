/** What Go's os package does in one call: MkdirAll, RemoveAll. */
import { isErrno } from '../kernel/errno'
import type { Run } from '../kernel/run'
import { exists } from '../kernel/exists'
import type { OpenFlags, Sys } from '../kernel/sys'
import type { SnapshotMount } from './services'

export { exists, kindOf } from '../kernel/exists'

/** os.MkdirAll. */
export function makeDirectories(sys: Sys, path: string, mode = 0o755): void {
  if (path === '' || exists(sys, path)) return
  makeDirectories(sys, path.slice(0, path.lastIndexOf('/')), mode)
  try {
    sys.mkdir(path, mode)
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw error
  }
}

/** filepath.Walk: a path and all that lies below it, in the order of names. */
export function* filesBelow(sys: Sys, path: string): Generator<string> {
  yield path
  if (sys.lstat(path).kind !== 'dir') return
  for (const name of sys.readdir(path).map((entry) => entry.name).sort()) yield* filesBelow(sys, `${path}/${name}`)
}

/** os.RemoveAll: what is not there is fine. */
export function removeAll(sys: Sys, path: string): void {
  let kind: string
  try {
    kind = sys.lstat(path).kind
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) return
    throw error
  }
  if (kind !== 'dir') {
    sys.unlink(path)
    return
  }
  for (const entry of sys.readdir(path)) removeAll(sys, `${path}/${entry.name}`)
  sys.rmdir(path)
}

/** A new place for mount.WithTempMount. */
export const temporaryMount = (sys: Sys): string => `/var/lib/containerd/tmpmounts/containerd-mount${sys.random() >>> 0}`

/** mount.WithTempMount: what a snapshotter hands out, mounted for as long as the work takes. */
export function* withMounted<T>(sys: Sys, mounts: readonly SnapshotMount[], work: (root: string) => Run<T>): Run<T> {
  const root = temporaryMount(sys)
  makeDirectories(sys, root, 0o700)
  for (const { Type, Source, Options } of mounts) sys.mount(Source, root, Type, Options.filter((o) => !o.startsWith('index=')).join(','))
  try {
    return yield* work(root)
  } finally {
    unmountAll(sys, root)
    sys.rmdir(root)
  }
}

/** umount(2) with MNT_DETACH of everything at a place; none is fine. */
export function unmountAll(sys: Sys, path: string): void {
  for (;;) {
    try {
      sys.umount(path, { detach: true })
    } catch (error) {
      if (isErrno(error, 'EINVAL', 'ENOENT')) return
      throw error
    }
  }
}

/** fs.CopyDir of continuity: everything below `from`, with owners, modes and times; hard links stay one file. */
export function* copyTree(sys: Sys, from: string, to: string, linked = new Map<number, string>()): Run {
  for (const { name, kind } of sys.readdir(from)) {
    const [source, target] = [`${from}/${name}`, `${to}/${name}`]
    const stat = sys.lstat(source)
    const known = linked.get(stat.ino)
    if (kind !== 'dir' && known !== undefined) {
      sys.link(known, target)
      continue
    }
    if (kind !== 'dir' && stat.nlink > 1) linked.set(stat.ino, target)
    if (kind === 'dir') {
      sys.mkdir(target, stat.mode)
      yield* copyTree(sys, source, target, linked)
    } else if (kind === 'link') sys.symlink(sys.readlink(source), target)
    else if (kind === 'file') yield* sys.writeFile(target, yield* sys.readFile(source), { mode: stat.mode })
    else if (kind === 'chr' || kind === 'blk' || kind === 'fifo') sys.mknod(target, kind, stat.mode, stat.rdev)
    else continue
    sys.chown(target, stat.uid, stat.gid, { noFollow: true })
    if (kind === 'link') continue
    sys.chmod(target, stat.mode)
    sys.utimes(target, stat.atime, stat.mtime)
    if (sys.spend(2)) yield 'preempted'
  }
}

/** What this process has open, by where the links below /proc/self/fd lead: a daemon that a captured node brought along holds its streams already. */
export function heldDescriptors(sys: Sys): Map<string, number[]> {
  const held = new Map<string, number[]>()
  for (const fd of sys.descriptors()) {
    const target = sys.readlink(`/proc/self/fd/${fd}`)
    const known = held.get(target)
    if (known) known.push(fd)
    else held.set(target, [fd])
  }
  return held
}

/** Opens a file in the place of a descriptor that is held for it, if there is one. */
export function* openHeld(sys: Sys, path: string, flags: OpenFlags, held: ReadonlyMap<string, readonly number[]>, mode?: number): Run<number> {
  const fd = yield* sys.open(path, { ...flags, closeOnExec: true }, mode)
  const [place] = held.get(path) ?? []
  if (place === undefined) return fd
  sys.dup2(fd, place)
  sys.setCloseOnExec(place, true)
  sys.close(fd)
  return place
}

/** Closes a descriptor, and others that are held for the same file. */
export function closeHeld(sys: Sys, fd: number, path: string, held: ReadonlyMap<string, readonly number[]>): void {
  for (const each of new Set([fd, ...(held.get(path) ?? [])])) if (sys.isOpen(each)) sys.close(each)
}
