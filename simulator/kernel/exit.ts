/** How a task ends (exit_group(2), kernel/exit.c): what it held is let go, its children find a new parent, its parent learns. */
import type { PidNamespace } from './namespaces/pid'
import { releaseNetOf } from './net/cleanup'
import { sendSignal, sendToGroup } from './signal'
import { SIG } from './signals'
import type { WaitStatus } from './sys'
import type { Task } from './task'

/** PF_EXITING, PF_POSTCOREDUMP and PF_NOFREEZE (include/linux/sched.h). */
const PF_EXITED = 0x800c

/** Thrown by exit(2) to leave the program's coroutine. */
export class TaskExit {
  readonly code: number
  constructor(code: number) {
    this.code = code
  }
}

/** Thrown in the coroutine of a task that has just killed itself. */
export class Killed {
  readonly status: WaitStatus
  constructor(status: WaitStatus) {
    this.status = status
  }
}

export function exitTask(task: Task, status: WaitStatus): void {
  if (task.exitStatus) return
  task.exitStatus = status
  task.flags |= PF_EXITED
  const { kernel } = task
  for (const fiber of [...task.fibers]) {
    const running = fiber === kernel.scheduler.current
    fiber.state = 'done'
    if (!running) unwind(fiber.run)
  }
  task.fibers.clear()
  task.ended.wake()
  releaseNetOf(task)
  for (const [fd, descriptor] of [...task.fds]) {
    task.fds.delete(fd)
    descriptor.file.release()
  }
  leaveTerminal(task)
  kernel.cgroups?.exit(task)
  endThreads(task)
  const own = task.pids.at(-1)?.ns
  if (own && own.init === task) killNamespace(own, task)
  reparentChildren(task)
  orphanStoppedGroups(task)
  const parent = task.parent
  if (!parent || parent.dispositions.get(SIG.SIGCHLD) === 'ignore') {
    reap(task)
    parent?.childEvents.wake()
  } else {
    task.unreported = null
    tell(parent, task)
  }
}

/** wait(2) of the parent has something to tell. */
export function tell(parent: Task, child: Task): void {
  parent.news.add(child)
  parent.childEvents.wake()
  sendSignal(parent, SIG.SIGCHLD, child)
}

/** All threads but the leader end; their numbers are free again. */
export function endThreads(task: Task): void {
  for (const thread of task.threads) for (const { ns, pid } of thread.pids) ns.threads.delete(pid)
  task.threads.length = 0
}

/** Runs a dead coroutine's finally blocks. A program must not block there; one that tries is left where it is. */
function unwind(run: Generator<unknown, unknown, void>): void {
  try {
    run.return(undefined)
  } catch {
    // What a finally block of a killed program throws has nobody to go to.
  }
}

/** Removes a zombie for good; its numbers are free again. */
export function reap(task: Task): void {
  task.parent?.children.delete(task)
  task.parent?.news.delete(task)
  task.group.members.delete(task)
  for (const { ns, pid } of task.pids) ns.tasks.delete(pid)
}

/** The nearest ancestor that is a subreaper, else PID 1 of the task's namespace (prctl(2) PR_SET_CHILD_SUBREAPER). */
function reaperOf(task: Task): Task | null {
  const own = task.pids.at(-1)?.ns
  for (let up = task.parent; up && up.pids.at(-1)?.ns === own; up = up.parent) {
    if (up.childSubreaper && !up.isZombie) return up
    if (up === own?.init) break
  }
  const init = own?.init
  return init && init !== task && !init.isZombie ? init : (own?.parent?.init ?? null)
}

function reparentChildren(task: Task): void {
  if (task.children.size === 0) return
  const reaper = reaperOf(task)
  for (const child of [...task.children]) {
    task.children.delete(child)
    child.parent = reaper
    reaper?.children.add(child)
    if (!child.exitStatus) continue
    if (!reaper || reaper.dispositions.get(SIG.SIGCHLD) === 'ignore') reap(child)
    else tell(reaper, child)
  }
  task.news.clear()
}

/** When PID 1 of a namespace dies, the kernel kills the rest (pid_namespaces(7)); one that joined from outside is its parent's to reap. */
function killNamespace(ns: PidNamespace, init: Task): void {
  ns.init = null
  const rest = [...ns.tasks.values()].filter((task) => task !== init)
  const joined = new Set(rest.filter(({ parent }) => parent && !parent.pids.some((pid) => pid.ns === ns)))
  for (const task of rest) {
    if (!task.isZombie) exitTask(task, { kind: 'signaled', signo: SIG.SIGKILL, core: false })
    if (!joined.has(task)) reap(task)
  }
}

/** A session leader's end hangs up its terminal's foreground group. */
function leaveTerminal(task: Task): void {
  const { session } = task
  if (session.leader !== task || !session.tty) return
  const { tty } = session
  const foreground = tty.foreground
  session.tty = null
  tty.session = null
  tty.foreground = null
  if (foreground) {
    sendToGroup(foreground, SIG.SIGHUP)
    sendToGroup(foreground, SIG.SIGCONT)
  }
}

/** Groups that lost their last link to a shell and hold stopped members get SIGHUP and SIGCONT (setpgid(2), orphaned groups). */
function orphanStoppedGroups(task: Task): void {
  for (const child of task.children) {
    const { group } = child
    if (group.session.leader === group.leader || child.stopped === null) continue
    const held = [...group.members].some((m) => m.parent && !m.parent.isZombie && m.parent.group !== group && m.parent.session === group.session)
    if (held) continue
    sendToGroup(group, SIG.SIGHUP)
    sendToGroup(group, SIG.SIGCONT)
  }
}
