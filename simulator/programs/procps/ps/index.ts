/** ps(1) of procps-ng 4.0.2. Recording: query/ps. */
import { closeout } from '../../closeout'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { type Io, program } from '../../program'
import { numericNames, readText } from '../processes'
import { COLUMNS } from './columns'
import { type Field, formatFields, type Layout, layoutOf } from './formats'
import { helpText } from './help'
import { parsePs, type PsOptions, PsUsage, readKnown } from './options'
import { forest, sortAll } from './order'
import { quickConflict, selector, type Self } from './select'
import { line, type Screen, screenFor, UNLIMITED } from './table'
import { field, filesFor, type Machine, readSubject, SHOW, type Subject } from './values'

/** What the columns are computed from; the memory's size is read for its share alone. */
function* machine(io: Io, o: PsOptions, columns: readonly string[], known: Pick<Machine, 'users' | 'groups'>): Run<Machine> {
  const uptime = Number(((yield* readText(io.sys, '/proc/uptime')) ?? '0').split(' ')[0])
  const stat = (yield* readText(io.sys, '/proc/stat')) ?? ''
  const meminfo = columns.includes('pmem') ? ((yield* readText(io.sys, '/proc/meminfo')) ?? '') : ''
  const now = io.sys.now().sec
  const { names, times, environment, commands, long } = o
  return {
    uptime, now, bootTime: Number(/^btime (\d+)/m.exec(stat)?.[1] ?? now - Math.floor(uptime)), memTotalKb: Number(/MemTotal:\s+(\d+)/.exec(meminfo)?.[1] ?? 1),
    users: known.users, groups: known.groups, names, times, environment, commands, long,
  }
}

/** The terminal's size, or what COLUMNS and LINES say; unlimited when the output is no terminal. */
function screenSize(io: Io): { columns: number; rows: number } {
  let size = { columns: 80, rows: 24 }
  for (const fd of [1, 2, 0])
    try {
      const { cols, rows } = io.sys.getWindowSize(fd)
      if (cols > 0 && rows > 0) {
        size = { columns: cols, rows }
        break
      }
    } catch (error) {
      if (!isErrno(error)) throw error
    }
  if (!io.sys.isatty(1)) size.columns = UNLIMITED
  const given = (name: string, otherwise: number): number => {
    const n = Number(io.env(name) || 'none')
    return Number.isInteger(n) && n > 0 && n < UNLIMITED ? n : otherwise
  }
  const own = { columns: given('COLUMNS', size.columns), rows: given('LINES', size.rows) }
  if (own.columns < 9 || own.rows < 2) io.err(`your ${own.columns}x${own.rows} screen size is bogus. expect trouble\n`)
  return own
}

/** PS_FORMAT, where it can be read. */
function usablePreset(io: Io, pidWidth: number): string | undefined {
  const preset = io.env('PS_FORMAT')
  if (!preset) return undefined
  try {
    formatFields(preset, pidWidth)
    return preset
  } catch (error) {
    if (!(error instanceof PsUsage)) throw error
    io.err(`warning: $PS_FORMAT ignored. (${error.message})\n`)
    return undefined
  }
}

function columnsOf(o: PsOptions, own: number): number {
  const columns = o.columns ?? own
  if (o.wide > 1) return UNLIMITED
  return o.wide === 1 ? Math.max(132, columns) : columns
}

/** Its libraries take ps longer to come up than what follows it in a pipeline: that waits for input when ps looks. */
const COMING_UP = 1_500

/** All processes, or all their threads. */
function* readAll(io: Io, o: PsOptions, files: ReadonlySet<string>, threads: 'processes' | 'threads'): Run<Subject[]> {
  const all: Subject[] = []
  const quick = o.selections.find((s) => s.by === 'quick')
  for (const pid of quick ? quick.values.map(Number) : numericNames(io.sys, '/proc')) {
    const dir = `/proc/${pid}`
    for (const tid of threads === 'threads' ? numericNames(io.sys, `${dir}/task`) : [pid]) {
      const one = yield* readSubject(io.sys, threads === 'threads' ? `${dir}/task/${tid}` : dir, pid, tid, files)
      if (one) all.push(one)
    }
    if (io.sys.spend(20)) yield 'preempted'
  }
  return all
}

