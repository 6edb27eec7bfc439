/** /proc/loadavg: three averages of the run queue, runnable and all tasks, the last pid (kernel/sched/loadavg.c). */
import { systemFile } from '../entry'
import { machineOf } from '../machine'
import { NS_PER_SEC } from '../../../time'

const PERIODS = [60, 300, 900]

export default systemFile(({ kernel, pids, viewer }) => {
  const facts = machineOf(kernel)
  const tasks = kernel.tasks()
  const running = tasks.filter((t) => t !== viewer && (t.state === 'R' || t.state === 'D')).length
  const passed = (kernel.clock.monotonic - facts.since) / NS_PER_SEC
  const averages = facts.load.map((before, i) => running + (before - running) * Math.exp(-passed / (PERIODS[i] ?? 60)))
  const threads = tasks.reduce((sum, t) => sum + 1 + t.threads.length, 0)
  return `${averages.map((a) => a.toFixed(2)).join(' ')} ${running + 1}/${facts.otherTasks + threads} ${pids.lastPid}\n`
})
