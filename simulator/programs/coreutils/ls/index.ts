/** ls(1) of coreutils 9.1. Recordings: shell/userland, cri-node/tty. */
import { closeout } from '../../closeout'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import type { FileKind, Stat } from '../../../kernel/sys'
import { command, type Options } from '../command'
import type { Io } from '../../program'
import { accounts } from '../accounts'
import { strftime } from '../date/strftime'
import { locale, quoted, reason } from '../files'
import { modeString } from '../modes'
import { inBlocks } from '../numbers'
import { compareText, compareVersions } from '../sort/keys'
import { type Zone, zoneOf } from '../../libc/timezone'
import { majorOf, minorOf } from '../devices'
import { Colors } from './colors'
import { type Cell, columns } from './columns'
import { HELP, VERSION } from './help'
import { ALIGNED, quoteName, type Settings, settingsOf } from './settings'

interface Entry {
  readonly name: string
  readonly path: string
  readonly kind: FileKind
  readonly stat: Stat | null
  readonly target?: string
  readonly targetStat?: Stat | null
}

/** What an entry costs the host, in microseconds. */
const COST = 30
const SIX_MONTHS = 31556952 / 2

export default command({
  unwritten: closeout(2),
  summary: 'list directory contents',
  help: HELP, version: VERSION, failure: 2, hidden: '  -p\n  -F, --classify[=WHEN]\n  --color[=WHEN]\n  --hyperlink[=WHEN]\n',
  *run(io, options) {
    const listing = new Listing(io, options)
    return yield* listing.run()
  },
})

class Listing {
  private readonly io: Io
  private readonly options: Options
  private readonly settings: Settings
  private readonly colors: Colors | null
  private readonly zone: Zone
  private status = 0
  private started = false
  private painted = false
  private names: { user(id: number): string | undefined; group(id: number): string | undefined } = { user: () => undefined, group: () => undefined }
  constructor(io: Io, options: Options) {
    this.io = io
    this.options = options
    this.zone = zoneOf(io.env('TZ'))
    this.settings = settingsOf(io, options)
    this.colors = this.settings.color === 'always' ? this.palette() : null
  }

  private palette(): Colors | null {
    const colors = Colors.parse(this.io.env('LS_COLORS'))
    if (colors instanceof Colors) return colors
    if (colors.unknown !== undefined) this.io.err(`${this.io.name}: unrecognized prefix: ${locale(this.io, colors.unknown)}\n`)
    this.io.err(`${this.io.name}: unparsable value for LS_COLORS environment variable\n`)
    return null
  }

  private say(message: string, status: 1 | 2): void {
    this.io.err(`${this.io.name}: ${message}\n`)
    this.status = Math.max(this.status, status)
  }

  *run(): Run<number> {
    const { io, options } = this
    if (options.has('D', 'hyperlink')) {
      io.err(`${io.name}: not simulated in this lab\n`)
      return 125
    }
    this.names = yield* accounts(io.sys)
    const files: Entry[] = []
    const directories: Entry[] = []
    for (const path of options.operands.length > 0 ? options.operands : ['.']) {
      try {
        const entry = this.entry(path, path, this.follows(path))
        if (entry.stat?.kind === 'dir' && !options.has('d')) directories.push(entry)
        else files.push(entry)
      } catch (error) {
        this.say(`cannot access ${quoted(path)}: ${reason(error)}`, 2)
      }
    }
    this.sort(files)
    this.sort(directories)
    if (files.length > 0) this.show(files, 'files')
    const heads = options.operands.length > 1 || options.has('R')
    for (const directory of directories) yield* this.directory(directory, heads)
    return this.status
  }

  /** A link given on the command line is followed to a directory, unless -l, -d or -F shows the link itself. */
  private follows(path: string): 'all' | 'none' {
    if (this.options.has('L', 'H')) return 'all'
    if (this.settings.layout === 'long' || this.options.has('d') || this.settings.indicator === 'classify') return path.endsWith('/') ? 'all' : 'none'
    try {
      return this.io.sys.stat(path).kind === 'dir' ? 'all' : 'none'
    } catch (error) {
      if (!isErrno(error)) throw error
      return 'none'
    }
  }

