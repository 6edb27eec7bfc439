/** The inodes of a proc file system: an entry of the tables, with what it tells of. They are born when first looked up. */
import { decode, EMPTY, encode } from '../../bytes'
import { Errno } from '../../errno'
import type { Run } from '../../run'
import type { OpenFlags } from '../../sys'
import { Task } from '../../task'
import type { Timespec } from '../../time'
import { type Attributes, Directory, type Inode, RegularFile, Symlink, type Viewer } from '../../vfs/inode'
import type { Location } from '../../vfs/location'
import { OpenFile } from '../../vfs/openfile'
import type { Entry, FileEntry, FolderEntry, LinkEntry, Look } from './entry'
import type { ProcFs } from './procfs'

/** Files of a process belong to its effective ids while it is dumpable, else to root (task_dump_owner). */
function attributesOf(subject: unknown, mode: number, born: Timespec): Attributes {
  const own = subject instanceof Task && subject.dumpable ? subject.credentials : undefined
  return { mode, uid: own?.euid ?? 0, gid: own?.egid ?? 0, atime: born, mtime: born, ctime: born }
}

const alive = (subject: unknown): void => {
  if (subject instanceof Task && subject.pids[0]?.ns.tasks.get(subject.globalPid) !== subject) throw new Errno('ESRCH')
}

export class ProcFile<S> extends RegularFile {
  readonly fs: ProcFs
  readonly subject: S
  readonly entry: FileEntry<S>
  private readonly thread: Look['thread']
  private readonly born: Timespec
  constructor(fs: ProcFs, subject: S, entry: FileEntry<S>, thread: Look['thread']) {
    super(fs)
    this.fs = fs
    this.subject = subject
    this.entry = entry
    this.thread = thread
    this.born = fs.kernel.clock.realtime()
  }
  attributes(): Attributes {
    return attributesOf(this.subject, this.entry.mode, this.born)
  }
  override blocks(): number {
    return 0
  }
  override size(viewer: Viewer): number {
    return this.entry.size?.(this.subject, this.fs.look(viewer, this.thread)) ?? 0
  }
  override get hasStrictModes(): boolean {
    return this.entry.modes === 'strict'
  }
  text(viewer: Viewer): string {
    alive(this.subject)
    return this.entry.render(this.subject, this.fs.look(viewer, this.thread))
  }
  render(viewer: Viewer): Uint8Array {
    return encode(this.text(viewer))
  }
  read(offset: number, count: number, viewer: Viewer): Uint8Array {
    return this.render(viewer).subarray(offset, offset + count)
  }
  override write(_offset: number, bytes: Uint8Array, viewer: Viewer): void {
    if (!this.entry.write) throw new Errno('EINVAL')
    alive(this.subject)
    this.entry.write(this.subject, decode(bytes), this.fs.look(viewer, this.thread))
  }
  override truncate(): void {}
  override open(_task: Task, flags: OpenFlags, at: Location): OpenFile {
    return new OpenProcFile(this, flags, at)
  }
}

/** Renders when it is read from the start and keeps that text until it is read from the start again (seq_file). */
class OpenProcFile<S> extends OpenFile {
  readonly inode: ProcFile<S>
  override readonly location: Location
  private text: Uint8Array = EMPTY
  constructor(inode: ProcFile<S>, flags: OpenFlags, at: Location) {
    super(flags)
    this.inode = inode
    this.location = at
  }
  override *read(task: Task, count: number): Run<Uint8Array> {
    if (this.offset === 0) this.text = this.inode.render(task)
    const bytes = this.text.subarray(this.offset, this.offset + count)
    this.offset += bytes.length
    return bytes
  }
  override *write(task: Task, bytes: Uint8Array): Run<number> {
    this.inode.write(this.offset, bytes, task)
    this.offset += bytes.length
    return bytes.length
  }
  override seek(offset: number, whence: 'set' | 'cur' | 'end'): number {
    const to = whence === 'set' ? offset : whence === 'cur' ? this.offset + offset : -1
    if (to < 0) throw new Errno('EINVAL')
    this.offset = to
    return to
  }
  override truncate(): void {}
}

export class ProcLink<S> extends Symlink {
  readonly fs: ProcFs
  private readonly subject: S
  private readonly entry: LinkEntry<S>
  private readonly thread: Look['thread']
  private readonly born: Timespec
  /** Only links that lead somewhere by themselves have it: its absence says: follow the text. */
  override follow?: (viewer: Viewer) => Location
  constructor(fs: ProcFs, subject: S, entry: LinkEntry<S>, thread: Look['thread']) {
    super(fs)
    this.fs = fs
    this.subject = subject
    this.entry = entry
    this.thread = thread
    this.born = fs.kernel.clock.realtime()
    const { follow } = entry
    if (follow) {
      this.follow = (viewer) => {
        alive(subject)
        return follow(subject, fs.look(viewer, thread))
      }
    }
  }
  attributes(): Attributes {
    return attributesOf(this.subject, this.entry.mode(this.subject), this.born)
  }
  override blocks(): number {
    return 0
  }
  target(viewer: Viewer): string {
    alive(this.subject)
    return this.entry.target(this.subject, this.fs.look(viewer, this.thread))
  }
  override size(): number {
    return this.entry.size
  }
}

export class ProcFolder<S> extends Directory {
  readonly fs: ProcFs
  private readonly subject: S
  private readonly entry: FolderEntry<S>
  private readonly thread: Look['thread']
  private readonly born: Timespec
  private readonly known = new Map<string, { readonly entry: Entry<S>; readonly inode: ProcInode<S> }>()
  constructor(fs: ProcFs, subject: S, entry: FolderEntry<S>, thread: Look['thread']) {
    super(fs)
    this.fs = fs
    this.subject = subject
    this.entry = entry
    this.thread = thread
    this.born = fs.kernel.clock.realtime()
  }
  attributes(): Attributes {
    return attributesOf(this.subject, this.entry.mode, this.born)
  }
  override links(viewer: Viewer): number {
    if (this.entry.links !== undefined) return this.entry.links
    const look = this.fs.look(viewer, this.thread)
    return [...this.entry.names(this.subject, look)].reduce((count, name) => count + (this.entry.lookup(name, this.subject, look)?.kind === 'folder' ? 1 : 0), 2)
  }
  override blocks(): number {
    return 0
  }
  override size(): number {
    return this.entry.size?.(this.subject) ?? 0
  }
  lookup(name: string, viewer: Viewer): ProcInode<S> | undefined {
    const entry = this.entry.lookup(name, this.subject, this.fs.look(viewer, this.thread))
    if (!entry) {
      this.known.delete(name)
      return undefined
    }
    const before = this.known.get(name)
    if (before && before.entry === entry) return before.inode
    const inode = procInode(this.fs, this.subject, entry, this.thread)
    this.known.set(name, { entry, inode })
    return inode
  }
  *entries(viewer: Viewer): Iterable<readonly [string, Inode]> {
    for (const name of this.entry.names(this.subject, this.fs.look(viewer, this.thread))) {
      const inode = this.lookup(name, viewer)
      if (inode) yield [name, inode]
    }
  }
}

export type ProcInode<S> = ProcFile<S> | ProcLink<S> | ProcFolder<S>

export function procInode<S>(fs: ProcFs, subject: S, entry: Entry<S>, thread: Look['thread'] = null): ProcInode<S> {
  switch (entry.kind) {
    case 'file':
      return new ProcFile(fs, subject, entry, thread)
    case 'link':
      return new ProcLink(fs, subject, entry, thread)
    case 'folder':
      return new ProcFolder(fs, subject, entry, entry.thread ?? thread)
  }
}
