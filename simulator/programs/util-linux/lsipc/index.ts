/** lsipc(1) of util-linux 2.38.1: System V IPC of the reader's namespace, its limits and how much of them is used. Details of one (-i) are not simulated. */
import type { IpcPermissions } from '../../../kernel/namespaces/ipc'
import type { Timespec } from '../../../kernel/time'
import { type Accounts, accounts } from '../../coreutils/accounts'
import { modeString } from '../../coreutils/modes'
import { command } from '../command'
import type { Options } from '../../options'
import type { Io } from '../../program'
import { readText } from '../../procps/processes'
import type { Run } from '../../../kernel/run'
import { excluded } from '../exclusive'
import { humanSize } from '../mounts'
import { chosenColumns, printTable, type SmartColumn, type SmartLine, symbolsFor } from '../smartcols'
import { HELP } from './help'

const right = (name: string): SmartColumn => ({ name, hint: 1, right: 'right' })
const left = (name: string): SmartColumn => ({ name, hint: 1 })
const COLUMNS: Readonly<Record<string, SmartColumn>> = Object.fromEntries(
  [left('KEY'), left('ID'), right('OWNER'), right('PERMS'), right('CUID'), right('CUSER'), right('CGID'), right('CGROUP'), right('UID'), right('USER'), right('GID'), right('GROUP'), right('CTIME'),
    right('SIZE'), right('NATTCH'), left('STATUS'), right('ATTACH'), right('DETACH'), left('COMMAND'), right('CPID'), right('LPID'), right('USEDBYTES'), right('MSGS'), right('SEND'), right('RECV'),
    right('LSPID'), right('LRPID'), right('NSEMS'), right('OTIME'), left('RESOURCE'), left('DESCRIPTION'), right('LIMIT'), right('USED'), right('USE%')].map((column) => [column.name, column]),
)

const FIRST: Readonly<Record<Kind, readonly string[]>> = {
  shmems: ['KEY', 'ID', 'PERMS', 'OWNER', 'SIZE', 'NATTCH', 'STATUS', 'CTIME', 'CPID', 'LPID', 'COMMAND'],
  queues: ['KEY', 'ID', 'PERMS', 'OWNER', 'USEDBYTES', 'MSGS', 'LSPID', 'LRPID'],
  semaphores: ['KEY', 'ID', 'PERMS', 'OWNER', 'NSEMS'],
  global: ['RESOURCE', 'DESCRIPTION', 'LIMIT', 'USED', 'USE%'],
}
type Kind = 'shmems' | 'queues' | 'semaphores' | 'global'
const CREATOR = ['CUID', 'CGID', 'UID', 'GID']
const TIMES: Readonly<Record<Kind, readonly string[]>> = { shmems: ['CTIME', 'ATTACH', 'DETACH'], queues: ['CTIME', 'SEND', 'RECV'], semaphores: ['CTIME', 'OTIME'], global: [] }

type Cells = Readonly<Record<string, string | undefined>>

