/** The captured processes as tasks: numbers in each pid namespace, parents, groups and sessions, credentials, figures, descriptors. */
import type { Cgroups } from '../../kernel/cgroups/cgroups'
import { Errno } from '../../kernel/errno'
import type { Kernel } from '../../kernel/kernel'
import { IpcNamespace } from '../../kernel/namespaces/ipc'
import { PidNamespace } from '../../kernel/namespaces/pid'
import { CgroupNamespace, TimeNamespace, UserNamespace } from '../../kernel/namespaces/simple'
import { UtsNamespace } from '../../kernel/namespaces/uts'
import { NetNamespace } from '../../kernel/net/namespace'
import { DEFAULT_RLIMITS } from '../../kernel/rlimits'
import { ROOT } from '../../kernel/credentials'
import { type Namespaces, ProcessGroup, Session, Task, Thread } from '../../kernel/task'
import { type Location, rootOf } from '../../kernel/vfs/location'
import { MountNamespace } from '../../kernel/vfs/mount'
import { resolve } from '../../kernel/vfs/namei'
import { credentialsOf, environmentOf, fieldsOf, groupsOf, inumOf, memoryOf, rlimitsOf, signalsOf, startOf, statOf, statusOf, TICK_NS } from './figures'
import type { CapturedProcess } from './schema'

/** Namespaces by kind and number; each is made when it is first named. */
export class CapturedNamespaces {
  readonly net = new Map<number, NetNamespace>()
  readonly mnt = new Map<number, MountNamespace>()
  readonly pid = new Map<number, PidNamespace>()
  private readonly uts = new Map<number, UtsNamespace>()
  private readonly ipc = new Map<number, IpcNamespace>()
  private readonly user = new Map<number, UserNamespace>()
  private readonly time = new Map<number, TimeNamespace>()
  private readonly cgroup = new Map<number, CgroupNamespace>()
  private readonly kernel: Kernel
  /** Host names by UTS namespace, where they are not the node's. */
  private readonly hostnames: ReadonlyMap<number, string>
  private readonly hostname: string
  private readonly processes: ReadonlyMap<number, CapturedProcess>
  constructor(kernel: Kernel, hostname: string, { processes, hostnames }: { readonly processes: readonly CapturedProcess[]; readonly hostnames: ReadonlyMap<number, string> }) {
    this.kernel = kernel
    this.hostname = hostname
    this.hostnames = hostnames
    this.processes = new Map(processes.map((process) => [process.pid, process]))
    this.pid.set(kernel.pidNamespace.inum, kernel.pidNamespace)
  }
  /** The eight of one process; a zombie is seen in none, but has its parent's numbers. */
  of(process: CapturedProcess): Namespaces {
    const { kernel } = this
    const ns = this.seen(process)
    const inum = (name: string): number => inumOf(ns[name])
    for (const label of Object.values(ns)) kernel.reserveNamespaceInodes(inumOf(label))
    return {
      net: once(this.net, inum('net'), (n) => new NetNamespace(n, kernel)),
      mnt: once(this.mnt, inum('mnt'), (n) => new MountNamespace(n)),
      pid: once(this.pid, inum('pid'), (n) => new PidNamespace(n, kernel.pidNamespace)),
      pidForChildren: once(this.pid, inum('pid_for_children'), (n) => new PidNamespace(n, kernel.pidNamespace)),
      uts: once(this.uts, inum('uts'), (n) => new UtsNamespace(n, this.hostnames.get(n) ?? this.hostname)),
      ipc: once(this.ipc, inum('ipc'), (n) => new IpcNamespace(n)),
      user: once(this.user, inum('user'), (n) => new UserNamespace(n)),
      time: once(this.time, inum('time'), (n) => new TimeNamespace(n)),
      timeForChildren: once(this.time, inum('time_for_children'), (n) => new TimeNamespace(n)),
      cgroup: once(this.cgroup, inum('cgroup'), (n) => new CgroupNamespace(n)),
    }
  }
  private seen(process: CapturedProcess): CapturedProcess['ns'] {
    const { ns } = process
    const parent = 'mnt' in ns ? undefined : this.processes.get(Number(statOf(process)(4)))
    return parent ? this.seen(parent) : ns
  }
}

