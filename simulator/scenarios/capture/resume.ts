/**
 * What each captured process goes on with. Its program starts anew where starting has no effect that shows (pause pauses,
 * a web server listens again); a sleep sleeps what is left of its time, a shell first waits for the child that it had.
 */
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { Syscalls } from '../../kernel/syscalls'
import type { Task } from '../../kernel/task'
import { elfProgram } from '../../kernel/elf'
import { RegularFile } from '../../kernel/vfs/inode'
import { reapForever } from '../../machine/init'
import { NOT_SIMULATED } from './disk'
import { signalsOf, statusOf } from './figures'
import type { CapturedProcess } from './schema'

const HEAD = 256

/** Waits for signals for ever. */
function* idle(sys: Sys): Run<number> {
  for (;;) {
    try {
      yield* sys.pause()
    } catch {
      // A caught signal: go on waiting.
    }
  }
}

function* sleepOn(sys: Sys, until: number): Run<number> {
  while (sys.monotonic() < until) {
    try {
      yield* sys.sleep(until - sys.monotonic())
    } catch {
      // Interrupted by a caught signal: sleep on.
    }
  }
  return 0
}

/** sleep(1) takes several times with units. */
const UNITS: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 }
const secondsOf = (args: readonly string[]): number =>
  args.reduce((sum, arg) => sum + Number.parseFloat(arg) * (UNITS[/[smhd]$/.exec(arg)?.[0] ?? ''] ?? 1), 0)

function programOf(task: Task): string | undefined {
  const inode = task.exe?.inode
  return inode instanceof RegularFile ? elfProgram(inode.read(0, HEAD, null)) : undefined
}

/** A process that slept in pause(2) and is no /pause is a stand-in: it goes on sleeping, and ends on the signals that it had caught. */
function* standIn(sys: Sys, caught: ReadonlySet<number>): Run<number> {
  let ended = false
  for (const signo of caught) {
    sys.signal(signo, () => {
      ended = true
    })
  }
  while (!ended) {
    try {
      yield* sys.pause()
    } catch {
      // A caught signal.
    }
  }
  return 0
}

export function resume(task: Task, process: CapturedProcess): void {
  const sys = new Syscalls(task)
  const { kernel } = task
  const name = (task.argv[0] ?? '').replace(/^.*\//, '')
  if (task.globalPid === 1) kernel.start(task, reapForever(sys))
  else if (name === 'sleep') kernel.start(task, sleepOn(sys, task.startTime + secondsOf(task.argv.slice(1)) * 1e9))
  else if (process.wchan === '__do_sys_pause' && task.comm !== 'pause') kernel.start(task, standIn(sys, signalsOf(statusOf(process).get('SigCgt') ?? '0')))
  else if (name.startsWith('-') || task.argv[0]?.startsWith('sshd: ')) return
  else {
    const id = programOf(task)
    const program = id === undefined || id === NOT_SIMULATED ? undefined : kernel.programs.get(id)
    kernel.start(task, program ? afterChildren(task, sys, program.main) : idle(sys))
  }
}

/** A shell that was waiting for a command goes on when that has ended. */
function* afterChildren(task: Task, sys: Sys, main: (sys: Sys) => Run<number>): Run<number> {
  const isShell = /^(ba|da|a)?sh$/.test(task.comm)
  while (isShell && task.children.size > 0) {
    try {
      yield* sys.wait(-1)
    } catch {
      // Interrupted: the child is still there.
    }
  }
  return yield* main(sys)
}
