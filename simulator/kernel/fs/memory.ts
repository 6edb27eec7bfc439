/**
 * A file system that keeps its files in memory: tmpfs, and the node's disk (ext4), which differ in type, device and
 * figures only. Contents may be made when first read.
 */
import { EMPTY } from '../bytes'
import { Errno } from '../errno'
import type { StatFs } from '../sys'
import type { Timespec } from '../time'
import { device, FileSystem } from '../vfs/filesystem'
import { type Attributes, Directory, type Inode, type NewInode, RegularFile, Special, Symlink, type Viewer } from '../vfs/inode'

/** What statfs(2) says of a disk as it stands when the machine is made, in blocks of 4096 bytes and in inodes. */
export interface DiskFigures {
  readonly blocks: number
  readonly free: number
  /** Free for those who are not root's heirs: the rest is reserved. */
  readonly available: number
  readonly files: number
  readonly filesFree: number
}

/** Half the memory of a node with 24 GiB: what a tmpfs holds that names no size. */
const HALF_THE_MEMORY = 12_341_828 * 1024
const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1048576, g: 1073741824 }
const A_DISK: DiskFigures = { blocks: 13_107_200, free: 13_107_200, available: 13_107_200, files: 3_276_800, filesFree: 3_275_800 }

export interface MemoryFsOptions {
  readonly disk?: DiskFigures
  readonly type: string
  readonly dev: number
  readonly now: () => Timespec
  readonly firstInode?: number
  /** Bytes that fit. */
  readonly capacity?: number
  readonly options?: string
  readonly rootMode?: number
  /** What ls shows as a directory's size: 4096 on ext4; on tmpfs 40 and 20 for each entry. */
  readonly directorySize?: (entries: number) => number
}

export class MemoryFs extends FileSystem {
  readonly type: string
  readonly root: MemoryDirectory
  readonly now: () => Timespec
  capacity: number
  private readonly disk: DiskFigures
  readonly directorySize: (entries: number) => number
  used = 0
  constructor(options: MemoryFsOptions) {
    super(options.dev, options.firstInode ?? 1)
    this.type = options.type
    this.now = options.now
    this.capacity = options.capacity ?? Infinity
    this.disk = options.disk ?? A_DISK
    this.options = options.options ?? 'rw'
    this.directorySize = options.directorySize ?? (options.type === 'tmpfs' ? (n) => 40 + 20 * n : () => 4096)
    this.root = new MemoryDirectory(this, { mode: options.rootMode ?? 0o755, uid: 0, gid: 0, now: options.now() })
    this.root.nlink = 2
  }
  /** Accounts for bytes; ENOSPC when they do not fit. */
  charge(bytes: number): void {
    if (bytes > 0 && this.used + bytes > this.capacity) throw new Errno('ENOSPC')
    this.used += bytes
  }
  override statfs(): StatFs {
    const used = Math.ceil(this.used / 4096)
    if (this.type !== 'tmpfs' && this.type !== 'devtmpfs') {
      const { blocks, free, available, files, filesFree } = this.disk
      return { type: this.type, blockSize: 4096, blocks, free: free - used, available: Math.max(0, available - used), files, filesFree }
    }
    const [, digits, unit = ''] = /(?:^|,)size=(\d+)([kmg]?)/.exec(this.options) ?? []
    const size = digits !== undefined ? Number(digits) * (UNITS[unit] ?? 1) : this.capacity === Infinity ? HALF_THE_MEMORY : this.capacity
    const blocks = Math.ceil(size / 4096)
    const files = Number(/(?:^|,)nr_inodes=(\d+)/.exec(this.options)?.[1] ?? HALF_THE_MEMORY / 4096)
    return { type: this.type, blockSize: 4096, blocks, free: blocks - used, available: blocks - used, files, filesFree: files - 1 }
  }
}

const attributesOf = (what: { mode: number; uid: number; gid: number; now: Timespec }): Attributes => ({
  mode: what.mode, uid: what.uid, gid: what.gid, atime: what.now, mtime: what.now, ctime: what.now, btime: what.now,
})

export class MemoryDirectory extends Directory {
  declare readonly fs: MemoryFs
  private readonly own: Attributes
  private readonly children = new Map<string, Inode>()
  constructor(fs: MemoryFs, what: { mode: number; uid: number; gid: number; now: Timespec }) {
    super(fs)
    this.own = attributesOf(what)
    this.nlink = 2
  }
  attributes(): Attributes {
    return this.own
  }
  override setAttributes(change: Partial<Attributes>): void {
    Object.assign(this.own, change)
  }
  override size(): number {
    return this.fs.directorySize(this.children.size)
  }
  override blocks(): number {
    return this.fs.type === 'tmpfs' ? 0 : 8
  }
  lookup(name: string): Inode | undefined {
    return this.children.get(name)
  }
  /** A tmpfs lists the youngest name first (recording: `ip netns` of cri-node). */
  entries(): Iterable<readonly [string, Inode]> {
    return this.fs.type === 'tmpfs' ? [...this.children].reverse() : this.children
  }
  override insert(name: string, inode: Inode): void {
    this.children.set(name, inode)
    if (inode instanceof Directory) this.nlink++
    this.touch()
  }
  override remove(name: string): void {
    const inode = this.children.get(name)
    if (!inode) return
    this.children.delete(name)
    if (inode instanceof Directory) this.nlink--
    this.touch()
  }
  private touch(): void {
    this.own.mtime = this.own.ctime = this.fs.now()
  }
  override make(what: NewInode): Inode {
    switch (what.kind) {
      case 'file':
        return new MemoryFile(this.fs, what)
      case 'dir':
        return new MemoryDirectory(this.fs, what)
      case 'link':
        return new MemoryLink(this.fs, what, what.target)
      default:
        return new MemorySpecial(this.fs, what.kind, what, what.kind === 'chr' || what.kind === 'blk' ? what.rdev : 0)
    }
  }
}

