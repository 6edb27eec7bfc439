/** What mount(8) of util-linux 2.38 says when mount(2) failed (libmount, context_mount.c). */
import { type Errno, isErrno } from '../../kernel/errno'
import type { Sys } from '../../kernel/sys'

export interface Attempt {
  readonly source: string
  readonly target: string
  readonly type: string
  readonly kind: 'new' | 'bind' | 'move' | 'remount' | 'propagation'
}

const kindAt = (sys: Sys, path: string): string | undefined => {
  try {
    return sys.stat(path).kind
  } catch (error) {
    if (!isErrno(error)) throw error
    return undefined
  }
}

export function mountFailure(sys: Sys, { source, target, type, kind }: Attempt, error: Errno): string {
  switch (error.code) {
    case 'EPERM':
      return sys.credentials.euid === 0 ? 'permission denied.' : 'must be superuser to use mount.'
    case 'EACCES':
      return `cannot mount ${source} read-only.`
    case 'EBUSY':
      return kind === 'remount' ? `${target} is busy.` : `${source} already mounted or mount point busy.`
    case 'ENOENT':
      return kindAt(sys, target) === undefined ? 'mount point does not exist.' : `special device ${source} does not exist.`
    case 'ENOTDIR':
      return kindAt(sys, target) !== 'dir' ? 'mount point is not a directory.' : 'mount(2) system call failed: Not a directory.'
    case 'EINVAL':
      if (kind === 'remount') return 'mount point not mounted or bad option.'
      if (kind === 'propagation') return 'not mount point or bad option.'
      return `wrong fs type, bad option, bad superblock on ${source}, missing codepage or helper program, or other error.`
    case 'ENODEV':
      return `unknown filesystem type '${type}'.`
    case 'ENOTBLK':
      return `${source} is not a block device.`
    case 'EROFS':
      return `cannot mount ${source} read-only.`
    default:
      return `mount(2) system call failed: ${error.message}.`
  }
}
