/** The file system of a hierarchy of control groups: a directory is a group, mkdir makes one, rmdir removes an empty one (cgroups(7)). */
import { decode, encode } from '../bytes'
import { type Cgroups, cgroupsOf } from '../cgroups/cgroups'
import { fileNames, fileOf, type GroupFile } from '../cgroups/files'
import { mayHaveChild } from '../cgroups/files-v2'
import { Group, type Hierarchy } from '../cgroups/group'
import { Errno } from '../errno'
import type { Kernel } from '../kernel'
import type { Timespec } from '../time'
import { FileSystem } from '../vfs/filesystem'
import { type Attributes, Directory, type Inode, type NewInode, RegularFile, type Viewer } from '../vfs/inode'

export class CgroupFs extends FileSystem {
  readonly type: 'cgroup' | 'cgroup2'
  readonly kernel: Kernel
  readonly cgroups: Cgroups
  readonly hierarchy: Hierarchy
  readonly root: GroupDirectory
  private readonly directories = new WeakMap<Group, GroupDirectory>()
  constructor(kernel: Kernel, cgroups: Cgroups, hierarchy: Hierarchy, dev: number) {
    super(dev)
    this.type = hierarchy.version === 1 ? 'cgroup' : 'cgroup2'
    this.kernel = kernel
    this.cgroups = cgroups
    this.hierarchy = hierarchy
    this.options = hierarchy.version === 1 ? `rw,${hierarchy.name}` : 'rw'
    this.root = this.directoryOf(hierarchy.root)
  }
  directoryOf(group: Group): GroupDirectory {
    let found = this.directories.get(group)
    if (!found) {
      found = new GroupDirectory(this, group)
      this.directories.set(group, found)
    }
    return found
  }
}

/** A directory that mkdir has made; it becomes a group when it gets its name. */
class UnnamedGroup extends Directory {
  attributes(): Attributes {
    const zero = { sec: 0, nsec: 0 }
    return { mode: 0o755, uid: 0, gid: 0, atime: zero, mtime: zero, ctime: zero }
  }
  lookup(): undefined {
    return undefined
  }
  entries(): Iterable<readonly [string, Inode]> {
    return []
  }
}

export class GroupDirectory extends Directory {
  declare readonly fs: CgroupFs
  readonly group: Group
  private readonly own: Attributes
  private readonly files = new Map<string, GroupFileInode>()
  constructor(fs: CgroupFs, group: Group) {
    super(fs)
    this.group = group
    const now = fs.kernel.clock.realtime()
    this.own = { mode: group.parent ? 0o755 : 0o555, uid: 0, gid: 0, atime: now, mtime: now, ctime: now }
  }
  attributes(): Attributes {
    return this.own
  }
  override links(): number {
    return 2 + this.group.children.size
  }
  override setAttributes(change: Partial<Attributes>): void {
    Object.assign(this.own, change)
  }
  override size(): number {
    return 0
  }
  lookup(name: string): Inode | undefined {
    const child = this.group.children.get(name)
    if (child) return this.fs.directoryOf(child)
    const file = fileOf(this.group, name)
    if (!file) return undefined
    let inode = this.files.get(name)
    if (!inode) {
      inode = new GroupFileInode(this.fs, this.group, file, this.own.mtime)
      this.files.set(name, inode)
    }
    return inode
  }
  *entries(): Iterable<readonly [string, Inode]> {
    for (const name of [...fileNames(this.group), ...this.group.children.keys()]) {
      const inode = this.lookup(name)
      if (inode) yield [name, inode]
    }
  }
  override isEmpty(): boolean {
    if (this.group.sets.size > 0 || this.group.children.size > 0) throw new Errno('EBUSY')
    return true
  }
  override make(what: NewInode): Inode {
    if (what.kind !== 'dir') throw new Errno(what.kind === 'file' ? 'EACCES' : 'EPERM')
    if (this.fs.hierarchy.version === 2) mayHaveChild(this.group)
    return new UnnamedGroup(this.fs)
  }
  override insert(name: string, inode: Inode): void {
    if (inode instanceof GroupDirectory) {
      inode.group.name = name
      this.group.children.set(name, inode.group)
      return
    }
    if (!(inode instanceof UnnamedGroup)) throw new Errno('EPERM')
    this.group.children.set(name, new Group(this.fs.hierarchy, this.group, name))
  }
  /** Version 1 lets a group have another name in its place. */
  override mayMove(inode: Inode, target: Directory): void {
    if (this.fs.hierarchy.version === 2) throw new Errno('EPERM')
    if (!(inode instanceof GroupDirectory)) throw new Errno('ENOTDIR')
    if (target !== this) throw new Errno('EIO')
  }
  override remove(name: string): void {
    if (!this.group.children.has(name)) throw new Errno('EPERM')
    this.group.children.delete(name)
  }
}

class GroupFileInode extends RegularFile {
  declare readonly fs: CgroupFs
  private readonly group: Group
  private readonly file: GroupFile
  private readonly own: Attributes
  constructor(fs: CgroupFs, group: Group, file: GroupFile, time: Timespec) {
    super(fs)
    this.group = group
    this.file = file
    this.own = { mode: file.mode, uid: 0, gid: 0, atime: time, mtime: time, ctime: time }
  }
  attributes(): Attributes {
    return this.own
  }
  override setAttributes(change: Partial<Attributes>): void {
    Object.assign(this.own, change)
  }
  private viewer(viewer: Viewer) {
    const who = viewer ?? this.fs.kernel.pidNamespace.init
    if (!who) throw new Errno('ESRCH')
    return who
  }
  read(offset: number, count: number, viewer: Viewer): Uint8Array {
    return encode(this.file.read(this.group, this.viewer(viewer))).subarray(offset, offset + count)
  }
  override write(_offset: number, bytes: Uint8Array, viewer: Viewer): void {
    if (!this.file.write) throw new Errno('EINVAL')
    this.file.write(this.group, decode(bytes), this.viewer(viewer), this.fs.cgroups)
  }
  override truncate(): void {}
}

const MOUNTED = new WeakMap<Hierarchy, CgroupFs>()

/** The one file system of a hierarchy. ENOENT when the machine has no such hierarchy. */
export function cgroupFs(kernel: Kernel, name: string, dev?: number): CgroupFs {
  const cgroups = cgroupsOf(kernel)
  const hierarchy = cgroups?.hierarchy(name)
  if (!cgroups || !hierarchy) throw new Errno('ENOENT')
  let found = MOUNTED.get(hierarchy)
  if (!found) {
    found = new CgroupFs(kernel, cgroups, hierarchy, dev ?? kernel.anonymousDevice())
    MOUNTED.set(hierarchy, found)
  }
  return found
}
