/**
 * A place in the tree of mounts: which inode, through which mount, and by which name it was reached. The real kernel's
 * struct path; parents are kept so that `..`, getcwd(2) and /proc/PID/cwd can be answered.
 */
import type { Inode } from './inode'
import type { Mount } from './mount'

export interface Location {
  readonly mount: Mount
  readonly inode: Inode
  /** The directory it lies in; null at the root of its mount. */
  readonly parent: Location | null
  readonly name: string
}

/** The root of a mount. */
export const rootOf = (mount: Mount): Location => ({ mount, inode: mount.root, parent: null, name: '' })

export const samePlace = (a: Location, b: Location): boolean => a.mount === b.mount && a.inode === b.inode

/** The directory above, through mount points; undefined above the root of all. */
export function above(at: Location): Location | undefined {
  let here: Location = at
  while (here.parent === null) {
    const point = here.mount.point
    if (!point) return undefined
    here = point
  }
  return here.parent
}

/** The path of `at` as seen from `root` (d_path): `/var/lib`; of what is not below it the path in its own tree of mounts. */
export function pathOf(at: Location, root: Location): string {
  return climb(at, root).path
}

/** The path of `at` below `root`; undefined when it is not below it. */
export function pathBelow(at: Location, root: Location): string | undefined {
  const { path, reached } = climb(at, root)
  return reached ? path : undefined
}

function climb(at: Location, root: Location): { readonly path: string; readonly reached: boolean } {
  const names: string[] = []
  let here: Location = at
  for (;;) {
    if (samePlace(here, root)) return { path: `/${names.reverse().join('/')}`, reached: true }
    if (here.parent === null) {
      const { point } = here.mount
      if (!point) return { path: `/${names.reverse().join('/')}`, reached: false }
      here = point
      continue
    }
    names.push(here.name)
    here = here.parent
  }
}
