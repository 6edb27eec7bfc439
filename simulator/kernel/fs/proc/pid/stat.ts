/** /proc/PID/stat (fs/proc/array.c, do_task_stat): fifty-two fields on one line. */
import type { Task } from '../../../task'
import { file, type Look } from '../entry'
import { ticks } from '../machine'
import { caughtMask, ignoredMask, layoutOf, maskOf, mayTrace } from '../task'

const LOW = 0x7fffffffn
/** The number of /dev/pts/0 as tty_nr has it: 136 << 8. */
const TTY_NUMBER = 34_816

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
  const at = layoutOf(task)
  const address = (field: string): string => (trace ? at(field) : '0')
  const lone = thread !== null || task.threads.length === 0
  const times = thread ? { user: 0, system: 0, childUser: 0, childSystem: 0 } : task.times
  return (
    `${thread?.tid ?? task.pidIn(look.pids)} (${thread?.comm ?? task.comm}) ${task.state} ${task.parent?.pidIn(look.pids) ?? 0} ` +
    `${task.group.leader.pidIn(look.pids)} ${task.session.leader.pidIn(look.pids)} ${terminal(task, look)} ${task.flags} ` +
    `${task.faults.minor} ${task.faults.childMinor} ${task.faults.major} ${task.faults.childMajor} ` +
    `${ticks(times.user)} ${ticks(times.system)} ${ticks(times.childUser)} ${ticks(times.childSystem)} ` +
    `${20 + task.nice} ${task.nice} ${task.threads.length + 1} 0 ${ticks(thread?.startTime ?? task.startTime)} ` +
    `${memory ? memory.vmSize * 1024 : 0} ${memory ? (task.recorded.get('rss') ?? Math.floor(memory.vmRSS / 4)) : 0} 18446744073709551615 ` +
    `${address('startcode')} ${address('endcode')} ${address('startstack')} 0 0 ${maskOf(task.pending) & LOW} ${maskOf(task.blocked) & LOW} ` +
    `${ignoredMask(task) & LOW} ${caughtMask(task) & LOW} ${lone && task.state !== 'R' ? 1 : 0} 0 0 ${thread ? -1 : task.exitSignal} ` +
    `${task.recorded.get('processor') ?? task.globalPid % 2} 0 0 0 0 0 ` +
    `${address('start_data')} ${address('end_data')} ${address('start_brk')} ${address('arg_start')} ${address('arg_end')} ` +
    `${address('env_start')} ${address('env_end')} ${trace ? exitCode(task) : 0}\n`
  )
}

export default file(render)