  private entry(name: string, path: string, follow: 'all' | 'none'): Entry {
    const { sys } = this.io
    let stat: Stat
    if (follow === 'all') stat = sys.stat(path)
    else stat = sys.lstat(path)
    if (stat.kind !== 'link') return { name, path, kind: stat.kind, stat }
    let target: string | undefined
    let targetStat: Stat | null = null
    try {
      target = sys.readlink(path)
    } catch (error) {
      this.say(`cannot read symbolic link ${quoted(path)}: ${reason(error)}`, name === path ? 2 : 1)
    }
    try {
      targetStat = sys.stat(path)
    } catch (error) {
      if (!isErrno(error)) throw error
    }
    return { name, path, kind: 'link', stat, ...(target === undefined ? {} : { target }), targetStat }
  }

  private *directory(directory: Entry, heads: boolean): Run {
    const { io, options } = this
    const { sys } = io
    let raw: { name: string; kind: FileKind }[]
    let open: number
    try {
      open = yield* sys.open(directory.path, { read: true })
      raw = sys.readdir(directory.path)
    } catch (error) {
      this.say(`cannot open directory ${quoted(directory.path)}: ${reason(error)}`, directory.path === directory.name ? 2 : 1)
      return
    }
    const all = options.last('a', 'A') ?? (options.has('f') ? 'a' : undefined)
    const names = raw.map((e) => e.name).filter((n) => all !== undefined || !n.startsWith('.'))
    if (all === 'a') names.unshift('.', '..')
    const ignored = options.values('I').concat(all === undefined ? options.values('hide') : []).map(globPattern)
    if (options.has('B')) ignored.push(/~$/)
    const entries: Entry[] = []
    for (const name of names) {
      if (io.sys.spend(1, COST)) yield 'preempted'
      if (ignored.some((p) => p.test(name))) continue
      const path = directory.path.endsWith('/') ? directory.path + name : `${directory.path}/${name}`
      try {
        entries.push(this.entry(name, path, options.has('L') ? 'all' : 'none'))
      } catch (error) {
        this.say(`cannot access ${quoted(path)}: ${reason(error)}`, 1)
        entries.push({ name, path, kind: raw.find((e) => e.name === name)?.kind ?? 'file', stat: null })
      }
    }
    sys.close(open)
    this.sort(entries)
    if (heads) {
      io.out(`${this.started ? '\n' : ''}${this.quote(directory.path, [directory.path])}:\n`)
    } else if (this.started) io.out('\n')
    this.started = true
    if (this.settings.layout === 'long' || options.has('s')) {
      const blocks = entries.reduce((sum, e) => sum + (e.stat?.blocks ?? 0), 0)
      io.out(`total ${this.sized(blocks * 512, 'blocks')}\n`)
    }
    this.show(entries, 'directory')
    yield* io.drain()
    if (!options.has('R')) return
    for (const entry of entries) {
      if (entry.kind === 'dir' && entry.name !== '.' && entry.name !== '..') yield* this.directory(entry, true)
    }
  }

  private sized(bytes: number, what: 'blocks' | 'size'): string {
    const { unit } = this.settings
    return unit ? inBlocks(bytes, unit) : what === 'size' ? String(bytes) : String(Math.ceil(bytes / 1024))
  }

  private sort(entries: Entry[]): void {
    const { options } = this
    const key = this.settings.sort
    const reverse = options.has('r') ? -1 : 1
    const byName = (a: Entry, b: Entry): number => compareText(a.name, b.name)
    const extension = (n: string): string => (n.lastIndexOf('.') < 0 ? '' : n.slice(n.lastIndexOf('.')))
    const compare: { readonly [key: string]: (a: Entry, b: Entry) => number } = {
      name: byName,
      size: (a, b) => (b.stat?.size ?? 0) - (a.stat?.size ?? 0) || byName(a, b),
      time: (a, b) => {
        const [x, y] = [this.time(a), this.time(b)]
        return y.sec - x.sec || y.nsec - x.nsec || byName(a, b)
      },
      version: (a, b) => compareVersions(a.name, b.name) || byName(a, b),
      extension: (a, b) => compareText(extension(a.name), extension(b.name)) || byName(a, b),
      width: (a, b) => a.name.length - b.name.length || byName(a, b),
    }
    const by = compare[key]
    if (by) entries.sort((a, b) => reverse * by(a, b))
    if (options.has('group-directories-first')) {
      const isDir = (e: Entry): number => (e.kind === 'dir' || e.targetStat?.kind === 'dir' ? 0 : 1)
      entries.sort((a, b) => isDir(a) - isDir(b))
    }
  }

