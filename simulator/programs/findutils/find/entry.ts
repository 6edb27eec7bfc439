/** A file that the walk has come to, and how tests look at it. */
import { isErrno } from '../../../kernel/errno'
import type { Stat, Sys } from '../../../kernel/sys'

/** -P never follows symbolic links, -H those of the command line, -L all. */
export type Follow = 'never' | 'operands' | 'always'

export class Entry {
  readonly path: string
  /** The starting point that it was found under. */
  readonly root: string
  readonly depth: number
  /** What tests see: the file, or where a link leads if links are followed. */
  readonly stat: Stat
  /** Set by -prune: its children are not visited. */
  pruned = false
  private readonly sys: Sys
  constructor(sys: Sys, path: string, root: string, depth: number, follow: Follow) {
    this.sys = sys
    this.path = path
    this.root = root
    this.depth = depth
    const through = follow === 'always' || (follow === 'operands' && depth === 0)
    this.stat = through ? followed(sys, path) : sys.lstat(path)
  }
  /** The last part of the path, slashes at its end not counted. */
  get name(): string {
    const bare = this.path.replace(/\/+$/, '')
    return bare === '' ? (this.path === '' ? '' : '/') : bare.slice(bare.lastIndexOf('/') + 1)
  }
  get directory(): string {
    const bare = this.path.replace(/(?!^)\/+$/, '')
    const cut = bare.lastIndexOf('/')
    return cut < 0 ? '.' : bare.slice(0, cut)
  }
  /** The path without the starting point. */
  get below(): string {
    return this.path.slice(this.root.length).replace(/^\//, '')
  }
  /** The link's own or the target's state, whichever `stat` is not; null when there is none. */
  other(how: 'stat' | 'lstat'): Stat | null {
    try {
      return this.sys[how](this.path)
    } catch (error) {
      if (!isErrno(error)) throw error
      return null
    }
  }
  /** Where a symbolic link leads; empty for other files. */
  get target(): string {
    return this.stat.kind === 'link' ? this.sys.readlink(this.path) : ''
  }
}

/** A link that leads nowhere stands for itself. */
function followed(sys: Sys, path: string): Stat {
  try {
    return sys.stat(path)
  } catch (error) {
    if (!isErrno(error, 'ENOENT', 'ELOOP', 'EACCES', 'ENOTDIR')) throw error
    return sys.lstat(path)
  }
}
