/** Mounts and mount namespaces (mount_namespaces(7), mount(2)). */
import { Namespace } from '../namespaces/namespace'
import type { FileSystem } from './filesystem'
import type { Inode } from './inode'
import { type Location, rootOf } from './location'
import { optionalFields, type PeerGroup } from './peers'

export interface MountFlags {
  readonly readOnly: boolean
  readonly noSuid: boolean
  readonly noDev: boolean
  readonly noExec: boolean
  readonly atime: 'relatime' | 'noatime' | 'strictatime'
  readonly noDirAtime?: boolean
}

export const PLAIN_FLAGS: MountFlags = { readOnly: false, noSuid: false, noDev: false, noExec: false, atime: 'relatime' }

export class Mount {
  /** The number in mountinfo's first column. */
  readonly id: number
  readonly fs: FileSystem
  /** What of the file system is mounted: its root, or for a bind mount some inode of it. */
  readonly root: Inode
  /** The path of `root` inside the file system, mountinfo's fourth column. */
  readonly rootPath: string
  readonly source: string
  /** Where it is mounted; null for the root of a namespace. */
  point: Location | null
  flags: MountFlags
  /** mountinfo's second column for a root mount whose parent is in no namespace here (a captured node's). */
  parentId: number | undefined
  /** The namespace it is attached in: a walk that enters a foreign one (/proc/PID/root) sees what is mounted there. */
  namespace: MountNamespace | null = null
  /** The peers that it tells of mounts below it, and is told by (shared); null: none. */
  group: PeerGroup | null = null
  /** The group that tells it, and is not told (slave). */
  master: PeerGroup | null = null
  /** A bind mount may not show it (MS_UNBINDABLE). */
  unbindable = false
  /** Came from a more privileged mount namespace: it may not be taken away alone (MNT_LOCKED). */
  locked = false
  constructor(init: { id: number; fs: FileSystem; root?: Inode; rootPath?: string; source: string; point: Location | null; flags?: MountFlags }) {
    this.id = init.id
    this.fs = init.fs
    this.root = init.root ?? init.fs.root
    this.rootPath = init.rootPath ?? '/'
    this.source = init.source
    this.point = init.point
    this.flags = init.flags ?? PLAIN_FLAGS
  }
  /** `shared:3`, `master:3`, `unbindable`: the optional fields of mountinfo. */
  get propagation(): readonly string[] {
    return optionalFields(this)
  }
  get readOnly(): boolean {
    return this.flags.readOnly || this.fs.readOnly
  }
}

/** The mounts that a group of tasks sees. */
export class MountNamespace extends Namespace {
  readonly type = 'mnt'
  /** In mount order, the root mount first. */
  readonly mounts: Mount[] = []
  private readonly byPoint = new Map<Inode, Mount[]>()

  get root(): Location {
    const first = this.mounts[0]
    if (!first) throw new Error('a mount namespace without a root')
    return rootOf(first)
  }
  attach(mount: Mount): void {
    this.mounts.push(mount)
    mount.namespace = this
    if (mount.point) this.cover(mount.point.inode, mount)
  }
  private cover(inode: Inode, mount: Mount): void {
    inode.isMountPoint = true
    const list = this.byPoint.get(inode)
    if (list) list.push(mount)
    else this.byPoint.set(inode, [mount])
  }
  detach(mount: Mount): void {
    const at = this.mounts.indexOf(mount)
    if (at >= 0) this.mounts.splice(at, 1)
    mount.namespace = null
    const list = mount.point && this.byPoint.get(mount.point.inode)
    if (mount.point && list) {
      const rest = list.filter((m) => m !== mount)
      if (rest.length > 0) this.byPoint.set(mount.point.inode, rest)
      else this.byPoint.delete(mount.point.inode)
    }
  }
  /** Moves a mount (pivot_root). */
  move(mount: Mount, point: Location | null): void {
    const index = this.mounts.indexOf(mount)
    this.detach(mount)
    mount.point = point
    mount.namespace = this
    if (index >= 0) this.mounts.splice(index, 0, mount)
    if (point) this.cover(point.inode, mount)
  }
  /** What is mounted on top at this place, if anything. */
  mountedOn(mount: Mount, inode: Inode): Mount | undefined {
    const here = this.byPoint.get(inode)
    for (let i = here?.length ?? 0; here && i-- > 0; ) if (here[i]?.point?.mount === mount) return here[i]
    return undefined
  }
  /** Follows mount points from a place down to what is seen there. */
  descend(at: Location): Location {
    let here = at
    while (here.inode.isMountPoint) {
      const upper = this.mountedOn(here.mount, here.inode)
      if (!upper) break
      here = rootOf(upper)
    }
    return here
  }
  childrenOf(mount: Mount): Mount[] {
    return this.mounts.filter((m) => m.point?.mount === mount)
  }
}
