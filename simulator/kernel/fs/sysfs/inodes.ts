/** The inodes of a sysfs: directories, files that render state when read, and links between directories. They are born when first looked up. */
import { encode } from '../../bytes'
import { Errno, type ErrnoName } from '../../errno'
import { type Attributes, Directory, type Inode, RegularFile, Symlink } from '../../vfs/inode'
import type { SysFs } from './sysfs'

/** Makes the inode that a name stands for. */
export type Make = (fs: SysFs) => Inode
export type Names = Readonly<Record<string, Make>>

/** A directory whose names are told anew each time; a name keeps its inode while it stands for the same `Make`. */
export const listing = (names: () => Names): Make => (fs) => new SysDirectory(fs, names)

/** A directory whose names never change. */
export function dir(names: () => Names = () => ({}), mode = 0o755): Make {
  let known: Names | undefined
  return (fs) => new SysDirectory(fs, () => (known ??= names()), mode)
}

/** `text` may throw the Errno that read(2) fails with. */
export const file = (text: () => string, mode = 0o444): Make => (fs) => new SysFile(fs, text, mode)

/** A file of one line. */
export const value = (text: string | number, mode = 0o444): Make => file(() => `${text}\n`, mode)

/** A file that is not read: what fails. */
export const failing = (code: ErrnoName, mode = 0o444): Make => file(() => {
  throw new Errno(code)
}, mode)

const LINKS = new Map<string, Make>()
/** Links of the same text are the same `Make`. */
export function link(target: string): Make {
  let made = LINKS.get(target)
  if (!made) {
    made = (fs) => new SysLink(fs, target)
    LINKS.set(target, made)
  }
  return made
}

export class SysDirectory extends Directory {
  declare readonly fs: SysFs
  private readonly names: () => Names
  private readonly mode: number
  private readonly known = new Map<string, { readonly make: Make; readonly inode: Inode }>()
  constructor(fs: SysFs, names: () => Names, mode = 0o755) {
    super(fs)
    this.names = names
    this.mode = mode
  }
  attributes(): Attributes {
    return attributesOf(this.fs, this.mode)
  }
  override links(): number {
    let count = 2
    for (const [, inode] of this.entries()) if (inode.kind === 'dir') count++
    return count
  }
  override size(): number {
    return 0
  }
  lookup(name: string): Inode | undefined {
    return this.inodeOf(name, this.names())
  }
  private inodeOf(name: string, names: Names): Inode | undefined {
    const make = Object.hasOwn(names, name) ? names[name] : undefined
    if (!make) {
      this.known.delete(name)
      return undefined
    }
    const before = this.known.get(name)
    if (before?.make === make) return before.inode
    const inode = make(this.fs)
    this.known.set(name, { make, inode })
    return inode
  }
  *entries(): Iterable<readonly [string, Inode]> {
    const names = this.names()
    for (const name of Object.keys(names)) {
      const inode = this.inodeOf(name, names)
      if (inode) yield [name, inode]
    }
  }
}

const PAGE = 4096

class SysFile extends RegularFile {
  declare readonly fs: SysFs
  private readonly text: () => string
  private readonly mode: number
  constructor(fs: SysFs, text: () => string, mode: number) {
    super(fs)
    this.text = text
    this.mode = mode
  }
  attributes(): Attributes {
    return attributesOf(this.fs, this.mode)
  }
  override size(): number {
    return PAGE
  }
  override blocks(): number {
    return 0
  }
  read(offset: number, count: number): Uint8Array {
    return encode(this.text()).subarray(offset, offset + count)
  }
}

class SysLink extends Symlink {
  declare readonly fs: SysFs
  private readonly to: string
  constructor(fs: SysFs, to: string) {
    super(fs)
    this.to = to
  }
  attributes(): Attributes {
    return attributesOf(this.fs, 0o777)
  }
  override size(): number {
    return 0
  }
  override blocks(): number {
    return 0
  }
  target(): string {
    return this.to
  }
}

const attributesOf = ({ born }: SysFs, mode: number): Attributes => ({ mode, uid: 0, gid: 0, atime: born, mtime: born, ctime: born })
