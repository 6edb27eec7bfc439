/** Pipelines and subshells: one forked task for each stage, left to right (bash(1), "Pipelines"). */
import type { CommandNode, Pipeline, Redirection, Subshell } from 'unbash'
import type { Run } from '../../kernel/run'
import { SIG, signalText } from '../../kernel/signals'
import { ExitJump, InterruptJump, LoopJump, RedirectError } from '../control'
import { type Job, statusCode, stateOf } from '../jobs'
import { ownPipe } from '../own-pipe'
import { commandText } from '../print'
import type { Shell } from '../shell'
import { redirect } from './redirect'
import { tellTime } from './time'
import { type Place, runList, runNode } from './run'

export function* runPipeline(shell: Shell, node: Pipeline, place: Place): Run<number> {
  const negated = node.prefixes.filter((prefix) => prefix.type === 'Negation').length % 2 === 1
  const timed = node.prefixes.find((prefix) => prefix.type === 'Time')
  const before = timed ? { real: shell.sys.monotonic(), ...shell.sys.times() } : undefined
  let status: number
  if (negated) shell.conditions++
  try {
    const [only] = node.commands
    if (!only) status = 0
    else if (node.commands.length === 1) status = yield* runNode(shell, only, node.prefixes.length > 0 ? 'inner' : place)
    else status = yield* runStages(shell, node)
  } finally {
    if (negated) shell.conditions--
  }
  if (before) {
    const after = shell.sys.times()
    const figures = { R: shell.sys.monotonic() - before.real, U: after.user + after.childUser - before.user - before.childUser, S: after.system + after.childSystem - before.system - before.childSystem }
    const posix = timed?.type === 'Time' && timed.posix !== undefined
    yield* tellTime(shell, figures, posix ? 'real %2R\nuser %2U\nsys %2S' : (shell.vars.get('TIMEFORMAT') ?? '\nreal\t%3lR\nuser\t%3lU\nsys\t%3lS'))
  }
  return negated ? (status === 0 ? 1 : 0) : status
}

function* runStages(shell: Shell, node: Pipeline): Run<number> {
  if (shell.options.isShopt('lastpipe') && !shell.jobControl) return yield* runLastHere(shell, node)
  const pids = yield* startStages(shell, node, 'foreground')
  const job = shell.jobs.add(pids[0] ?? 0, pids, commandText(node, shell.unit?.source), 'foreground', node.commands.map((stage) => commandText(stage, shell.unit?.source)))
  return yield* waitForeground(shell, job)
}

/** Without a pipe between its stages the pipeline cannot be, and the shell gives up: it ends, or goes back to its prompt. */
function* stagePipe(shell: Shell): Run<{ readonly read: number; readonly write: number }> {
  const pipe = yield* ownPipe(shell, 'pipe error')
  if (pipe) return pipe
  throw shell.interactive ? new InterruptJump() : new ExitJump(128 + SIG.SIGHUP)
}

/** shopt lastpipe: the last stage is this shell itself. */
function* runLastHere(shell: Shell, node: Pipeline): Run<number> {
  const { sys } = shell
  const pipe = yield* stagePipe(shell)
  const last = node.commands.at(-1) as CommandNode
  const pids = yield* startStages(shell, { ...node, commands: node.commands.slice(0, -1) }, 'foreground', pipe)
  sys.close(pipe.write)
  const job = shell.jobs.add(pids[0] ?? 0, pids, commandText(node, shell.unit?.source), 'foreground')
  const saved = sys.isOpen(0) ? sys.dup(0, 10) : -1
  if (saved >= 0) sys.setCloseOnExec(saved, true)
  sys.dup2(pipe.read, 0)
  sys.close(pipe.read)
  let status = 0
  try {
    status = yield* runNode(shell, last, 'inner')
  } finally {
    if (saved >= 0) {
      sys.dup2(saved, 0)
      sys.close(saved)
    } else sys.close(0)
  }
  yield* waitForeground(shell, job)
  const statuses = [...job.processes.map((process) => (process.status ? statusCode(process.status) : 0)), status]
  shell.vars.putList('PIPESTATUS', statuses.map(String))
  return shell.options.has('pipefail') ? (statuses.findLast((code) => code !== 0) ?? 0) : status
}

/** Forks every stage and joins them by pipes. */
/** `into`: where the last stage writes, when another command reads it. */
export function* startStages(shell: Shell, node: Pipeline, ground: 'foreground' | 'background', into?: { read: number; write: number }): Run<number[]> {
  const { sys } = shell
  const pids: number[] = []
  let input = -1
  const count = node.commands.length
  for (let i = 0; i < count; i++) {
    const command = node.commands[i] as CommandNode
    const pipe = i < count - 1 ? yield* stagePipe(shell) : into
    const stderrToo = node.operators[i] === '|&'
    const from = input
    const pid = yield* shell.fork(
      function* (child) {
        if (from >= 0) {
          child.sys.dup2(from, 0)
          child.sys.close(from)
        } else if (child.backgroundWithoutJobs) yield* nullInput(child)
        if (pipe) {
          child.sys.close(pipe.read)
          child.sys.dup2(pipe.write, 1)
          if (pipe.write !== 1) child.sys.close(pipe.write)
          if (stderrToo) child.sys.dup2(1, 2)
        }
        return yield* runForkedNode(child, command)
      },
      { purpose: ground === 'background' ? 'background' : 'stage', pgid: pids[0] ?? 0, foreground: ground },
    )
    pids.push(pid)
    if (from >= 0) sys.close(from)
    if (pipe && pipe !== into) sys.close(pipe.write)
    input = pipe ? pipe.read : -1
  }
  return pids
}

