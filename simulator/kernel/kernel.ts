/** One node's kernel: the objects that its tasks share. What tasks do is in clone, exec, exit, wait, signal and syscalls. */
import type { Clock } from './clock'
import { exitTask, Killed, TaskExit } from './exit'
import { Fiber, type WakeReason } from './fiber'
import { FIRST_DYNAMIC_INODE, INITIAL_INODES } from './namespaces/namespace'
import { PidNamespace } from './namespaces/pid'
import type { Program } from './program'
import type { Random } from './random'
import type { Run } from './run'
import { Scheduler } from './scheduler'
import { runHandlers } from './signal'
import type { Task } from './task'
import { device } from './vfs/filesystem'
import type { WaitQueue } from './waitqueue'

/** Tasks that a lab holds, whatever threads-max says: a page has not the memory of a node. */
const ROOM = 10_240

/** Control groups, as far as processes need them (kernel/cgroups implements it). */
export interface CgroupController {
  /** Puts a child where its parent is. EAGAIN when pids.max of a group above is met. */
  fork(parent: Task, child: Task): void
  /** A task's group in each hierarchy by the hierarchy's name. */
  pathsOf(task: Task): ReadonlyMap<string, string>
  /** A task gets a thread more. EAGAIN as for fork. */
  startThread(task: Task): void
  /** A task's threads but the leader are gone; called while it still has them. */
  endThreads(task: Task): void
  /** A task and its threads are gone; called while it still has them. */
  exit(task: Task): void
}

export interface KernelOptions {
  readonly clock: Clock
  readonly random: Random
  /** `uname -r`, `-v` and the text of /proc/version. */
  readonly release: string
  readonly version: string
  /** Programs by id (`package/name`). */
  readonly programs: ReadonlyMap<string, Program>
  /** Loads a lazy asset of the host (a WebAssembly tool). */
  readonly load: (name: string) => Promise<unknown>
  /** The machine that this node is part of, when several share a clock and a scheduler. */
  readonly scheduler?: Scheduler
  /** Values that a scenario fixes: ids and pids by what is made (`sandbox default/mypod id`). */
  readonly pins?: Map<string, string>
  /** How often the world beyond the machine grants what is asked of it, by what that is; machines of one network share it. */
  readonly allotments?: Map<string, number>
  /** The inode number of the first pid namespace, where it is none of the kernel's own; the others count on from it. */
  readonly firstNamespaceInode?: number
}

/** A program that threw what it must not: a bug of the simulator, shown to developers. */
export interface Oops {
  readonly pid: number
  readonly comm: string
  readonly error: unknown
}

export class Kernel {
  readonly clock: Clock
  readonly random: Random
  readonly release: string
  readonly version: string
  readonly programs: ReadonlyMap<string, Program>
  readonly scheduler: Scheduler
  readonly pidNamespace: PidNamespace
  readonly pins: Map<string, string>
  readonly allotments: Map<string, number>
  cgroups: CgroupController | null = null
  readonly oopses: Oops[] = []
  /** Loads of the host that tasks wait for. */
  readonly loads = new Map<string, { promise: Promise<void>; value?: unknown; done: boolean }>()
  private readonly loadAsset: (name: string) => Promise<unknown>
  /** kernel.threads-max (admin-guide/sysctl/kernel.rst): as many as fit into an eighth of 24 GiB. */
  threadsMax = 192_729
  private nextNamespace: number
  private nextDevice = 40
  private nextMount = 21
  private socketInodes = 20000

