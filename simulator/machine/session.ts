/**
 * The headless door: a login shell on pts/0 of a node that is told commands one at a time, with their standard output and
 * error in files, as the recordings of real nodes were made. Tests, lesson checks and the command line use it.
 */
import { decode, encode } from '../kernel/bytes'
import { clone } from '../kernel/clone'
import { isErrno } from '../kernel/errno'
import type { Run } from '../kernel/run'
import { sendToGroup } from '../kernel/signal'
import { SIG } from '../kernel/signals'
import type { Sys } from '../kernel/sys'
import { Syscalls } from '../kernel/syscalls'
import type { Task } from '../kernel/task'
import type { WindowSize } from '../kernel/tty/termios'
import { RegularFile } from '../kernel/vfs/inode'
import { resolve } from '../kernel/vfs/namei'
import { WaitQueue } from '../kernel/waitqueue'
import { bashMain, Shell } from '../shell'
import { LOGIN_ENVIRONMENT, spawnFrom } from './init'
import type { Machine, Node } from './machine'

export interface Command {
  readonly cmd: string
  /** Unix time in seconds to let the clock run to first. */
  readonly t?: number
  /** Seconds since the session's first command to let the clock run to first. */
  readonly at?: number
  /** Sets the pid counter of the node's first pid namespace. */
  readonly last_pid?: number
  readonly host?: string
}

export interface Answer {
  readonly cmd: string
  readonly stdout: string
  readonly stderr: string
  readonly code: number
}

const FOLDER = '/root/.rec'
/** After how long a command is ended as by ^C, ms: of host time, of the node's where it waits for keys. */
const PATIENCE = 20_000
/** The longest that a command may take by the node's clock, ms: what follows an endless one is not to happen years later. */
const LONGEST = 24 * 3_600_000
const SLICE_MS = 50
/** The terminal that recordings were made on. */
const SIZE = { cols: 160, rows: 40 }
const CTRL_C = new Uint8Array([3])

interface Login {
  readonly node: Node
  readonly task: Task
  readonly requests: { text: string | null; readonly queue: WaitQueue; done: number | null; readonly wait: () => Run }
  readonly interrupt: () => void
  /** Whether a program waits for the terminal. */
  readonly awaitsKeys: () => boolean
}

export class Session {
  private readonly machine: Machine
  private readonly defaultHost: string
  private readonly logins = new Map<string, Login>()
  private readonly hostNow: () => number
  private begun: number | null = null
  /** `loginOf` gives the task to be the login shell (a captured node has one); undefined: a new one is forked from PID 1. */
  private readonly loginOf: (node: Node) => Task | undefined
  constructor(machine: Machine, options: { host: string; hostNow: () => number; loginOf?: (node: Node) => Task | undefined }) {
    this.machine = machine
    this.defaultHost = options.host
    this.hostNow = options.hostNow
    this.loginOf = options.loginOf ?? (() => undefined)
  }

  /** Runs one command in the login shell of its host and answers what it printed. */
  async run(command: Command): Promise<Answer> {
    const host = command.host ?? this.defaultHost
    await this.advance(command)
    const login = this.logins.get(host) ?? (await this.logIn(this.machine.node(host)))
    if (command.last_pid !== undefined) login.node.kernel.pidNamespace.lastPid = command.last_pid
    login.requests.done = null
    login.requests.text = command.cmd
    login.requests.queue.wake()
    const begun = this.hostNow()
    let interrupted = 0
    // Time stands still after the command: what else the node plans (a sleep of days) must not be run ahead to.
    const ended = (): boolean => login.requests.done !== null
    const asked = this.machine.now()
    while (login.requests.done === null && !login.task.isZombie) {
      // Nobody types: whoever waits for a key would wait until all that the node plans has come to pass.
      const asking = login.awaitsKeys()
      const until = asked + (asking ? PATIENCE : LONGEST) * (interrupted + 1)
      const result = this.machine.run({ budget: SLICE_MS, until, done: () => ended() || login.awaitsKeys() !== asking })
      const late = this.machine.now() >= until
      if (result.state === 'parked') await this.machine.loaded()
      // A command that waits for what will never come (a daemon in the foreground) is not worth waiting for.
      const stuck = result.state === 'idle' && result.nextAt === undefined && login.requests.done === null && !login.task.isZombie
      if (stuck || late || this.hostNow() - begun > PATIENCE * (interrupted + 1)) {
        if (interrupted++ > 2) break
        login.interrupt()
      }
    }
    const code = login.requests.done ?? (login.task.exitStatus?.kind === 'exited' ? login.task.exitStatus.code : 255)
    const answer = { cmd: command.cmd, stdout: this.take(login, 'out'), stderr: this.take(login, 'err'), code }
    if (login.task.isZombie) this.logins.delete(host)
    return answer
  }