/** Bytes that are made when they are needed; `part` makes only some of them. */
export interface LazyContents {
  readonly size: number
  make(): Uint8Array
  part?(offset: number, count: number): Uint8Array
}

/** What a file holds: bytes, or how many there will be and how to make them. */
export type Contents = Uint8Array | LazyContents

/** Worth not to be copied. */
const LARGE = 65536

export class MemoryFile extends RegularFile {
  declare readonly fs: MemoryFs
  private readonly own: Attributes
  private buffer: Uint8Array = EMPTY
  private length = 0
  private lazy: LazyContents | null = null
  constructor(fs: MemoryFs, what: { mode: number; uid: number; gid: number; now: Timespec }, contents?: Contents) {
    super(fs)
    this.own = attributesOf(what)
    if (contents instanceof Uint8Array) {
      this.buffer = contents
      this.length = contents.length
    } else if (contents) {
      this.lazy = contents
      this.length = contents.size
    }
  }
  attributes(): Attributes {
    return this.own
  }
  override setAttributes(change: Partial<Attributes>): void {
    Object.assign(this.own, change)
  }
  override size(): number {
    return this.length
  }
  private materialize(): void {
    if (!this.lazy) return
    this.buffer = this.lazy.make()
    this.length = this.buffer.length
    this.lazy = null
  }
  read(offset: number, count: number, _viewer: Viewer): Uint8Array {
    if (offset >= this.length) return EMPTY
    if (this.lazy?.part) return this.lazy.part(offset, count)
    this.materialize()
    return this.buffer.subarray(offset, Math.min(this.length, offset + count))
  }
  override write(offset: number, bytes: Uint8Array): void {
    this.materialize()
    const end = offset + bytes.length
    if (end > this.length) this.fs.charge(end - this.length)
    if (this.length === 0 && offset === 0 && bytes.length >= LARGE) {
      // Nobody changes bytes that were written (sys.write), and they are not changed here: below, the next write copies.
      this.buffer = bytes
    } else if (end > this.buffer.length) {
      const grown = new Uint8Array(Math.max(end, this.buffer.length * 2, 64))
      grown.set(this.buffer.subarray(0, this.length))
      this.buffer = grown
    } else if (offset < this.length) {
      // A reader may still hold a view of these bytes.
      this.buffer = this.buffer.slice()
    }
    if (this.buffer !== bytes) this.buffer.set(bytes, offset)
    this.length = Math.max(this.length, end)
    this.own.mtime = this.own.ctime = this.fs.now()
  }
  override truncate(size: number): void {
    // Nobody will read what is cut off as a whole.
    if (size === 0) this.lazy = null
    else this.materialize()
    this.fs.charge(size - this.length)
    const next = new Uint8Array(size)
    next.set(this.buffer.subarray(0, Math.min(size, this.length)))
    this.buffer = next
    this.length = size
    this.own.mtime = this.own.ctime = this.fs.now()
  }
}

export class MemoryLink extends Symlink {
  private readonly own: Attributes
  private readonly text: string
  constructor(fs: FileSystem, what: { uid: number; gid: number; now: Timespec }, text: string) {
    super(fs)
    this.own = attributesOf({ ...what, mode: 0o777 })
    this.text = text
  }
  attributes(): Attributes {
    return this.own
  }
  override setAttributes(change: Partial<Attributes>): void {
    Object.assign(this.own, change)
  }
  target(): string {
    return this.text
  }
  override blocks(): number {
    return 0
  }
}

export class MemorySpecial extends Special {
  readonly kind: 'chr' | 'blk' | 'fifo' | 'sock'
  private readonly own: Attributes
  constructor(fs: FileSystem, kind: 'chr' | 'blk' | 'fifo' | 'sock', what: { mode: number; uid: number; gid: number; now: Timespec }, rdev: number) {
    super(fs)
    this.kind = kind
    this.rdev = rdev
    this.own = attributesOf(what)
  }
  attributes(): Attributes {
    return this.own
  }
  override setAttributes(change: Partial<Attributes>): void {
    Object.assign(this.own, change)
  }
  override blocks(): number {
    return 0
  }
}

/** The device number of pipefs, sockfs and the like, which have no mount. */
export const INTERNAL_DEVICE = device(0, 14)
