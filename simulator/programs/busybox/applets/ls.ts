/** busybox ls (coreutils/ls.c). Recording: sessions/ctr-run-lifecycle. */
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import type { Stat, Sys } from '../../../kernel/sys'
import type { Io } from '../../program'
import { type Accounts, accounts } from '../../coreutils/accounts'
import { majorOf, minorOf } from '../../coreutils/devices'
import { modeString } from '../../coreutils/modes'
import { strftime } from '../../coreutils/date/strftime'
import { applet, type Given } from '../applet'
import { humanBytes } from '../human'

interface Entry {
  readonly name: string
  readonly path: string
  readonly stat: Stat
}

const HALF_YEAR = (365 * 24 * 60 * 60) / 2
/** Colours by kind, as ls.c's fgcolor and bold are: directories blue, links cyan, programs green. */
const COLORS: Readonly<Record<Stat['kind'], string>> = { file: '0;0', dir: '1;34', link: '1;36', chr: '1;35', blk: '1;33', fifo: '0;33', sock: '1;35' }

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

class Listing {
  private readonly io: Io
  private readonly sys: Sys
  private readonly given: Given
  private readonly known: Accounts
  private readonly columns: number
  private readonly isColored: boolean
  status = 0
  constructor(io: Io, given: Given, known: Accounts) {
    this.io = io
    this.sys = io.sys
    this.given = given
    this.known = known
    const isTerminal = io.sys.isatty(1)
    const inColumns = !given.has('l', '1') && (given.has('C', 'x') || isTerminal)
    this.columns = inColumns ? Number(given.value('w') ?? (isTerminal ? io.sys.getWindowSize(1).cols || 80 : 80)) : 0
    const color = given.value('color')
    this.isColored = color === 'always' || ((color === 'auto' || color === '') && isTerminal)
  }
  read(name: string, path: string, links: 'follow' | 'show'): Entry | undefined {
    try {
      return { name, path, stat: links === 'follow' ? this.sys.stat(path) : this.sys.lstat(path) }
    } catch (error) {
      if (!isErrno(error)) throw error
      this.io.err(`ls: ${path}: ${error.message}\n`)
      this.status = 1
      return undefined
    }
  }
  private sorted(entries: readonly Entry[]): Entry[] {
    const { given } = this
    const time = (e: Entry): number => {
      const t = given.has('c') ? e.stat.ctime : given.has('u') ? e.stat.atime : e.stat.mtime
      return t.sec + t.nsec / 1e9
    }
    const extension = (e: Entry): string => (e.name.includes('.') ? e.name.slice(e.name.lastIndexOf('.')) : '')
    const by = given.has('S') ? (a: Entry, b: Entry) => b.stat.size - a.stat.size : given.has('t') ? (a: Entry, b: Entry) => time(b) - time(a)
      : given.has('X') ? (a: Entry, b: Entry) => compare(extension(a), extension(b)) : () => 0
    const ordered = [...entries].sort((a, b) => by(a, b) || compare(a.name, b.name))
    if (given.has('r')) ordered.reverse()
    if (given.has('G')) ordered.sort((a, b) => Number(b.stat.kind === 'dir') - Number(a.stat.kind === 'dir'))
    return ordered
  }
  private mark(e: Entry): string {
    if (e.stat.kind === 'dir') return this.given.has('p', 'F') ? '/' : ''
    if (!this.given.has('F')) return ''
    if (e.stat.kind === 'file') return e.stat.mode & 0o111 ? '*' : ''
    return { link: '@', fifo: '|', sock: '=', chr: '', blk: '' }[e.stat.kind]
  }
  private text(e: Entry): { shown: string; width: number } {
    const before = (this.given.has('i') ? `${String(e.stat.ino).padStart(7)} ` : '') + (this.given.has('s') ? `${String(e.stat.blocks / 2).padStart(6)} ` : '')
    const isProgram = e.stat.kind === 'file' && (e.stat.mode & 0o111) !== 0
    const name = this.isColored ? `\x1b[${isProgram ? '1;32' : COLORS[e.stat.kind]}m${e.name}\x1b[m` : e.name
    return { shown: `${before}${name}${this.mark(e)}`, width: before.length + e.name.length + this.mark(e).length }
  }
  private size(e: Entry): string {
    const { stat } = e
    if (stat.kind === 'chr' || stat.kind === 'blk') return `${String(majorOf(stat.rdev)).padStart(4)}, ${String(minorOf(stat.rdev)).padStart(3)}`
    return this.given.has('h') ? humanBytes(stat.size).padStart(9) : String(stat.size).padStart(9)
  }
  private date(e: Entry): string {
    const time = this.given.has('c') ? e.stat.ctime : this.given.has('u') ? e.stat.atime : e.stat.mtime
    if (this.given.has('full-time')) return strftime('%Y-%m-%d %H:%M:%S %z', time)
    const age = this.sys.now().sec - time.sec
    return strftime(age >= HALF_YEAR || age < -900 ? '%b %e  %Y' : '%b %e %H:%M', time)
  }
  private long(e: Entry): string {
    const { stat } = e
    const numeric = this.given.has('n')
    const who = (id: number, name: string | undefined): string => (numeric || name === undefined ? String(id) : name.slice(0, 8)).padEnd(8)
    const target = stat.kind === 'link' ? this.target(e.path) : ''
    const numbers = (this.given.has('i') ? `${String(stat.ino).padStart(7)} ` : '') + (this.given.has('s') ? `${String(stat.blocks / 2).padStart(6)} ` : '')
    const name = { ...this.text(e) }.shown.slice(numbers.length)
    return `${numbers}${modeString(stat.kind, stat.mode)} ${String(stat.nlink).padStart(4)} ${who(stat.uid, this.known.user(stat.uid))} ${who(stat.gid, this.known.group(stat.gid))} ${this.size(e)} ${this.date(e)} ${name}${target}\n`
  }
  /** Links are read when they are shown, the directory being closed again. */
  private target(path: string): string {
    try {
      return ` -> ${this.sys.readlink(path)}`
    } catch (error) {
      if (!isErrno(error)) throw error
      this.io.err(`ls: ${path}: cannot read link: ${error.message}\n`)
      return ''
    }
  }
  show(entries: readonly Entry[]): void {
    const { io, columns } = this
    const ordered = this.sorted(entries)
    if (this.given.has('l')) {
      for (const e of ordered) io.out(this.long(e))
      return
    }
    const cells = ordered.map((e) => this.text(e))
    if (columns === 0 || cells.length === 0) {
      for (const { shown } of cells) io.out(`${shown}\n`)
      return
    }
    const width = Math.max(...cells.map((c) => c.width)) + 2
    const perRow = Math.max(1, Math.trunc(columns / width) || 1)
    const isAcross = this.given.has('x')
    // Down the columns: rows are filled so that all but the last hold as many.
    const rows = Math.ceil(cells.length / perRow)
    const across = Math.trunc((cells.length - 1) / rows) + 1
    for (let row = 0; row < rows; row++) {
      let line = ''
      let pad = 0
      for (let column = 0; column < (isAcross ? perRow : across); column++) {
        const cell = cells[isAcross ? row * perRow + column : column * rows + row]
        if (!cell) break
        line += ' '.repeat(pad) + cell.shown
        pad = width - cell.width
      }
      io.out(`${line}\n`)
    }
  }
  *directory(path: string, heads: 'named' | 'bare', state: { isFirst: boolean }): Run {
    const { io, sys, given } = this
    let names: string[]
    let open: number
    try {
      open = yield* sys.open(path, { read: true })
      names = sys.readdir(path).map((e) => e.name)
    } catch (error) {
      if (!isErrno(error)) throw error
      io.err(`ls: can't open '${path}': ${error.message}\n`)
      this.status = 1
      return
    }
    if (given.has('a')) names.push('.', '..')
    else if (!given.has('A')) names = names.filter((n) => !n.startsWith('.'))
    const entries = names.flatMap((name) => this.read(name, path.endsWith('/') ? path + name : `${path}/${name}`, given.has('L') ? 'follow' : 'show') ?? [])
    sys.close(open)
    if (io.sys.spend(entries.length)) yield 'preempted'
    if (heads === 'named') io.out(`${state.isFirst ? '' : '\n'}${path}:\n`)
    state.isFirst = false
    if (given.has('l', 's')) io.out(`total ${given.has('h') ? humanBytes(entries.reduce((sum, e) => sum + e.stat.blocks, 0) * 512) : entries.reduce((sum, e) => sum + e.stat.blocks, 0) / 2}\n`)
    this.show(entries)
    yield* io.drain()
    if (given.has('R')) for (const e of this.sorted(entries)) if (e.stat.kind === 'dir' && e.name !== '.' && e.name !== '..') yield* this.directory(e.path, 'named', state)
  }
}

export default applet(
  '1AaCxdLHRFplinshrSXvctuw:Gk',
  function* (io, given) {
    const long = given.has('n', 'full-time') ? given.with('l') : given
    const listing = new Listing(io, long, yield* accounts(io.sys))
    const names = given.operands.length > 0 ? given.operands : ['.']
    const files: Entry[] = []
    const directories: string[] = []
    for (const name of names) {
      const found = listing.read(name, name, given.has('L', 'H') || (!long.has('l') && !given.has('d', 'F')) ? 'follow' : 'show')
      if (!found) continue
      if (found.stat.kind === 'dir' && !given.has('d')) directories.push(name)
      else files.push(found)
    }
    listing.show(files)
    const state = { isFirst: files.length === 0 }
    for (const name of [...directories].sort(compare)) yield* listing.directory(name, names.length > 1 || given.has('R') ? 'named' : 'bare', state)
    return listing.status
  },
  { 'full-time': 'full-time', 'group-directories-first': 'G', color: 'color' },
)