  /** Lets time pass up to the moment that a command names, with all that happens meanwhile. */
  private async advance(command: Command): Promise<void> {
    const now = this.machine.now()
    this.begun ??= now
    const until = command.t !== undefined ? command.t * 1000 : command.at !== undefined ? this.begun + command.at * 1000 : now
    while (this.machine.now() < until) {
      const result = this.machine.run({ budget: SLICE_MS, until })
      if (result.state === 'parked') await this.machine.loaded()
    }
  }

  private async logIn(node: Node): Promise<Login> {
    const queue = new WaitQueue()
    const requests: Login['requests'] = {
      text: null, queue, done: null,
      *wait() {
        yield* node.kernel.block([queue])
      },
    }
    const { tty, attach } = this.machine.openTerminal(node, SIZE, () => {})
    const existing = this.loginOf(node)
    const task = existing ?? newLogin(node, (sys) => serve(sys, requests, () => {
      sys.setsid()
      attach(task)
      sys.chdir('/root')
    }))
    if (existing) {
      attach(existing)
      existing.kernel.start(existing, serve(new Syscalls(existing), requests, () => {}))
    } else {
      task.comm = 'bash'
      task.argv = ['-bash']
      task.env = LOGIN_ENVIRONMENT
    }
    const login: Login = { node, task, requests, interrupt: () => tty.input(CTRL_C), awaitsKeys: () => !tty.queue.empty }
    this.logins.set(node.name, login)
    requests.done = null
    for (let i = 0; i < 200 && requests.done === null; i++) {
      // Neither a program that is fetched meanwhile nor a busy host may make the millisecond longer.
      const until = this.machine.now() + 1
      for (let state = 'busy'; state !== 'idle' && this.machine.now() < until; ) {
        state = this.machine.run({ budget: SLICE_MS, until }).state
        if (state === 'parked') await this.machine.loaded()
      }
    }
    return login
  }

  private take(login: Login, name: 'out' | 'err'): string {
    return fileText(login.node, `${FOLDER}/${name}`)
  }

  /** Runs `bash -c` in an empty directory, after a `given` script: how the shell's recordings were made. */
  async runFresh(command: { readonly cmd: string; readonly given?: string }): Promise<Answer> {
    const node = this.machine.node(this.defaultHost)
    const done: { code: number | null } = { code: null }
    const task = spawnFrom(node.init, (sys) => runAlone(sys, command, done))
    const begun = this.hostNow()
    let signals = 0
    while (done.code === null && !task.isZombie) {
      const result = this.machine.run({ budget: SLICE_MS, until: Infinity, done: () => done.code !== null })
      if (result.state === 'parked') await this.machine.loaded()
      if (result.state === 'idle' || this.hostNow() - begun > PATIENCE * (signals + 1)) {
        if (signals++ > 2) break
        for (const child of [...task.children]) sendToGroup(child.group, SIG.SIGINT)
      }
    }
    return { cmd: command.cmd, stdout: fileText(node, `${FRESH}/out`), stderr: fileText(node, `${FRESH}/err`), code: done.code ?? 255 }
  }

  /**
   * A login shell on a terminal that shows what it prints: `type` sends keys and gives what came back once the machine rests.
   * Lines are typed one at a time, each when the last has been answered, as the recordings were made.
   */
  async openTerminal(size: WindowSize): Promise<Typist> {
    const node = this.machine.node(this.defaultHost)
    let shown = ''
    const { tty, attach } = this.machine.openTerminal(node, size, (bytes) => {
      shown += decode(bytes)
    })
    const existing = this.loginOf(node)
    if (existing) {
      attach(existing)
      existing.kernel.start(existing, bashMain(new Syscalls(existing)))
    } else {
      const task = spawnFrom(node.init, function* (sys) {
        sys.setsid()
        attach(task)
        sys.chdir('/root')
        return yield* sys.exec('/bin/bash', ['-bash'], LOGIN_ENVIRONMENT)
      })
    }
    const settle = async (): Promise<string> => {
      const limit = this.hostNow() + PATIENCE
      let lastShown = this.machine.now()
      for (let quiet = 0; quiet < 3 && this.hostNow() < limit && this.machine.now() - lastShown < BUSY_MS; ) {
        const before = shown.length
        const state = this.machine.run({ budget: SLICE_MS, until: this.machine.now() + QUIET_MS })
        if (state.state === 'parked') await this.machine.loaded()
        if (shown.length !== before) lastShown = this.machine.now()
        quiet = state.state === 'idle' && shown.length === before ? quiet + 1 : 0
      }
      const raw = shown
      shown = ''
      return raw
    }
    await settle()
    return {
      async type(keys) {
        let answer = ''
        for (const burst of keys.match(/[^\n]*\n|[^\n]+/g) ?? []) {
          tty.input(encode(burst))
          answer += await settle()
        }
        return answer
      },
      async resize(window) {
        tty.resize(window)
        return await settle()
      },
    }
  }
}

