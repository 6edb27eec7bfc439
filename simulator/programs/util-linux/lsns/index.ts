/** lsns(8) of util-linux 2.38.1, list form: namespaces as the processes of /proc show them. Trees and raw output are not simulated. Recording: query/namespaces. */
import type { Run } from '../../../kernel/run'
import { type Io, program } from '../../program'
import { ids, ppidOf, type ProcessReading, readLink, readNames, readProcesses, readText } from '../../procps/processes'

const TYPES = ['mnt', 'net', 'ipc', 'user', 'pid', 'uts', 'cgroup', 'time']

interface Row {
  readonly ns: number
  readonly type: string
  readonly holders: readonly ProcessReading[]
  readonly first: ProcessReading
}

interface Column {
  readonly left?: 'left'
  show(row: Row, look: Look): string | number | null
}

interface Look {
  readonly users: ReadonlyMap<number, string>
  readonly nsfs: ReadonlyMap<number, string>
  netnsid(row: Row): string
}

const command = (p: ProcessReading): string => (p.argv.length > 0 ? p.argv.join(' ') : p.comm)

const COLUMNS: Readonly<Record<string, Column>> = {
  NS: { show: (r) => r.ns },
  TYPE: { left: 'left', show: (r) => r.type },
  PATH: { left: 'left', show: (r) => `/proc/${r.first.pid}/ns/${r.type}` },
  NPROCS: { show: (r) => r.holders.length },
  PID: { show: (r) => r.first.pid },
  PPID: { show: (r) => ppidOf(r.first) },
  COMMAND: { left: 'left', show: (r) => command(r.first) },
  UID: { show: (r) => ids(r.first, 'Uid')[0] ?? 0 },
  USER: { left: 'left', show: (r, look) => look.users.get(ids(r.first, 'Uid')[0] ?? 0) ?? String(ids(r.first, 'Uid')[0]) },
  NETNSID: { show: (r, look) => (r.type === 'net' ? look.netnsid(r) : '') },
  NSFS: { left: 'left', show: (r, look) => look.nsfs.get(r.ns) ?? null },
}

function* readNsfs(io: Io): Run<Map<number, string>> {
  const found = new Map<number, string>()
  for (const line of ((yield* readText(io.sys, '/proc/self/mountinfo')) ?? '').split('\n')) {
    const [, , , root = '', target = ''] = line.split(' ')
    const ino = /\[(\d+)\]/.exec(root)?.[1]
    if (line.includes(' - nsfs ') && ino && !found.has(Number(ino))) found.set(Number(ino), target)
  }
  return found
}

const table = (names: readonly string[], rows: readonly (readonly string[])[], look: 'headings' | 'plain'): string => {
  const all = look === 'headings' ? [names, ...rows] : rows
  const widths = names.map((_, i) => Math.max(0, ...all.map((r) => (r[i] ?? '').length)))
  return all.map((r) => r.map((v, i) => {
    if (COLUMNS[names[i] ?? '']?.left !== 'left') return v.padStart(widths[i] ?? 0)
    return i === names.length - 1 ? v : v.padEnd(widths[i] ?? 0)
  }).join(' ')).map((l) => `${l}\n`).join('')
}

