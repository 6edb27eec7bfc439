import { file } from '../entry'
import { runtime } from '../sched'

/** Time on the CPU, time waited for one, times run (sched-stats.rst). */
export default file((task) => `${runtime(task)} ${task.recorded.get('runDelay') ?? 0} ${task.switches.voluntary + task.switches.involuntary}\n`)
