/** What system calls do with names and inodes: open, link, rename, remove (open(2), rename(2) …). */
import { capableOver } from '../credentials'
import { openDevice } from '../devices'
import { Errno } from '../errno'
import { openFifo } from '../pipe'
import type { Run } from '../run'
import type { OpenFlags, Stat } from '../sys'
import type { Task } from '../task'
import { Directory, type Inode, type NewInode, RegularFile, Symlink } from './inode'
import type { Location } from './location'
import { permitted, resolve, resolveParent } from './namei'
import { InodeFile, type OpenFile } from './openfile'

export function statOf(task: Task, inode: Inode): Stat {
  const a = inode.attributes(task)
  const { user } = task.ns
  return {
    dev: inode.fs.dev, ino: inode.ino, kind: inode.kind, mode: a.mode, nlink: inode.links(task), uid: user.shown('uidMap', a.uid), gid: user.shown('gidMap', a.gid), rdev: inode.rdev,
    size: inode.size(task), blksize: 4096, blocks: inode.blocks(task), atime: a.atime, mtime: a.mtime, ctime: a.ctime, ...(a.btime ? { btime: a.btime } : {}),
  }
}

/** open(2) after the path is known to the caller. */
export function* openPath(task: Task, path: string, flags: OpenFlags, mode: number): Run<OpenFile> {
  let at: Location
  try {
    at = resolve(task, path, { noFollow: flags.noFollow || (flags.create && flags.exclusive) || false })
    if (flags.create && flags.exclusive) throw new Errno('EEXIST')
  } catch (error) {
    if (!(error instanceof Errno) || error.code !== 'ENOENT' || !flags.create) throw error
    at = create(task, danglingTarget(task, path), (now) => ({ kind: 'file', mode: mode & ~task.umask, ...owner(task), now }))
    return yield* openInode(task, at, { ...flags, truncate: false }, 'created')
  }
  return yield* openInode(task, at, flags, 'existing')
}

/** open(O_CREAT) through a link that leads nowhere makes its target. */
function danglingTarget(task: Task, path: string): string {
  for (let i = 0; i < 8; i++) {
    let at: Location
    try {
      at = resolve(task, path, { noFollow: true })
    } catch {
      return path
    }
    if (!(at.inode instanceof Symlink)) return path
    const target = at.inode.target(task)
    path = target.startsWith('/') ? target : `${path.slice(0, path.lastIndexOf('/') + 1)}${target}`
  }
  throw new Errno('ELOOP')
}

function* openInode(task: Task, at: Location, flags: OpenFlags, origin: 'created' | 'existing'): Run<OpenFile> {
  const { inode } = at
  const want = (flags.read ? 4 : 0) | (flags.write ? 2 : 0)
  if (inode.kind === 'link') throw new Errno('ELOOP')
  if (origin === 'existing' && !permitted(task, inode, want)) throw new Errno('EACCES')
  if (flags.directory && inode.kind !== 'dir') throw new Errno('ENOTDIR')
  if (inode instanceof Directory && (flags.write || flags.create)) throw new Errno('EISDIR')
  if (flags.write && (inode.kind === 'file' || inode.kind === 'dir') && at.mount.readOnly) throw new Errno('EROFS')
  if (inode.open) return inode.open(task, flags, at)
  if (inode.kind === 'fifo') return yield* openFifo(task, inode, flags, at)
  if (inode.kind === 'chr' || inode.kind === 'blk') {
    if (at.mount.flags.noDev) throw new Errno('EACCES')
    return openDevice(task, at, flags)
  }
  if (inode.kind === 'sock') throw new Errno('ENXIO')
  if (!(inode instanceof RegularFile) && !(inode instanceof Directory)) throw new Errno('EINVAL')
  if (flags.truncate && flags.write && inode instanceof RegularFile && inode.size(task) > 0) inode.truncate(0)
  return new InodeFile(inode, at, flags)
}

export const owner = (task: Task): { uid: number; gid: number } => ({ uid: task.credentials.fsuid, gid: task.credentials.fsgid })

/** Makes a new name. EEXIST, EROFS, EACCES, ENOENT. */
export function create(task: Task, path: string, what: (now: { sec: number; nsec: number }) => NewInode): Location {
  const { directory, name, trailingSlash } = resolveParent(task, path)
  const made = what(task.kernel.clock.realtime())
  if (name === '.' || name === '..') throw new Errno('EEXIST')
  const parent = directory.inode as Directory
  if (parent.lookup(name, task)) throw new Errno('EEXIST')
  if (trailingSlash && made.kind !== 'dir') throw new Errno(made.kind === 'file' ? 'EISDIR' : 'ENOENT')
  mayChange(task, directory)
  const sgid = (parent.attributes(task).mode & 0o2000) !== 0
  const inode = parent.make(sgid ? { ...made, gid: parent.attributes(task).gid } : made)
  parent.insert(name, inode)
  return { mount: directory.mount, inode: parent.lookup(name, task) ?? inode, parent: directory, name }
}

