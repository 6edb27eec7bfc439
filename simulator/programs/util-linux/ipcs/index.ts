/** ipcs(1) of util-linux 2.38.1: System V objects of the caller's ipc namespace. Recording: query/namespaces. */
import type { IpcPermissions, MessageQueue, SemaphoreArray, SharedMemorySegment } from '../../../kernel/namespaces/ipc'
import type { Timespec } from '../../../kernel/time'
import { type Accounts, accounts } from '../../coreutils/accounts'
import { command } from '../command'
import { humanSize } from '../mounts'
import { HELP } from './help'

type Form = 'objects' | 'limits' | 'status' | 'creator' | 'time' | 'pid'
type Unit = 'default' | 'human' | 'bytes'

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const PAGE = 4096n

const ctime = (at: Timespec | null): string => {
  if (!at) return 'Not set'
  const d = new Date(at.sec * 1000)
  return `${DAYS[d.getUTCDay()]} ${MONTHS[d.getUTCMonth()]} ${String(d.getUTCDate()).padStart(2)} ${d.toISOString().slice(11, 19)} ${d.getUTCFullYear()}`
}
/** Without weekday and year. */
const shortTime = (at: Timespec | null): string => (at ? ctime(at).slice(4, 20) : 'Not set').padEnd(20)
const cells = (values: readonly (string | number)[], widths: readonly number[]): string => `${values.map((v, i) => String(v).padEnd(widths[i] ?? 10)).join(' ')}\n`
const hex = (key: number): string => `0x${(key >>> 0).toString(16).padStart(8, '0')}`
const octal = (mode: number): string => (mode & 0o777).toString(8)

