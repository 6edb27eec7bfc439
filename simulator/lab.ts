/**
 * The lab: a scenario that runs, with terminals. This is what a page (through its worker) and the command line stand on. The
 * host gives budgets of time; what happens depends only on the scenario and on what is typed when.
 */
import { decode, encode } from './kernel/bytes'
import { clone } from './kernel/clone'
import type { Sys } from './kernel/sys'
import { Syscalls } from './kernel/syscalls'
import type { Task } from './kernel/task'
import type { WindowSize } from './kernel/tty/termios'
import { LOGIN_ENVIRONMENT } from './machine/init'
import type { Machine, Moment, Node, RunState } from './machine/machine'
import { type Picture, pictureOf } from './machine/picture'
import type { Run } from './kernel/run'
import type { Programs } from './programs/installed'
import type { Distribution } from './scenarios/written/node'
import { bashMain } from './shell'
import { bootWritten, loadWritten } from './scenarios/written/load'
import type { Scenario } from './scenarios/written/schema'

export interface LabHost {
  /** Host time in ms. */
  readonly now: () => number
  /** Loads a lazy asset: `jq` gives what simulator/programs/jq/host.md says. */
  readonly load: (name: string) => Promise<unknown>
  readonly distribution: Distribution
  /** What the machines can run. */
  readonly programs: Programs
}

export interface LabTerminal {
  input(bytes: Uint8Array): void
  resize(cols: number, rows: number): void
  close(): void
  /** The login shell has ended. */
  readonly ended: boolean
}

export interface ExecResult {
  readonly stdout: string
  readonly stderr: string
  readonly code: number
}

const SLICE_MS = 20
const SPACE = 32
/** Virtual time after which a hidden check is given up, ms. */
const CHECK_LIMIT_MS = 120_000

/** How a new terminal begins. */
export interface LoginPlace {
  readonly host: string
  /** Typed at the first prompt. */
  readonly run?: string | undefined
  /** A login shell that is there already (a captured node's), taken by the first terminal. */
  readonly shell?: Task | undefined
}

/** Machines with terminals, however they came to be. */
export class Station {
  readonly machine: Machine
  private readonly place: LoginPlace
  private waiting: Task | undefined
  constructor(machine: Machine, place: LoginPlace) {
    this.machine = machine
    this.place = place
    this.waiting = place.shell
  }
  /** Virtual Unix time in ms. */
  now(): number {
    return this.machine.now()
  }
  /** Where the session is, and the way to the same point of a replay. */
  get moment(): Moment {
    return this.machine.moment
  }
  runTo(moment: Moment, budget: number): 'reached' | 'busy' | 'parked' {
    return this.machine.runTo(moment, budget)
  }
  run(options: { budget: number; until: number }): RunState {
    return this.machine.run(options)
  }
  loaded(): Promise<void> {
    return this.machine.loaded()
  }
  /** Sets the pid counter of a node (a checkpoint's). */
  setLastPid(node: string, pid: number): void {
    this.machine.node(node).kernel.pidNamespace.lastPid = pid
  }
  /** A login shell on a terminal of a node. Without `node`: the scenario's login, which types its first command itself. */
  open(options: { node?: string; cols: number; rows: number; output: (bytes: Uint8Array) => void }): LabTerminal {
    const node = this.machine.node(options.node ?? this.place.host)
    return this.login(node, { cols: options.cols, rows: options.rows }, options.output, options.node === undefined ? this.place.run : undefined)
  }
  /** `first` is typed at the first prompt. */
  private login(node: Node, size: WindowSize, output: (bytes: Uint8Array) => void, first: string | undefined): LabTerminal {
    let toType = first
    const { tty, attach } = this.machine.openTerminal(node, size, (bytes) => {
      output(bytes)
      // A terminal that no longer waits for whole lines: the shell edits, and its prompt is there.
      if (toType === undefined || tty.termios.icanon || bytes.at(-1) !== SPACE) return
      const text = toType
      toType = undefined
      tty.input(encode(`${text}\r`))
    })
    const task = this.takeShell(node) ?? clone(node.init, function* (sys) {
      sys.setsid()
      attach(task)
      sys.chdir('/root')
      return yield* sys.exec('/bin/bash', ['-bash'], LOGIN_ENVIRONMENT)
    })
    if (task === this.place.shell) attach(task)
    return {
      input: (bytes) => tty.input(bytes),
      resize: (cols, rows) => tty.resize({ cols, rows }),
      close: () => tty.hangup(),
      get ended() {
        return task.isZombie
      },
    }
  }
  /** The captured login shell goes on as bash does, once. */
  private takeShell(node: Node): Task | undefined {
    const shell = this.waiting
    if (!shell || shell.kernel !== node.kernel) return undefined
    this.waiting = undefined
    node.kernel.start(shell, bashMain(new Syscalls(shell)))
    return shell
  }
  /** Runs a script with bash on a node, out of the student's sight; virtual time passes as it takes. */
  async exec(node: string, script: string): Promise<ExecResult> {
    const { init } = this.machine.node(node)
    const result = { stdout: '', stderr: '', code: -1 }
    clone(init, (sys) => hidden(sys, script, result))
    const limit = this.now() + CHECK_LIMIT_MS
    while (result.code < 0 && this.now() < limit) {
      const state = this.machine.run({ budget: SLICE_MS, until: limit, done: () => result.code >= 0 })
      if (state.state === 'parked') await this.loaded()
    }
    return result
  }
  picture(): Picture {
    return pictureOf(this.machine)
  }
}

/** A written scenario, running. */
export class Lab extends Station {
  readonly scenario: Scenario
  private constructor(scenario: Scenario, machine: Machine) {
    super(machine, scenario.login)
    this.scenario = scenario
  }
  /** For hosts that have all programs at hand. */
  static of(scenario: Scenario, host: LabHost): Lab {
    return new Lab(scenario, loadWritten(scenario, { ...host, hostNow: host.now }))
  }
  /** For hosts that load programs as they are run. */
  static async begin(scenario: Scenario, host: LabHost): Promise<Lab> {
    return new Lab(scenario, await bootWritten(scenario, { ...host, hostNow: host.now }))
  }
}

function* hidden(sys: Sys, script: string, result: { stdout: string; stderr: string; code: number }): Run<number> {
  const out = sys.pipe()
  const err = sys.pipe()
  const pid = sys.fork(function* (child) {
    child.setsid()
    yield* child.open('/dev/null', { read: true })
    child.dup2(out.write, 1)
    child.dup2(err.write, 2)
    for (const fd of child.descriptors()) if (fd > 2) child.close(fd)
    child.chdir('/root')
    return yield* child.exec('/bin/bash', ['bash', '-c', script], LOGIN_ENVIRONMENT)
  })
  sys.close(out.write)
  sys.close(err.write)
  const parts = { out: '', err: '' }
  let open = 2
  const drain = function* (fd: number, key: 'out' | 'err'): Run {
    for (;;) {
      const part = yield* sys.read(fd, 65536)
      if (part.length === 0) break
      parts[key] += decode(part)
    }
    open--
  }
  sys.go(drain(out.read, 'out'))
  yield* drain(err.read, 'err')
  const ended = yield* sys.wait(pid)
  while (open > 0) yield* sys.sleep(1_000_000)
  result.stdout = parts.out
  result.stderr = parts.err
  result.code = ended?.status.kind === 'exited' ? ended.status.code : 255
  return 0
}
