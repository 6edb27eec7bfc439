/** Forks of a shell: the copy that a child is, what it forgets, and what happens when there is no process to be had (execute_cmd.c, jobs.c make_child). */
import { isErrno } from '../kernel/errno'
import type { Run } from '../kernel/run'
import { SIG, signalName } from '../kernel/signals'
import type { Sys } from '../kernel/sys'
import { ExitJump, ExpansionError, InterruptJump, LoopJump, ReturnJump } from './control'
import { flat } from './deep'
import { releaseInterrupts } from './first-process'
import { INTERACTIVE_SIGNALS, type Shell } from './shell'

export interface ForkOptions {
  readonly purpose: 'substitution' | 'process-substitution' | 'stage' | 'subshell' | 'background'
  /** The group to join; 0 makes one of its own. Only with job control. */
  readonly pgid?: number
  readonly foreground?: 'foreground' | 'background'
}

const FORK_RETRIES_S = [1, 2, 4, 8]
const NS = 1_000_000_000
/** The status of a shell that an unset variable ends; a subshell ends with 1. */
const UNBOUND = 127

/** Starts a child that runs `body` in a copy of the shell, which `make` begins; its value is the child's pid. */
export function* forkShell(shell: Shell, make: () => Shell, body: (child: Shell) => Run<number>, options: ForkOptions): Run<number> {
  for (let attempt = 0; ; attempt++) {
    const child = make()
    copyInto(child, shell, options)
    try {
      // A signal that comes before the child has restored its dispositions must not be lost, nor run the parent's trap.
      child.signalMask = shell.interactive || shell.traps.any ? shell.sys.blockSignals(new Set([SIG.SIGTERM, ...shell.traps.signals])) : undefined
      let pid: number
      try {
        pid = shell.sys.fork((sys) => flat(runForked(child, sys, body)))
      } finally {
        if (child.signalMask) shell.sys.blockSignals(child.signalMask)
      }
      if (shell.jobControl && options.pgid !== undefined) placeInGroup(shell, pid, options.pgid || pid, options.foreground)
      return pid
    } catch (error) {
      if (!isErrno(error, 'EAGAIN', 'ENOMEM')) throw error
      // dash and ash try once (jobs.c forkparent; libbb's xfork).
      if (shell.dialect === 'dash') {
        yield* shell.error(shell.startOptions.voice === 'ash' ? `can't fork: ${error.message}` : 'Cannot fork')
        throw new ExpansionError('', 'fatal', 2)
      }
      const wait = FORK_RETRIES_S[attempt]
      // sys_error of error.c: no line number.
      yield* shell.write(2, `${shell.errorName}: fork: ${wait === undefined ? '' : 'retry: '}${error.message}\n`)
      if (wait === undefined) throw new ExpansionError('', 'fatal', 254)
      try {
        yield* shell.sys.sleep(wait * NS)
      } catch (interrupted) {
        if (!isErrno(interrupted, 'EINTR')) throw interrupted
      }
      if (shell.interrupted) throw new InterruptJump()
    }
  }
}

function placeInGroup(shell: Shell, pid: number, pgid: number, foreground: 'foreground' | 'background' | undefined): void {
  try {
    shell.sys.setpgid(pid, pgid)
    if (foreground === 'foreground' && shell.tty >= 0) shell.sys.tcsetpgrp(shell.tty, pgid)
  } catch {
    // The child may be gone already.
  }
}

function copyInto(child: Shell, shell: Shell, options: ForkOptions): void {
  child.functions = new Map(shell.functions)
  child.aliases = new Map(shell.aliases)
  child.positional = shell.positional.slice()
  child.name = shell.name
  child.errorName = shell.errorName
  child.status = shell.status
  child.shellPid = shell.shellPid
  child.lastBackground = shell.lastBackground
  child.commandString = shell.commandString
  child.fileName = shell.fileName
  child.unit = shell.unit
  child.at = shell.at
  child.loops = shell.loops
  child.conditions = options.purpose === 'background' ? 0 : shell.conditions
  child.frames = shell.frames.slice()
  child.subshellLevel = shell.subshellLevel + 1
  child.traceLevel = shell.traceLevel + (options.purpose === 'substitution' ? 1 : 0)
  child.running = shell.running
  child.runningTrap = shell.runningTrap
  child.hash = new Map(shell.hash)
  child.stack = shell.stack.slice()
  child.disabled = new Set(shell.disabled)
  child.completions = new Map(shell.completions)
  child.completing = shell.completing
  child.getoptsAt = shell.getoptsAt
  child.startedAt = shell.startedAt
  child.secondsBase = shell.secondsBase
  child.lastArgument = shell.lastArgument
  child.forkedFrom = shell
  child.jobs.inherit(shell.jobs)
  if (shell.traps.any) child.traps.inherited = new Map(shell.traps.inherited ?? shell.traps.commands)
  // A subshell has no job control, but goes on saying so in $-.
  child.monitorInherited = shell.monitorInherited || shell.options.has('monitor')
  child.options.turn('monitor', 'off')
  for (const [name, command] of shell.traps.commands) if (command === '') child.traps.commands.set(name, '')
  child.backgroundWithoutJobs = options.purpose === 'background' && !shell.jobControl
}

function* runForked(shell: Shell, sys: Sys, body: (child: Shell) => Run<number>): Run<number> {
  shell.sys = sys
  const parent = shell.forkedFrom
  // A parent that has ended must not be held by its children.
  shell.forkedFrom = undefined
  if (parent) {
    releaseInterrupts(parent, shell)
    for (const [name, command] of parent.traps.commands) {
      const signo = name.startsWith('SIG') ? name : undefined
      if (signo && command !== '') shell.traps.clear(name)
    }
    if (parent.mode !== 'script' && parent.subshellLevel === 0) for (const signo of INTERACTIVE_SIGNALS) if (shell.traps.commands.get(`SIG${signalName(signo)}`) !== '') sys.signal(signo, 'default')
  }
  if (shell.signalMask) sys.blockSignals(shell.signalMask)
  if (shell.backgroundWithoutJobs) {
    sys.signal(SIG.SIGINT, 'ignore')
    sys.signal(SIG.SIGQUIT, 'ignore')
  }
  try {
    shell.status = yield* body(shell)
  } catch (thrown) {
    if (thrown instanceof ExitJump) shell.exited = thrown.code
    else if (thrown instanceof ReturnJump) shell.exited = thrown.code
    else if (thrown instanceof ExpansionError) {
      if (thrown.message !== '') yield* shell.error(thrown.message)
      shell.exited = thrown.code === UNBOUND ? 1 : thrown.code
    } else if (thrown instanceof InterruptJump) shell.exited = 130
    else if (!(thrown instanceof LoopJump)) throw thrown
  }
  return yield* shell.complete()
}
