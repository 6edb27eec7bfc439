/**
 * overlayfs (the kernel's Documentation/filesystems/overlayfs): lower directories that are never written, one upper that
 * takes all changes. A file is copied up when it is first changed; a removed name leaves a whiteout (0:0 character device)
 * in the upper directory.
 */
import { Errno } from '../errno'
import type { StatFs } from '../sys'
import type { Timespec } from '../time'
import { FileSystem } from '../vfs/filesystem'
import { type Attributes, Directory, type Inode, type NewInode, RegularFile, type Symlink, type Viewer } from '../vfs/inode'

export interface OverlayOptions {
  readonly dev: number
  /** Uppermost first. */
  readonly lower: readonly Directory[]
  readonly upper: Directory | null
  readonly now: () => Timespec
  /** The options as mountinfo shows them: `rw,lowerdir=…,upperdir=…,workdir=…`. */
  readonly options: string
}

export class OverlayFs extends FileSystem {
  readonly type = 'overlay'
  readonly root: OverlayDirectory
  readonly now: () => Timespec
  readonly writable: boolean
  /** One overlay inode for each real one, so that identity is stable. */
  readonly known = new Map<Inode, Inode>()
  private readonly first: Directory | undefined
  constructor(options: OverlayOptions) {
    super(options.dev)
    this.now = options.now
    this.writable = options.upper !== null
    this.options = options.options
    this.first = options.upper ?? options.lower[0]
    const layers = options.upper ? [options.upper, ...options.lower] : options.lower
    this.root = new OverlayDirectory(this, null, '', options.upper, layers.filter((d) => d !== options.upper))
  }
  /** The figures of the file system that takes what is written. */
  override statfs(): StatFs {
    return { ...(this.first?.fs.statfs() ?? super.statfs()), type: this.type }
  }
}

const isWhiteout = (inode: Inode): boolean => inode.kind === 'chr' && inode.rdev === 0

class OverlayDirectory extends Directory {
  declare readonly fs: OverlayFs
  private readonly parent: OverlayDirectory | null
  private readonly name: string
  private upper: Directory | null
  private readonly lower: readonly Directory[]
  private readonly cache = new Map<string, { real: Inode; inode: Inode }>()
  constructor(fs: OverlayFs, parent: OverlayDirectory | null, name: string, upper: Directory | null, lower: readonly Directory[]) {
    super(fs, (upper ?? lower[0])?.ino ?? 1)
    this.parent = parent
    this.name = name
    this.upper = upper
    this.lower = lower
  }
  /** Of what several layers hold nobody counts the directories (fs/overlayfs/inode.c, ovl_getattr). */
  override links(): number {
    const layers = [...(this.upper ? [this.upper] : []), ...this.lower]
    return layers.length > 1 ? 1 : (layers[0]?.nlink ?? 2)
  }
  private get real(): Directory {
    const real = this.upper ?? this.lower[0]
    if (!real) throw new Errno('ENOENT')
    return real
  }
  attributes(viewer: Viewer): Attributes {
    return this.real.attributes(viewer)
  }
  override setAttributes(change: Partial<Attributes>): void {
    this.raise().setAttributes(change)
  }
  override size(viewer: Viewer): number {
    return this.real.size(viewer)
  }
  lookup(name: string, viewer: Viewer): Inode | undefined {
    const layers = this.upper ? [this.upper, ...this.lower] : this.lower
    const found: { layer: Directory; inode: Inode }[] = []
    for (const layer of layers) {
      const inode = layer.lookup(name, viewer)
      if (!inode) continue
      if (isWhiteout(inode)) break
      if (found.length > 0 && inode.kind !== 'dir') break
      found.push({ layer, inode })
      if (inode.kind !== 'dir') break
    }
    const top = found[0]
    if (!top) return undefined
    const known = this.cache.get(name)
    if (known && known.real === top.inode) return known.inode
    const inUpper = top.layer === this.upper
    let inode: Inode
    if (top.inode instanceof Directory) {
      const lowers = found.filter((f) => f.layer !== this.upper).map((f) => f.inode as Directory)
      inode = known?.inode instanceof OverlayDirectory && known.inode.covers(lowers) ? known.inode : new OverlayDirectory(this.fs, this, name, inUpper ? top.inode : null, lowers)
    } else if (top.inode instanceof RegularFile) {
      inode = known?.inode instanceof OverlayFile && known.inode.is(top.inode) ? known.inode : new OverlayFile(this.fs, this, name, top.inode, inUpper)
    } else inode = top.inode
    this.cache.set(name, { real: top.inode, inode })
    return inode
  }
  covers(lower: readonly Directory[]): boolean {
    return lower.length === this.lower.length && lower.every((d, i) => d === this.lower[i])
  }
  *entries(viewer: Viewer): Iterable<readonly [string, Inode]> {
    const seen = new Set<string>()
    for (const layer of this.upper ? [this.upper, ...this.lower] : this.lower) {
      for (const [name] of layer.entries(viewer)) {
        if (seen.has(name)) continue
        seen.add(name)
        const inode = this.lookup(name, viewer)
        if (inode) yield [name, inode]
      }
    }
  }
  /** The upper directory, made on the way down when it is not there yet (copy-up). EROFS without an upper layer. */
  raise(): Directory {
    if (this.upper) return this.upper
    if (!this.fs.writable || !this.parent) throw new Errno('EROFS')
    const above = this.parent.raise()
    const own = this.real.attributes(null)
    const made = above.make({ kind: 'dir', mode: own.mode, uid: own.uid, gid: own.gid, now: this.fs.now() }) as Directory
    above.insert(this.name, made)
    this.upper = made
    return made
  }
  override insert(name: string, inode: Inode): void {
    const upper = this.raise()
    if (upper.lookup(name, null)) upper.remove(name)
    upper.insert(name, inode instanceof OverlayFile ? inode.raised() : inode instanceof OverlayDirectory ? inode.raise() : inode)
    this.cache.delete(name)
  }
  override remove(name: string): void {
    const upper = this.raise()
    if (upper.lookup(name, null)) upper.remove(name)
    if (this.lower.some((layer) => layer.lookup(name, null))) {
      upper.insert(name, upper.make({ kind: 'chr', mode: 0, uid: 0, gid: 0, rdev: 0, now: this.fs.now() }))
    }
    this.cache.delete(name)
  }
  override make(what: NewInode): Inode {
    return this.raise().make(what)
  }
}