/** Who sits at a terminal: gives keys, or another size to the window, and gets what was shown until the machine rests. */
export interface Typist {
  readonly type: (keys: string) => Promise<string>
  readonly resize: (window: WindowSize) => Promise<string>
}

/** A login's shell, with the pid that the scenario fixes for the node's next login. */
function newLogin(node: Node, main: (sys: Sys) => Run<number>): Task {
  const { pins } = node.kernel
  const [key, pid] = [...pins].find(([what]) => /^login \d+ pid$/.test(what)) ?? []
  if (key) pins.delete(key)
  return clone(node.init, main, pid ? { setTid: Number(pid) } : {})
}

const FRESH = '/tmp/.fresh'
const QUIET_MS = 200
/** A terminal that has been shown nothing for this long of the node's time is answered, though something still runs. */
const BUSY_MS = 5000

/** Read by the host, so that no process of the node has read it. */
function fileText(node: Node, path: string): string {
  try {
    const { inode } = resolve(node.init, path)
    return inode instanceof RegularFile ? decode(inode.read(0, inode.size(null), null)) : ''
  } catch (error) {
    if (isErrno(error)) return ''
    throw error
  }
}

function* runAlone(sys: Sys, command: { readonly cmd: string; readonly given?: string }, done: { code: number | null }): Run<number> {
  for (const path of [FRESH, `${FRESH}/work`]) sys.mkdir(path)
  const env = new Map([...LOGIN_ENVIRONMENT, ['COLUMNS', '80'], ['LINES', '24']] as const)
  for (const script of command.given === undefined ? [command.cmd] : [command.given, command.cmd]) {
    const last = script === command.cmd
    const pid = sys.fork(function* (child) {
      child.setsid()
      for (const fd of child.descriptors()) child.close(fd)
      yield* child.open('/dev/null', { read: true })
      yield* child.open(last ? `${FRESH}/out` : '/dev/null', { write: true, create: true, truncate: true })
      yield* child.open(last ? `${FRESH}/err` : '/dev/null', { write: true, create: true, truncate: true })
      child.chdir(`${FRESH}/work`)
      return yield* child.exec('/bin/bash', ['bash', '-c', script], env)
    })
    const ended = yield* sys.wait(pid)
    if (last) done.code = ended?.status.kind === 'exited' ? ended.status.code : ended?.status.kind === 'signaled' ? 128 + ended.status.signo : 255
  }
  return 0
}

/** The shell's side: start-up files, then one command after the other with its output in files. */
function* serve(sys: Sys, requests: Login['requests'], enter: () => void): Run<number> {
  enter()
  const shell = new Shell(sys, { name: '-bash', login: 'login', mode: 'typed' })
  yield* shell.start()
  try {
    sys.mkdir(FOLDER)
  } catch {
    // It is there already.
  }
  requests.done = 0
  for (;;) {
    while (requests.text === null) yield* requests.wait()
    const text = requests.text
    requests.text = null
    const out = yield* sys.open(`${FOLDER}/out`, { write: true, create: true, truncate: true })
    const err = yield* sys.open(`${FOLDER}/err`, { write: true, create: true, truncate: true })
    const saved = [sys.dup(1, 10), sys.dup(2, 10)] as const
    sys.setCloseOnExec(saved[0], true)
    sys.setCloseOnExec(saved[1], true)
    sys.dup2(out, 1)
    sys.dup2(err, 2)
    sys.close(out)
    sys.close(err)
    const code = yield* shell.execute(text)
    yield* shell.notify()
    sys.dup2(saved[0], 1)
    sys.dup2(saved[1], 2)
    sys.close(saved[0])
    sys.close(saved[1])
    requests.done = code
    if (shell.exited !== undefined) return yield* shell.complete()
  }
}

