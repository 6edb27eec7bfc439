/**
 * A task: one process of the node with all that the kernel knows of it (struct task_struct and what hangs on it). Made
 * by clone.ts, changed by exec.ts, ended by exit.ts; /proc renders it.
 */
import type { Credentials } from './credentials'
import type { Fiber } from './fiber'
import type { Kernel } from './kernel'
import type { IpcNamespace } from './namespaces/ipc'
import type { PidNamespace } from './namespaces/pid'
import type { CgroupNamespace, TimeNamespace, UserNamespace } from './namespaces/simple'
import type { UtsNamespace } from './namespaces/uts'
import type { NetNamespace } from './net/namespace'
import type { MemoryFigures } from './program'
import type { Rlimits } from './rlimits'
import type { Disposition, WaitStatus } from './sys'
import type { Tty } from './tty/tty'
import type { Location } from './vfs/location'
import type { MountNamespace } from './vfs/mount'
import type { OpenFile } from './vfs/openfile'
import { WaitQueue } from './waitqueue'

export interface Namespaces {
  readonly mnt: MountNamespace
  readonly uts: UtsNamespace
  readonly ipc: IpcNamespace
  readonly net: NetNamespace
  readonly pid: PidNamespace
  readonly pidForChildren: PidNamespace
  readonly user: UserNamespace
  readonly cgroup: CgroupNamespace
  readonly time: TimeNamespace
  readonly timeForChildren: TimeNamespace
}

export interface Descriptor {
  readonly file: OpenFile
  closeOnExec: boolean
}

/** A task's or a thread's number in each pid namespace it is in, the machine's first one first. */
export type Numbers = readonly { readonly ns: PidNamespace; readonly pid: number }[]

const numberIn = (pids: Numbers, ns: PidNamespace): number => {
  const at = pids[ns.level]
  return at?.ns === ns ? at.pid : 0
}

/** A thread that is not the leader. Its coroutine is the task's; it has numbers, a name and a start of its own. */
export class Thread {
  readonly pids: Numbers
  readonly comm: string
  readonly startTime: number
  constructor(pids: Numbers, comm: string, startTime: number) {
    this.pids = pids
    this.comm = comm
    this.startTime = startTime
  }
  /** Its number as `ns` counts; 0 when it is not in there. */
  tidIn(ns: PidNamespace): number {
    return numberIn(this.pids, ns)
  }
}

/** Flags of /proc/PID/stat field 9 (include/linux/sched.h): forked and not yet exec'ed; has used a privilege. */
export const PF_FORKNOEXEC = 0x40
export const PF_SUPERPRIV = 0x100

export class Session {
  readonly leader: Task
  tty: Tty | null = null
  constructor(leader: Task) {
    this.leader = leader
  }
}

export class ProcessGroup {
  readonly leader: Task
  readonly session: Session
  readonly members = new Set<Task>()
  constructor(leader: Task, session: Session) {
    this.leader = leader
    this.session = session
  }
}

/** Memory of a process without figures of its own: a small C program's (recording: /pause of cri-node). */
export const SMALL_PROGRAM: MemoryFigures = {
  vmPeak: 996, vmSize: 996, vmLck: 0, vmPin: 0, vmHWM: 696, vmRSS: 696, rssAnon: 44, rssFile: 652, rssShmem: 0,
  vmData: 168, vmStk: 132, vmExe: 484, vmLib: 8, vmPTE: 32, vmSwap: 0,
}

