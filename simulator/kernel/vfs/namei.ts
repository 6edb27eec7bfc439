/** From a path to a place (path_resolution(7)): mounts, links, `..`, and the permission to search directories. */
import { capable, capableOver } from '../credentials'
import { Errno } from '../errno'
import type { Task } from '../task'
import { Directory, type Inode, Symlink } from './inode'
import { above, type Location, rootOf, samePlace } from './location'
import type { MountNamespace } from './mount'

const MAX_LINKS = 40
const NAME_MAX = 255
const PATH_MAX = 4096
const SLASH = 0x2f

/** The permission bits (read 4, write 2, execute 1) that a task has on an inode (inode(7), CAP_DAC_OVERRIDE). */
export function permitted(task: Task, inode: Inode, want: number): boolean {
  // Whom no mode stops needs none to be looked up: most steps of most paths are taken by root.
  if (!inode.hasStrictModes && (inode.kind === 'dir' || (want & 1) === 0) && capable(task.credentials, 'CAP_DAC_OVERRIDE')) return true
  const { fsuid, fsgid, groups } = task.credentials
  const { mode, uid, gid } = inode.attributes(task)
  const bits = fsuid === uid ? mode >> 6 : fsgid === gid || groups.includes(gid) ? mode >> 3 : mode
  if ((bits & want) === want) return true
  if (!inode.hasStrictModes && capableOver(task.credentials, { uid, gid }, 'CAP_DAC_OVERRIDE')) return inode.kind === 'dir' || (want & 1) === 0 || (mode & 0o111) !== 0
  return false
}

/** Where a path leads. `noFollow` leaves a last link as it is. ENOENT, ENOTDIR, ELOOP, EACCES, ENAMETOOLONG. */
export function resolve(task: Task, path: string, options: { noFollow?: boolean; from?: Location } = {}): Location {
  return walk(task, path, options.from ?? task.cwd, options.noFollow === true, { links: 0 })
}

/** The directory a path's last name is in, and that name; for what makes or removes names. */
export function resolveParent(task: Task, path: string, from: Location = task.cwd): { directory: Location; name: string; trailingSlash: boolean } {
  if (path === '') throw new Errno('ENOENT')
  const bare = path.replace(/\/+$/, '')
  if (bare === '') throw new Errno('EEXIST')
  const slash = bare.lastIndexOf('/')
  const directory = walk(task, slash < 0 ? '.' : bare.slice(0, slash + 1), from, false, { links: 0 })
  if (!(directory.inode instanceof Directory)) throw new Errno('ENOTDIR')
  const name = bare.slice(slash + 1)
  if (name.length > NAME_MAX) throw new Errno('ENAMETOOLONG')
  return { directory, name, trailingSlash: bare !== path }
}

function walk(task: Task, path: string, from: Location, noFollow: boolean, state: { links: number }): Location {
  const end = path.length
  if (end === 0) throw new Errno('ENOENT')
  if (end >= PATH_MAX) throw new Errno('ENAMETOOLONG')
  let here = path.charCodeAt(0) === SLASH ? task.root : from
  const searchesAll = capable(task.credentials, 'CAP_DAC_OVERRIDE')
  let at = 0
  for (;;) {
    while (at < end && path.charCodeAt(at) === SLASH) at++
    if (at === end) break
    const slash = path.indexOf('/', at)
    const stop = slash < 0 ? end : slash
    const name = path.slice(at, stop)
    at = stop
    const { inode } = here
    if (!(inode instanceof Directory)) throw new Errno('ENOTDIR')
    if (name.length > NAME_MAX) throw new Errno('ENAMETOOLONG')
    if (!searchesAll && !permitted(task, inode, 1)) throw new Errno('EACCES')
    if (name === '.') continue
    if (name === '..') {
      if (!samePlace(here, task.root)) {
        const up = above(here)
        if (up) here = mountsOf(task, up).descend(up)
      }
      continue
    }
    const next = step(task, here, inode, name)
    // A slash after the last name asks for a directory, and so follows a link.
    if (next.inode instanceof Symlink && !(noFollow && stop === end)) {
      if (++state.links > MAX_LINKS) throw new Errno('ELOOP')
      here = follow(task, next.inode, here, state)
    } else here = next
  }
  if (path.charCodeAt(end - 1) === SLASH && !(here.inode instanceof Directory)) throw new Errno('ENOTDIR')
  return here
}

/** Mounts are looked for in the namespace that the place belongs to, which need not be the task's. */
const mountsOf = (task: Task, at: Location): MountNamespace => at.mount.namespace ?? task.ns.mnt

/** One name down, and through what is mounted there. */
function step(task: Task, at: Location, directory: Directory, name: string): Location {
  const inode = directory.lookup(name, task)
  if (!inode) throw new Errno('ENOENT')
  const next = { mount: at.mount, inode, parent: at, name }
  return inode.isMountPoint ? mountsOf(task, at).descend(next) : next
}

function follow(task: Task, link: Symlink, directory: Location, state: { links: number }): Location {
  const magic = link.follow?.(task)
  if (magic) return magic
  return walk(task, link.target(task), directory, false, state)
}

/** The place of a mount's root as path walking sees it (used after pivot_root and setns). */
export const topOf = (task: Task): Location => {
  const first = task.ns.mnt.mounts[0]
  if (!first) throw new Errno('ENOENT')
  return task.ns.mnt.descend(rootOf(first))
}