class Report {
  private readonly known: Accounts
  private readonly unit: Unit
  constructor(known: Accounts, unit: Unit) {
    this.known = known
    this.unit = unit
  }
  private owner(o: IpcPermissions): string {
    return (this.known.user(o.uid) ?? String(o.uid)).slice(0, 10)
  }
  private size(bytes: number): string {
    return this.unit === 'human' ? humanSize(bytes) : String(bytes)
  }
  private limit(text: string, bytes: bigint, otherwise: 'bytes' | 'kbytes'): string {
    if (this.unit === 'human') return `${text} = ${humanSize(Number(bytes))}\n`
    return this.unit === 'bytes' || otherwise === 'bytes' ? `${text} (bytes) = ${bytes}\n` : `${text} (kbytes) = ${bytes / 1024n}\n`
  }
  private creators(title: string, id: string, all: readonly IpcPermissions[]): string {
    const user = (n: number): string => this.known.user(n) ?? String(n)
    const group = (n: number): string => this.known.group(n) ?? String(n)
    return `------ ${title} Creators/Owners --------\n${cells([id, 'perms', 'cuid', 'cgid', 'uid', 'gid'], [])}` +
      all.map((o) => cells([o.id, octal(o.mode), user(o.cuid), group(o.cgid), user(o.uid), group(o.gid)], [])).join('')
  }
  messages(form: Form, all: readonly MessageQueue[], limits: { msgmni: number; msgmax: number; msgmnb: number }): string {
    switch (form) {
      case 'limits':
        return `------ Messages Limits --------\nmax queues system wide = ${limits.msgmni}\n${this.limit('max size of message', BigInt(limits.msgmax), 'bytes')}${this.limit('default max size of queue', BigInt(limits.msgmnb), 'bytes')}`
      case 'status':
        return `------ Messages Status --------\nallocated queues = ${all.length}\nused headers = ${all.reduce((n, q) => n + q.messages, 0)}\n` +
          `used space = ${this.size(all.reduce((n, q) => n + q.usedBytes, 0))}${this.unit === 'human' ? '' : ' bytes'}\n`
      case 'creator':
        return this.creators('Message Queues', 'msqid', all)
      case 'time':
        return `------ Message Queues Send/Recv/Change Times --------\n${cells(['msqid', 'owner', 'send', 'recv', 'change'], [8, 10, 20, 20, 20])}` +
          all.map((q) => `${String(q.id).padEnd(8)} ${this.owner(q).padEnd(10)} ${shortTime(q.sendTime)} ${shortTime(q.receiveTime)} ${shortTime(q.changeTime)}\n`).join('')
      case 'pid':
        return `------ Message Queues PIDs --------\n${cells(['msqid', 'owner', 'lspid', 'lrpid'], [])}` +
          all.map((q) => `${String(q.id).padEnd(8)} ${this.owner(q).padEnd(10)}  ${String(q.sendPid).padStart(5)}     ${String(q.receivePid).padStart(5)}\n`).join('')
      default:
        return `------ Message Queues --------\n${cells(['key', 'msqid', 'owner', 'perms', this.unit === 'human' ? 'size' : 'used-bytes', 'messages'], [10, 10, 10, 10, 12, 12])}` +
          all.map((q) => cells([hex(q.key), q.id, this.owner(q), octal(q.mode), this.size(q.usedBytes), q.messages], [10, 10, 10, 10, 12, 12])).join('')
    }
  }
  memory(form: Form, all: readonly SharedMemorySegment[], limits: { shmmni: number; shmmax: string; shmall: string }): string {
    switch (form) {
      case 'limits': {
        // Pages in bytes, as far as 64 bits go.
        const pages = BigInt(limits.shmall)
        const most = 2n ** 64n / PAGE
        const total = this.unit === 'default' ? `max total shared memory (kbytes) = ${pages > most ? 2n ** 64n - 4n : pages * (PAGE / 1024n)}\n` : this.limit('max total shared memory', pages > most ? 2n ** 64n - PAGE : pages * PAGE, 'bytes')
        return `------ Shared Memory Limits --------\nmax number of segments = ${limits.shmmni}\n${this.limit('max seg size', BigInt(limits.shmmax), 'kbytes')}${total}${this.limit('min seg size', 1n, 'bytes')}`
      }
      case 'status': {
        const pages = all.reduce((n, s) => n + Math.ceil(s.bytes / 4096), 0)
        return `------ Shared Memory Status --------\nsegments allocated ${all.length}\npages allocated ${pages}\npages resident  0\npages swapped   0\nSwap performance: 0 attempts\t 0 successes\n`
      }
      case 'creator':
        return this.creators('Shared Memory Segment', 'shmid', all)
      case 'time':
        return `------ Shared Memory Attach/Detach/Change Times --------\n${cells(['shmid', 'owner', 'attached', 'detached', 'changed'], [10, 10, 20, 20, 20])}` +
          all.map((s) => `${String(s.id).padEnd(10)} ${this.owner(s).padEnd(10)} ${shortTime(s.attachTime)} ${shortTime(s.detachTime)} ${shortTime(s.changeTime)}\n`).join('')
      case 'pid':
        return `------ Shared Memory Creator/Last-op PIDs --------\n${cells(['shmid', 'owner', 'cpid', 'lpid'], [])}${all.map((s) => cells([s.id, this.owner(s), s.creatorPid, s.lastPid], [])).join('')}`
      default:
        return `------ Shared Memory Segments --------\n${cells(['key', 'shmid', 'owner', 'perms', this.unit === 'human' ? 'size' : 'bytes', 'nattch', 'status'], [10, 10, 10, 10, 10, 10, 12])}` +
          all.map((s) => cells([hex(s.key), s.id, this.owner(s), octal(s.mode), this.size(s.bytes), s.attached, s.status === 'dest' ? 'dest' : '', s.status === 'locked' ? 'locked' : ''], [10, 10, 10, 10, 10, 10, 6, 6])).join('')
    }
  }
  semaphores(form: Form, all: readonly SemaphoreArray[], limits: { semmni: number; semmsl: number; semmns: number; semopm: number }): string {
    switch (form) {
      case 'limits':
        return `------ Semaphore Limits --------\nmax number of arrays = ${limits.semmni}\nmax semaphores per array = ${limits.semmsl}\nmax semaphores system wide = ${limits.semmns}\nmax ops per semop call = ${limits.semopm}\nsemaphore max value = 32767\n`
      case 'status':
        return `------ Semaphore Status --------\nused arrays = ${all.length}\nallocated semaphores = ${all.reduce((n, s) => n + s.values.length, 0)}\n`
      case 'creator':
        return this.creators('Semaphore Arrays', 'semid', all)
      case 'time':
        return `------ Semaphore Operation/Change Times --------\n${cells(['semid', 'owner', 'last-op', 'last-changed'], [8, 10, 26, 26])}` +
          all.map((s) => `${String(s.id).padEnd(8)} ${this.owner(s).padEnd(10)}  ${ctime(s.operationTime).padEnd(26)} ${ctime(s.changeTime).padEnd(26)}\n`).join('')
      case 'pid':
        return ''
      default:
        return `------ Semaphore Arrays --------\n${cells(['key', 'semid', 'owner', 'perms', 'nsems'], [])}${all.map((s) => cells([hex(s.key), s.id, this.owner(s), octal(s.mode), s.values.length], [])).join('')}`
    }
  }
  oneMemory(s: SharedMemorySegment): string {
    return `\nShared memory Segment shmid=${s.id}\nuid=${s.uid}\tgid=${s.gid}\tcuid=${s.cuid}\tcgid=${s.cgid}\nmode=0${s.mode.toString(8)}\taccess_perms=0${octal(s.mode)}\n` +
      `${this.unit === 'human' ? 'size' : 'bytes'}=${this.size(s.bytes)}\tlpid=${s.lastPid}\tcpid=${s.creatorPid}\tnattch=${s.attached}\natt_time=${ctime(s.attachTime).padEnd(26)}\n` +
      `det_time=${ctime(s.detachTime).padEnd(26)}\nchange_time=${ctime(s.changeTime).padEnd(26)}\n\n`
  }
  oneQueue(q: MessageQueue): string {
    const name = this.unit === 'human' ? 'size' : 'bytes'
    return `\nMessage Queue msqid=${q.id}\nuid=${q.uid}\tgid=${q.gid}\tcuid=${q.cuid}\tcgid=${q.cgid}\tmode=0${q.mode.toString(8)}\nc${name}=${this.size(q.usedBytes)}\tq${name}=${this.size(q.maxBytes)}\t` +
      `qnum=${q.messages}\tlspid=${q.sendPid}\tlrpid=${q.receivePid}\nsend_time=${ctime(q.sendTime).padEnd(26)}\nrcv_time=${ctime(q.receiveTime).padEnd(26)}\nchange_time=${ctime(q.changeTime).padEnd(26)}\n\n`
  }
  oneArray(s: SemaphoreArray): string {
    return `\nSemaphore Array semid=${s.id}\nuid=${s.uid}\t gid=${s.gid}\t cuid=${s.cuid}\t cgid=${s.cgid}\nmode=0${s.mode.toString(8)}, access_perms=0${octal(s.mode)}\nnsems = ${s.values.length}\n` +
      `otime = ${ctime(s.operationTime).padEnd(26)}\nctime = ${ctime(s.changeTime).padEnd(26)}\n${cells(['semnum', 'value', 'ncount', 'zcount', 'pid'], [])}${s.values.map((v, i) => cells([i, v, 0, 0, 0], [])).join('')}\n`
  }
}

