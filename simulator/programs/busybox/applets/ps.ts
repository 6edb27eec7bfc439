/** busybox ps (procps/ps.c) as Debian builds it: PID, USER, COMMAND, or the columns of -o. Recording: query/ctr-tasks. */
import type { Run } from '../../../kernel/run'
import { type ProcessReading, field, ids, readNames, readProcesses, readThreads, stateOf } from '../../procps/processes'
import type { Io } from '../../program'
import { applet } from '../applet'

interface Names {
  readonly users: ReadonlyMap<number, string>
  readonly groups: ReadonlyMap<number, string>
}

interface Column {
  readonly name: string
  readonly header: string
  readonly width: number
  readonly right?: 'right'
  show(p: ProcessReading, names: Names): string
}

const uidOf = (p: ProcessReading): number => ids(p, 'Uid')[1] ?? 0
const named = (map: ReadonlyMap<number, string>, id: number | undefined): string => map.get(id ?? 0) ?? String(id ?? 0)
/** read_cmdline of libbb/procps.c: a process whose command line does not begin with its name shows both. */
function command(p: ProcessReading): string {
  const [zero] = p.argv
  if (zero === undefined) return `[${p.comm}]`
  const line = p.argv.join(' ').replace(/[\0-\x1f]/g, ' ')
  return zero.slice(zero.lastIndexOf('/') + 1).replace(/^-/, '').startsWith(p.comm) ? line : `{${p.comm}} ${line}`
}
const kilobytes = (n: number): string => (n < 100_000 ? String(n) : `${Math.trunc(n / 1024)}m`)
const minutes = (ticks: number): string => {
  const seconds = Math.trunc(ticks / 100)
  return `${String(Math.trunc(seconds / 60)).padStart(3)}:${String(seconds % 60).padStart(2, '0')}`
}

const COLUMNS: readonly Column[] = [
  { name: 'user', header: 'USER', width: 8, show: (p, n) => named(n.users, uidOf(p)).slice(0, 8) },
  { name: 'group', header: 'GROUP', width: 8, show: (p, n) => named(n.groups, ids(p, 'Gid')[1]).slice(0, 8) },
  { name: 'comm', header: 'COMMAND', width: 16, show: (p) => p.comm },
  { name: 'args', header: 'COMMAND', width: 256, show: command },
  { name: 'pid', header: 'PID', width: 5, right: 'right', show: (p) => String(p.tid) },
  { name: 'ppid', header: 'PPID', width: 5, right: 'right', show: (p) => p.stat[4] ?? '' },
  { name: 'pgid', header: 'PGID', width: 5, right: 'right', show: (p) => p.stat[5] ?? '' },
  { name: 'tty', header: 'TT', width: 6, show: (p) => (field(p, 7) === 0 ? '?' : `${(field(p, 7) >> 8) & 0xfff},${field(p, 7) & 0xff}`) },
  { name: 'vsz', header: 'VSZ', width: 4, right: 'right', show: (p) => kilobytes(Math.trunc(field(p, 23) / 1024)) },
  { name: 'sid', header: 'SID', width: 5, right: 'right', show: (p) => p.stat[6] ?? '' },
  { name: 'stat', header: 'STAT', width: 4, show: (p) => `${stateOf(p)}${p.argv.length === 0 && field(p, 23) === 0 ? 'W' : ' '}${field(p, 19) < 0 ? '<' : field(p, 19) > 0 ? 'N' : ' '}`.trimEnd() },
  { name: 'rss', header: 'RSS', width: 4, right: 'right', show: (p) => kilobytes(field(p, 24) * 4) },
  { name: 'time', header: 'TIME', width: 6, show: (p) => minutes(field(p, 14) + field(p, 15)).trimStart().padStart(5) },
  { name: 'nice', header: 'NI', width: 5, right: 'right', show: (p) => p.stat[19] ?? '' },
  { name: 'ruser', header: 'RUSER', width: 8, show: (p, n) => named(n.users, ids(p, 'Uid')[0]).slice(0, 8) },
  { name: 'rgroup', header: 'RGROUP', width: 8, show: (p, n) => named(n.groups, ids(p, 'Gid')[0]).slice(0, 8) },
]

function chosen(lists: readonly string[]): Column[] | string {
  const columns: Column[] = []
  for (const list of lists) {
    for (const word of list.split(',')) {
      const [name = '', header] = word.split('=', 2)
      const column = COLUMNS.find((c) => c.name === name)
      if (!column) return `bad -o argument '${name}', supported arguments: ${COLUMNS.map((c) => c.name).join(',')}`
      columns.push(header === undefined ? column : { ...column, header, width: Math.max(header.length, column.width) })
    }
  }
  return columns
}

function* gather(io: Io, threads: 'threads' | 'processes'): Run<ProcessReading[]> {
  const all = yield* readProcesses(io.sys)
  if (threads === 'processes') return all
  const each: ProcessReading[] = []
  for (const p of all) each.push(...(yield* readThreads(io.sys, p.pid)))
  return each
}

export default applet('o:T', function* (io, given) {
  const columns = chosen(given.has('o') ? given.values('o') : ['pid,user,args'])
  if (typeof columns === 'string') {
    io.err(`ps: ${columns}\n`)
    return 1
  }
  const names = { users: yield* readNames(io.sys, '/etc/passwd'), groups: yield* readNames(io.sys, '/etc/group') }
  const width = io.sys.isatty(1) ? io.sys.getWindowSize(1).cols || 80 : 0x7fff
  const line = (cell: (c: Column) => string, heads: 'heads' | 'cells'): string =>
    columns.map((c, i) => {
      const text = cell(c)
      // Headers stand at the left; the last column is not filled up.
      if (i === columns.length - 1) return c.right && heads === 'cells' ? text.padStart(c.width) : text
      return c.right && heads === 'cells' ? text.padStart(c.width) : text.padEnd(c.width)
    }).join(' ').slice(0, width)
  if (columns.some((c) => c.header !== '')) io.out(`${line((c) => c.header, 'heads')}\n`)
  for (const p of yield* gather(io, given.has('T') ? 'threads' : 'processes')) io.out(`${line((c) => c.show(p, names), 'cells')}\n`)
  return 0
})