export default program({
  paths: ['/usr/bin/lsns'],
  summary: 'list namespaces',
  *run(io) {
    const types: string[] = []
    let columns: string[] | undefined
    let headings: 'headings' | 'plain' = 'headings'
    let form: 'list' | 'json' = 'list'
    let task: number | undefined
    let only: number | undefined
    const args = io.args.flatMap((a) => (/^-[Jlnu WV]{2,}$/.test(a) ? [...a.slice(1)].map((c) => `-${c}`) : /^--\w+=/.test(a) ? [a.slice(0, a.indexOf('=')), a.slice(a.indexOf('=') + 1)] : [a]))
    for (let arg = args.shift(); arg !== undefined; arg = args.shift()) {
      if (arg === '-J' || arg === '--json') form = 'json'
      else if (arg === '-n' || arg === '--noheadings') headings = 'plain'
      else if (['-l', '--list', '-u', '--notruncate', '-W', '--nowrap'].includes(arg)) continue
      else if (arg === '-V' || arg === '--version') {
        io.out('lsns from util-linux 2.38.1\n')
        return 0
      } else if (arg === '-t' || arg === '--type') {
        const type = args.shift() ?? ''
        if (!TYPES.includes(type)) {
          io.err(`lsns: unknown namespace type: ${type}\n`)
          return 1
        }
        types.push(type)
      } else if (arg === '-p' || arg === '--task') task = Number(args.shift())
      else if (arg === '-o' || arg === '--output') {
        columns = (args.shift() ?? '').toUpperCase().split(',')
        const unknown = columns.find((c) => !COLUMNS[c])
        if (unknown !== undefined) {
          io.err(unknown === 'PNS' || unknown === 'ONS' ? 'lsns: not simulated in this lab\n' : `lsns: unknown column: ${unknown}\n`)
          return unknown === 'PNS' || unknown === 'ONS' ? 125 : 1
        }
      } else if (/^\d+$/.test(arg)) only = Number(arg)
      else {
        io.err('lsns: not simulated in this lab\n')
        return 125
      }
    }
    const rows = new Map<number, { ns: number; type: string; holders: ProcessReading[] }>()
    const held = new Set<number>()
    for (const p of yield* readProcesses(io.sys)) {
      for (const type of TYPES) {
        const ns = Number(/\[(\d+)\]/.exec(readLink(io.sys, `/proc/${p.pid}/ns/${type}`) ?? '')?.[1] ?? 0)
        if (ns === 0) continue
        if (p.pid === task) held.add(ns)
        const row = rows.get(ns) ?? { ns, type, holders: [] }
        row.holders.push(p)
        rows.set(ns, row)
      }
      if (io.sys.spend(30)) yield 'preempted'
    }
    const users = yield* readNames(io.sys, '/etc/passwd')
    const nsfs = yield* readNsfs(io)
    const own = readLink(io.sys, '/proc/self/ns/net')
    const look: Look = {
      users, nsfs,
      netnsid: (row) => {
        const id = own === `net:[${row.ns}]` ? undefined : io.sys.net.netnsId({ pid: row.first.pid })
        return id === undefined ? 'unassigned' : String(id)
      },
    }
    if (only !== undefined) {
      const row = rows.get(only)
      if (!row) {
        io.err(`lsns: not found namespace: ${only}\n`)
        return 1
      }
      const names = ['PID', 'PPID', 'USER', 'COMMAND']
      io.out(table(names, row.holders.map((p) => names.map((n) => String(COLUMNS[n]?.show({ ...row, first: p }, look)))), headings))
      return 0
    }
    const names = columns ?? ['NS', 'TYPE', 'NPROCS', 'PID', 'USER', ...(types.length === 1 && types[0] === 'net' ? ['NETNSID', 'NSFS'] : []), 'COMMAND']
    const shown = [...rows.values()].sort((a, b) => a.ns - b.ns).filter((r) => (types.length === 0 || types.includes(r.type)) && (task === undefined || held.has(r.ns)))
    const values = shown.flatMap((r) => {
      const first = r.holders[0]
      return first ? [names.map((n) => COLUMNS[n]?.show({ ...r, first }, look) ?? null)] : []
    })
    if (form === 'json') {
      const objects = values.map((v) => `{\n${v.map((x, i) => `         "${names[i]?.toLowerCase()}": ${JSON.stringify(x)}`).join(',\n')}\n      }`)
      io.out(`{\n   "namespaces": [\n      ${objects.join(',')}\n   ]\n}\n`)
    } else if (values.length > 0) io.out(table(names, values.map((v) => v.map((x) => String(x ?? ''))), headings))
    return 0
  },
})