class Printer {
  private readonly io: Io
  private readonly m: Machine
  private readonly layout: Layout
  private readonly screen: Screen
  private readonly gap: number
  private untilHeader: number
  lines = 0
  constructor(io: Io, o: PsOptions, m: Machine, layout: Layout, size: { columns: number; rows: number }) {
    this.io = io
    this.m = m
    this.layout = layout
    this.screen = screenFor(layout.fields, columnsOf(o, size.columns))
    const blank = layout.fields.every((f) => f.column === null || f.header === '')
    this.untilHeader = o.heading === 'none' || (o.heading === 'once' && blank) ? 0 : 1
    this.gap = o.heading === 'pages' ? (o.rows ?? size.rows) - 1 : 0
  }
  header(): void {
    if (this.untilHeader === 0 || --this.untilHeader > 0) return
    this.untilHeader = this.gap
    this.io.out(`${line(this.layout.fields, this.screen, this.m.names, (f) => f.header)}\n`)
  }
  /** A line for a process, a thread, or (under m) for either half of both. */
  show(p: Subject, half: 'whole' | 'process' | 'thread'): void {
    this.header()
    this.lines++
    const value = (f: Field, room: number): string => {
      if (!f.column) return f.header
      const silent = half !== 'whole' && f.column.lines !== 'both' && f.column.lines !== half
      return String((silent ? '-' : SHOW[f.column.show]?.(p, this.m, room)) ?? '-')
    }
    this.io.out(`${line(this.layout.fields, this.screen, this.m.names, value)}\n`)
  }
}

/** Processes, each with its threads behind it. */
function* showBoth(io: Io, all: readonly Subject[], wanted: (p: Subject) => boolean, printer: Printer): Run {
  const sorted = [...all].sort((a, b) => a.pid - b.pid || field(a, 22) - field(b, 22))
  for (let i = 0; i < sorted.length; ) {
    const first = sorted[i]
    if (!first) break
    let end = i
    while (sorted[end]?.pid === first.pid) end++
    if (wanted(first)) {
      printer.show(first, 'process')
      for (const thread of sorted.slice(i, end)) printer.show(thread, 'thread')
    }
    i = end
    yield* io.drain()
  }
}

export default program({
  unwritten: closeout(),
  paths: ['/usr/bin/ps'],
  // Recorded: `ps u` shows its own size.
  memory: { vmPeak: 8496, vmSize: 8496, vmHWM: 4608, vmRSS: 4608, rssAnon: 772, rssFile: 3836, vmData: 896, vmExe: 68, vmLib: 3300, vmPTE: 60 },
  summary: 'report a snapshot of the current processes',
  *run(io) {
    const self = yield* readSubject(io.sys, `/proc/${io.sys.pid}`, io.sys.pid, io.sys.pid, new Set())
    const own: Self = { uid: self?.uid ?? 0, tty: self ? field(self, 7) : 0 }
    if (io.env('PS_PERSONALITY') || io.env('CMD_ENV')) {
      io.err('ps: not simulated in this lab\n')
      return 125
    }
    const pidMax = Number((yield* readText(io.sys, '/proc/sys/kernel/pid_max')) ?? '32768')
    const known = yield* readKnown(io.sys, own.tty)
    const preset = usablePreset(io, String(pidMax - 1).length)
    let parsed: ReturnType<typeof parsePs<{ o: PsOptions; layout: Layout; wants: ReturnType<typeof selector> }>>
    try {
      parsed = parsePs(io.args, known, (o) => ({ o, layout: layoutOf(o, String(pidMax - 1).length, preset), wants: selector(o) }))
    } catch (error) {
      if (!(error instanceof PsUsage)) throw error
      io.err(`error: ${error.message}\n${helpText('')}`)
      return 1
    }
    if ('print' in parsed) {
      if (parsed.print === 'version') io.out('ps from procps-ng 4.0.2\n')
      else if (parsed.print === 'formats') for (const c of COLUMNS.values()) io.out(c.show === '-' ? '' : `${c.code.slice(0, 12).padEnd(12)} ${c.header.slice(0, 8).padEnd(8)}\n`)
      else io.out(helpText(parsed.print.help))
      return 0
    }
    const { o, layout, wants } = parsed
    const conflict = quickConflict(o, layout.keys.length > 0)
    if (conflict !== undefined) {
      io.err(`${conflict}\n`)
      return 1
    }
    const names = [...layout.fields.map((f) => f.column?.show ?? '-'), ...layout.keys.map((k) => k.order), ...o.selections.map((s) => `${s.by === 'ruid' || s.by === 'rgid' ? s.by : '-'}`)]
    const m = yield* machine(io, o, names, known)
    const files = filesFor(names, o.environment)
    const both = o.threads.has('m') || o.threads.has('-m')
    const sorted = layout.keys.length > 0 || o.forest !== 'none'
    const loose = o.threads.has('H')
    // Sorted output has a line for each process, but with H.
    const threads = loose || (!sorted && o.threads.size > 0) ? 'threads' : 'processes'
    if (io.sys.spend(COMING_UP)) yield 'preempted'
    const all = yield* readAll(io, o, files, threads)
    const printer = new Printer(io, o, m, layout, screenSize(io))
    const wanted = (p: Subject): boolean => wants(p, own)
    if (both && !sorted) yield* showBoth(io, all, wanted, printer)
    else {
      let rows = all.filter(wanted)
      if (o.forest !== 'none') rows = forest(rows, layout.keys, o.forest, m)
      else sortAll(rows, layout.keys, m)
      for (const p of rows) {
        printer.show(p, both ? 'process' : 'whole')
        yield* io.drain()
      }
    }
    if (printer.lines > 0) return 0
    printer.header()
    return 1
  },
})