  constructor(options: KernelOptions) {
    this.clock = options.clock
    this.random = options.random
    this.release = options.release
    this.version = options.version
    this.programs = options.programs
    this.loadAsset = options.load
    this.pins = options.pins ?? new Map()
    this.allotments = options.allotments ?? new Map()
    this.scheduler = options.scheduler ?? new Scheduler(options.clock, resumeFiber)
    const { firstNamespaceInode: first } = options
    this.nextNamespace = first === undefined ? FIRST_DYNAMIC_INODE : first + 1
    this.pidNamespace = new PidNamespace(first ?? INITIAL_INODES.pid, null)
    for (const [what, value] of this.pins) if (what.endsWith(' pid')) this.pidNamespace.reserved.add(Number(value))
  }
  /** The inode number of a new namespace. */
  namespaceInode(): number {
    return this.nextNamespace++
  }
  /** Numbers below are taken (a captured node's namespaces). */
  reserveNamespaceInodes(upTo: number): void {
    this.nextNamespace = Math.max(this.nextNamespace, upTo + 1)
  }
  /** A device number for a file system without a disk. */
  anonymousDevice(): number {
    return device(0, this.nextDevice++)
  }
  reserveDevices(upTo: number): void {
    this.nextDevice = Math.max(this.nextDevice, upTo + 1)
  }
  mountId(): number {
    return this.nextMount++
  }
  reserveMountIds(upTo: number): void {
    this.nextMount = Math.max(this.nextMount, upTo + 1)
  }
  /** Inode numbers of pipes and sockets (pipefs, sockfs). */
  nextSocketInode(): number {
    return this.socketInodes++
  }
  reserveAnonymousInodes(upTo: number): void {
    this.socketInodes = Math.max(this.socketInodes, upTo + 1)
  }
  /** True when there is no room for one more process or thread: fork fails with EAGAIN (kernel/fork.c, copy_process). */
  get isFull(): boolean {
    const { tasks, threads } = this.pidNamespace
    return tasks.size + threads.size >= Math.min(this.threadsMax, ROOM)
  }
  /** All live and zombie tasks of the machine by pid, ascending. */
  tasks(): Task[] {
    const all = [...this.pidNamespace.tasks.values()]
    // Numbers grow until they wrap, so they are nearly always in order.
    for (let i = 1; i < all.length; i++) if ((all[i - 1]?.globalPid ?? 0) > (all[i]?.globalPid ?? 0)) return all.sort((a, b) => a.globalPid - b.globalPid)
    return all
  }
  /** Starts a coroutine of a task. */
  start(task: Task, run: Run<unknown>): Fiber {
    const fiber = new Fiber(this.scheduler, task, run)
    task.fibers.add(fiber)
    this.scheduler.makeReady(fiber)
    return fiber
  }
  /**
   * Blocks the running coroutine until one of the queues wakes it, `timeoutNs` have passed, or a caught signal interrupts.
   * The caller looks again at what it waits for.
   */
  *block(queues: readonly WaitQueue[], timeoutNs?: number): Run<WakeReason> {
    const fiber = this.scheduler.current
    if (!fiber) throw new Error('blocked outside of a task')
    if (fiber.task.caught.length > 0) {
      runHandlers(fiber.task)
      return 'interrupted'
    }
    const timer = timeoutNs === undefined ? null : this.scheduler.at(this.clock.monotonic + this.scheduler.usedNs + timeoutNs, () => fiber.wake('timeout'))
    for (const queue of queues) queue.add(fiber)
    fiber.state = 'blocked'
    fiber.task.switches.voluntary++
    try {
      yield 'blocked'
    } finally {
      if (timer) timer.cancelled = true
      for (const queue of queues) queue.remove(fiber)
    }
    return fiber.reason
  }
  /** Loads an asset once. */
  asset(name: string): { readonly value?: unknown; readonly done: boolean } {
    const known = this.loads.get(name)
    if (known) return known
    const entry: { promise: Promise<void>; value?: unknown; done: boolean } = { promise: Promise.resolve(), done: false }
    const finish = (value?: unknown): void => {
      entry.value = value
      entry.done = true
      this.loading--
    }
    this.loading++
    entry.promise = this.loadAsset(name).then(finish, () => finish())
    this.loads.set(name, entry)
    return entry
  }
  /** Number of loads under way. */
  loading = 0
  /** Loads under way; the machine is 'parked' while a task waits for one. */
  pendingLoads(): Promise<void>[] {
    return [...this.loads.values()].filter((l) => !l.done).map((l) => l.promise)
  }
}

/** One step of a coroutine: signals first, then until it yields; its end ends the task when it is the program. */
export function resumeFiber(fiber: Fiber): void {
  const { task } = fiber
  const { kernel } = task
  if (task.isZombie) return
  if (task.stopped !== null || task.frozen !== null) {
    fiber.state = 'blocked'
    suspended(task).add(fiber)
    return
  }
  try {
    if (task.caught.length > 0) runHandlers(task)
    const step = fiber.run.next()
    if (step.value === 'loading' && !step.done) return kernel.scheduler.hold(fiber)
    const used = kernel.scheduler.usedNs
    task.times.user += used
    if (step.done) {
      fiber.state = 'done'
      task.fibers.delete(fiber)
      if (fiber.isMain) exitTask(task, { kind: 'exited', code: Number(step.value ?? 0) & 255 })
    } else if (step.value === 'preempted') {
      task.switches.involuntary++
      kernel.scheduler.requeue(fiber)
    }
  } catch (thrown) {
    if (fiber.state === 'done') return
    fiber.state = 'done'
    task.fibers.delete(fiber)
    if (thrown instanceof TaskExit) exitTask(task, { kind: 'exited', code: thrown.code & 255 })
    else if (thrown instanceof Killed) exitTask(task, thrown.status)
    else {
      const signo = isOutOfMemory(thrown) ? 9 : 11
      if (signo === 11) kernel.oopses.push({ pid: task.globalPid, comm: task.comm, error: thrown })
      if (fiber.isMain) exitTask(task, { kind: 'signaled', signo, core: false })
    }
  }
}

/** A program that asked for more than there is, whom the OOM killer ends: engines say so by a RangeError, as they say that a stack overflows. */
const isOutOfMemory = (thrown: unknown): boolean => thrown instanceof RangeError && /allocation failed|Invalid (?:string|array|typed array) length|Array buffer/i.test(thrown.message)

const SUSPENDED = new WeakMap<Task, Set<Fiber>>()

/** Coroutines that were runnable when their task was stopped or frozen. */
function suspended(task: Task): Set<Fiber> {
  let set = SUSPENDED.get(task)
  if (!set) {
    set = new Set()
    SUSPENDED.set(task, set)
  }
  return set
}

/** After SIGCONT or a thaw: what was runnable runs again. */
export function releaseSuspended(task: Task): void {
  const set = suspended(task)
  for (const fiber of set) fiber.wake(fiber.reason)
  set.clear()
}
