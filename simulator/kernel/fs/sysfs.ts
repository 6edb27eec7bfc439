/**
 * sysfs(5), the part that programs here look at: /sys/class/net of the network namespace it was mounted for, the mount point
 * for control groups, and the directories that runc and containerd expect.
 */
import { encode } from '../bytes'
import type { Kernel } from '../kernel'
import type { NetNamespace } from '../net/namespace'
import { FileSystem } from '../vfs/filesystem'
import { DISK, machineOf } from './proc/machine'
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
      const fixed = new Map(Object.entries(names))
      const made = new SysDirectory(this, () => fixed)
      return () => made
    }
    const file = (text: () => string): (() => Inode) => () => new SysFile(this, text)
    const block = blockDevices(file, dir)
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
      block, bus: dir(), class: dir({ block, net: () => interfaces }), dev: dir(), devices: dir({ system: dir({ cpu: dir(cpuFiles(kernel, file)) }) }), firmware: dir(),
      fs: dir({ bpf: dir(), cgroup: dir(), ext4: dir() }), kernel: dir({ mm: dir(), security: dir() }), module: dir(), power: dir(),
    }))
  }
}

type MakeFile = (text: () => string) => () => Inode
type MakeDirectory = (names?: Record<string, () => Inode>) => () => Inode

const LOOPS = 8

/** /sys/block: the disk, and loop devices that nobody uses (ABI/stable/sysfs-block). */
function blockDevices(file: MakeFile, dir: MakeDirectory): () => Inode {
  const value = (text: string | number) => file(() => `${text}\n`)
  const device = (numbers: string, sectors: number, rotational: 0 | 1, scheduler: string, requests: number) =>
    dir({
      alignment_offset: value(0), dev: value(numbers), hidden: value(0), range: value(1), removable: value(0), ro: value(0), size: value(sectors), stat: value('0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0'),
      queue: dir({
        logical_block_size: value(512), minimum_io_size: value(512), nr_requests: value(requests), optimal_io_size: value(0), physical_block_size: value(512), read_ahead_kb: value(128),
        rotational: value(rotational), scheduler: value(scheduler), discard_granularity: value(0), discard_max_bytes: value(0), discard_zeroes_data: value(0), write_same_max_bytes: value(0), zoned: value('none'),
      }),
    })
  const loops = Array.from({ length: LOOPS }, (_, i): [string, () => Inode] => [`loop${i}`, device(`7:${i}`, 0, 1, '[none] mq-deadline', 128)])
  return dir({ ...Object.fromEntries(loops), [DISK.name]: device(`${DISK.major}:${DISK.minor}`, DISK.kilobytes * 2, 1, '[mq-deadline] none', 256) })
}

/** /sys/devices/system/cpu: which processors there are, and what speculation does to them (ABI/testing/sysfs-devices-system-cpu). */
function cpuFiles(kernel: Kernel, file: MakeFile): Record<string, () => Inode> {
  const list = file(() => (machineOf(kernel).cpus > 1 ? `0-${machineOf(kernel).cpus - 1}\n` : '0\n'))
  return { online: list, possible: list, present: list, offline: file(() => '\n'), kernel_max: file(() => '8191\n'), isolated: file(() => '\n') }
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
