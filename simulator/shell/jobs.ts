/** Jobs: what the shell has started and has not forgotten (bash(1), JOB CONTROL; wording as in jobs.c). */
import { isErrno } from '../kernel/errno'
import type { Run } from '../kernel/run'
import { SIG, signalText } from '../kernel/signals'
import type { WaitStatus } from '../kernel/sys'
import { homeShort } from './prompt'
import type { Shell } from './shell'

export interface JobProcess {
  readonly pid: number
  /** Its stage of the pipeline, as written. */
  readonly text: string
  status: WaitStatus | null
}

export interface Job {
  readonly id: number
  readonly pgid: number
  readonly processes: JobProcess[]
  readonly text: string
  foreground: boolean
  /** The directory in which it was started. */
  readonly directory: string
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
  /** The job of `%+` and that of `%-`. */
  private currentId = 0
  private previousId = 0
  constructor(shell: Shell) {
    this.shell = shell
  }
  /** `stages`: the processes' own texts, when there are several. */
  add(pgid: number, pids: readonly number[], text: string, ground: 'foreground' | 'background', stages?: readonly string[]): Job {
    const id = Math.max(0, ...this.list.map((job) => job.id)) + 1
    const processes = pids.map((pid, i) => ({ pid, text: stages?.[i] ?? '', status: this.ended.get(pid) ?? null }))
    const job: Job = { id, pgid, processes, text, foreground: ground === 'foreground', notified: false, directory: this.shell.vars.get('PWD') ?? '' }
    this.list.push(job)
    if (ground === 'background') this.choose()
    return job
  }
  /** A child outside of jobs that `wait PID` may ask for. */
  watch(pid: number): void {
    void pid
  }
  /** Makes a job the current one; the previous one is a stopped job if there is one, else a running one (bash(1), JOB CONTROL). */
  makeCurrent(job: Job): void {
    if (this.currentId !== job.id) {
      this.previousId = this.currentId
      this.currentId = job.id
    }
    const before = this.withId(this.previousId)
    if (before && before !== job && stateOf(before) === 'stopped') return
    const older = (state: 'stopped' | 'running', than: number): Job | undefined => this.list.findLast((other) => other.id < than && !other.foreground && stateOf(other) === state)
    const candidate = stateOf(job) === 'stopped' ? (older('stopped', job.id) ?? older('running', Infinity)) : older('running', job.id)
    this.previousId = candidate?.id ?? job.id
  }
  /** Finds the current job anew: a stopped one first. */
  choose(): void {
    const current = this.withId(this.currentId)
    const previous = this.withId(this.previousId)
    const isStopped = (job: Job | undefined): boolean => job !== undefined && stateOf(job) === 'stopped'
    const newest = (state: 'stopped' | 'running'): Job | undefined => this.list.findLast((job) => !job.foreground && stateOf(job) === state)
    const candidate = isStopped(current) ? current : isStopped(previous) ? previous : (newest('stopped') ?? newest('running'))
    if (candidate) this.makeCurrent(candidate)
    else {
      this.currentId = 0
      this.previousId = 0
    }
  }
  /** A forked shell knows its parent's jobs. */
  inherit(from: Jobs): void {
    this.list = from.list.slice()
    this.currentId = from.currentId
    this.previousId = from.previousId
  }
  private withId(id: number): Job | undefined {
    return this.list.find((job) => job.id === id)
  }
  remove(job: Job): void {
    this.list = this.list.filter((other) => other !== job)
    if (job.id === this.currentId || job.id === this.previousId) this.choose()
    for (const { pid, status } of job.processes) if (status) this.ended.set(pid, status)
  }
  get current(): Job | undefined {
    return this.withId(this.currentId)
  }
  get previous(): Job | undefined {
    return this.withId(this.previousId)
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
        else if (stateOf(job) === 'running') this.choose()
      }
      return
    }
    if (status.kind === 'exited' || status.kind === 'signaled') this.ended.set(pid, status)
  }
  /** Takes in what has happened to children, without waiting. */
  *poll(): Run {
    for (;;) {
      try {
        const news = yield* this.shell.sys.wait(-1, { noHang: true, untraced: this.shell.jobControl, continued: true })
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
  /** A line as `jobs` prints it; with the directory when the job was started in another. */
  line(job: Job, style: 'standard' | 'long' = 'standard'): string {
    if (this.shell.dialect === 'dash') return this.almquistLine(job, style)
    const mark = `[${job.id}]${this.mark(job)}`
    const end = `${stateOf(job) === 'running' ? ' &' : ''}${this.elsewhere(job)}\n`
    if (style === 'standard') return `${mark}  ${stateText(job).padEnd(STATE_WIDTH)}${job.text}${end}`
    const pid = (process: JobProcess | undefined): string => String(process?.pid ?? job.pgid).padStart(5)
    const [first, ...others] = job.processes
    if (others.length === 0 || first?.text === '') return `${mark} ${pid(first)} ${longState(job, first).padEnd(STATE_WIDTH)}${job.text}${end}`
    const rows = others.map((process) => {
      const state = longState(job, process)
      return `     ${pid(process)} ${(state === longState(job, first) ? '' : state).padEnd(STATE_WIDTH - 2)}| ${process.text}`
    })
    return `${[`${mark} ${pid(first)} ${longState(job, first).padEnd(STATE_WIDTH)}${first?.text ?? ''}`, ...rows].join('\n')}${end}`
  }
  /** The line of dash and of ash (dash, jobs.c showjob): the text from column 33 on, pids only when asked for. */
  private almquistLine(job: Job, style: 'standard' | 'long'): string {
    const mark = `[${job.id}] ${this.mark(job)} `
    const lead = this.shell.startOptions.voice === 'ash' ? `[${job.id}]${this.mark(job)}  ` : mark
    const [first, ...others] = job.processes
    const begin = style === 'long' ? `${lead}${first?.pid ?? job.pgid} ` : lead
    const head = `${begin}${stateText(job)}`
    const rest = style === 'long' ? others.map((process) => `${`\n     ${process.pid}`.padEnd(34)}| ${process.text}`).join('') : ''
    return `${head.padEnd(ALMQUIST_TEXT)}${head.length >= ALMQUIST_TEXT ? ' ' : ''}${style === 'long' && others.length > 0 ? (first?.text ?? '') : job.text}${rest}\n`
  }
  /** After a job's text: where it was started, when that is not here. */
  elsewhere(job: Job, lead: '  ' | '\t' = '  '): string {
    return job.directory === (this.shell.vars.get('PWD') ?? '') ? '' : `${lead}(wd: ${homeShort(this.shell, job.directory)})`
  }
  /** How a shell that is not interactive tells that a job was killed; undefined for what it does not tell in that way. */
  deathOf(job: Job): string | undefined {
    const last = job.processes.at(-1)
    if (this.shell.mode !== 'script' || last?.status?.kind !== 'signaled' || last.status.signo === SIG.SIGTERM || last.status.signo === SIG.SIGINT) return undefined
    return `${this.shell.prefix}${String(last.pid).padStart(5)} ${stateText(job).padEnd(STATE_WIDTH)}${job.text}\n`
  }
  /** What is told when a job in the background has changed: a stop begins a new line, an end may name the directory. */
  news(job: Job): string {
    const here = this.shell.vars.get('PWD') ?? ''
    const moved = stateOf(job) === 'done' && job.directory !== here ? `(wd now: ${homeShort(this.shell, here)})\n` : ''
    return `${stateOf(job) === 'stopped' && this.shell.dialect === 'bash' ? '\n' : ''}${this.line(job)}${moved}`
  }
}

const STATE_WIDTH = 24
/** Where dash puts a job's text. */
const ALMQUIST_TEXT = 33

export function stateOf(job: Job): 'running' | 'stopped' | 'done' {
  if (job.processes.some((process) => process.status?.kind === 'stopped')) return 'stopped'
  return job.processes.some((process) => process.status === null) ? 'running' : 'done'
}

export function stateText(job: Job): string {
  const last = job.processes.at(-1)?.status
  const state = stateOf(job)
  if (state === 'running') return 'Running'
  if (state === 'stopped') return 'Stopped'
  if (last?.kind === 'signaled') return `${signalText(last.signo)}${last.core ? ' (core dumped)' : ''}`
  return last?.kind === 'exited' && last.code !== 0 ? `Exit ${last.code}` : 'Done'
}

/** `jobs -l` tells of each process for itself, and what has stopped it. */
function longState(job: Job, process: JobProcess | undefined): string {
  const status = process?.status
  if (status?.kind === 'stopped') return status.signo === SIG.SIGTSTP ? 'Stopped' : signalText(status.signo)
  if (status?.kind === 'exited') return status.code === 0 ? 'Done' : `Exit ${status.code}`
  return status?.kind === 'signaled' ? signalText(status.signo) : stateOf(job) === 'stopped' ? 'Stopped' : 'Running'
}