  private time(e: Entry): Stat['mtime'] {
    return e.stat?.[this.settings.clock] ?? { sec: 0, nsec: 0 }
  }

  /** A name as it is shown; where others of the list need quotes, a blank keeps those without in line. */
  private quote(name: string, all: readonly string[]): string {
    const { quoting, hideControls, layout, width } = this.settings
    let shown = quoteName(name, quoting)
    if (hideControls && !quoting.includes('escape') && !/^c|locale/.test(quoting)) shown = shown.replace(/[\0-\x1f\x7f\udc80-\udcff]/g, '?')
    const aligns = ALIGNED.has(quoting) && (layout === 'long' || ((layout === 'down' || layout === 'across') && width !== Infinity))
    return aligns && shown === name && all.some((n) => quoteName(n, quoting) !== n) ? ` ${shown}` : shown
  }

  private indicator(kind: FileKind, mode: number): string {
    const style = this.settings.indicator
    if (style === 'none') return ''
    if (kind === 'dir') return '/'
    if (style === 'slash') return ''
    if (kind === 'file') return style === 'classify' && mode & 0o111 ? '*' : ''
    return { link: '@', fifo: '|', sock: '=', chr: '', blk: '' }[kind]
  }

  private paint(text: string, code: string): string {
    if (!this.colors || code === '') return text
    const lead = this.painted ? '' : '\x1b[0m'
    this.painted = true
    return `${lead}\x1b[${code}m${text}\x1b[0m`
  }

  private colorOf(e: Entry): string {
    const { colors } = this
    if (!colors) return ''
    if (e.kind === 'link' && colors.linksAsTargets && e.targetStat) return colors.ofTarget(e.targetStat)
    return colors.of(e.name, e.kind, e.stat ?? { mode: 0, nlink: 1 }, e.kind !== 'link' ? 'none' : e.targetStat ? 'ok' : 'orphan')
  }

  private name(e: Entry, all: readonly string[]): Cell {
    const quoted = this.quote(e.name, all)
    const mode = e.stat?.mode ?? 0
    const mark = this.settings.layout === 'long' && e.kind === 'link' ? '' : this.indicator(e.kind, mode)
    const lead = quoted.startsWith(' ') ? ' ' : ''
    const code = this.colorOf(e)
    return { text: lead + this.paint(quoted.slice(lead.length), code) + mark, width: [...quoted].length + mark.length }
  }

  private show(entries: readonly Entry[], where: 'files' | 'directory'): void {
    const { io, options } = this
    if (where === 'files') this.started = true
    const all = entries.map((e) => e.name)
    if (this.settings.layout === 'long') return this.long(entries, all)
    const inode = Math.max(0, ...entries.map((e) => String(e.stat?.ino ?? '?').length))
    const blocks = Math.max(0, ...entries.map((e) => this.sized((e.stat?.blocks ?? 0) * 512, 'blocks').length))
    const cells = entries.map((e): Cell => {
      const name = this.name(e, all)
      let lead = ''
      if (options.has('i')) lead += `${String(e.stat?.ino ?? '?').padStart(inode)} `
      if (options.has('s')) lead += `${this.sized((e.stat?.blocks ?? 0) * 512, 'blocks').padStart(blocks)} `
      if (options.has('Z')) lead += '? '
      return { text: lead + name.text, width: lead.length + name.width }
    })
    if (this.settings.layout === 'one') io.out(cells.map((c) => `${c.text}${options.has('zero') ? '\0' : '\n'}`).join(''))
    else if (this.settings.layout === 'commas') {
      let out = ''
      let at = 0
      cells.forEach((cell, i) => {
        if (i > 0) {
          if (at + cell.width + 2 >= this.settings.width) {
            out += ',\n'
            at = 0
          } else {
            out += ', '
            at += 2
          }
        }
        out += cell.text
        at += cell.width
      })
      if (cells.length > 0) io.out(`${out}\n`)
    } else {
      const tab = this.settings.tab ?? (this.colors ? 0 : 8)
      io.out(columns(cells, this.settings.width, this.settings.layout === 'down' ? 'down' : 'across', tab))
    }
  }

