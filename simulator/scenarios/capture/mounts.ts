/** The mounts of a captured node: each namespace's lines of mountinfo become mounts of shared file systems (mount_namespaces(7)). */
import { DESCRIPTOR_LINKS, DEVICE_NUMBERS } from '../../kernel/devices'
import { cgroupFs } from '../../kernel/fs/cgroupfs'
import { devtmpfs } from '../../kernel/fs/devtmpfs'
import { MemoryFs, MemoryLink, MemorySpecial } from '../../kernel/fs/memory'
import { mqueueFs } from '../../kernel/fs/mqueue'
import { nsfs } from '../../kernel/fs/nsfs'
import { OverlayFs } from '../../kernel/fs/overlay'
import { ProcFs } from '../../kernel/fs/proc/procfs'
import { SysFs } from '../../kernel/fs/sysfs/sysfs'
import type { Kernel } from '../../kernel/kernel'
import type { PidNamespace } from '../../kernel/namespaces/pid'
import type { IpcNamespace } from '../../kernel/namespaces/ipc'
import type { NetNamespace } from '../../kernel/net/namespace'
import { DevptsFs } from '../../kernel/tty/devpts'
import { device, type FileSystem } from '../../kernel/vfs/filesystem'
import { Directory, type Inode } from '../../kernel/vfs/inode'
import { type Location, rootOf } from '../../kernel/vfs/location'
import { Mount, type MountFlags, type MountNamespace, PLAIN_FLAGS } from '../../kernel/vfs/mount'
import { restorePropagation } from '../../kernel/vfs/peers'
import { type Cover, directoryAt } from './disk'
import type { MountLine } from './figures'

export interface MountViewers {
  readonly pids: PidNamespace
  readonly net: NetNamespace
  readonly ipc: IpcNamespace
  readonly netByInum: ReadonlyMap<number, NetNamespace>
}

const optionOf = (options: string, name: string): string | undefined => options.split(',').find((o) => o.startsWith(`${name}=`))?.slice(name.length + 1)

const numberOf = (text: string): number => {
  const [major = 0, minor = 0] = text.split(':').map(Number)
  return device(major, minor)
}

function flagsOf(words: readonly string[]): MountFlags {
  const has = (word: string): boolean => words.includes(word)
  return {
    ...PLAIN_FLAGS, readOnly: has('ro'), noSuid: has('nosuid'), noDev: has('nodev'), noExec: has('noexec'),
    atime: has('relatime') ? 'relatime' : has('noatime') ? 'noatime' : 'strictatime',
  }
}

/** The file systems of the machine by device number; several mounts show the same one. */
export class FileSystems {
  readonly disk: MemoryFs
  private readonly kernel: Kernel
  private readonly known = new Map<string, FileSystem>()
  constructor(kernel: Kernel, disk: MemoryFs, diskDevice: string) {
    this.kernel = kernel
    this.disk = disk
    this.known.set(diskDevice, disk)
  }
  get(line: MountLine, viewers: MountViewers): FileSystem {
    let found = this.known.get(line.device)
    if (!found) {
      found = this.make(line, viewers)
      if (found.type !== 'cgroup') found.options = line.options
      this.known.set(line.device, found)
    }
    return found
  }
  private make(line: MountLine, { pids, net, ipc }: MountViewers): FileSystem {
    const { kernel } = this
    const dev = numberOf(line.device)
    const now = () => kernel.clock.realtime()
    switch (line.type) {
      case 'proc':
        return new ProcFs(kernel, pids, dev)
      case 'sysfs':
        return new SysFs(kernel, net, 'rw', dev)
      case 'devtmpfs':
        return devtmpfs(kernel)
      case 'devpts':
        return new DevptsFs(dev, now, line.options)
      case 'cgroup':
        return cgroupFs(kernel, line.options.split(',').slice(1).join(','), dev)
      case 'mqueue':
        return mqueueFs(kernel, ipc, dev)
      case 'nsfs':
        return nsfs(kernel)
      case 'overlay': {
        const at = (path: string): Directory => directoryAt(this.disk.root, path, kernel.clock.realtime())
        const upper = optionOf(line.options, 'upperdir')
        return new OverlayFs({
          dev, now, lower: (optionOf(line.options, 'lowerdir') ?? '').split(':').filter(Boolean).map(at), upper: upper ? at(upper) : null, options: line.options,
        })
      }
      default:
        return new MemoryFs({ type: line.type, dev, now, options: line.options, rootMode: Number.parseInt(optionOf(line.options, 'mode') ?? '1777', 8) })
    }
  }
}