/** Without job control a background command reads nothing. */
export function* nullInput(child: Shell): Run {
  const fd = yield* child.sys.open('/dev/null', { read: true })
  if (fd === 0) return
  child.sys.dup2(fd, 0)
  child.sys.close(fd)
}

const subshellBody = (node: Subshell, redirects: readonly Redirection[]): ((child: Shell) => Run<number>) =>
  guarded(function* (child) {
    child.loops = 0
    yield* redirect(child, redirects, 'final')
    return yield* runList(child, node.body, 'tail')
  })

/** Runs what a process was forked for. `( … )` needs no process of its own there. */
export function* runForkedNode(child: Shell, node: Parameters<typeof runNode>[1]): Run<number> {
  // The loops around a compound command are left behind (execute_in_subshell).
  if (node.type !== 'Command') child.loops = 0
  if (node.type === 'Subshell') return yield* subshellBody(node, [])(child)
  if (node.type === 'Redirected' && node.command.type === 'Subshell') return yield* subshellBody(node.command, node.redirects)(child)
  return yield* runNode(child, node, 'tail')
}

export function* runSubshell(shell: Shell, node: Subshell, redirects: readonly Redirection[]): Run<number> {
  const pid = yield* shell.fork(subshellBody(node, redirects), { purpose: 'subshell', pgid: 0, foreground: 'foreground' })
  const job = shell.jobs.add(pid, [pid], commandText(node, shell.unit?.source), 'foreground')
  return yield* waitForeground(shell, job)
}

function guarded(run: (child: Shell) => Run<number>): (child: Shell) => Run<number> {
  return function* (child) {
    try {
      return yield* run(child)
    } catch (error) {
      if (!(error instanceof RedirectError)) throw error
      yield* child.error(error.message)
      return 1
    }
  }
}

/** Waits for the foreground job, takes the terminal back, tells of a stop or a death. */
export function* waitForeground(shell: Shell, job: Job): Run<number> {
  const { sys } = shell
  const settings = shell.tty >= 0 && shell.jobControl ? sys.tcgetattr(shell.tty) : undefined
  yield* shell.jobs.waitForJob(job)
  const stopped = stateOf(job) === 'stopped'
  const statuses = job.processes.map((process) => (process.status ? statusCode(process.status) : 0))
  const last = job.processes.at(-1)?.status
  if (shell.jobControl && shell.tty >= 0) {
    sys.tcsetpgrp(shell.tty, sys.getpgid())
    if (settings && (stopped || last?.kind === 'signaled')) sys.tcsetattr(shell.tty, settings)
  }
  shell.vars.putList('PIPESTATUS', statuses.map(String))
  let status = statuses.at(-1) ?? 0
  if (shell.options.has('pipefail')) status = statuses.findLast((code) => code !== 0) ?? 0
  if (stopped) {
    job.foreground = false
    job.notified = false
    shell.jobs.makeCurrent(job)
    if (shell.interactive || shell.jobControl) yield* shell.notify()
    // A stop ends all loops that are running.
    if (shell.loops > 0) {
      shell.status = status
      throw new LoopJump('break', shell.loops)
    }
    return status
  }
  shell.jobs.remove(job)
  for (const { pid } of job.processes) shell.jobs.forget(pid)
  if (shell.jobControl && !shell.interactive) yield* shell.notify()
  if (last?.kind === 'signaled') {
    if (last.signo === SIG.SIGINT) {
      if (shell.jobControl && shell.interactive) {
        shell.interrupted = false
        shell.status = 130
        const trap = shell.dialect === 'dash' ? shell.traps.commands.get('SIGINT') : undefined
        if (trap === undefined) throw new InterruptJump()
        // dash raises the signal that its job died of once more, and a trap for it runs.
        if (trap !== '') yield* shell.runTrap(trap)
      }
    } else if (last.signo !== SIG.SIGPIPE && shell.subshellLevel === 0) {
      const text = `${signalText(last.signo)}${last.core ? ' (core dumped)' : ''}`
      if (!shell.interactive && last.signo !== SIG.SIGTERM) yield* shell.write(2, `${shell.prefix}${String(job.processes.at(-1)?.pid).padStart(5)} ${text.padEnd(24)}${job.text}\n`)
      else yield* shell.write(2, `${text}\n`)
    }
  }
  return status
}