  private long(entries: readonly Entry[], all: readonly string[]): void {
    const { io, options } = this
    const numeric = options.has('n')
    const now = io.sys.now()
    const style = this.settings.timeStyle
    const when = (e: Entry): string => {
      const time = this.time(e)
      const recent = time.sec <= now.sec && time.sec > now.sec - SIX_MONTHS
      if (style.startsWith('+')) return strftime(style.slice(1).split('\n')[recent ? 1 : 0] ?? style.slice(1), time, this.zone)
      if (style.endsWith('full-iso')) return strftime('%Y-%m-%d %H:%M:%S.%N %z', time, this.zone)
      if (style.endsWith('long-iso')) return strftime('%Y-%m-%d %H:%M', time, this.zone)
      if (style.endsWith('iso') && style !== 'locale') return strftime(recent ? '%m-%d %H:%M' : '%Y-%m-%d ', time, this.zone)
      return strftime(recent ? '%b %e %H:%M' : '%b %e  %Y', time, this.zone)
    }
    const rows = entries.map((e) => {
      const s = e.stat
      const device = s && (s.kind === 'chr' || s.kind === 'blk')
      return {
        e, inode: String(s?.ino ?? '?'), blocks: this.sized((s?.blocks ?? 0) * 512, 'blocks'), mode: s ? modeString(s.kind, s.mode) : '??????????'.replace(/^./, { dir: 'd', link: 'l', file: '-' }[e.kind === 'dir' || e.kind === 'link' || e.kind === 'file' ? e.kind : 'file'] ?? '?'), links: s ? String(s.nlink) : '?',
        user: s ? (numeric ? String(s.uid) : (this.names.user(s.uid) ?? String(s.uid))) : '?', group: s ? (numeric ? String(s.gid) : (this.names.group(s.gid) ?? String(s.gid))) : '?',
        major: device ? String(majorOf(s.rdev)) : '', minor: device ? String(minorOf(s.rdev)) : '', size: s && !device ? this.sized(s.size, 'size') : s ? '' : '?', when: s ? when(e) : '?',
      }
    })
    const width = (of: (r: (typeof rows)[number]) => string): number => Math.max(0, ...rows.map((r) => of(r).length))
    const [wi, wb, wl, wu, wg, wt] = [width((r) => r.inode), width((r) => r.blocks), width((r) => r.links), width((r) => r.user), width((r) => r.group), width((r) => r.when)]
    const [wa, wz] = [width((r) => r.major), width((r) => r.minor)]
    const devices = rows.some((r) => r.major !== '')
    const size = Math.max(width((r) => r.size), devices ? wa + 2 + wz : 0)
    let out = ''
    for (const r of rows) {
      if (options.has('i')) out += `${r.inode.padStart(wi)} `
      if (options.has('s')) out += `${r.blocks.padStart(wb)} `
      out += `${r.mode} ${r.links.padStart(wl)} `
      if (!options.has('g')) out += `${numeric ? r.user.padStart(wu) : r.user.padEnd(wu)} `
      if (!options.has('o', 'G')) out += `${numeric ? r.group.padStart(wg) : r.group.padEnd(wg)} `
      if (options.has('author')) out += `${numeric ? r.user.padStart(wu) : r.user.padEnd(wu)} `
      if (options.has('Z')) out += '? '
      out += `${r.major === '' ? r.size.padStart(size) : `${r.major.padStart(size - 2 - wz)}, ${r.minor.padStart(wz)}`} ${r.when.padStart(wt)} `
      out += this.name(r.e, all).text
      if (r.e.target !== undefined) {
        const code = this.colors?.ofTarget(r.e.targetStat ?? undefined)
        out += ` -> ${this.paint(this.quote(r.e.target, []), code ?? '')}${r.e.targetStat ? this.indicator(r.e.targetStat.kind, r.e.targetStat.mode) : ''}`
      }
      out += options.has('zero') ? '\0' : '\n'
    }
    io.out(out)
  }
}

function globPattern(glob: string): RegExp {
  return new RegExp(`^${glob.replace(/[.+^${}()|\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.')}$`, 's')
}