function mayChange(task: Task, directory: Location): void {
  if (directory.mount.readOnly) throw new Errno('EROFS')
  if (!permitted(task, directory.inode, 3)) throw new Errno('EACCES')
}

/** The sticky bit: only an owner removes or renames (inode(7)). */
function maySteal(task: Task, directory: Inode, victim: Inode): void {
  const d = directory.attributes(task)
  if ((d.mode & 0o1000) === 0) return
  const me = task.credentials.fsuid
  if (d.uid === me || victim.attributes(task).uid === me || capableOver(task.credentials, victim.attributes(task), 'CAP_FOWNER')) return
  throw new Errno('EPERM')
}

export function removeName(task: Task, path: string, kind: 'dir' | 'other'): void {
  const { directory, name, trailingSlash } = resolveParent(task, path)
  if (kind === 'dir' && name === '.') throw new Errno('EINVAL')
  if (name === '..' || name === '.') throw new Errno(kind === 'dir' ? 'ENOTEMPTY' : 'EISDIR')
  const parent = directory.inode as Directory
  const victim = parent.lookup(name, task)
  if (!victim) throw new Errno('ENOENT')
  if (kind === 'dir' && !(victim instanceof Directory)) throw new Errno('ENOTDIR')
  if (kind === 'other' && victim instanceof Directory) throw new Errno('EISDIR')
  if (kind === 'other' && trailingSlash) throw new Errno('ENOTDIR')
  mayChange(task, directory)
  maySteal(task, parent, victim)
  if (task.ns.mnt.mountedOn(directory.mount, victim)) throw new Errno('EBUSY')
  if (victim instanceof Directory && !victim.isEmpty(task)) throw new Errno('ENOTEMPTY')
  parent.remove(name)
  if (!(victim instanceof Directory)) victim.unlink()
}

export function renamePath(task: Task, from: string, to: string): void {
  const a = resolveParent(task, from)
  const b = resolveParent(task, to)
  if (['.', '..'].includes(a.name) || ['.', '..'].includes(b.name)) throw new Errno('EBUSY')
  const source = a.directory.inode as Directory
  const target = b.directory.inode as Directory
  const moving = source.lookup(a.name, task)
  if (!moving) throw new Errno('ENOENT')
  if (a.directory.mount !== b.directory.mount) throw new Errno('EXDEV')
  mayChange(task, a.directory)
  mayChange(task, b.directory)
  maySteal(task, source, moving)
  if (task.ns.mnt.mountedOn(a.directory.mount, moving)) throw new Errno('EBUSY')
  for (let up: Location | null = b.directory; up; up = up.parent) if (up.inode === moving) throw new Errno('EINVAL')
  const old = target.lookup(b.name, task)
  if (old === moving) return
  source.mayMove(moving, target)
  if (old) {
    if (old instanceof Directory && !(moving instanceof Directory)) throw new Errno('EISDIR')
    if (!(old instanceof Directory) && moving instanceof Directory) throw new Errno('ENOTDIR')
    if (old instanceof Directory && !old.isEmpty(task)) throw new Errno('ENOTEMPTY')
    target.remove(b.name)
    if (!(old instanceof Directory)) old.unlink()
  }
  source.remove(a.name)
  target.insert(b.name, moving)
}

export function linkPath(task: Task, from: string, to: string): void {
  const source = resolve(task, from, { noFollow: true })
  if (source.inode instanceof Directory) throw new Errno('EPERM')
  const { directory, name } = resolveParent(task, to)
  const parent = directory.inode as Directory
  if (parent.lookup(name, task)) throw new Errno('EEXIST')
  if (directory.mount !== source.mount) throw new Errno('EXDEV')
  mayChange(task, directory)
  parent.insert(name, source.inode)
  source.inode.link()
}

/** Changes mode, owner or times; only the owner may (or CAP_FOWNER). */
export function mayOwn(task: Task, at: Location): void {
  if (at.mount.readOnly) throw new Errno('EROFS')
  const owner = at.inode.attributes(task)
  if (owner.uid !== task.credentials.fsuid && !capableOver(task.credentials, owner, 'CAP_FOWNER')) throw new Errno('EPERM')
}
