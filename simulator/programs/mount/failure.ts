/** What mount(8) of util-linux 2.38 says when mount(2) failed (libmount, context_mount.c). */
import { type Errno, isErrno } from '../../kernel/errno'
import type { Sys } from '../../kernel/sys'
import { majorOf, minorOf } from '../coreutils/devices'
import type { MountEntry } from '../util-linux/mounts'

export interface Attempt {
  readonly source: string
  readonly target: string
  readonly type: string
  readonly kind: 'new' | 'bind' | 'move' | 'remount' | 'propagation'
  readonly mounts: readonly MountEntry[]
}

export const kindOf = (sys: Sys, path: string): string | undefined => {
  try {
    return sys.stat(path).kind
  } catch (error) {
    if (!isErrno(error)) throw error
    return undefined
  }
}

/** The device number of a special file as mountinfo writes it. */
export function numberOf(sys: Sys, path: string): string {
  const { rdev } = sys.stat(path)
  return `${majorOf(rdev)}:${minorOf(rdev)}`
}

/** File systems that need no disk below them. */
export const WITHOUT_SOURCE = new Set(['tmpfs', 'proc', 'sysfs', 'devtmpfs', 'devpts', 'cgroup', 'cgroup2', 'mqueue', 'overlay', 'ramfs', 'securityfs', 'debugfs', 'tracefs', 'bpf', 'hugetlbfs', 'pstore', 'configfs'])

/** What is wrong with the source of a file system that lies on a disk; undefined when it is a disk. */
function sourceFailure(sys: Sys, source: string): string | undefined {
  const kind = kindOf(sys, source)
  if (kind === undefined) return `special device ${source} does not exist.`
  if (kind === 'blk') return undefined
  return `${source} is not a block device${kind === 'file' ? '; try "-o loop"' : ''}.`
}

/** Whether what a mount lies in tells others of it. */
function liesInShared(mounts: readonly MountEntry[], source: string): boolean {
  const own = mounts.findLast((m) => m.target === source)
  return mounts.some((m) => m.id === own?.parent && /(^| )shared:/.test(m.optional))
}

export function mountFailure(sys: Sys, { source, target, type, kind, mounts }: Attempt, error: Errno): string {
  if (kindOf(sys, target) === undefined) return 'mount point does not exist.'
  // A type that was named is looked up before the source.
  const unfit = kind === 'new' && (error.code !== 'ENODEV' || type === 'auto') && !WITHOUT_SOURCE.has(type) ? sourceFailure(sys, source) : undefined
  if (unfit !== undefined) return unfit
  switch (error.code) {
    case 'EPERM':
      return sys.credentials.euid === 0 ? 'permission denied.' : 'must be superuser to use mount.'
    case 'EACCES':
      return `cannot mount ${source} read-only.`
    case 'EBUSY':
      return kind === 'remount' ? 'mount point is busy.' : `${source} already mounted or mount point busy.`
    case 'ENOENT':
      return `special device ${source} does not exist.`
    case 'ENOTDIR':
      return kindOf(sys, target) !== 'dir' ? 'mount point is not a directory.' : 'mount(2) system call failed: Not a directory.'
    case 'EINVAL':
      if (kind === 'remount') return 'mount point not mounted or bad option.'
      if (kind === 'propagation') return 'not mount point or bad option.'
      if (kind === 'move' && liesInShared(mounts, source)) return 'bad option; moving a mount residing under a shared mount is unsupported.'
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
