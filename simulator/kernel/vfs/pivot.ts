/** pivot_root(2) followed by the detaching of the old root, as runc prepares a container (libcontainer rootfs_linux.go). */
import { Errno } from '../errno'
import type { Task } from '../task'
import { Directory } from './inode'
import { rootOf } from './location'
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
