/** Files by their names: attributes, directories, links, whole files, mounts (path_resolution(7)). */
import { concat, decode, EMPTY } from '../bytes'
import { capableOver } from '../credentials'
import { Errno } from '../errno'
import { ProcFile } from '../fs/proc/inodes'
import type { Run } from '../run'
import type { DirEntry, Stat, StatFs } from '../sys'
import type { Timespec } from '../time'
import { Directory, RegularFile, Symlink } from '../vfs/inode'
import { pathBelow, pathOf } from '../vfs/location'
import { mountAt, unmountAt } from '../vfs/mounting'
import { permitted, resolve } from '../vfs/namei'
import { create, linkPath, mayOwn, openPath, owner, removeName, renamePath, statOf } from '../vfs/operations'
import { DescriptorCalls, IO_COST, KIB } from './descriptors'

const READ_BLOCK = 65536

export abstract class NameCalls extends DescriptorCalls {
  stat(path: string): Stat {
    return statOf(this.task, resolve(this.task, path).inode)
  }
  lstat(path: string): Stat {
    return statOf(this.task, resolve(this.task, path, { noFollow: true }).inode)
  }
  access(path: string, want: { read?: boolean; write?: boolean; execute?: boolean }): boolean {
    try {
      const at = resolve(this.task, path)
      if (want.write && at.mount.readOnly && (at.inode.kind === 'file' || at.inode.kind === 'dir')) return false
      return permitted(this.task, at.inode, (want.read ? 4 : 0) | (want.write ? 2 : 0) | (want.execute ? 1 : 0))
    } catch (error) {
      if (error instanceof Errno) return false
      throw error
    }
  }
  readdir(path: string): DirEntry[] {
    const { inode } = resolve(this.task, path)
    if (!(inode instanceof Directory)) throw new Errno('ENOTDIR')
    if (!permitted(this.task, inode, 4)) throw new Errno('EACCES')
    const out: DirEntry[] = []
    for (const [name, entry] of inode.entries(this.task)) out.push({ name, ino: entry.ino, kind: entry.kind })
    this.spend(IO_COST + out.length / 8)
    return out
  }
  readlink(path: string): string {
    const { inode } = resolve(this.task, path, { noFollow: true })
    if (!(inode instanceof Symlink)) throw new Errno('EINVAL')
    return inode.target(this.task)
  }
  mkdir(path: string, mode = 0o777): void {
    create(this.task, path, (now) => ({ kind: 'dir', mode: mode & ~this.task.umask, ...owner(this.task), now }))
  }
  rmdir(path: string): void {
    removeName(this.task, path, 'dir')
  }
  unlink(path: string): void {
    removeName(this.task, path, 'other')
  }
  rename(from: string, to: string): void {
    renamePath(this.task, from, to)
  }
  link(from: string, to: string): void {
    linkPath(this.task, from, to)
  }
  symlink(target: string, path: string): void {
    if (target === '') throw new Errno('ENOENT')
    create(this.task, path, (now) => ({ kind: 'link', target, mode: 0o777, ...owner(this.task), now }))
  }
  mknod(path: string, kind: 'fifo' | 'chr' | 'blk' | 'sock' | 'file', mode: number, rdev = 0): void {
    if (kind === 'chr' || kind === 'blk') this.needs('CAP_MKNOD')
    const bits = mode & ~this.task.umask
    create(this.task, path, (now) =>
      kind === 'chr' || kind === 'blk' ? { kind, rdev, mode: bits, ...owner(this.task), now } : { kind, mode: bits, ...owner(this.task), now },
    )
  }
  chmod(path: string, mode: number): void {
    const at = resolve(this.task, path)
    mayOwn(this.task, at)
    at.inode.setAttributes({ mode: mode & 0o7777, ctime: this.now() })
  }
  /** An id of the caller's user namespace. EINVAL for one that has no place in its maps. */
  private realId(kind: 'uidMap' | 'gidMap', id: number): number {
    const found = this.task.ns.user.real(kind, id)
    if (found === undefined) throw new Errno('EINVAL')
    return found
  }
  chown(path: string, uid: number, gid: number, options: { noFollow?: boolean } = {}): void {
    const at = resolve(this.task, path, options)
    mayOwn(this.task, at)
    const { credentials } = this.task
    const old = at.inode.attributes(this.task)
    const next = { uid: uid === -1 ? old.uid : this.realId('uidMap', uid), gid: gid === -1 ? old.gid : this.realId('gidMap', gid) }
    const isOwn = next.uid === old.uid && (next.gid === old.gid || [credentials.fsgid, ...credentials.groups].includes(next.gid))
    if (!isOwn && !capableOver(credentials, old, 'CAP_CHOWN')) throw new Errno('EPERM')
    at.inode.setAttributes({ ...next, ctime: this.now() })
  }
  utimes(path: string, atime: Timespec | 'now' | 'omit', mtime: Timespec | 'now' | 'omit', options: { noFollow?: boolean } = {}): void {
    const at = resolve(this.task, path, options)
    if (at.mount.readOnly) throw new Errno('EROFS')
    if (!permitted(this.task, at.inode, 2)) mayOwn(this.task, at)
    const old = at.inode.attributes(this.task)
    const pick = (wanted: Timespec | 'now' | 'omit', was: Timespec): Timespec => (wanted === 'now' ? this.now() : wanted === 'omit' ? was : wanted)
    at.inode.setAttributes({ atime: pick(atime, old.atime), mtime: pick(mtime, old.mtime), ctime: this.now() })
  }
  truncate(path: string, size: number): void {
    const at = resolve(this.task, path)
    if (at.inode instanceof Directory) throw new Errno('EISDIR')
    if (!(at.inode instanceof RegularFile)) throw new Errno('EINVAL')
    if (!permitted(this.task, at.inode, 2)) throw new Errno('EACCES')
    if (at.mount.readOnly) throw new Errno('EROFS')
    at.inode.truncate(size)
  }
  fchdir(fd: number): void {
    const { location } = this.file(fd)
    if (!location || !(location.inode instanceof Directory)) throw new Errno('ENOTDIR')
    this.task.cwd = location
  }
  chdir(path: string): void {
    const at = resolve(this.task, path)
    if (!(at.inode instanceof Directory)) throw new Errno('ENOTDIR')
    if (!permitted(this.task, at.inode, 1)) throw new Errno('EACCES')
    this.task.cwd = at
  }
  getcwd(): string {
    const path = pathBelow(this.task.cwd, this.task.root)
    if (path === undefined) throw new Errno('ENOENT')
    return path
  }
  realpath(path: string): string {
    return pathOf(resolve(this.task, path), this.task.root)
  }
  statfs(path: string): StatFs {
    return resolve(this.task, path).mount.fs.statfs()
  }
  *readFile(path: string): Run<Uint8Array> {
    const file = yield* openPath(this.task, path, { read: true }, 0)
    try {
      const parts: Uint8Array[] = []
      for (;;) {
        const part = yield* file.read(this.task, READ_BLOCK)
        this.task.io.rchar += part.length
        this.task.io.syscr++
        if (part.length === 0) break
        parts.push(part)
        if (this.spend(IO_COST + part.length / KIB)) yield 'preempted'
      }
      return join(parts)
    } finally {
      file.release()
    }
  }
  *readText(path: string): Run<string> {
    const at = resolve(this.task, path)
    if (!(at.inode instanceof ProcFile)) return decode(yield* this.readFile(path))
    if (!permitted(this.task, at.inode, 4)) throw new Errno('EACCES')
    const text = at.inode.text(this.task)
    this.task.io.rchar += text.length
    this.task.io.syscr += 2
    if (this.spend(IO_COST + text.length / KIB)) yield 'preempted'
    return text
  }
  *writeFile(path: string, bytes: Uint8Array, options: { append?: boolean; mode?: number } = {}): Run {
    const file = yield* openPath(this.task, path, { write: true, create: true, truncate: !options.append, append: options.append ?? false }, options.mode ?? 0o666)
    try {
      yield* file.write(this.task, bytes)
    } finally {
      file.release()
    }
  }
  mount(source: string, target: string, type: string, options: string): void {
    mountAt(this.task, source, target, type, options)
  }
  umount(target: string, options: { detach?: boolean } = {}): void {
    unmountAt(this.task, target, options.detach ? 'detach' : 'busy-fails')
  }
}

/** A file that lies in memory in one piece gives views of it, one behind the other: together they are one view. */
function join(parts: readonly Uint8Array[]): Uint8Array {
  const [first = EMPTY] = parts
  let end = first.byteOffset
  for (const { buffer, byteOffset, length } of parts) {
    if (buffer !== first.buffer || byteOffset !== end) return concat(parts)
    end += length
  }
  return new Uint8Array(first.buffer, first.byteOffset, end - first.byteOffset)
}
