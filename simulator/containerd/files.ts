/** What Go's os package does in one call: MkdirAll, RemoveAll. */
import { isErrno } from '../kernel/errno'
import type { Sys } from '../kernel/sys'

/** os.MkdirAll. */
export function makeDirectories(sys: Sys, path: string, mode = 0o755): void {
  if (path === '' || exists(sys, path)) return
  makeDirectories(sys, path.slice(0, path.lastIndexOf('/')), mode)
  try {
    sys.mkdir(path, mode)
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw error
  }
}

export function exists(sys: Sys, path: string): boolean {
  try {
    sys.lstat(path)
    return true
  } catch (error) {
    if (isErrno(error)) return false
    throw error
  }
}

/** os.RemoveAll: what is not there is fine. */
export function removeAll(sys: Sys, path: string): void {
  let kind: string
  try {
    kind = sys.lstat(path).kind
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) return
    throw error
  }
  if (kind !== 'dir') {
    sys.unlink(path)
    return
  }
  for (const entry of sys.readdir(path)) removeAll(sys, `${path}/${entry.name}`)
  sys.rmdir(path)
}

/** umount(2) with MNT_DETACH of everything at a place; none is fine. */
export function unmountAll(sys: Sys, path: string): void {
  for (;;) {
    try {
      sys.umount(path, { detach: true })
    } catch (error) {
      if (isErrno(error, 'EINVAL', 'ENOENT')) return
      throw error
    }
  }
}
