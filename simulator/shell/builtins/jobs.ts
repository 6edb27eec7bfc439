/** `jobs`, `fg`, `bg`, `wait`, `disown`, `kill` (bash(1), JOB CONTROL). */
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import { SIG, signalName, signalNumber } from '../../kernel/signals'
import type { Builtin } from '../builtins'
import { InterruptJump } from '../control'
import { waitForeground } from '../execute/pipeline'
import { type Job, statusCode, stateOf } from '../jobs'
import type { Shell } from '../shell'
import { usage } from './options'

function* pick(shell: Shell, who: string, spec: string | undefined): Run<Job | undefined> {
  const job = spec === undefined ? shell.jobs.current : shell.jobs.find(spec)
  if (job && job !== 'ambiguous') return job
  yield* shell.error(`${who}: ${job === 'ambiguous' ? `${spec?.replace(/^%/, '')}: ambiguous job spec` : `${spec ?? 'current'}: no such job`}`)
  return undefined
}

function* resume(shell: Shell, who: 'fg' | 'bg', spec: string | undefined): Run<number> {
  if (!shell.jobControl) {
    yield* shell.error(`${who}: no job control`)
    return 1
  }
  const job = yield* pick(shell, who, spec)
  if (!job) return 1
  if (who === 'bg' && stateOf(job) === 'running') {
    yield* shell.error(`bg: job ${job.id} already in background`)
    return 0
  }
  for (const process of job.processes) if (process.status?.kind === 'stopped') process.status = null
  job.notified = false
  if (who === 'bg') {
    yield* shell.write(1, shell.dialect === 'dash' ? `[${job.id}] ${job.text}\n` : `[${job.id}]${shell.jobs.mark(job)} ${job.text} &\n`)
    job.foreground = false
    shell.sys.kill(-job.pgid, SIG.SIGCONT)
    shell.jobs.choose()
    return 0
  }
  yield* shell.write(1, `${job.text}${shell.jobs.elsewhere(job, '\t')}\n`)
  job.foreground = true
  shell.jobs.makeCurrent(job)
  if (shell.tty >= 0) shell.sys.tcsetpgrp(shell.tty, job.pgid)
  try {
    shell.sys.kill(-job.pgid, SIG.SIGCONT)
  } catch (error) {
    if (!isErrno(error, 'ESRCH')) throw error
  }
  return yield* waitForeground(shell, job)
}

const LIST_COLUMNS = 5

function signalList(): string {
  let out = ''
  let column = 0
  for (let n = 1; n <= 64; n++) {
    const name = signalName(n)
    if (name === undefined) continue
    column++
    out += `${String(n).padStart(2)}) SIG${name}${column % LIST_COLUMNS === 0 ? '\n' : '\t'}`
  }
  return out.endsWith('\n') ? out : `${out}\n`
}

function* waitEnd(shell: Shell, job: Job): Run<number> {
  if (stateOf(job) === 'stopped') {
    yield* shell.error(`warning: wait_for_job: job ${job.id} is stopped`)
    yield* shell.write(2, shell.jobs.news(job))
    const stopped = job.processes.find((process) => process.status?.kind === 'stopped')?.status
    return stopped ? statusCode(stopped) : 127
  }
  const signo = yield* shell.jobs.waitForJob(job, 'interruptible')
  if (signo !== undefined) {
    if (shell.interrupted && !shell.traps.isTrapped(SIG.SIGINT)) throw new InterruptJump()
    return 128 + signo
  }
  const last = job.processes.at(-1)?.status
  return last ? statusCode(last) : 127
}

