/** ps(1) of procps-ng 4.0.2. Recording: query/ps. */
import { Errno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { type Io, program } from '../../program'
import { field, ids, type ProcessReading, ppidOf, readLink, readNames, readProcess, readProcesses, readText, readThreads, stateOf, ttyName } from '../processes'
import { COLUMNS } from './columns'
import { helpText } from './help'
import { type Choice, type FormatItem, parsePs, type PsOptions, PsUsage } from './options'
import { type Cell, line } from './table'
import { type Machine, NEEDS, SHOW, type Subject } from './values'

const known = (code: string): boolean => COLUMNS.has(code)

/** UNIX reading first; when that fails or two formats conflict, the words are read as BSD options (parser.c). */
function parse(args: readonly string[]): PsOptions {
  try {
    return parsePs(args, known, 'unix')
  } catch (first) {
    // Only words that begin with a dash can be read the other way.
    if (!(first instanceof PsUsage) || !args[0]?.startsWith('-')) throw first
    try {
      return parsePs(args, known, 'bsd')
    } catch (second) {
      throw second instanceof PsUsage ? first : second
    }
  }
}

const words = (text: string): FormatItem[] => text.split(' ').map((word) => ({ code: word.split('=')[0] ?? '', ...(word.includes('=') ? { header: word.split('=')[1] } : {}) }))

/** The columns that a style (`-f`, `u`) stands for. */
function styleItems(o: PsOptions): FormatItem[] {
  const lwp = o.threads === 'lwp' ? ' lwp' : ''
  const spid = o.threads === 'spid' ? ' spid' : ''
  const end = o.bsd ? 'tname stat bsdtime' : 'tname time'
  switch (o.style[0]) {
    case '-f':
      return words(`uid_hack=UID pid${spid} ppid${lwp} c${lwp && ' nlwp'} stime ${end} cmd`)
    case '-F':
      return words(`uid_hack=UID pid${spid} ppid${lwp} c${lwp && ' nlwp'} sz rss psr stime ${end} cmd`)
    case '-j':
      return words(`pid${spid} pgid sid${lwp} ${end} ucmd`)
    case '-l':
      return o.y ? words(`s uid pid${spid} ppid${lwp} c opri=PRI ni rss sz wchan ${end} ucmd`) : words(`f s uid pid${spid} ppid${lwp} c opri=PRI ni addr sz wchan ${end} ucmd`)
    case 'u':
      return words(`user pid${spid}${lwp} %cpu %mem vsz rss tname stat start_time=START bsdtime args`)
    case 'l':
      return words(`f uid pid${spid} ppid${lwp} opri=PRI ni vsz rss wchan stat tname bsdtime args`)
    case 'j':
      return words(`ppid pid pgid sid${lwp} tname tpgid stat uid bsdtime args`)
    case 'v':
      return words(`pid${spid}${lwp} tname stat bsdtime maj_flt trs drs rss %mem args`)
    default:
      return o.bsd ? words(`pid${spid}${lwp} tname stat bsdtime args`) : words(`pid${spid}${lwp} tname time ucmd`)
  }
}

function cellOf(item: FormatItem, m: Machine): Cell {
  const column = item.code === 'addr' ? { header: 'ADDR', width: 1, align: 'left' as const } : COLUMNS.get(item.code)
  if (!column) return { header: item.code, width: 1, align: 'left' }
  const header = item.header ?? column.header
  const width = item.width ?? (column.width === 'pid' ? m.pidWidth : column.width)
  return { header, width: item.width ?? (item.header === undefined ? width : Math.max(width, header.length)), align: column.align }
}

const idOf = (names: ReadonlyMap<number, string>, word: string): number => {
  for (const [id, name] of names) if (name === word) return id
  return /^\d+$/.test(word) ? Number(word) : -1
}

function matches(p: ProcessReading, choice: Choice, m: Machine): boolean {
  const has = (n: number): boolean => choice.values.some((v) => Number(v) === n)
  switch (choice.by) {
    case 'pid':
      return has(p.pid)
    case 'ppid':
      return has(ppidOf(p))
    case 'sid':
      return has(field(p, 6))
    case 'comm':
      return choice.values.some((v) => v.slice(0, 15) === p.comm)
    case 'tty':
      return choice.values.some((v) => v.replace(/^\/dev\//, '') === ttyName(field(p, 7)) || `tty${v}` === ttyName(field(p, 7)) || `pts/${v}` === ttyName(field(p, 7)))
    case 'euid':
      return choice.values.some((v) => idOf(m.users, v) === ids(p, 'Uid')[1])
    case 'ruid':
      return choice.values.some((v) => idOf(m.users, v) === ids(p, 'Uid')[0])
    case 'egid':
      return choice.values.some((v) => idOf(m.groups, v) === ids(p, 'Gid')[1])
    case 'rgid':
      return choice.values.some((v) => idOf(m.groups, v) === ids(p, 'Gid')[0])
  }
}

/** Which processes ps shows (select.c): without a selection, those of the caller on the caller's terminal. */
function selects(p: ProcessReading, o: PsOptions, m: Machine, self: ProcessReading | undefined): boolean {
  const tty = field(p, 7)
  const leader = field(p, 6) === p.pid
  const mine = (): boolean => ids(p, 'Uid')[1] === (self ? ids(self, 'Uid')[1] : 0)
  const here = tty === (self ? field(self, 7) : 0)
  const simple = o.all !== 'none' || o.bsdAll || o.bsdOwn || o.thisTty
  let yes = false
  if (o.all === 'every' || (o.bsdAll && o.bsdOwn)) yes = true
  else if (o.all === 'tty-no-leaders') yes = tty !== 0 && !leader
  else if (o.all === 'no-leaders') yes = !leader
  if (o.bsdAll && tty !== 0) yes = true
  if (o.bsdOwn && mine()) yes = true
  if (o.thisTty && here) yes = true
  if (o.choices.some((c) => matches(p, c, m))) yes = true
  if (!simple && o.choices.length === 0) yes = here && mine()
  if (o.running && stateOf(p) !== 'R' && stateOf(p) !== 'D') yes = false
  return yes !== o.negate
}

/** Processes in tree order with what is drawn before each. Children of process 1 start trees of their own. */
function forest(all: readonly ProcessReading[], kind: 'art' | 'indent'): { p: ProcessReading; prefix: string }[] {
  const sorted = [...all].sort((a, b) => field(a, 22) - field(b, 22) || a.pid - b.pid)
  const present = new Set(all.map((p) => p.pid))
  const out: { p: ProcessReading; prefix: string }[] = []
  const visit = (p: ProcessReading, prefix: string, below: string): void => {
    out.push({ p, prefix })
    const children = sorted.filter((c) => ppidOf(c) === p.pid && c !== p)
    children.forEach((c, i) => {
      const last = i === children.length - 1
      if (p.pid === 1) visit(c, '', '')
      else if (kind === 'indent') visit(c, `${below}  `, `${below}  `)
      else visit(c, `${below} \\_ `, below + (last ? '    ' : ' |  '))
    })
  }
  for (const p of sorted) if (!present.has(ppidOf(p))) visit(p, '', '')
  return out
}

/** Figures of memory are read only for a column that shows a share of it. */
function* machine(io: Io, codes: readonly FormatItem[]): Run<Machine> {
  const uptime = Number(((yield* readText(io.sys, '/proc/uptime')) ?? '0').split(' ')[0])
  const stat = (yield* readText(io.sys, '/proc/stat')) ?? ''
  const meminfo = codes.some(({ code }) => OF_MEMORY.has(code)) ? ((yield* readText(io.sys, '/proc/meminfo')) ?? '') : ''
  const pidMax = Number((yield* readText(io.sys, '/proc/sys/kernel/pid_max')) ?? '4194304')
  const now = io.sys.now().sec
  return {
    uptime, now, bootTime: Number(/^btime (\d+)/m.exec(stat)?.[1] ?? now - Math.floor(uptime)), memTotalKb: Number(/MemTotal:\s+(\d+)/.exec(meminfo)?.[1] ?? 1),
    pidWidth: Math.max(5, String(pidMax - 1).length), users: yield* readNames(io.sys, '/etc/passwd'), groups: yield* readNames(io.sys, '/etc/group'),
  }
}

const OF_MEMORY = new Set(['%mem', 'pmem'])

const NOTHING: ReadonlyMap<string, string> = new Map()

function* subject(io: Io, p: ProcessReading, items: readonly FormatItem[], look: { prefix: string; thread: boolean }): Run<Subject> {
  const { pid, tid, comm, stat, status, argv } = p
  const own = { pid, tid, comm, stat, status, argv, prefix: look.prefix, isThreadLine: look.thread }
  if (!items.some(({ code }) => NEEDS.has(code))) return { ...own, files: NOTHING, links: NOTHING }
  const files = new Map<string, string>()
  const links = new Map<string, string>()
  const dir = look.thread ? `/proc/${p.pid}/task/${p.tid}` : `/proc/${p.pid}`
  for (const { code } of items) {
    const need = NEEDS.get(code)
    if (need?.file) files.set(need.file, (yield* readText(io.sys, `${dir}/${need.file}`)) ?? '')
    if (need?.link) links.set(need.link, readLink(io.sys, `${dir}/${need.link}`) ?? '-')
  }
  return { ...own, files, links }
}

/** Names too long for their column: cut, with a `+` (procps 4). */
const NAMED = new Set(['user', 'uname', 'euser', 'ruser', 'suser', 'fuser', 'uid_hack', 'group', 'egroup', 'rgroup'])
const CUT = new Set(['wchan', 'wname', 'comm', 'ucmd', 'ucomm'])

function text(item: FormatItem, cell: Cell, p: Subject, m: Machine, last: boolean): string {
  const value = String(SHOW.get(item.code)?.(p, m) ?? '')
  if (NAMED.has(item.code) && value.length > cell.width) return `${value.slice(0, cell.width - 1)}+`
  if ((CUT.has(item.code) || cell.align === 'unlimited') && !last) return value.slice(0, cell.width)
  return item.code.startsWith('w') ? value.slice(0, cell.width) : value
}

function screenWidth(io: Io, o: PsOptions): number {
  if (o.wide > 1) return Number.POSITIVE_INFINITY
  const wider = (n: number): number => (o.wide === 1 ? Math.max(132, n) : n)
  if (o.width) return wider(o.width)
  const columns = Number(io.env('COLUMNS') ?? '0')
  if (columns > 0) return wider(columns)
  if (!io.sys.isatty(1)) return Number.POSITIVE_INFINITY
  try {
    return wider(io.sys.getWindowSize(1).cols || 80)
  } catch (error) {
    if (error instanceof Errno) return wider(80)
    throw error
  }
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0
}

export default program({
  paths: ['/usr/bin/ps'],
  summary: 'report a snapshot of the current processes',
  *run(io) {
    let o: PsOptions
    try {
      o = parse(io.args)
    } catch (error) {
      if (!(error instanceof PsUsage)) throw error
      io.err(`error: ${error.message}\n${helpText('')}`)
      return 1
    }
    if (o.show === 'version') {
      io.out('ps from procps-ng 4.0.2\n')
      return 0
    }
    if (o.show === 'formats') {
      io.out(FORMATS())
      return 0
    }
    if (o.show !== 'processes') {
      io.out(helpText(o.show.help))
      return 0
    }
    const base = o.items.length > 0 ? o.items : styleItems(o)
    const items = o.label && !base.some((i) => i.code === 'label') ? [{ code: 'label', width: 31 }, ...base] : base
    if (items.some((i) => !SHOW.has(i.code))) {
      io.err('ps: not simulated in this lab\n')
      return 125
    }
    const m = yield* machine(io, [...items, ...o.sort])
    const cells = items.map((item) => cellOf(item, m))
    const screen = screenWidth(io, o)
    const all = yield* readProcesses(io.sys)
    const self = yield* readProcess(io.sys, io.sys.pid)
    const chosen = all.filter((p) => selects(p, o, m, self))
    for (const key of [...o.sort].reverse()) {
      const keyed: { p: ProcessReading; value: string | number }[] = []
      for (const p of chosen) keyed.push({ p, value: SHOW.get(key.code)?.(yield* subject(io, p, [{ code: key.code }], { prefix: '', thread: false }), m) ?? '' })
      keyed.sort((a, b) => (key.down ? compare(b.value, a.value) : compare(a.value, b.value)))
      chosen.splice(0, chosen.length, ...keyed.map((k) => k.p))
    }
    const rows = o.forest === 'none' ? chosen.map((p) => ({ p, prefix: '' })) : forest(chosen, o.forest)
    if (!o.noHeader && cells.some((c) => c.header !== '')) io.out(`${line(cells, cells.map((c) => c.header), screen, 'header')}\n`)
    for (const { p, prefix } of rows) {
      const lines: ProcessReading[] = o.threads === 'lwp' || o.threads === 'spid' ? yield* readThreads(io.sys, p.pid) : [p]
      for (const one of lines) {
        const shown = yield* subject(io, one, items, { prefix, thread: lines[0] !== p })
        io.out(`${line(cells, items.map((item, i) => text(item, cells[i] ?? { header: '', width: 1, align: 'left' }, shown, m, i === items.length - 1)), screen)}\n`)
      }
      if (o.threads === 'after')
        for (const thread of yield* readThreads(io.sys, p.pid)) {
          const shown = yield* subject(io, thread, items, { prefix: '', thread: true })
          const values = items.map((item, i) => (OF_PROCESS.has(item.code) ? '-' : text(item, cells[i] ?? { header: '', width: 1, align: 'left' }, shown, m, i === items.length - 1)))
          io.out(`${line(cells, values, screen)}\n`)
        }
      if (io.sys.spend(40)) yield 'preempted'
      yield* io.drain()
    }
    return rows.length > 0 ? 0 : 1
  },
})

/** Columns that say nothing of one thread: `-` on its line under `m`. */
const OF_PROCESS = new Set(['pid', 'ppid', 'pgid', 'sid', 'tname', 'tty', 'tt', 'cmd', 'args', 'command', 'comm', 'ucmd', 'vsz', 'rss', 'sz', '%mem', 'pmem', 'nlwp'])

const FORMATS = (): string => [...COLUMNS.values()].map((c) => `${c.code.slice(0, 12).padEnd(12)} ${c.header.slice(0, 8).padEnd(8)}\n`).join('')
