/** What the scheduler runs: one coroutine of a task. The first is the program; others are goroutines that it started. */
import type { Run } from './run'
import type { Scheduler } from './scheduler'
import type { Task } from './task'
import type { Sleeper } from './waitqueue'

export type WakeReason = 'woken' | 'timeout' | 'interrupted'

export class Fiber implements Sleeper {
  readonly task: Task
  run: Run<unknown>
  state: 'ready' | 'running' | 'blocked' | 'done' = 'blocked'
  reason: WakeReason = 'woken'
  private readonly scheduler: Scheduler
  /** The program itself: its end is the task's. */
  readonly isMain: boolean
  constructor(scheduler: Scheduler, task: Task, run: Run<unknown>) {
    this.isMain = task.fibers.size === 0
    this.scheduler = scheduler
    this.task = task
    this.run = run
  }
  wake(reason: WakeReason = 'woken'): void {
    // A signal that comes between the wake-up and the next step still interrupts the call.
    if (this.state === 'ready' && reason === 'interrupted') this.reason = reason
    if (this.state !== 'blocked') return
    this.reason = reason
    this.scheduler.makeReady(this)
  }
}
