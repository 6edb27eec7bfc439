/** pivot_root(2): by itself, and followed by the detaching of the old root, as runc prepares a container (libcontainer rootfs_linux.go). */
import { Errno } from '../errno'
import type { Task } from '../task'
import { Directory } from './inode'
import { pathBelow, rootOf, samePlace } from './location'
import type { Mount } from './mount'
import { resolve } from './namei'

export function pivotRoot(task: Task, path: string): void {
  const at = resolve(task, path)
  if (!(at.inode instanceof Directory)) throw new Errno('ENOTDIR')
  if (at.inode !== at.mount.root) throw new Errno('EINVAL')
  const { mnt } = task.ns
  const keep = new Set<Mount>([at.mount])
  for (let grown = true; grown; ) {
    grown = false
    for (const mount of mnt.mounts) {
      if (keep.has(mount) || !mount.point || !keep.has(mount.point.mount)) continue
      keep.add(mount)
      grown = true
    }
  }
  for (const mount of [...mnt.mounts]) if (!keep.has(mount)) mnt.detach(mount)
  mnt.move(at.mount, null)
  const index = mnt.mounts.indexOf(at.mount)
  mnt.mounts.splice(index, 1)
  mnt.mounts.unshift(at.mount)
  task.root = task.cwd = rootOf(at.mount)
}

/** The old root comes to lie at `putOld`, which is below the new one. EINVAL: no mounts, or such that tell others; EBUSY: the root itself. */
export function exchangeRoot(task: Task, path: string, putOld: string): void {
  const next = resolve(task, path)
  const old = resolve(task, putOld)
  const { mnt } = task.ns
  const { mount: top } = task.root
  if (!(next.inode instanceof Directory) || !(old.inode instanceof Directory)) throw new Errno('ENOTDIR')
  if (next.mount === top || old.mount === top) throw new Errno('EBUSY')
  if (next.inode !== next.mount.root || task.root.inode !== top.root || !next.mount.point) throw new Errno('EINVAL')
  if (old.mount.group || next.mount.point.mount.group || top.point?.mount.group) throw new Errno('EINVAL')
  if (next.mount.locked || pathBelow(old, next) === undefined) throw new Errno('EINVAL')
  const before = rootOf(top)
  const place = top.point
  mnt.move(next.mount, place)
  mnt.move(top, old)
  if (!place) {
    mnt.mounts.splice(mnt.mounts.indexOf(next.mount), 1)
    mnt.mounts.unshift(next.mount)
  }
  for (const other of task.kernel.tasks()) {
    if (samePlace(other.root, before)) other.root = rootOf(next.mount)
    if (samePlace(other.cwd, before)) other.cwd = rootOf(next.mount)
  }
}