function once<T>(known: Map<number, T>, inum: number, make: (inum: number) => T): T {
  let found = known.get(inum)
  if (!found) {
    found = make(inum)
    known.set(inum, found)
  }
  return found
}

/** Who started PID 1: nobody on this node. Sessions and groups that came with it show as 0 here. */
const outside = (kernel: Kernel, ns: Namespaces, root: Location): Task =>
  new Task({ kernel, pids: [], parent: null, group: null, ns, credentials: ROOT, rlimits: DEFAULT_RLIMITS, root, cwd: root, startTime: 0 })

export function makeTasks(kernel: Kernel, processes: readonly CapturedProcess[], namespaces: CapturedNamespaces, cgroups: Cgroups): Map<number, Task> {
  const tasks = new Map<number, Task>()
  const sorted = [...processes].sort((a, b) => startOf(a) - startOf(b) || a.pid - b.pid)
  for (const process of sorted) tasks.set(process.pid, makeTask(kernel, process, namespaces.of(process)))
  const first = tasks.get(1)
  if (!first) throw new Error('capture: there is no PID 1')
  kernel.pidNamespace.init = first
  const stranger = outside(kernel, first.ns, first.root)
  const groups = new Map<number, ProcessGroup>([[0, stranger.group]])
  const sessions = new Map<number, Session>([[0, stranger.session]])
  for (const process of sorted) {
    const task = tasks.get(process.pid)
    if (!task) continue
    const stat = statOf(process)
    const parent = tasks.get(Number(stat(4)))
    task.parent = parent ?? null
    parent?.children.add(task)
    const leader = (pid: number): Task => tasks.get(pid) ?? stranger
    const sid = Number(stat(6))
    const session = sessions.get(sid) ?? new Session(leader(sid))
    sessions.set(sid, session)
    const pgid = Number(stat(5))
    const group = groups.get(pgid) ?? new ProcessGroup(leader(pgid), session)
    groups.set(pgid, group)
    task.group.members.delete(task)
    task.group = group
    group.members.add(task)
    if (stat(3) === 'Z') {
      bury(task, stat)
      continue
    }
    for (const [name, path] of groupsOf(process)) {
      const hierarchy = cgroups.hierarchy(name)
      if (hierarchy) cgroups.move(task, hierarchy.make(path))
    }
  }
  return tasks
}

/** One that has ended and that its parent has not heard of. */
function bury(task: Task, stat: (field: number) => string): void {
  const code = Number(stat(52))
  const signo = code & 0x7f
  task.exitStatus = signo === 0 ? { kind: 'exited', code: code >> 8 } : { kind: 'signaled', signo, core: (code & 0x80) !== 0 }
  task.parent?.news.add(task)
}

function makeTask(kernel: Kernel, process: CapturedProcess, ns: Namespaces): Task {
  const status = statusOf(process)
  const stat = statOf(process)
  const chain: PidNamespace[] = []
  for (let at: PidNamespace | null = ns.pid; at; at = at.parent) chain.unshift(at)
  const numbers = (status.get('NSpid') ?? String(process.pid)).split('\t').map(Number)
  const pids = chain.map((at, i) => ({ ns: at, pid: numbers[i] ?? process.pid }))
  const root = ns.mnt.descend(rootOf(ns.mnt.root.mount))
  const task = new Task({
    kernel, pids, parent: null, group: null, ns, credentials: credentialsOf(status), rlimits: rlimitsOf(process.limits, DEFAULT_RLIMITS), root, cwd: root,
    startTime: startOf(process),
  })
  for (const { ns: at, pid } of pids) {
    at.tasks.set(pid, task)
    at.lastPid = Math.max(at.lastPid, pid)
    if (pid === 1) at.init = task
  }
  task.comm = process.comm.replace(/\n$/, '')
  task.argv = process.cmdline
  task.env = process.environ ? environmentOf(process) : unrecordedEnvironment(stat)
  task.umask = Number.parseInt(status.get('Umask') ?? '022', 8)
  task.hasExeced = true
  // Looking at files of root needs no more than what root has; a process of another user must find its own directory.
  task.exe = find(task, process.exe)
  task.cwd = find(task, process.cwd) ?? root
  addThreads(task, Number(status.get('Threads') ?? 1))
  return task
}

