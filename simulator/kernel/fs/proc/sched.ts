/** Scheduling figures of a task. */
import type { Task } from '../../task'

/** Nanoseconds on the CPU: exact where recorded, the ticks of `stat` being coarser. */
export const runtime = (task: Task): number => Math.round(task.times.user + task.times.system + Number(task.recorded.get('runtimeBeyondTicks') ?? 0))
