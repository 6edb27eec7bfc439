/** Jobs: what the shell has started and has not forgotten (bash(1), JOB CONTROL; wording as in jobs.c). */
import { isErrno } from '../kernel/errno'
import type { Run } from '../kernel/run'
import { SIG, signalText } from '../kernel/signals'
import type { WaitStatus } from '../kernel/sys'
import type { Shell } from './shell'

export interface JobProcess {
  readonly pid: number
  status: WaitStatus | null
}

export interface Job {
  readonly id: number
  readonly pgid: number
  readonly processes: JobProcess[]
  readonly text: string
  foreground: boolean
  /** Its present state has been told. */
  notified: boolean
  noHup?: boolean
}

export const statusCode = (status: WaitStatus): number => (status.kind === 'exited' ? status.code : status.kind === 'continued' ? 0 : 128 + status.signo)

export class Jobs {
  list: Job[] = []
  private readonly shell: Shell
  /** How children that are in no job ended. */
  private readonly ended = new Map<number, WaitStatus>()
  /** The ids of the current (`%+`) job and of those before it, newest last. */
  private order: number[] = []
  constructor(shell: Shell) {
    this.shell = shell
  }
  add(pgid: number, pids: readonly number[], text: string, foreground: 'foreground' | 'background'): Job {
    const id = Math.max(0, ...this.list.map((job) => job.id)) + 1
    const job: Job = { id, pgid, processes: pids.map((pid) => ({ pid, status: this.ended.get(pid) ?? null })), text, foreground: foreground === 'foreground', notified: false }
    this.list.push(job)
    if (foreground === 'background') this.makeCurrent(job)
    return job
  }
  /** A child outside of jobs that `wait PID` may ask for. */
  watch(pid: number): void {
    void pid
  }
  makeCurrent(job: Job): void {
    this.order = [...this.order.filter((id) => id !== job.id), job.id]
  }
  remove(job: Job): void {
    this.list = this.list.filter((other) => other !== job)
    this.order = this.order.filter((id) => id !== job.id)
    for (const { pid, status } of job.processes) if (status) this.ended.set(pid, status)
  }
  get current(): Job | undefined {
    const stopped = this.order.map((id) => this.list.find((job) => job.id === id)).filter((job) => job && stateOf(job) === 'stopped')
    return stopped.at(-1) ?? this.list.find((job) => job.id === this.order.at(-1))
  }
  get previous(): Job | undefined {
    const current = this.current
    const rest = this.order.filter((id) => id !== current?.id)
    return this.list.find((job) => job.id === rest.at(-1))
  }
  mark(job: Job): string {
    return job === this.current ? '+' : job === this.previous ? '-' : ' '
  }
  /** `%1`, `%+`, `%%`, `%-`, `%name`, `%?text`, `1`. */
  find(spec: string): Job | undefined | 'ambiguous' {
    const text = spec.startsWith('%') ? spec.slice(1) : spec
    if (text === '' || text === '%' || text === '+') return this.current
    if (text === '-') return this.previous ?? this.current
    if (/^\d+$/.test(text)) return this.list.find((job) => job.id === Number(text))
    const found = this.list.filter((job) => (text.startsWith('?') ? job.text.includes(text.slice(1)) : job.text.startsWith(text)))
    return found.length > 1 ? 'ambiguous' : found[0]
  }
  private record(pid: number, status: WaitStatus): void {
    for (const job of this.list) {
      const process = job.processes.find((candidate) => candidate.pid === pid)
      if (!process) continue
      const before = stateOf(job)
      process.status = status.kind === 'continued' ? null : status
      if (stateOf(job) !== before) {
        job.notified = false
        if (stateOf(job) === 'stopped') this.makeCurrent(job)
      }
      return
    }
    if (status.kind === 'exited' || status.kind === 'signaled') this.ended.set(pid, status)
  }
  /** Takes in what has happened to children, without waiting. */
  *poll(): Run {
    for (;;) {
      try {
        const news = yield* this.shell.sys.wait(-1, { noHang: true, untraced: true, continued: true })
        if (!news) return
        this.record(news.pid, news.status)
      } catch (error) {
        if (isErrno(error, 'EINTR')) continue
        return
      }
    }
  }
  /** Waits for one child of the shell itself. */
  *waitForPid(pid: number): Run<WaitStatus> {
    for (;;) {
      const known = this.ended.get(pid)
      if (known) {
        this.ended.delete(pid)
        return known
      }
      try {
        const news = yield* this.shell.sys.wait(pid)
        if (news) return news.status
      } catch (error) {
        if (isErrno(error, 'EINTR')) continue
        return this.ended.get(pid) ?? { kind: 'exited', code: 127 }
      }
    }
  }
  /** Waits until a foreground job has ended or stopped. `interruptible`: a trapped signal ends the wait (the `wait` builtin); its number is given. */
  *waitForJob(job: Job, interruptible: 'interruptible' | 'steady' = 'steady'): Run<number | undefined> {
    while (stateOf(job) === 'running') {
      try {
        const news = yield* this.shell.sys.wait(-1, { untraced: this.shell.jobControl })
        if (news) this.record(news.pid, news.status)
      } catch (error) {
        if (isErrno(error, 'EINTR')) {
          if (interruptible === 'steady') continue
          if (this.shell.interrupted) return SIG.SIGINT
          const pending = this.shell.traps.firstPending()
          if (pending !== undefined) return pending
          continue
        }
        for (const process of job.processes) process.status ??= this.ended.get(process.pid) ?? { kind: 'exited', code: 127 }
      }
    }
    return undefined
  }
  /** The status of a child that has ended, for `wait PID`. */
  knownStatus(pid: number): WaitStatus | undefined {
    return this.ended.get(pid)
  }
  forget(pid: number): void {
    this.ended.delete(pid)
  }
  jobOf(pid: number): Job | undefined {
    return this.list.find((job) => job.processes.some((process) => process.pid === pid))
  }
  /** A line as `jobs` prints it. */
  line(job: Job, style: 'standard' | 'long' | 'bare' = 'standard'): string {
    const state = stateText(job)
    const tail = stateOf(job) === 'running' ? ' &' : ''
    const head = `[${job.id}]${this.mark(job)}  `
    const pid = style === 'long' ? `${String(job.processes[0]?.pid ?? job.pgid).padStart(5)} ` : ''
    return `${style === 'long' ? `[${job.id}]${this.mark(job)} ` : head}${pid}${state.padEnd(24)}${job.text}${tail}\n`
  }
}

export function stateOf(job: Job): 'running' | 'stopped' | 'done' {
  if (job.processes.some((process) => process.status?.kind === 'stopped')) return 'stopped'
  return job.processes.some((process) => process.status === null) ? 'running' : 'done'
}

export function stateText(job: Job): string {
  const last = job.processes.at(-1)?.status
  const state = stateOf(job)
  if (state === 'running') return 'Running'
  if (state === 'stopped') {
    const stopped = job.processes.find((process) => process.status?.kind === 'stopped')?.status
    return stopped?.kind === 'stopped' && stopped.signo !== SIG.SIGTSTP ? signalText(stopped.signo) : 'Stopped'
  }
  if (last?.kind === 'signaled') return `${signalText(last.signo)}${last.core ? ' (core dumped)' : ''}`
  return last?.kind === 'exited' && last.code !== 0 ? `Exit ${last.code}` : 'Done'
}