/** What a shell without an environment gives the program that it becomes (bash 5.2: PWD, SHLVL, its default PATH), as PID 1 was started. */
const BARE: ReadonlyMap<string, string> = new Map([['PWD', '/'], ['SHLVL', '0'], ['PATH', '/usr/sbin:/usr/bin:/sbin:/bin']])
const sizeOf = (env: ReadonlyMap<string, string>): number => [...env].reduce((size, [name, value]) => size + name.length + value.length + 2, 0)

/** An environment that was not recorded is known by its size: env_end - env_start of stat. */
function unrecordedEnvironment(stat: (field: number) => string): ReadonlyMap<string, string> {
  return Number(stat(51)) - Number(stat(50)) === sizeOf(BARE) ? BARE : new Map()
}

function find(task: Task, path: string): Location | null {
  try {
    return resolve(task, path)
  } catch (error) {
    if (error instanceof Errno) return null
    throw error
  }
}

/** Numbers of threads were not recorded, only how many: they get the next free ones, as they have when a program starts them at once. */
function addThreads(task: Task, count: number): void {
  let tid = task.globalPid
  while (task.threads.length < count - 1) {
    tid++
    if (task.pids.some(({ ns }) => ns.tasks.has(tid) || ns.threads.has(tid))) continue
    const pids = task.pids.map(({ ns }) => ({ ns, pid: tid }))
    for (const { ns, pid } of pids) ns.threads.set(pid, task)
    task.threads.push(new Thread(pids, task.comm, task.startTime))
  }
}

const ADDRESSES: readonly (readonly [field: number, name: string])[] = [
  [26, 'startcode'], [27, 'endcode'], [28, 'startstack'], [45, 'start_data'], [46, 'end_data'], [47, 'start_brk'], [48, 'arg_start'],
  [49, 'arg_end'], [50, 'env_start'], [51, 'env_end'],
]

/** Puts the recorded figures in. Done last: what a program did to get where it stands was done on the real node. */
export function setFigures(task: Task, process: CapturedProcess): void {
  const status = statusOf(process)
  const stat = statOf(process)
  const number = (field: number): number => Number(stat(field))
  task.memory = memoryOf(status)
  task.flags = number(9)
  task.nice = number(19)
  Object.assign(task.scheduling, { priority: number(40), policy: number(41) })
  Object.assign(task.faults, { minor: number(10), childMinor: number(11), major: number(12), childMajor: number(13) })
  Object.assign(task.times, { user: number(14) * TICK_NS, system: number(15) * TICK_NS, childUser: number(16) * TICK_NS, childSystem: number(17) * TICK_NS })
  task.switches.voluntary = Number(status.get('voluntary_ctxt_switches') ?? 0)
  task.switches.involuntary = Number(status.get('nonvoluntary_ctxt_switches') ?? 0)
  const io = fieldsOf(process.io)
  Object.assign(task.io, {
    rchar: Number(io.get('rchar')), wchar: Number(io.get('wchar')), syscr: Number(io.get('syscr')), syscw: Number(io.get('syscw')),
    readBytes: Number(io.get('read_bytes')), writeBytes: Number(io.get('write_bytes')), cancelledWriteBytes: Number(io.get('cancelled_write_bytes')),
  })
  task.oomScoreAdj = Number(process.oom_score_adj)
  task.loginUid = Number(process.loginuid)
  task.sessionId = Number(process.sessionid)
  task.wchan = process.wchan
  task.blocked = signalsOf(status.get('SigBlk') ?? '0')
  for (const [field, name] of ADDRESSES) task.recorded.set(name, stat(field))
  task.recorded.set('rss', stat(24))
  task.recorded.set('processor', stat(39))
  task.recorded.set('FDSize', status.get('FDSize') ?? '64')
  task.recorded.set('SigQ', status.get('SigQ')?.split('/')[0] ?? '0')
  task.recorded.set('ignored', status.get('SigIgn') ?? '0')
  task.recorded.set('caught', status.get('SigCgt') ?? '0')
  const [ran = '0', delay = '0'] = process.schedstat.split(' ')
  task.recorded.set('runtimeBeyondTicks', String(Number(ran) - task.times.user - task.times.system))
  task.recorded.set('runDelay', delay)
}
