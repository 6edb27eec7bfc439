/** Signals between tasks (signal(7), kernel/signal.c): who may send, what is ignored, what happens. */
import { capableIn } from './credentials'
import { Errno } from './errno'
import { exitTask, Killed, tell } from './exit'
import { releaseSuspended } from './kernel'
import { defaultAction, SIG } from './signals'
import type { ProcessGroup, Task } from './task'

const STOPPERS: readonly number[] = [SIG.SIGSTOP, SIG.SIGTSTP, SIG.SIGTTIN, SIG.SIGTTOU]

/** kill(2)'s permission rule. */
export function maySignal(sender: Task, target: Task, signo: number): boolean {
  const a = sender.credentials
  const b = target.credentials
  if (capableIn(a, target.ns.user, 'CAP_KILL')) return true
  if ([b.uid, b.suid].some((id) => id === a.uid || id === a.euid)) return true
  return signo === SIG.SIGCONT && sender.session === target.session
}

const FIRST_REAL_TIME = 32

/**
 * Sends a signal; `sender` null means the kernel (a terminal, a timer). PID 1 of a namespace only gets what it handles,
 * but for SIGKILL and SIGSTOP from outside (pid_namespaces(7)).
 */
export function sendSignal(target: Task, signo: number, sender: Task | null): void {
  if (target.isZombie || signo === 0) return
  const action = target.dispositions.get(signo) ?? 'default'
  const byDefault = defaultAction(signo)
  if (signo === SIG.SIGCONT) resumeTask(target)
  if (STOPPERS.includes(signo)) target.pending.delete(SIG.SIGCONT)
  const own = target.pids.at(-1)?.ns
  const unkillable = own?.init === target
  if (unkillable && action === 'default') {
    const fromOutside = sender !== null && own !== undefined && !own.holds(sender.ns.pid) && own.level > 0
    if (!((signo === SIG.SIGKILL || signo === SIG.SIGSTOP) && fromOutside)) return
  }
  if (target.frozen === 'uninterruptible') {
    target.pending.add(signo)
    return
  }
  if (signo === SIG.SIGKILL) return kill(target, signo)
  if (signo === SIG.SIGSTOP) return stop(target, signo)
  if (target.blocked.has(signo)) {
    target.pending.add(signo)
    return
  }
  if (action === 'ignore') return
  if (action === 'default') {
    if (byDefault === 'ignore' || byDefault === 'continue') return
    if (byDefault === 'stop') return stop(target, signo)
    return kill(target, signo)
  }
  // Standard signals are not queued: one that is still pending stands for all (signal(7)).
  if (signo >= FIRST_REAL_TIME || !target.caught.includes(signo)) target.caught.push(signo)
  for (const fiber of target.fibers) {
    if (!fiber.isMain) continue
    fiber.wake('interrupted')
  }
}

/** To every member of a process group. */
export function sendToGroup(group: ProcessGroup, signo: number, sender: Task | null = null): void {
  for (const task of [...group.members]) sendSignal(task, signo, sender)
}

function kill(target: Task, signo: number): void {
  const status = { kind: 'signaled', signo, core: defaultAction(signo) === 'core' && target.rlimits.core.soft > 0 } as const
  target.stopped = null
  if (target.kernel.scheduler.current?.task === target) throw new Killed(status)
  exitTask(target, status)
}

function stop(target: Task, signo: number): void {
  if (target.stopped !== null) return
  target.stopped = signo
  target.unreported = { kind: 'stopped', signo }
  if (target.parent) tell(target.parent, target)
}

function resumeTask(target: Task): void {
  for (const signo of STOPPERS) target.pending.delete(signo)
  if (target.stopped === null) return
  target.stopped = null
  target.unreported = { kind: 'continued' }
  releaseSuspended(target)
  if (target.parent) tell(target.parent, target)
}

/** Runs the handlers of caught signals, in order of arrival. */
export function runHandlers(task: Task): void {
  while (task.caught.length > 0) {
    const signo = task.caught.shift() as number
    const action = task.dispositions.get(signo)
    if (typeof action === 'function') action(signo)
  }
}

/** Signals that were blocked and are no longer. */
export function deliverPending(task: Task): void {
  for (const signo of [...task.pending]) {
    if (task.blocked.has(signo)) continue
    task.pending.delete(signo)
    // Whether it may be killed was decided when the signal came.
    if (signo === SIG.SIGKILL) return kill(task, signo)
    sendSignal(task, signo, null)
  }
}

/** kill(2): finds the targets as the caller's pid namespace numbers them. */
export function killByPid(sender: Task, pid: number, signo: number): void {
  if (signo < 0 || signo > 64) throw new Errno('EINVAL')
  const ns = sender.ns.pid
  const targets =
    pid > 0
      ? [ns.tasks.get(pid)].filter((t): t is Task => t !== undefined)
      : pid === -1
        ? [...ns.tasks.values()].filter((t) => t !== sender && t !== ns.init)
        : groupMembers(sender, pid === 0 ? sender.group : findGroup(ns.tasks.get(-pid), ns.tasks.values(), -pid, sender))
  if (targets.length === 0) throw new Errno('ESRCH')
  const allowed = targets.filter((t) => maySignal(sender, t, signo))
  if (allowed.length === 0) throw new Errno('EPERM')
  // The sender last, so that a signal to its own group reaches the others first.
  for (const target of allowed.filter((t) => t !== sender)) sendSignal(target, signo, sender)
  if (allowed.includes(sender)) sendSignal(sender, signo, sender)
}

function groupMembers(sender: Task, group: ProcessGroup | undefined): Task[] {
  return group ? [...group.members].filter((t) => t.pidIn(sender.ns.pid) > 0) : []
}

/** The process group numbered `pgid` in the caller's namespace (its leader may be gone). */
export function findGroup(leader: Task | undefined, all: Iterable<Task>, pgid: number, viewer: Task): ProcessGroup | undefined {
  if (leader && leader.group.leader === leader) return leader.group
  for (const task of all) if (task.group.leader.pidIn(viewer.ns.pid) === pgid) return task.group
  return undefined
}
