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

/** The memory of a node with 24 GiB, and what a tmpfs holds that names no size. */
export const MEMORY = 24_683_656 * 1024
export const HALF_THE_MEMORY = MEMORY / 2
/** Bytes that the files of one file system may hold in the page's memory, zeros at their ends apart: then the disk is full. */
const KEPT = 512 * 1048576
const PAGE = 4096
/** Bytes up to a whole page. */
const pages = (bytes: number): number => Math.ceil(bytes / PAGE) * PAGE

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
  private kept = 0
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
  /** Accounts for bytes of the disk, and for those that the page keeps; ENOSPC when they do not fit. */
  charge(bytes: number, kept: number): void {
    if ((bytes > 0 && this.used + bytes > this.capacity) || (kept > 0 && this.kept + kept > KEPT)) throw new Errno('ENOSPC')
    this.used += bytes
    this.kept += kept
  }
  override statfs(): StatFs {
    const used = this.used / PAGE
    if (this.type !== 'tmpfs' && this.type !== 'devtmpfs') {
      const { blocks, free, available, files, filesFree } = this.disk
      return { type: this.type, blockSize: PAGE, blocks, free: free - used, available: Math.max(0, available - used), files, filesFree }
    }
    const [, digits, unit = ''] = /(?:^|,)size=(\d+)([kmg]?)/.exec(this.options) ?? []
    const size = digits !== undefined ? Number(digits) * (UNITS[unit] ?? 1) : this.capacity === Infinity ? HALF_THE_MEMORY : this.capacity
    const blocks = pages(size) / PAGE
    const left = blocks - Math.max(0, used)
    const files = Number(/(?:^|,)nr_inodes=(\d+)/.exec(this.options)?.[1] ?? HALF_THE_MEMORY / PAGE)
    return { type: this.type, blockSize: PAGE, blocks, free: left, available: left, files, filesFree: files - 1 }
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

function isZero(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) if (bytes[i] !== 0) return false
  return true
}

export class MemoryFile extends RegularFile {
  declare readonly fs: MemoryFs
  private readonly own: Attributes
  /** What the file begins with; from `stored` on it holds zeros, up to its length. */
  private buffer: Uint8Array = EMPTY
  private stored = 0
  private length = 0
  /** From here on nothing was ever written (a hole at the end). */
  private end = 0
  /** Bytes that it takes of the disk: none for holes; what it was made with was there from the beginning. */
  private allocated = 0
  /** Bytes that the page keeps for it since it was made. */
  private kept = 0
  private lazy: LazyContents | null = null
  constructor(fs: MemoryFs, what: { mode: number; uid: number; gid: number; now: Timespec }, contents?: Contents) {
    super(fs)
    this.own = attributesOf(what)
    if (contents instanceof Uint8Array) {
      this.buffer = contents
      this.stored = this.length = this.end = contents.length
    } else if (contents) {
      this.lazy = contents
      this.length = this.end = contents.size
    }
    this.allocated = pages(this.length)
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
  override blocks(): number {
    return this.allocated / 512
  }
  private materialize(): void {
    if (!this.lazy) return
    this.buffer = this.lazy.make()
    this.stored = this.length = this.end = this.buffer.length
    this.lazy = null
  }
  read(offset: number, count: number, _viewer: Viewer): Uint8Array {
    if (offset >= this.length) return EMPTY
    if (this.lazy?.part) return this.lazy.part(offset, count)
    this.materialize()
    const end = Math.min(this.length, offset + count)
    if (end <= this.stored) return this.buffer.subarray(offset, end)
    const bytes = new Uint8Array(end - offset)
    if (offset < this.stored) bytes.set(this.buffer.subarray(offset, this.stored))
    return bytes
  }
  override write(offset: number, bytes: Uint8Array): void {
    if (bytes.length === 0) return
    this.materialize()
    const end = offset + bytes.length
    const stored = offset >= this.stored && isZero(bytes) ? this.stored : Math.max(this.stored, end)
    const skipped = Math.max(0, Math.floor(offset / PAGE) * PAGE - pages(this.end))
    this.charge(Math.max(this.end, end), stored, skipped)
    if (end <= this.stored || stored > this.stored) this.put(offset, bytes, stored)
    this.stored = stored
    this.length = Math.max(this.length, end)
    this.own.mtime = this.own.ctime = this.fs.now()
  }
  /** Bytes into the buffer, which shall hold `stored` afterwards. */
  private put(offset: number, bytes: Uint8Array, stored: number): void {
    if (this.stored === 0 && offset === 0 && bytes.length >= LARGE) {
      // Nobody changes bytes that were written (sys.write), and they are not changed here: below, the next write copies.
      this.buffer = bytes
      return
    }
    if (stored > this.buffer.length) {
      const grown = new Uint8Array(Math.max(stored, this.buffer.length * 2, 64))
      grown.set(this.buffer.subarray(0, this.stored))
      this.buffer = grown
    } else if (offset < this.stored) {
      // A reader may still hold a view of these bytes.
      this.buffer = this.buffer.slice()
    }
    this.buffer.set(bytes, offset)
  }
  override truncate(size: number): void {
    // Nobody will read what is cut off as a whole.
    if (size === 0) this.lazy = null
    else this.materialize()
    const stored = Math.min(this.stored, size)
    const end = Math.min(this.end, size)
    this.charge(end, stored)
    if (stored < this.stored) this.buffer = this.buffer.slice(0, stored)
    this.stored = stored
    this.length = size
    this.own.mtime = this.own.ctime = this.fs.now()
  }
  /** What the file takes from now on, `skipped` bytes of it being a hole; ENOSPC leaves it as it is. */
  private charge(end: number, stored: number, skipped = 0): void {
    const allocated = Math.max(0, this.allocated + pages(end) - pages(this.end) - skipped)
    const kept = this.kept + stored - this.stored
    this.fs.charge(allocated - this.allocated, kept - this.kept)
    this.allocated = allocated
    this.kept = kept
    this.end = end
  }
  protected override evict(): void {
    this.fs.charge(-this.allocated, -this.kept)
    this.allocated = this.kept = 0
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