export class Task {
  readonly kernel: Kernel
  /** Its number in each pid namespace it is in, the machine's first one first. */
  readonly pids: Numbers
  parent: Task | null
  readonly children = new Set<Task>()
  group: ProcessGroup
  ns: Namespaces
  credentials: Credentials
  rlimits: Rlimits
  root: Location
  cwd: Location
  umask = 0o022
  readonly fds = new Map<number, Descriptor>()
  /** At most 15 bytes (prctl(2) PR_SET_NAME). */
  comm = ''
  argv: readonly string[] = []
  env: ReadonlyMap<string, string> = new Map()
  /** The file that it runs; null for kernel threads. */
  exe: Location | null = null
  memory: MemoryFigures = SMALL_PROGRAM
  readonly threads: Thread[] = []
  nice = 0
  /** SCHED_OTHER 0, FIFO 1, RR 2, BATCH 3, IDLE 5 (sched(7)); a priority belongs to FIFO and RR. */
  readonly scheduling = { policy: 0, priority: 0 }
  /** Nanoseconds since boot. */
  readonly startTime: number
  /** CPU time in nanoseconds. */
  readonly times = { user: 0, system: 0, childUser: 0, childSystem: 0 }
  readonly faults = { minor: 0, major: 0, childMinor: 0, childMajor: 0 }
  readonly switches = { voluntary: 0, involuntary: 0 }
  readonly io = { rchar: 0, wchar: 0, syscr: 0, syscw: 0, readBytes: 0, writeBytes: 0, cancelledWriteBytes: 0 }
  /** /proc/PID/stat field 9 without what follows from state; 0x400000 is PF_RANDOMIZE. */
  flags = 0x400000
  oomScoreAdj = 0
  loginUid = 4294967295
  sessionId = 4294967295
  dumpable = true
  childSubreaper = false
  /** Exact figures of a captured process that follow from nothing else here (addresses, wchan …), by the name of the field. */
  readonly recorded = new Map<string, string>()
  /** The name of the kernel function it sleeps in (/proc/PID/wchan), set while blocked. */
  wchan = '0'

  readonly dispositions = new Map<number, Disposition>()
  blocked: ReadonlySet<number> = new Set()
  readonly pending = new Set<number>()
  /** Signals whose handlers run before its next step. */
  readonly caught: number[] = []
  /** The signal that stopped it, while it is stopped (state T). */
  stopped: number | null = null
  /** Frozen by its cgroup: version 1's freezer holds it in state D and signals wait, version 2's in a sleep that SIGKILL ends. */
  frozen: 'uninterruptible' | 'killable' | null = null
  /** Set when it has ended and waits to be reaped (state Z). */
  exitStatus: WaitStatus | null = null
  /** A stop or continuation that the parent has not yet been told of. */
  unreported: WaitStatus | null = null
  readonly fibers = new Set<Fiber>()
  /** Children that have ended, stopped or gone on, which wait(2) may tell of. */
  readonly news = new Set<Task>()
  /** Wakes this task's own wait(2). */
  readonly childEvents = new WaitQueue()
  /** Woken when it has ended. */
  readonly ended = new WaitQueue()
  hasExeced = false
  exitSignal = 17

  constructor(init: {
    kernel: Kernel
    pids: Numbers
    parent: Task | null
    group: ProcessGroup | null
    ns: Namespaces
    credentials: Credentials
    rlimits: Rlimits
    root: Location
    cwd: Location
    startTime: number
  }) {
    this.kernel = init.kernel
    this.pids = init.pids
    this.parent = init.parent
    this.group = init.group ?? new ProcessGroup(this, new Session(this))
    this.group.members.add(this)
    this.ns = init.ns
    this.credentials = init.credentials
    this.rlimits = init.rlimits
    this.root = init.root
    this.cwd = init.cwd
    this.startTime = init.startTime
  }

  get session(): Session {
    return this.group.session
  }
  /** Its pid in the machine's first namespace: what the node's ps shows. */
  get globalPid(): number {
    return this.pids[0]?.pid ?? 0
  }
  /** Its pid in its own namespace. */
  get pid(): number {
    return this.pids[this.pids.length - 1]?.pid ?? 0
  }
  /** Its pid as `ns` numbers it; 0 when it is not in there. */
  pidIn(ns: PidNamespace): number {
    return numberIn(this.pids, ns)
  }
  get isZombie(): boolean {
    return this.exitStatus !== null
  }
  /** The letter of /proc/PID/stat: R, S, D, T, Z. */
  get state(): 'R' | 'S' | 'D' | 'T' | 'Z' {
    if (this.exitStatus) return 'Z'
    if (this.frozen) return this.frozen === 'killable' ? 'S' : 'D'
    if (this.stopped !== null) return 'T'
    for (const fiber of this.fibers) if (fiber.state !== 'blocked') return 'R'
    return 'S'
  }
}
