/**
 * A machine room: the nodes of a scenario under one clock and one scheduler, so that everything that happens on any of
 * them has one order.
 */
import { decode, encode } from '../kernel/bytes'
import type { Clock } from '../kernel/clock'
import type { Kernel, Oops } from '../kernel/kernel'
import { fetchedCode } from '../kernel/later'
import type { Scheduler } from '../kernel/scheduler'
import type { Task } from '../kernel/task'
import { NS_PER_MS } from '../kernel/time'
import { DevptsFs } from '../kernel/tty/devpts'
import { TtyFile } from '../kernel/tty/files'
import type { WindowSize } from '../kernel/tty/termios'
import type { Tty } from '../kernel/tty/tty'
import { rootOf } from '../kernel/vfs/location'
import { resolve } from '../kernel/vfs/namei'

export interface Node {
  readonly name: string
  readonly kernel: Kernel
  /** PID 1. */
  readonly init: Task
}

export type RunState =
  /** More to do now. */
  | { readonly state: 'busy' }
  /** Nothing to do before `nextAt` (virtual Unix time in ms; undefined: nothing planned at all). */
  | { readonly state: 'idle'; readonly nextAt?: number }
  /** Waits for the host to load something: await `loaded()`. */
  | { readonly state: 'parked' }

/** A moment of a machine: how many steps it had taken, and its monotonic clock (ns). The same inputs at the same moments give the same session. */
export interface Moment {
  readonly steps: number
  readonly ns: number
}

export class Machine {
  readonly clock: Clock
  readonly scheduler: Scheduler
  readonly nodes = new Map<string, Node>()
  /** Host time in ms, for budgets only: it never decides what happens. */
  private readonly hostNow: () => number
  constructor(scheduler: Scheduler, hostNow: () => number) {
    this.scheduler = scheduler
    this.clock = scheduler.clock
    this.hostNow = hostNow
  }
  node(name: string): Node {
    const node = this.nodes.get(name)
    if (!node) throw new Error(`there is no node ${name}; there are ${[...this.nodes.keys()].join(', ')}`)
    return node
  }
  /** Virtual Unix time in ms. */
  now(): number {
    const { sec, nsec } = this.clock.realtime()
    return sec * 1000 + nsec / NS_PER_MS
  }
  /** The monotonic reading (ns) at a virtual Unix time in ms. */
  private monotonicAt(ms: number): number {
    const sec = Math.floor(ms / 1000)
    return this.clock.monotonicAt({ sec, nsec: Math.round((ms - sec * 1000) * NS_PER_MS) })
  }
  /** Runs for at most `budget` ms of host time, until `done`; the virtual clock goes no further than `until` (Unix ms) by itself. */
  run({ budget, until, done = () => false }: { budget: number; until: number; done?: () => boolean }): RunState {
    const end = this.hostNow() + budget
    if (this.loading) return { state: 'parked' }
    const result = this.scheduler.run({ until: until === Infinity ? Infinity : this.monotonicAt(until), expired: () => done() || this.hostNow() >= end })
    if (this.loading) return { state: 'parked' }
    if (result.state === 'busy') return { state: 'busy' }
    if (result.nextAt === undefined) return { state: 'idle' }
    const { sec, nsec } = this.clock.realtime(result.nextAt)
    return { state: 'idle', nextAt: sec * 1000 + nsec / NS_PER_MS }
  }
  get moment(): Moment {
    return { steps: this.scheduler.steps, ns: this.clock.monotonic }
  }
  /**
   * Runs towards a moment of an earlier session, for at most `budget` ms of host time. `steps` Infinity: by the clock alone, for a session
   * of another version of the simulator. A session that went another way arrives when the clock does.
   */
  runTo(moment: Moment, budget: number): 'reached' | 'busy' | 'parked' {
    const end = this.hostNow() + budget
    const { scheduler, clock } = this
    const there = (): boolean => scheduler.steps >= moment.steps || moment.steps === Infinity
    do {
      if (clock.monotonic > moment.ns || (clock.monotonic === moment.ns && there())) return 'reached'
      const { state } = scheduler.run({ until: moment.ns, expired: () => scheduler.steps >= moment.steps || this.hostNow() >= end })
      if (this.loading) return 'parked'
      if (state === 'idle') return 'reached'
    } while (this.hostNow() < end)
    return 'busy'
  }
  /** The host loads something; the machine stands still until then, so that how long it takes cannot decide what happens. */
  get loading(): boolean {
    for (const { kernel } of this.nodes.values()) if (kernel.loading > 0) return true
    return fetchedCode().length > 0
  }
  private pendingLoads(): Promise<void>[] {
    return [...[...this.nodes.values()].flatMap((n) => n.kernel.pendingLoads()), ...fetchedCode()]
  }
  async loaded(): Promise<void> {
    await Promise.all(this.pendingLoads())
  }
  /** Bugs of the simulator that were met so far. */
  oopses(): Oops[] {
    return [...this.nodes.values()].flatMap((n) => n.kernel.oopses)
  }
  /** A terminal on a node's devpts whose master is the host: `output` gets what is printed. */
  openTerminal(node: Node, size: WindowSize, output: (bytes: Uint8Array) => void): { tty: Tty; attach: (task: Task) => void } {
    const at = resolve(node.init, '/dev/pts')
    const { fs } = at.mount
    if (!(fs instanceof DevptsFs)) throw new Error(`no devpts at /dev/pts of ${node.name}`)
    const tty = fs.create(size, 0, output)
    const attach = (task: Task): void => {
      const inode = fs.root.lookup(String(tty.index))
      if (!inode) throw new Error('the terminal is gone')
      const location = { mount: at.mount, inode, parent: rootOf(at.mount), name: String(tty.index) }
      const file = new TtyFile(tty, location, { read: true, write: true })
      for (const fd of [0, 1, 2]) task.fds.set(fd, { file: fd === 0 ? file : file.acquire(), closeOnExec: false })
      task.session.tty = tty
      tty.session = task.session
      tty.foreground = task.group
    }
    return { tty, attach }
  }
}

/** Text as a keyboard sends it and a screen shows it. */
export const keys = encode
export const shown = decode