/** A file seen through the overlay: reads go to where it lies, the first write copies it up. */
class OverlayFile extends RegularFile {
  declare readonly fs: OverlayFs
  private readonly parent: OverlayDirectory
  private readonly name: string
  private real: RegularFile
  private inUpper: boolean
  constructor(fs: OverlayFs, parent: OverlayDirectory, name: string, real: RegularFile, inUpper: boolean) {
    super(fs, real.ino)
    this.parent = parent
    this.name = name
    this.real = real
    this.inUpper = inUpper
    this.nlink = real.nlink
  }
  override links(): number {
    return this.real.nlink
  }
  override link(): void {
    super.link()
    this.raised().link()
  }
  override unlink(): void {
    super.unlink()
    if (this.inUpper) this.real.unlink()
  }
  override hold(): void {
    super.hold()
    this.real.hold()
  }
  override letGo(): void {
    super.letGo()
    this.real.letGo()
  }
  is(real: Inode): boolean {
    return this.real === real
  }
  attributes(viewer: Viewer): Attributes {
    return this.real.attributes(viewer)
  }
  override setAttributes(change: Partial<Attributes>): void {
    this.raised().setAttributes(change)
  }
  override size(viewer: Viewer): number {
    return this.real.size(viewer)
  }
  override blocks(viewer: Viewer): number {
    return this.real.blocks(viewer)
  }
  read(offset: number, count: number, viewer: Viewer): Uint8Array {
    return this.real.read(offset, count, viewer)
  }
  override write(offset: number, bytes: Uint8Array, viewer: Viewer): void {
    this.raised().write(offset, bytes, viewer)
  }
  override truncate(size: number): void {
    this.raised().truncate(size)
  }
  raised(): RegularFile {
    if (this.inUpper) return this.real
    const above = this.parent.raise()
    const own = this.real.attributes(null)
    const copy = above.make({ kind: 'file', mode: own.mode, uid: own.uid, gid: own.gid, now: own.mtime }) as RegularFile
    const bytes = this.real.read(0, this.real.size(null), null)
    if (bytes.length > 0) copy.write(0, bytes, null)
    copy.setAttributes({ mtime: own.mtime, atime: own.atime })
    above.insert(this.name, copy)
    for (let i = 0; i < this.users; i++) {
      copy.hold()
      this.real.letGo()
    }
    this.real = copy
    this.inUpper = true
    return copy
  }
}

/** A link keeps its own inode in an overlay; nothing to wrap. */
export type OverlayLink = Symlink
