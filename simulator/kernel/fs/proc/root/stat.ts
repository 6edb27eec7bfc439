/** /proc/stat: time of each CPU by kind, interrupts, context switches, forks (proc(5)). */
import { systemFile } from '../entry'
import { cpuTimes, machineOf } from '../machine'

export default systemFile(({ kernel }) => {
  const facts = machineOf(kernel)
  const rows = cpuTimes(kernel)
  const total = (rows[0] ?? []).map((_, i) => rows.reduce((sum, row) => sum + (row[i] ?? 0), 0))
  const tasks = kernel.tasks()
  const switches = tasks.reduce((sum, t) => sum + t.switches.voluntary + t.switches.involuntary, 0)
  const running = tasks.filter((t) => t.state === 'R').length
  return (
    `cpu  ${total.join(' ')}\n${rows.map((row, i) => `cpu${i} ${row.join(' ')}\n`).join('')}intr ${facts.interrupts}\n` +
    `ctxt ${facts.contextSwitches + switches}\nbtime ${kernel.clock.boot.sec}\n` +
    `processes ${facts.forks + Math.max(0, kernel.pidNamespace.lastPid - facts.lastPid)}\nprocs_running ${Math.max(1, running)}\nprocs_blocked 0\nsoftirq ${facts.softirqs}\n`
  )
})
