/**
 * One scheduler orders everything that happens on the machine: runnable coroutines in turn, timers by virtual time. How
 * much host time passes changes where a run pauses, never what happens.
 */
import type { Clock } from './clock'
import { effort } from './effort'
import type { Fiber } from './fiber'

/** A time slice in units of `spend` (about a microsecond each). */
const SLICE = 1000
/** Urgent steps before one of the others has its turn. */
const MOST_FAVOURED = 32
const NS_PER_UNIT = 1000
/** What a step costs at least, so that time moves when things happen. */
const STEP_NS = 500

export interface Timer {
  readonly at: number
  readonly order: number
  readonly fire: () => void
  cancelled: boolean
}

export interface RunLimits {
  /** The virtual clock (nanoseconds since boot) must not pass this point by itself. */
  readonly until: number
  /** Asked between slices: true ends this run. */
  readonly expired: () => boolean
}

export class Scheduler {
  readonly clock: Clock
  private ready: Fiber[] = []
  private head = 0
  /**
   * Fibers that a key stroke woke, and those that they wake: they run before the others, as a real scheduler prefers who has slept to
   * who has computed. So a shell answers `^C` however many processes want to run.
   */
  private urgent: Fiber[] = []
  private waking: 'ready' | 'urgent' = 'ready'
  /** Urgent steps in a row. */
  private favoured = 0
  private readonly heap: Timer[] = []
  private timerOrder = 0
  private readonly resume: (fiber: Fiber) => void
  /** What is left of the running slice. */
  private fuel = SLICE
  private used = 0
  current: Fiber | null = null
  /** How many steps were taken so far. With the clock it names a moment of the machine exactly, for replays. */
  steps = 0
  /** A fiber in the middle of a step, while the host loads what it needs. */
  private held: Fiber | null = null
  /** Its effort so far. */
  private heldEffort = 0

  /** `resume` lets a fiber take one step: the kernel delivers signals there and handles its end. */
  constructor(clock: Clock, resume: (fiber: Fiber) => void) {
    this.clock = clock
    this.resume = resume
  }
  makeReady(fiber: Fiber): void {
    if (fiber.state === 'done') return
    fiber.state = 'ready'
    if (this.waking === 'urgent') this.urgent.push(fiber)
    else this.ready.push(fiber)
  }
  /** A fiber whose slice is over: behind all others. */
  requeue(fiber: Fiber): void {
    fiber.state = 'ready'
    this.ready.push(fiber)
  }
  /** What `work` wakes is urgent. */
  urgently(work: () => void): void {
    const before = this.waking
    this.waking = 'urgent'
    try {
      work()
    } finally {
      this.waking = before
    }
  }
  /** The running fiber's step goes on in the next run, as if it had not been left. */
  hold(fiber: Fiber): void {
    this.held = fiber
    this.heldEffort = effort.units
  }
  /**
   * Accounts for work of the running fiber; true when its slice is over. `cost`: what it costs the host, where that is much more than what it
   * takes on a node. It shortens the slice and not the clock (`effort.ts`), and so does what was noted there.
   */
  spend(units: number, cost = units): boolean {
    this.fuel -= cost + effort.units
    effort.units = 0
    this.used += units
    return this.fuel <= 0
  }
  /** Virtual nanoseconds that the running fiber has used in this step. */
  get usedNs(): number {
    return this.used * NS_PER_UNIT
  }
  /** Calls `fire` at a point of the monotonic clock. */
  at(time: number, fire: () => void): Timer {
    const timer: Timer = { at: time, order: this.timerOrder++, fire, cancelled: false }
    const heap = this.heap
    heap.push(timer)
    let i = heap.length - 1
    while (i > 0) {
      const up = (i - 1) >> 1
      if (before(heap[up] as Timer, timer)) break
      heap[i] = heap[up] as Timer
      i = up
    }
    heap[i] = timer
    return timer
  }
  private popTimer(): void {
    const heap = this.heap
    const last = heap.pop()
    if (!last || heap.length === 0) return
    let i = 0
    for (;;) {
      let child = 2 * i + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && before(heap[child + 1] as Timer, heap[child] as Timer)) child++
      if (before(last, heap[child] as Timer)) break
      heap[i] = heap[child] as Timer
      i = child
    }
    heap[i] = last
  }
  private nextTimer(): Timer | undefined {
    while (this.heap[0]?.cancelled) this.popTimer()
    return this.heap[0]
  }
  private fireDue(): void {
    for (let timer = this.nextTimer(); timer && timer.at <= this.clock.monotonic; timer = this.nextTimer()) {
      this.popTimer()
      timer.fire()
    }
  }
  private takeReady(): Fiber | undefined {
    if (this.urgent.length > 0 && (this.favoured < MOST_FAVOURED || this.head >= this.ready.length)) {
      this.favoured++
      this.waking = 'urgent'
      return this.urgent.shift()
    }
    this.favoured = 0
    this.waking = 'ready'
    const fiber = this.ready[this.head]
    if (!fiber) return undefined
    this.head++
    if (this.head > 1024 && this.head * 2 > this.ready.length) {
      this.ready = this.ready.slice(this.head)
      this.head = 0
    }
    return fiber
  }
  /**
   * Runs until nothing is runnable and no timer is due before `until` ('idle', with the time of the next timer), or the
   * host asks for a pause or the clock has reached `until` with work left ('busy').
   */
  run(limits: RunLimits): { state: 'busy' | 'idle'; nextAt?: number } {
    for (;;) {
      const held = this.held
      if (!held) this.fireDue()
      const fiber = held ?? this.takeReady()
      if (fiber) {
        if (!held) {
          if (fiber.state !== 'ready') continue
          fiber.state = 'running'
          this.fuel = SLICE
          this.used = 0
          this.steps++
        }
        effort.units = held ? this.heldEffort : 0
        this.held = null
        this.current = fiber
        this.resume(fiber)
        this.current = null
        this.waking = 'ready'
        if (this.held) return { state: 'busy' }
        this.clock.monotonic += STEP_NS + this.used * NS_PER_UNIT
        if (limits.expired() || this.clock.monotonic > limits.until) return { state: 'busy' }
        continue
      }
      this.ready.length = 0
      this.head = 0
      const timer = this.nextTimer()
      if (!timer || timer.at > limits.until) {
        if (limits.until !== Infinity && this.clock.monotonic < limits.until) this.clock.monotonic = limits.until
        return timer ? { state: 'idle', nextAt: timer.at } : { state: 'idle' }
      }
      this.clock.monotonic = Math.max(this.clock.monotonic, timer.at)
      if (limits.expired()) return { state: 'busy' }
    }
  }
}

const before = (a: Timer, b: Timer): boolean => a.at < b.at || (a.at === b.at && a.order < b.order)