export default command({
  help: HELP,
  hidden: '  -i, --id <id>',
  version: 'ipcs from util-linux 2.38.1\n',
  summary: 'show information on IPC facilities',
  *run(io, options) {
    const { ipc } = io.sys
    const report = new Report(yield* accounts(io.sys), options.has('human') ? 'human' : options.has('bytes') ? 'bytes' : 'default')
    const all = options.has('all')
    let kinds = (['queues', 'shmems', 'semaphores'] as const).filter((kind) => all || options.has(kind))
    const id = options.value('id')
    if (id !== undefined) {
      if (!/^[+-]?\d+$/.test(id)) {
        io.err(`ipcs: failed to parse id argument: '${id}'\n`)
        return 1
      }
      if (kinds.length !== 1) {
        io.err('ipcs: when using an ID, a single resource must be specified\n')
        return 1
      }
      const [queue, segment, array] = [ipc.msg.get(Number(id)), ipc.shm.get(Number(id)), ipc.sem.get(Number(id))]
      const text = kinds[0] === 'queues' ? queue && report.oneQueue(queue) : kinds[0] === 'shmems' ? segment && report.oneMemory(segment) : array && report.oneArray(array)
      if (text === undefined) io.err(`ipcs: id ${Number(id)} not found\n`)
      else io.out(text)
      return 0
    }
    if (kinds.length === 0) kinds = ['queues', 'shmems', 'semaphores']
    const last = options.last('time', 'creator', 'pid', 'limits', 'summary')
    const form: Form = last === undefined ? 'objects' : last === 'summary' ? 'status' : last === 'time' || last === 'creator' || last === 'pid' || last === 'limits' ? last : 'objects'
    io.out('\n')
    if (kinds.includes('queues')) io.out(`${report.messages(form, ipc.msg.all(), ipc.limits)}\n`)
    if (kinds.includes('shmems')) io.out(`${report.memory(form, ipc.shm.all(), ipc.limits)}\n`)
    if (kinds.includes('semaphores')) io.out(`${report.semaphores(form, ipc.sem.all(), ipc.limits)}\n`)
    return 0
  },
})
