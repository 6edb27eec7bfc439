/** /proc/PID/stat (fs/proc/array.c, do_task_stat): fifty-two fields on one line. */
import type { Task } from '../../../task'
import { file, type Look } from '../entry'
import { ticks } from '../machine'
import { caughtMask, ignoredMask, type Layout, layoutOf, lowBits, maskOf, mayTrace } from '../task'

/** The number of /dev/pts/0 as tty_nr has it: 136 << 8. */
const TTY_NUMBER = 34_816

/** What those see who may not trace the process. */
const HIDDEN: Layout = {
  startcode: '0', endcode: '0', startstack: '0', start_data: '0', end_data: '0', start_brk: '0', arg_start: '0', arg_end: '0', env_start: '0', env_end: '0',
}

/** The controlling terminal and its foreground group. */
function terminal(task: Task, look: Look): string {
  const { tty } = task.session
  if (!tty) return '0 -1'
  return `${TTY_NUMBER + tty.index} ${tty.foreground?.leader.pidIn(look.pids) ?? 0}`
}

function exitCode(task: Task): number {
  const status = task.exitStatus
  if (status?.kind === 'exited') return status.code << 8
  return status?.kind === 'signaled' ? status.signo | (status.core ? 128 : 0) : 0
}

function render(task: Task, look: Look): string {
  const { thread } = look
  const memory = task.isZombie ? null : task.memory
  const trace = mayTrace(task, look) && memory !== null
  const at = trace ? layoutOf(task) : HIDDEN
  const lone = thread !== null || task.threads.length === 0
  const { state } = task
  const times = thread ? { user: 0, system: 0, childUser: 0, childSystem: 0 } : task.times
  return (
    `${thread?.tidIn(look.pids) ?? task.pidIn(look.pids)} (${thread?.comm ?? task.comm}) ${state} ${task.parent?.pidIn(look.pids) ?? 0} ` +
    `${task.group.leader.pidIn(look.pids)} ${task.session.leader.pidIn(look.pids)} ${terminal(task, look)} ${task.flags} ` +
    `${task.faults.minor} ${task.faults.childMinor} ${task.faults.major} ${task.faults.childMajor} ` +
    `${ticks(times.user)} ${ticks(times.system)} ${ticks(times.childUser)} ${ticks(times.childSystem)} ` +
    `${20 + task.nice} ${task.nice} ${task.threads.length + 1} 0 ${ticks(thread?.startTime ?? task.startTime)} ` +
    `${memory ? memory.vmSize * 1024 : 0} ${memory ? (task.recorded.get('rss') ?? Math.floor(memory.vmRSS / 4)) : 0} 18446744073709551615 ` +
    `${at.startcode} ${at.endcode} ${at.startstack} 0 0 ${lowBits(maskOf(task.pending))} ${lowBits(maskOf(task.blocked))} ` +
    `${lowBits(ignoredMask(task))} ${lowBits(caughtMask(task))} ${lone && state !== 'R' ? 1 : 0} 0 0 ${thread ? -1 : task.exitSignal} ` +
    `${task.recorded.get('processor') ?? task.globalPid % 2} ${task.scheduling.priority} ${task.scheduling.policy} 0 0 0 ` +
    `${at.start_data} ${at.end_data} ${at.start_brk} ${at.arg_start} ${at.arg_end} ` +
    `${at.env_start} ${at.env_end} ${trace ? exitCode(task) : 0}\n`
  )
}

export default file(render)