export default [
  {
    name: 'jobs',
    *run(shell, { args }) {
      yield* shell.jobs.poll()
      const flags = args.filter((arg) => arg.startsWith('-')).join('')
      const specs = args.slice(1).filter((arg) => !arg.startsWith('-'))
      const chosen: Job[] = []
      for (const spec of specs) {
        const job = yield* pick(shell, 'jobs', spec)
        if (!job) return 1
        chosen.push(job)
      }
      for (const job of specs.length > 0 ? chosen : [...shell.jobs.list]) {
        const state = stateOf(job)
        if (flags.includes('r') && state !== 'running') continue
        if (flags.includes('s') && state !== 'stopped') continue
        yield* shell.write(1, flags.includes('p') ? `${job.pgid}\n` : shell.jobs.line(job, flags.includes('l') ? 'long' : 'standard'))
        job.notified = true
      }
      for (const job of [...shell.jobs.list]) if (job.notified && stateOf(job) === 'done') shell.jobs.remove(job)
      return 0
    },
  },
  { name: 'fg', run: (shell, { args }) => resume(shell, 'fg', args[1]) },
  { name: 'bg', run: (shell, { args }) => resume(shell, 'bg', args[1]) },
  {
    name: 'wait',
    *run(shell, { args }) {
      const specs = args.slice(1).filter((arg) => !/^-[nfp]/.test(arg))
      let status = 0
      if (args.includes('-n')) {
        for (;;) {
          yield* shell.jobs.poll()
          const done = shell.jobs.list.find((job) => stateOf(job) === 'done')
          if (done) {
            const last = done.processes.at(-1)?.status
            shell.jobs.remove(done)
            return last ? statusCode(last) : 0
          }
          if (shell.jobs.list.length === 0) return 127
          try {
            yield* shell.sys.sleep(1_000_000)
          } catch (error) {
            if (!isErrno(error, 'EINTR')) throw error
            if (shell.interrupted) throw new InterruptJump()
          }
        }
      }
      if (specs.length === 0) {
        for (const job of [...shell.jobs.list]) {
          if (stateOf(job) === 'stopped') continue
          yield* shell.jobs.poll()
          // One that has ended already is forgotten without a word.
          const wasDone = shell.interactive && stateOf(job) === 'done'
          status = yield* waitEnd(shell, job)
          if (stateOf(job) !== 'done') return status
          if (shell.jobControl && !wasDone && !job.notified && (shell.interactive || job.processes.at(-1)?.status?.kind === 'signaled')) yield* shell.write(2, shell.jobs.line(job))
          shell.jobs.remove(job)
        }
        return 0
      }
      for (const spec of specs) {
        if (!spec.startsWith('%') && !/^\d+$/.test(spec)) {
          yield* shell.error(`wait: \`${spec}': not a pid or valid job spec`)
          status = 1
          continue
        }
        const pid = Number(spec)
        const job = spec.startsWith('%') ? shell.jobs.find(spec) : shell.jobs.jobOf(pid)
        if (job && job !== 'ambiguous') {
          status = yield* waitEnd(shell, job)
          if (stateOf(job) === 'done') {
            if (shell.interactive && !job.notified) yield* shell.write(2, shell.jobs.line(job))
            shell.jobs.remove(job)
          }
          continue
        }
        const known = shell.jobs.knownStatus(pid)
        if (known) status = statusCode(known)
        else if (pid === shell.lastBackground) status = statusCode(yield* shell.jobs.waitForPid(pid))
        else {
          yield* shell.error(spec.startsWith('%') ? `wait: ${spec}: no such job` : `wait: pid ${spec} is not a child of this shell`)
          status = 127
        }
      }
      return status
    },
  },
  {
    name: 'suspend',
    *run(shell, { args }) {
      const forced = args[1] === '-f'
      if (args[1] !== undefined && !forced && args[1] !== '--') return yield* usage(shell, 'suspend', `${args[1]}: invalid option`, 'suspend [-f]')
      if (!forced && !shell.jobControl) {
        yield* shell.error('suspend: cannot suspend: no job control')
        return 1
      }
      if (!forced && shell.isLogin) {
        yield* shell.error('suspend: cannot suspend a login shell')
        return 1
      }
      const { sys } = shell
      const before = sys.signal(SIG.SIGTSTP, 'default')
      sys.kill(-sys.getpgid(), SIG.SIGTSTP)
      yield 'preempted'
      sys.signal(SIG.SIGTSTP, before)
      if (shell.tty >= 0) sys.tcsetpgrp(shell.tty, sys.getpgid())
      return 0
    },
  },
  {
    name: 'disown',
    *run(shell, { args }) {
      const specs = args.slice(1).filter((arg) => !arg.startsWith('-'))
      if (args.some((arg) => /^-[ar]/.test(arg))) {
        for (const job of [...shell.jobs.list]) shell.jobs.remove(job)
        return 0
      }
      for (const spec of specs.length > 0 ? specs : [undefined]) {
        const job = yield* pick(shell, 'disown', spec)
        if (!job) return 1
        if (args[1] === '-h') job.noHup = true
        else shell.jobs.remove(job)
      }
      return 0
    },
  },
  {
    name: 'kill',
    *run(shell, { args }) {
      let signo: number = SIG.SIGTERM
      let at = 1
      const first = args[1]
      if (first === '-l' || first === '-L') {
        if (args.length === 2) {
          yield* shell.write(1, signalList())
          return 0
        }
        let status = 0
        for (const text of args.slice(2)) {
          const number = /^\d+$/.test(text) ? Number(text) : undefined
          const name = number === undefined ? undefined : signalName(number > 128 ? number - 128 : number)
          const found = number === undefined ? signalNumber(text) : undefined
          if (name !== undefined) yield* shell.write(1, `${name}\n`)
          else if (found !== undefined) yield* shell.write(1, `${found}\n`)
          else {
            yield* shell.error(`kill: ${text}: invalid signal specification`)
            status = 1
          }
        }
        return status
      }
      if (first === '-s' || first === '-n') {
        at = 3
        if (args[2] === undefined) {
          yield* shell.error(`kill: ${first}: option requires an argument`)
          return 1
        }
        const found = signalNumber(args[2] ?? '')
        if (found === undefined) {
          yield* shell.error(`kill: ${args[2] ?? ''}: invalid signal specification`)
          return 1
        }
        signo = found
      } else if (first !== undefined && /^-./.test(first) && first !== '--') {
        const found = signalNumber(first.slice(1))
        if (found === undefined) {
          yield* shell.error(`kill: ${first.slice(1)}: invalid signal specification`)
          return 1
        }
        signo = found
        at = 2
      }
      if (args[at] === '--') at++
      if (at >= args.length) {
        yield* shell.write(2, 'kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]\n')
        return 2
      }
      let status = 0
      for (const target of args.slice(at)) {
        if (target.startsWith('%')) {
          const job = yield* pick(shell, 'kill', target)
          if (!job) {
            status = 1
            continue
          }
          const stopped = stateOf(job) === 'stopped'
          if (shell.jobControl) shell.sys.kill(-job.pgid, signo)
          else for (const { pid } of job.processes) shell.sys.kill(pid, signo)
          if (stopped && (signo === SIG.SIGTERM || signo === SIG.SIGHUP)) shell.sys.kill(-job.pgid, SIG.SIGCONT)
          continue
        }
        if (!/^-?\d+$/.test(target)) {
          yield* shell.error(`kill: ${target}: arguments must be process or job IDs`)
          status = 1
          continue
        }
        try {
          shell.sys.kill(Number(target), signo)
        } catch (error) {
          if (!isErrno(error)) throw error
          yield* shell.error(`kill: (${target}) - ${error.message}`)
          status = 1
        }
      }
      shell.justKilled = true
      // A signal to oneself arrives before the next command.
      yield 'preempted'
      return status
    },
  },
] satisfies Builtin[]
