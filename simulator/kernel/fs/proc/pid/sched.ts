/** /proc/PID/sched (kernel/sched/debug.c, proc_sched_show_task), the lines that follow from what is known of a task. */
import { file } from '../entry'
import { runtime } from '../sched'

const row = (name: string, value: string | number): string => `${name.padEnd(45)}:${String(value).padStart(21)}\n`
const ms = (ns: number): string => (ns / 1e6).toFixed(6)

export default file(
  (task, look) => {
    const comm = look.thread?.comm ?? task.comm
    const ran = runtime(task)
    const { voluntary, involuntary } = task.switches
    return (
      `${comm} (${look.thread?.tidIn(look.pids) ?? task.pidIn(look.pids)}, #threads: ${task.threads.length + 1})\n${'-'.repeat(67)}\n` +
      row('se.exec_start', ms(task.startTime + ran)) + row('se.vruntime', ms(ran)) + row('se.sum_exec_runtime', ms(ran)) +
      row('se.nr_migrations', 0) + row('nr_switches', voluntary + involuntary) + row('nr_voluntary_switches', voluntary) +
      row('nr_involuntary_switches', involuntary) + row('se.load.weight', 1048576) + row('policy', task.scheduling.policy) + row('prio', 120 + task.nice) +
      row('se.slice', 1400000) + row('mm->numa_scan_seq', 0) + row('numa_pages_migrated', 0) + row('numa_preferred_nid', -1) +
      row('total_numa_faults', 0) + 'current_node=0, numa_group_id=0\n' +
      'numa_faults node=0 task_private=0 task_shared=0 group_private=0 group_shared=0\n'
    )
  },
  { mode: 0o644 },
)
