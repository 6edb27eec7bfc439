/** The machine's clocks. Virtual: they move only when the scheduler says so. Nanoseconds since boot are exact to 2^53 (104 days). */
import { NS_PER_SEC, type Timespec } from './time'

export class Clock {
  /** CLOCK_MONOTONIC and CLOCK_BOOTTIME, nanoseconds. */
  monotonic: number
  /** When the machine booted, CLOCK_REALTIME. */
  readonly boot: Timespec
  constructor(boot: Timespec, monotonic = 0) {
    this.boot = boot
    this.monotonic = monotonic
  }
  /** The last reading: a moment is asked for by all that happens in it. */
  private last: { readonly monotonic: number; readonly time: Timespec } | undefined
  realtime(monotonic = this.monotonic): Timespec {
    if (this.last?.monotonic !== monotonic) this.last = { monotonic, time: this.reading(monotonic) }
    return this.last.time
  }
  private reading(monotonic: number): Timespec {
    const nsec = this.boot.nsec + (monotonic % NS_PER_SEC)
    const sec = this.boot.sec + Math.floor(monotonic / NS_PER_SEC)
    return nsec >= NS_PER_SEC ? { sec: sec + 1, nsec: Math.floor(nsec - NS_PER_SEC) } : { sec, nsec: Math.floor(nsec) }
  }
  /** The reading of the monotonic clock at a point of real time. */
  monotonicAt(time: Timespec): number {
    return (time.sec - this.boot.sec) * NS_PER_SEC + (time.nsec - this.boot.nsec)
  }
}
