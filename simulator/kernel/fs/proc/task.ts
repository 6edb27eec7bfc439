/** What several files of /proc/PID say of a task: its numbers, signal masks, addresses, and the score of the OOM killer. */
import type { PidNamespace } from '../../namespaces/pid'
import type { Task } from '../../task'
import type { Look } from './entry'
import { machineOf } from './machine'

export const STATE_NAMES = { R: 'R (running)', S: 'S (sleeping)', D: 'D (disk sleep)', T: 'T (stopped)', Z: 'Z (zombie)' } as const

/** Its pid in `ns` and in each namespace below that it is in (NSpid of proc(5)); empty when it is not in there. */
export function numbersFrom(task: Task, ns: PidNamespace): number[] {
  return task.pids[ns.level]?.ns === ns ? task.pids.slice(ns.level).map((p) => p.pid) : []
}

export const hex16 = (mask: bigint): string => mask.toString(16).padStart(16, '0')

export function maskOf(signals: Iterable<number>): bigint {
  let mask = 0n
  for (const signo of signals) mask |= 1n << BigInt(signo - 1)
  return mask
}

/** A captured process's masks stand until its program sets a disposition. */
function dispositionMask(task: Task, what: 'ignored' | 'caught'): bigint {
  const before = task.recorded.get(what)
  if (before !== undefined) return BigInt(`0x${before}`)
  let mask = 0n
  for (const [signo, disposition] of task.dispositions) {
    if ((what === 'ignored') === (disposition === 'ignore') && disposition !== 'default') mask |= 1n << BigInt(signo - 1)
  }
  return mask
}

export const ignoredMask = (task: Task): bigint => dispositionMask(task, 'ignored')
export const caughtMask = (task: Task): bigint => dispositionMask(task, 'caught')

/** Whether the reader may see addresses (ptrace_may_access, as far as ids go). */
export const mayTrace = (task: Task, look: Look): boolean =>
  look.viewer === task || look.viewer.credentials.euid === 0 || look.viewer.credentials.uid === task.credentials.uid

/** mm/oom_kill.c oom_badness and fs/proc/base.c proc_oom_score. */
export function oomScore(task: Task, look: Look): number {
  const total = Math.floor((machineOf(look.kernel).memory.get('MemTotal')?.value ?? 0) / 4)
  if (total === 0 || task.oomScoreAdj === -1000) return 0
  const pages = Math.floor((task.memory.vmRSS + task.memory.vmSwap + task.memory.vmPTE) / 4)
  const badness = pages + task.oomScoreAdj * Math.floor(total / 1000)
  return Math.max(0, Math.trunc(((1000 + Math.trunc((badness * 1000) / total)) * 2) / 3))
}

/** Where exec(2) put things in memory: recorded, or of a plain static program with an address space laid out by its start. */
export function layoutOf(task: Task): (field: string) => string {
  let seed = (task.startTime + task.globalPid * 7919) % 4_294_967_296
  const random = (pages: number): number => {
    seed = (Math.imul(seed | 0, 1664525) + 1013904223) >>> 0
    return (seed % pages) * 4096
  }
  const text = 4_198_400
  const exe = task.memory.vmExe * 1024
  const stackTop = 140_720_000_000_000 + random(4_000_000)
  const size = task.argv.reduce((n, arg) => n + arg.length + 1, 0)
  let environment = 0
  for (const [name, value] of task.env) environment += name.length + value.length + 2
  const computed: Record<string, number> = {
    startcode: text,
    endcode: text + exe,
    startstack: stackTop - 5600,
    start_data: text + exe + 167_936,
    end_data: text + exe + 191_488,
    start_brk: 33_554_432 + random(200_000),
    arg_start: stackTop,
    arg_end: stackTop + size,
    env_start: stackTop + size,
    env_end: stackTop + size + environment,
  }
  return (field) => task.recorded.get(field) ?? String(computed[field] ?? 0)
}
