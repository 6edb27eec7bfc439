/**
 * Inodes: what a file is, apart from its names (inode(7)). File systems subclass these. Methods that render take the
 * task that looks (`viewer`), because /proc shows each pid namespace its own numbers; the kernel itself looks with null.
 */
import { Errno } from '../errno'
import type { FileKind, OpenFlags } from '../sys'
import type { Task } from '../task'
import type { Timespec } from '../time'
import type { FileSystem } from './filesystem'
import type { Location } from './location'
import type { OpenFile } from './openfile'

export type Viewer = Task | null

export interface Attributes {
  mode: number
  uid: number
  gid: number
  atime: Timespec
  mtime: Timespec
  ctime: Timespec
  readonly btime?: Timespec
}

export abstract class Inode {
  abstract readonly kind: FileKind
  readonly fs: FileSystem
  readonly ino: number
  nlink = 1
  /** Open descriptions that point here. */
  protected users = 0
  rdev = 0
  /** Something is or was mounted on it somewhere: most places of a path need not be looked up among mount points (DCACHE_MOUNTED). */
  isMountPoint = false
  constructor(fs: FileSystem, ino = fs.nextInode()) {
    this.fs = fs
    this.ino = ino
  }
  abstract attributes(viewer: Viewer): Attributes
  /** Links as stat(2) counts them; file systems that keep no count override it. */
  links(_viewer: Viewer): number {
    return this.nlink
  }
  /** A name more (link(2)). */
  link(): void {
    this.nlink++
  }
  /** A name less (unlink(2), rename(2) over it). */
  unlink(): void {
    this.nlink--
    this.drop()
  }
  /** An open description more. */
  hold(): void {
    this.users++
  }
  letGo(): void {
    this.users--
    this.drop()
  }
  private drop(): void {
    if (this.nlink <= 0 && this.users === 0) this.evict()
  }
  /** Neither a name nor a descriptor leads here any more: what it took of its file system is free again. */
  protected evict(): void {}
  /** Changes mode, owner or times. EROFS or EPERM where the file system does not let. */
  setAttributes(_change: Partial<Attributes>): void {
    throw new Errno('EPERM')
  }
  size(_viewer: Viewer): number {
    return 0
  }
  /** Modes that no capability overrides (/proc/sys). */
  get hasStrictModes(): boolean {
    return false
  }
  /** Blocks of 512 bytes on disk. */
  blocks(viewer: Viewer): number {
    return Math.ceil(this.size(viewer) / 4096) * 8
  }
  /** A description of its own for open(2): devices, pipes, files that render at open. Undefined: an ordinary file or directory. */
  open?(task: Task, flags: OpenFlags, at: Location): OpenFile
}

export abstract class Directory extends Inode {
  readonly kind = 'dir'
  abstract lookup(name: string, viewer: Viewer): Inode | undefined
  /** Names with their inodes, without . and .., in the order getdents(2) gives. */
  abstract entries(viewer: Viewer): Iterable<readonly [string, Inode]>
  /** Whether rmdir(2) may remove it; a file system whose directories always hold files says so itself. */
  isEmpty(viewer: Viewer): boolean {
    for (const _ of this.entries(viewer)) return false
    return true
  }
  /** Whether rename(2) may take one of its inodes elsewhere; throws what it fails with. */
  mayMove(_inode: Inode, _target: Directory): void {}
  /** Links `inode` under `name`. The caller has checked that it is free. */
  insert(_name: string, _inode: Inode): void {
    throw new Errno('EPERM')
  }
  /** Removes a name. */
  remove(_name: string): void {
    throw new Errno('EPERM')
  }
  /** Makes an inode of this file system for open(O_CREAT), mkdir, symlink, mknod; not linked yet. */
  make(_what: NewInode): Inode {
    throw new Errno('EPERM')
  }
  override size(_viewer: Viewer): number {
    return 4096
  }
}

export type NewInode = { readonly mode: number; readonly uid: number; readonly gid: number; readonly now: Timespec } & (
  | { readonly kind: 'file' | 'dir' | 'fifo' | 'sock' }
  | { readonly kind: 'link'; readonly target: string }
  | { readonly kind: 'chr' | 'blk'; readonly rdev: number }
)

export abstract class RegularFile extends Inode {
  readonly kind = 'file'
  /** At most `count` bytes from `offset`; empty at the end. */
  abstract read(offset: number, count: number, viewer: Viewer): Uint8Array
  write(_offset: number, _bytes: Uint8Array, _viewer: Viewer): void {
    throw new Errno('EACCES')
  }
  truncate(_size: number): void {
    throw new Errno('EACCES')
  }
}

export abstract class Symlink extends Inode {
  readonly kind = 'link'
  abstract target(viewer: Viewer): string
  /** Magic links (/proc/PID/exe, ns/net, fd/3) lead to a place that no path names; undefined: follow the text. */
  follow?(viewer: Viewer): Location
  override size(viewer: Viewer): number {
    return this.target(viewer).length
  }
}

export abstract class Special extends Inode {
  abstract override readonly kind: 'chr' | 'blk' | 'fifo' | 'sock'
}
