/** wait4(2): a child that ended, stopped or went on. */
import { Errno } from './errno'
import { reap } from './exit'
import type { Run } from './run'
import type { WaitOptions, WaitStatus } from './sys'
import type { Task } from './task'

export function* waitFor(task: Task, pid: number, options: WaitOptions = {}): Run<{ pid: number; status: WaitStatus } | null> {
  let interrupted = false
  for (;;) {
    const candidates = [...task.children].filter((child) => matches(task, child, pid))
    if (candidates.length === 0) throw new Errno('ECHILD')
    for (const child of candidates) {
      const number = child.pidIn(task.ns.pid)
      if (child.exitStatus) {
        const status = child.exitStatus
        task.times.childUser += child.times.user + child.times.childUser
        task.times.childSystem += child.times.system + child.times.childSystem
        reap(child)
        return { pid: number, status }
      }
      const news = child.unreported
      if ((news?.kind === 'stopped' && options.untraced) || (news?.kind === 'continued' && options.continued)) {
        child.unreported = null
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

function matches(task: Task, child: Task, pid: number): boolean {
  if (pid === -1) return true
  if (pid > 0) return child.pidIn(task.ns.pid) === pid
  const group = child.group.leader.pidIn(task.ns.pid)
  return pid === 0 ? child.group === task.group : group === -pid
}