class Lister {
  private readonly io: Io
  private readonly options: Options
  private readonly names: Accounts
  constructor(io: Io, options: Options, names: Accounts) {
    this.io = io
    this.options = options
    this.names = names
  }
  private size(bytes: number): string {
    return this.options.has('bytes') ? String(bytes) : humanSize(bytes)
  }
  /** Today only the hour, else the day (time-format short). */
  private time(at: Timespec | null): string {
    if (at === null || at.sec === 0) return ''
    const date = new Date(at.sec * 1000).toISOString()
    const form = this.options.value('time-format') ?? 'short'
    if (form === 'iso') return `${date.slice(0, 19)}+00:00`
    const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
    const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
    const month = months[Number(date.slice(5, 7)) - 1]
    if (form === 'full') return `${days[new Date(at.sec * 1000).getUTCDay()]} ${month} ${String(Number(date.slice(8, 10))).padStart(2)} ${date.slice(11, 19)} ${date.slice(0, 4)}`
    const now = new Date(this.io.sys.now().sec * 1000).toISOString()
    if (now.slice(0, 10) === date.slice(0, 10)) return date.slice(11, 16)
    return now.slice(0, 4) === date.slice(0, 4) ? `${month}${date.slice(8, 10)}` : `${date.slice(0, 4)}-${month}${date.slice(8, 10)}`
  }
  private common(p: IpcPermissions, changed: Timespec): Cells {
    const user = (id: number): string => this.names.user(id) ?? String(id)
    const group = (id: number): string => this.names.group(id) ?? String(id)
    return {
      KEY: `0x${(p.key >>> 0).toString(16).padStart(8, '0')}`, ID: String(p.id), OWNER: user(p.uid), PERMS: this.options.has('numeric-perms') ? (p.mode & 0o777).toString(8).padStart(4, '0') : modeString('file', p.mode & 0o777).slice(1),
      CUID: String(p.cuid), CUSER: user(p.cuid), CGID: String(p.cgid), CGROUP: group(p.cgid), UID: String(p.uid), USER: user(p.uid), GID: String(p.gid), GROUP: group(p.gid), CTIME: this.time(changed),
    }
  }
  *rows(kind: Kind): Run<Cells[]> {
    const { ipc } = this.io.sys
    if (kind === 'global') return this.limits()
    if (kind === 'queues') {
      return ipc.msg.all().map((q) => ({
        ...this.common(q, q.changeTime), USEDBYTES: this.size(q.usedBytes), MSGS: String(q.messages), SEND: this.time(q.sendTime), RECV: this.time(q.receiveTime), LSPID: String(q.sendPid), LRPID: String(q.receivePid),
      }))
    }
    if (kind === 'semaphores') return ipc.sem.all().map((s) => ({ ...this.common(s, s.changeTime), NSEMS: String(s.values.length), OTIME: this.time(s.operationTime) }))
    const rows: Cells[] = []
    for (const s of ipc.shm.all()) {
      const text = yield* readText(this.io.sys, `/proc/${s.creatorPid}/cmdline`)
      rows.push({
        ...this.common(s, s.changeTime), SIZE: this.size(s.bytes), NATTCH: String(s.attached), STATUS: s.status, ATTACH: this.time(s.attachTime), DETACH: this.time(s.detachTime), CPID: String(s.creatorPid), LPID: String(s.lastPid),
        COMMAND: (text ?? '').replace(/\0/g, ' ').trim(),
      })
    }
    return rows
  }
  private limits(): Cells[] {
    const { ipc } = this.io.sys
    const l = ipc.limits
    const used = (count: number, limit: number): Cells => ({ USED: String(count), 'USE%': `${((count / limit) * 100).toFixed(2)}%` })
    const none: Cells = { USED: '-', 'USE%': '-' }
    const big = (text: string): string => (this.options.has('bytes') ? text : humanSize(Number(text)))
    const all: readonly (readonly [Exclude<Kind, 'global'>, string, string, string, Cells])[] = [
      ['queues', 'MSGMNI', 'Number of message queues', String(l.msgmni), used(ipc.msg.all().length, l.msgmni)],
      ['queues', 'MSGMAX', 'Max size of message (bytes)', this.size(l.msgmax), none],
      ['queues', 'MSGMNB', 'Default max size of queue (bytes)', this.size(l.msgmnb), none],
      ['shmems', 'SHMMNI', 'Shared memory segments', String(l.shmmni), used(ipc.shm.all().length, l.shmmni)],
      ['shmems', 'SHMALL', 'Shared memory pages', String(l.shmall), used(ipc.shm.all().reduce((sum, s) => sum + Math.ceil(s.bytes / 4096), 0), Number(l.shmall))],
      ['shmems', 'SHMMAX', 'Max size of shared memory segment (bytes)', big(String(l.shmmax)), none],
      ['shmems', 'SHMMIN', 'Min size of shared memory segment (bytes)', this.size(1), none],
      ['semaphores', 'SEMMNI', 'Number of semaphore identifiers', String(l.semmni), used(ipc.sem.all().length, l.semmni)],
      ['semaphores', 'SEMMNS', 'Total number of semaphores', String(l.semmns), used(ipc.sem.all().reduce((sum, s) => sum + s.values.length, 0), l.semmns)],
      ['semaphores', 'SEMMSL', 'Max semaphores per semaphore set.', String(l.semmsl), none],
      ['semaphores', 'SEMOPM', 'Max number of operations per semop(2)', String(l.semopm), none],
      ['semaphores', 'SEMVMX', 'Semaphore max value', '32767', none],
    ]
    const asked = (['shmems', 'queues', 'semaphores'] as const).filter((kind) => this.options.has(kind))
    return all.filter(([kind]) => asked.length === 0 || asked.includes(kind)).map(([, RESOURCE, DESCRIPTION, LIMIT, rest]) => ({ RESOURCE, DESCRIPTION, LIMIT, ...rest }))
  }
}

export default command({
  help: HELP,
  hidden: '  -i, --id <id>\n  -o, --output[=<list>]',
  check: (option, before) => excluded(option, before, [['shmems', 'queues', 'semaphores']]),
  version: 'lsipc from util-linux 2.38.1\n',
  summary: 'show information on IPC facilities currently employed in the system',
  *run(io, options) {
    if (['id', 'newline', 'export'].some((name) => options.has(name))) {
      io.err('lsipc: not simulated in this lab\n')
      return 125
    }
    const kind: Kind = options.has('global') ? 'global' : ((['shmems', 'queues', 'semaphores'] as const).find((name) => options.has(name)) ?? 'global')
    const times = TIMES[kind]
    const base = FIRST[kind]
    const defaults = options.has('time') ? [...base.filter((c) => c !== 'CTIME' && c !== 'COMMAND'), ...times.filter((c) => kind !== 'shmems' || c !== 'CTIME'), ...base.filter((c) => c === 'COMMAND')] : options.has('creator') ? [...base, ...CREATOR] : base
    const columns = chosenColumns(options.value('output'), Object.keys(COLUMNS), defaults)
    if ('unknown' in columns) {
      io.err(`lsipc: unknown column: ${columns.unknown}\n`)
      return 1
    }
    const rows = yield* new Lister(io, options, yield* accounts(io.sys)).rows(kind)
    const lines: SmartLine[] = rows.map((row) => ({ cells: columns.map((name) => row[name]), children: [] }))
    const form = options.has('json') ? 'json' : options.has('raw') ? 'raw' : 'human'
    io.out(printTable({
      name: kind === 'global' ? 'ipclimits' : kind === 'shmems' ? 'sharedmemory' : kind === 'queues' ? 'messages' : 'semaphores', columns: columns.map((name) => COLUMNS[name] ?? left(name)), lines, form,
      headings: options.has('noheadings') ? 'hidden' : 'shown', symbols: symbolsFor(io.sys.env), terminal: undefined, ...(options.has('shell') ? { shellNames: 'shell' as const } : {}),
    }))
    return 0
  },
})
