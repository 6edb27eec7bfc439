/** namei(1) of util-linux 2.38.1: every step of a path, and where its links lead. */
import { Errno } from '../../../kernel/errno'
import type { Stat, Sys } from '../../../kernel/sys'
import { accounts } from '../../coreutils/accounts'
import { KIND_LETTER, modeString } from '../../coreutils/modes'
import { command } from '../command'
import { type Options, usageError } from '../../options'
import { HELP } from './help'

interface Step {
  readonly name: string
  readonly level: number
  readonly stat: Stat | Errno
  readonly target?: string
  readonly mark: 'mount' | 'none'
}

class Walk {
  readonly steps: Step[] = []
  private readonly sys: Sys
  private readonly options: Options
  constructor(sys: Sys, options: Options) {
    this.sys = sys
    this.options = options
  }
  private attempt<T>(look: () => T): T | Errno {
    try {
      return look()
    } catch (error) {
      if (!(error instanceof Errno)) throw error
      return error
    }
  }
  /** A step is a mount point when it lies on another device than the directory above it, or is that directory itself. */
  private markOf(at: string, stat: Stat): Step['mark'] {
    if (!this.options.has('mountpoints') || stat.kind !== 'dir') return 'none'
    const above = this.attempt(() => this.sys.stat(`${at}/..`))
    return above instanceof Errno || (above.dev === stat.dev && above.ino !== stat.ino) ? 'none' : 'mount'
  }
  /** Walks `path` from the directory `base`; the directory that it ends in, or undefined when it leads nowhere. */
  follow(path: string, base: string, level: number): string | undefined {
    let at = base
    if (path.startsWith('/')) {
      at = '/'
      const stat = this.attempt(() => this.sys.lstat('/'))
      this.steps.push({ name: '/', level, stat, mark: stat instanceof Errno ? 'none' : this.markOf('/', stat) })
    }
    for (const name of path.split('/').filter(Boolean)) {
      const here = at === '' ? name : at === '/' ? `/${name}` : `${at}/${name}`
      const stat = this.attempt(() => this.sys.lstat(here))
      if (stat instanceof Errno || stat.kind !== 'link') {
        this.steps.push({ name, level, stat, mark: stat instanceof Errno ? 'none' : this.markOf(here, stat) })
        if (stat instanceof Errno) return undefined
        at = here
        continue
      }
      const target = this.sys.readlink(here)
      this.steps.push({ name, level, stat, target, mark: 'none' })
      if (this.options.has('nosymlinks')) {
        at = here
        continue
      }
      const end = level < 40 ? this.follow(target, at, level + 1) : undefined
      if (end === undefined) return undefined
      at = end
    }
    return at
  }
}

export default command({
  help: HELP,
  version: 'namei from util-linux 2.38.1\n',
  summary: 'follow a pathname until a terminal point is found',
  *run(io, options) {
    if (options.operands.length === 0) {
      io.err('namei: pathname argument is missing\n')
      return usageError(io)
    }
    const long = options.has('long')
    const modes = long || options.has('modes')
    const owners = long || options.has('owners')
    const vertical = long || options.has('vertical')
    const names = yield* accounts(io.sys)
    const walks = options.operands.map((path) => {
      const walk = new Walk(io.sys, options)
      return { path, steps: walk.steps, found: walk.follow(path, '', 0) !== undefined }
    })
    const user = (stat: Stat): string => names.user(stat.uid) ?? String(stat.uid)
    const group = (stat: Stat): string => names.group(stat.gid) ?? String(stat.gid)
    const seen = walks.flatMap(({ steps }) => steps.map((s) => s.stat)).filter((s): s is Stat => !(s instanceof Errno))
    const userWidth = Math.max(0, ...seen.map((s) => user(s).length))
    const groupWidth = Math.max(0, ...seen.map((s) => group(s).length))
    for (const { path, steps } of walks) {
      io.out(`f: ${path}\n`)
      for (const { name, level, stat, target, mark } of steps) {
        const indent = '  '.repeat(level)
        if (stat instanceof Errno) {
          const blanks = 1 + (modes ? 9 : 0) + (owners ? userWidth + groupWidth + 2 : 0) + (vertical ? 0 : 1) + level * 2
          io.out(`${' '.repeat(blanks)} ${name} - ${stat.message}\n`)
          continue
        }
        const shown = modes ? modeString(stat.kind, stat.mode) : KIND_LETTER[stat.kind]
        const kind = mark === 'mount' ? `D${shown.slice(1)}` : shown
        const own = owners ? ` ${user(stat).padEnd(userWidth)} ${group(stat).padEnd(groupWidth)}` : ''
        io.out(`${vertical ? '' : `${indent} `}${kind}${own}${vertical ? indent : ''} ${name}${target === undefined ? '' : ` -> ${target}`}\n`)
      }
    }
    return walks.every(({ found }) => found) ? 0 : 1
  },
})
