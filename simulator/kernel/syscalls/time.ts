/** Clocks, sleeping, CPU time (section 2 of the manual: clock_gettime, nanosleep, futex, times). */
import { Errno } from '../errno'
import type { Run } from '../run'
import type { Timespec } from '../time'
import type { WaitQueue } from '../waitqueue'
import { TaskCalls } from './base'

export abstract class TimeCalls extends TaskCalls {
  now(): Timespec {
    const { clock, scheduler } = this.task.kernel
    return clock.realtime(clock.monotonic + scheduler.usedNs)
  }
  get startTime(): number {
    return this.task.startTime
  }
  monotonic(): number {
    const { clock, scheduler } = this.task.kernel
    return clock.monotonic + scheduler.usedNs
  }
  *sleep(ns: number): Run {
    const until = this.monotonic() + ns
    this.task.wchan = 'hrtimer_nanosleep'
    while (this.monotonic() < until) {
      if ((yield* this.task.kernel.block([], until - this.monotonic())) === 'interrupted') throw new Errno('EINTR')
    }
  }
  *waitOn(queue: WaitQueue, timeoutNs?: number): Run {
    this.task.wchan = 'futex_do_wait'
    if ((yield* this.task.kernel.block([queue], timeoutNs)) === 'interrupted') throw new Errno('EINTR')
  }
  times(): { user: number; system: number; childUser: number; childSystem: number } {
    return { ...this.task.times, user: this.task.times.user + this.task.kernel.scheduler.usedNs }
  }
  spend(units: number, cost?: number): boolean {
    return this.task.kernel.scheduler.spend(units, cost)
  }
  random(): number {
    return this.task.kernel.random.uint32()
  }
}
