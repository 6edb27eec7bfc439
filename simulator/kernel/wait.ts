/** wait4(2): a child that ended, stopped or went on. */
import { Errno } from './errno'
import { reap } from './exit'
import type { Run } from './run'
import type { WaitOptions, WaitStatus } from './sys'
import type { Task } from './task'

export function* waitFor(task: Task, pid: number, options: WaitOptions = {}): Run<{ pid: number; status: WaitStatus } | null> {
  let interrupted = false
  for (;;) {
    if (!hasChild(task, pid)) throw new Errno('ECHILD')
    for (const child of candidates(task)) {
      if (!matches(task, child, pid)) continue
      const number = child.pidIn(task.ns.pid)
      if (child.exitStatus) {
        const status = child.exitStatus
        inheritFigures(task, child)
        reap(child)
        return { pid: number, status }
      }
      const news = child.unreported
      if ((news?.kind === 'stopped' && options.untraced) || (news?.kind === 'continued' && options.continued)) {
        child.unreported = null
        task.news.delete(child)
        return { pid: number, status: news }
      }
    }
    if (options.noHang) return null
    task.wchan = 'do_wait'
    // A child that ended wakes and interrupts at once (SIGCHLD): it is looked at before EINTR is told.
    if (interrupted) throw new Errno('EINTR')
    interrupted = (yield* task.kernel.block([task.childEvents])) === 'interrupted'
  }
}

/** More than this at once come in the order of their news: looking through all children for each of thousands would take for ever. */
const FEW = 64

/** Those with news, the eldest first, as the kernel goes through its list. */
function candidates({ news, children }: Task): Iterable<Task> {
  return news.size < 2 || news.size > FEW ? news : [...children].filter((child) => news.has(child))
}

function hasChild(task: Task, pid: number): boolean {
  if (pid === -1) return task.children.size > 0
  if (pid > 0) return task.ns.pid.tasks.get(pid)?.parent === task
  for (const child of task.children) if (matches(task, child, pid)) return true
  return false
}

/** What a reaped child used counts as its parent's children's (getrusage(2)); what it read and wrote, as the parent's own (proc(5), io). */
function inheritFigures(task: Task, child: Task): void {
  task.times.childUser += child.times.user + child.times.childUser
  task.times.childSystem += child.times.system + child.times.childSystem
  task.faults.childMinor += child.faults.minor + child.faults.childMinor
  task.faults.childMajor += child.faults.major + child.faults.childMajor
  for (const name of IO_COUNTERS) task.io[name] += child.io[name]
}

const IO_COUNTERS = ['rchar', 'wchar', 'syscr', 'syscw', 'readBytes', 'writeBytes', 'cancelledWriteBytes'] as const

function matches(task: Task, child: Task, pid: number): boolean {
  if (pid === -1) return true
  if (pid > 0) return child.pidIn(task.ns.pid) === pid
  return pid === 0 ? child.group === task.group : child.group.leader.pidIn(task.ns.pid) === -pid
}
