/**
 * sysfs(5), the part that programs here look at: /sys/class/net of the network namespace it was mounted for, the mount point
 * for control groups, and the directories that runc and containerd expect.
 */
import { encode } from '../bytes'
import type { Kernel } from '../kernel'
import type { NetNamespace } from '../net/namespace'
import { FileSystem } from '../vfs/filesystem'
import { type Attributes, Directory, type Inode, RegularFile } from '../vfs/inode'

type Children = () => ReadonlyMap<string, () => Inode>

export class SysFs extends FileSystem {
  readonly type = 'sysfs'
  readonly kernel: Kernel
  readonly root: SysDirectory
  readonly born: Attributes['mtime']
  constructor(kernel: Kernel, net: NetNamespace, access: 'rw' | 'ro', dev = kernel.anonymousDevice()) {
    super(dev)
    this.kernel = kernel
    this.options = access
    this.born = kernel.clock.realtime()
    const dir = (names: Record<string, () => Inode> = {}): (() => Inode) => {
      const made = new SysDirectory(this, () => new Map(Object.entries(names)))
      return () => made
    }
    const file = (text: () => string): (() => Inode) => () => new SysFile(this, text)
    const interfaces = new SysDirectory(this, () => new Map(
      [...net.devices.values()].map((d) => [
        d.name,
        () => new SysDirectory(this, () => new Map([
          ['address', file(() => `${d.mac}\n`)], ['ifindex', file(() => `${d.ifindex}\n`)], ['mtu', file(() => `${d.mtu}\n`)],
          ['operstate', file(() => `${d.operstate.toLowerCase()}\n`)],
        ])),
      ]),
    ))
    this.root = new SysDirectory(this, () => TOP)
    const TOP = new Map(Object.entries({
      block: dir(), bus: dir(), class: dir({ net: () => interfaces }), dev: dir(), devices: dir(), firmware: dir(),
      fs: dir({ bpf: dir(), cgroup: dir(), ext4: dir() }), kernel: dir({ mm: dir(), security: dir() }), module: dir(), power: dir(),
    }))
  }
}

class SysDirectory extends Directory {
  declare readonly fs: SysFs
  private readonly children: Children
  private readonly known = new Map<string, Inode>()
  constructor(fs: SysFs, children: Children) {
    super(fs)
    this.children = children
  }
  attributes(): Attributes {
    return { mode: 0o755, uid: 0, gid: 0, atime: this.fs.born, mtime: this.fs.born, ctime: this.fs.born }
  }
  override size(): number {
    return 0
  }
  lookup(name: string): Inode | undefined {
    const make = this.children().get(name)
    if (!make) {
      this.known.delete(name)
      return undefined
    }
    let inode = this.known.get(name)
    if (!inode) {
      inode = make()
      this.known.set(name, inode)
    }
    return inode
  }
  *entries(): Iterable<readonly [string, Inode]> {
    for (const name of this.children().keys()) {
      const inode = this.lookup(name)
      if (inode) yield [name, inode]
    }
  }
}

class SysFile extends RegularFile {
  declare readonly fs: SysFs
  private readonly text: () => string
  constructor(fs: SysFs, text: () => string) {
    super(fs)
    this.text = text
  }
  attributes(): Attributes {
    return { mode: 0o444, uid: 0, gid: 0, atime: this.fs.born, mtime: this.fs.born, ctime: this.fs.born }
  }
  override size(): number {
    return 4096
  }
  read(offset: number, count: number): Uint8Array {
    return encode(this.text()).subarray(offset, offset + count)
  }
}
