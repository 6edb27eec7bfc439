/** nsfs: the file system of namespaces. A descriptor, link or bind mount of one of its files keeps a namespace and names it to setns(2). */
import { Errno } from '../errno'
import type { Kernel } from '../kernel'
import type { Namespace } from '../namespaces/namespace'
import type { NamespaceType } from '../namespaces/types'
import type { Task } from '../task'
import { device, FileSystem } from '../vfs/filesystem'
import { type Attributes, Directory, type Inode, RegularFile } from '../vfs/inode'
import type { Location } from '../vfs/location'
import { Mount, PLAIN_FLAGS } from '../vfs/mount'

export class NamespaceInode extends RegularFile {
  readonly namespace: Namespace
  private readonly time: Attributes['mtime']
  constructor(fs: NsFs, namespace: Namespace) {
    super(fs, namespace.inum)
    this.namespace = namespace
    this.time = fs.kernel.clock.realtime()
  }
  attributes(): Attributes {
    return { mode: 0o444, uid: 0, gid: 0, atime: this.time, mtime: this.time, ctime: this.time }
  }
  read(): Uint8Array {
    throw new Errno('EINVAL')
  }
}

class EmptyRoot extends Directory {
  attributes(): Attributes {
    const never = { sec: 0, nsec: 0 }
    return { mode: 0o555, uid: 0, gid: 0, atime: never, mtime: never, ctime: never }
  }
  lookup(): undefined {
    return undefined
  }
  entries(): Iterable<readonly [string, Inode]> {
    return []
  }
}

export class NsFs extends FileSystem {
  readonly type = 'nsfs'
  readonly kernel: Kernel
  readonly root: Directory
  /** The kernel's own mount, which no path reaches. */
  readonly mount: Mount
  private readonly inodes = new WeakMap<Namespace, NamespaceInode>()
  constructor(kernel: Kernel) {
    super(device(0, 4))
    this.kernel = kernel
    this.root = new EmptyRoot(this)
    this.mount = new Mount({ id: 0, fs: this, source: 'nsfs', point: null, flags: { ...PLAIN_FLAGS, atime: 'strictatime' } })
  }
  inodeOf(namespace: Namespace): NamespaceInode {
    let found = this.inodes.get(namespace)
    if (!found) {
      found = new NamespaceInode(this, namespace)
      this.inodes.set(namespace, found)
    }
    return found
  }
  locationOf(namespace: Namespace): Location {
    return { mount: this.mount, inode: this.inodeOf(namespace), parent: null, name: '' }
  }
}

const BY_KERNEL = new WeakMap<Kernel, NsFs>()

/** The machine's only nsfs. */
export function nsfs(kernel: Kernel): NsFs {
  let found = BY_KERNEL.get(kernel)
  if (!found) {
    found = new NsFs(kernel)
    BY_KERNEL.set(kernel, found)
  }
  return found
}

/** The names in /proc/PID/ns. */
export type NamespaceLink = NamespaceType | 'pid_for_children' | 'time_for_children'

export const NAMESPACE_LINKS: readonly NamespaceLink[] = [
  'net', 'uts', 'ipc', 'pid', 'pid_for_children', 'user', 'mnt', 'cgroup', 'time', 'time_for_children',
]

export function namespaceOf(task: Task, name: NamespaceLink): Namespace {
  if (name === 'pid_for_children') return task.ns.pidForChildren
  return name === 'time_for_children' ? task.ns.timeForChildren : task.ns[name]
}
