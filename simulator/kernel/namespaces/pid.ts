/** A PID namespace (pid_namespaces(7)): its own numbers, nested in its parent's. */
import { Errno } from '../errno'
import type { Task } from '../task'
import { Namespace } from './namespace'

/** Reserved pids are skipped when the counter wraps (kernel/pid.c RESERVED_PIDS). */
const RESERVED_PIDS = 300

export class PidNamespace extends Namespace {
  readonly type = 'pid'
  readonly parent: PidNamespace | null
  /** 0 for the machine's first. */
  readonly level: number
  /** Tasks (and threads' leaders) by their number here. */
  readonly tasks = new Map<number, Task>()
  /** The last number given out (/proc/sys/kernel/ns_last_pid). */
  lastPid = 0
  pidMax = 4_194_304
  /** Its PID 1; null before the first task and after its death. */
  init: Task | null = null
  /** Numbers that only `wanted` gives out: those that a scenario fixes. */
  readonly reserved = new Set<number>()
  /** Threads that are not leaders by their number here, each with its process. */
  readonly threads = new Map<number, Task>()
  constructor(inum: number, parent: PidNamespace | null) {
    super(inum)
    this.parent = parent
    this.level = parent ? parent.level + 1 : 0
  }
  /** The next free number, or `wanted` when it is free (clone3 set_tid). EAGAIN, EEXIST. */
  allocate(wanted?: number): number {
    if (wanted !== undefined) {
      if (this.isUsed(wanted)) throw new Errno('EEXIST')
      return wanted
    }
    for (let tries = 0; tries < this.pidMax; tries++) {
      this.lastPid++
      if (this.lastPid >= this.pidMax) this.lastPid = RESERVED_PIDS
      if (!this.isUsed(this.lastPid) && !this.reserved.has(this.lastPid)) return this.lastPid
    }
    throw new Errno('EAGAIN')
  }
  private isUsed(pid: number): boolean {
    return this.tasks.has(pid) || this.threads.has(pid)
  }
  /** True when `other` is this namespace or lies inside it. */
  holds(other: PidNamespace): boolean {
    for (let ns: PidNamespace | null = other; ns; ns = ns.parent) if (ns === this) return true
    return false
  }
}