/** A name in a directory, made when it is missing: a mount point lies where runc or a program of the node made it. */
function child(directory: Directory, name: string, kind: 'dir' | 'file', kernel: Kernel): Inode {
  const found = directory.lookup(name, null)
  if (found) return found
  const made = directory.make({ kind, mode: kind === 'dir' ? 0o755 : 0o644, uid: 0, gid: 0, now: kernel.clock.realtime() })
  directory.insert(name, made)
  return directory.lookup(name, null) ?? made
}

/** What of a file system a line mounts. */
function rootInode(fs: FileSystem, line: MountLine, kernel: Kernel, viewers: MountViewers): Inode {
  if (line.type === 'nsfs') {
    const net = viewers.netByInum.get(Number(/\[(\d+)\]/.exec(line.root)?.[1]))
    return net ? nsfs(kernel).inodeOf(net) : fs.root
  }
  // A container with a terminal has it as its console (libcontainer/rootfs_linux.go setupDevSymlinks and mountConsole).
  if (fs instanceof DevptsFs && /^\/\d+$/.test(line.root)) {
    const number = Number(line.root.slice(1))
    if (!fs.ttys.has(number)) fs.create({ cols: 0, rows: 0 }, 0, null, number)
  }
  let at: Inode = fs.root
  const names = line.root.split('/').filter(Boolean)
  for (const [i, name] of names.entries()) {
    if (!(at instanceof Directory)) break
    // A bound file has a name that a directory would not have: its mount point is a file too.
    const last = i === names.length - 1
    at = child(at, name, last && isFile(line.point) ? 'file' : 'dir', kernel)
  }
  return at
}

const isFile = (point: string): boolean => /^\/etc\/|\/termination-log$|^\/dev\/(null|zero|full|random|urandom|tty|console)$|^\/proc\/(keys|timer_list)$/.test(point)

/** Attaches the mounts of one namespace, each at its time where `madeAt` knows it: what is made for a mount has that time. */
export function mountAll(ns: MountNamespace, lines: readonly MountLine[], systems: FileSystems, viewers: MountViewers, kernel: Kernel, madeAt: (line: MountLine) => number | undefined): Cover[] {
  const byId = new Map<number, { readonly mount: Mount; readonly point: string }>()
  const covers: Cover[] = []
  const start = kernel.clock.monotonic
  for (const line of lines) {
    kernel.clock.monotonic = madeAt(line) ?? start
    const fs = systems.get(line, viewers)
    const parent = byId.get(line.parent)
    const point = parent ? placeIn(parent.mount, line.point.slice(parent.point === '/' ? 0 : parent.point.length), line, kernel) : null
    const mount = new Mount({
      id: line.id, fs, root: rootInode(fs, line, kernel, viewers), rootPath: line.root, source: line.source, point, flags: flagsOf(line.flags),
    })
    restorePropagation(kernel, mount, line.optional)
    if (!point) mount.parentId = line.parent
    ns.attach(mount)
    byId.set(line.id, { mount, point: line.point })
    kernel.reserveMountIds(line.id)
    if (fs instanceof MemoryFs && fs !== systems.disk && line.root === '/') covers.push({ point: line.point, fs })
    if (fs instanceof MemoryFs && fs.type === 'tmpfs' && line.point === '/dev') fillDev(fs, kernel)
  }
  kernel.clock.monotonic = start
  return covers
}

function placeIn(mount: Mount, path: string, line: MountLine, kernel: Kernel): Location {
  let here = rootOf(mount)
  const names = path.split('/').filter(Boolean)
  for (const [i, name] of names.entries()) {
    if (!(here.inode instanceof Directory)) throw new Error(`capture: ${line.point} lies below a file`)
    const kind = i === names.length - 1 && (isFile(line.point) || line.type === 'nsfs') ? 'file' : 'dir'
    here = { mount, inode: child(here.inode, name, kind, kernel), parent: here, name }
  }
  return here
}

/** The devices that runc makes in a container (runtime-spec config-linux.md, default devices). */
function fillDev(fs: MemoryFs, kernel: Kernel): void {
  const made = { mode: 0o666, uid: 0, gid: 0, now: kernel.clock.realtime() }
  for (const name of ['full', 'null', 'random', 'tty', 'urandom', 'zero']) {
    if (!fs.root.lookup(name)) fs.root.insert(name, new MemorySpecial(fs, 'chr', made, DEVICE_NUMBERS[name] ?? 0))
  }
  const links = [['core', '/proc/kcore'], ['ptmx', 'pts/ptmx'], ...DESCRIPTOR_LINKS] as const
  for (const [name, target] of [...links].sort(([a], [b]) => (a < b ? -1 : 1))) if (!fs.root.lookup(name)) fs.root.insert(name, new MemoryLink(fs, made, target))
}
