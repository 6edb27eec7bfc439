/** What several files of /proc/PID say of a task: its numbers, signal masks, addresses, and the score of the OOM killer. */
import type { PidNamespace } from '../../namespaces/pid'
import { capable } from '../../credentials'
import { Errno, type ErrnoName } from '../../errno'
import { type Numbers, PF_SUPERPRIV, type Task } from '../../task'
import type { Look } from './entry'
import { machineOf } from './machine'

export const STATE_NAMES = { R: 'R (running)', S: 'S (sleeping)', D: 'D (disk sleep)', T: 'T (stopped)', Z: 'Z (zombie)' } as const

/** A task that still has its memory, files and namespaces: looking for them at a zombie fails. */
export function living(task: Task, code: ErrnoName): Task {
  if (task.isZombie) throw new Errno(code)
  return task
}

/** Its pid in `ns` and in each namespace below that it is in (NSpid of proc(5)); empty when it is not in there. */
export function numbersFrom({ pids }: { readonly pids: Numbers }, ns: PidNamespace): string {
  const first = pids[ns.level]
  if (first?.ns !== ns) return ''
  if (pids.length === ns.level + 1) return String(first.pid)
  return pids.slice(ns.level).map((p) => p.pid).join('\t')
}

export const hex16 = (mask: bigint): string => mask.toString(16).padStart(16, '0')

const NONE = '0000000000000000'
const hex8 = (bits: number): string => (bits >>> 0).toString(16).padStart(8, '0')

/** A set of signals as sixteen hexadecimal digits, signal 1 being the lowest bit. */
export function maskOf(signals: ReadonlySet<number>): string {
  if (signals.size === 0) return NONE
  let low = 0
  let high = 0
  for (const signo of signals) {
    if (signo <= 32) low |= 1 << (signo - 1)
    else high |= 1 << (signo - 33)
  }
  return hex8(high) + hex8(low)
}

/** The lower 31 signals of a mask as a number, as stat has them. */
export const lowBits = (mask: string): number => (mask === NONE ? 0 : Number.parseInt(mask.slice(8), 16) & 0x7fffffff)

/** A captured process's masks stand; what its program changes later is changed in them (syscalls.ts, signal). */
function dispositionMask(task: Task, what: 'ignored' | 'caught'): string {
  const before = task.recorded.get(what)
  if (before !== undefined) return before
  if (task.dispositions.size === 0) return NONE
  const signals = new Set<number>()
  for (const [signo, disposition] of task.dispositions) if ((what === 'ignored') === (disposition === 'ignore') && disposition !== 'default') signals.add(signo)
  return maskOf(signals)
}

export const ignoredMask = (task: Task): string => dispositionMask(task, 'ignored')
export const caughtMask = (task: Task): string => dispositionMask(task, 'caught')

/**
 * Whether the reader may see addresses (ptrace_may_access): of itself, of a task of the same user that may do no more; of any other
 * with a privilege, and that it was used is noted.
 */
export function mayTrace(task: Task, { viewer }: Look): boolean {
  const own = viewer.credentials
  const its = task.credentials
  if (viewer === task) return true
  const { fsuid, fsgid } = own
  const sameUser = its.uid === fsuid && its.euid === fsuid && its.suid === fsuid && its.gid === fsgid && its.egid === fsgid && its.sgid === fsgid
  if (sameUser && task.dumpable && (its.capPermitted & ~own.capEffective) === 0n) return true
  if (!capable(own, 'CAP_SYS_PTRACE')) return false
  viewer.flags |= PF_SUPERPRIV
  return true
}

/** mm/oom_kill.c oom_badness and fs/proc/base.c proc_oom_score. */
export function oomScore(task: Task, look: Look): number {
  const total = Math.floor((machineOf(look.kernel).memory.get('MemTotal')?.value ?? 0) / 4)
  if (total === 0 || task.isZombie || task.oomScoreAdj === -1000) return 0
  const pages = Math.floor((task.memory.vmRSS + task.memory.vmSwap + task.memory.vmPTE) / 4)
  const badness = pages + task.oomScoreAdj * Math.floor(total / 1000)
  return Math.max(0, Math.trunc(((1000 + Math.trunc((badness * 1000) / total)) * 2) / 3))
}

/** The addresses of stat's fields, as decimal numbers. */
export type Layout = Readonly<Record<(typeof FIELDS)[number], string>>
const FIELDS = ['startcode', 'endcode', 'startstack', 'start_data', 'end_data', 'start_brk', 'arg_start', 'arg_end', 'env_start', 'env_end'] as const

/** Kept with what it follows from: exec(2) gives a task a new argv, and a program may set its title. */
const LAYOUTS = new WeakMap<Task, { readonly argv: readonly string[]; readonly env: ReadonlyMap<string, string>; readonly recorded: number; readonly layout: Layout }>()

/** Where exec(2) put things in memory: recorded, or of a plain static program with an address space laid out by its start. */
export function layoutOf(task: Task): Layout {
  const known = LAYOUTS.get(task)
  if (known && known.argv === task.argv && known.env === task.env && known.recorded === task.recorded.size) return known.layout
  const layout = computeLayout(task)
  LAYOUTS.set(task, { argv: task.argv, env: task.env, recorded: task.recorded.size, layout })
  return layout
}

function computeLayout(task: Task): Layout {
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
  const heap = 33_554_432 + random(200_000)
  const at = (field: (typeof FIELDS)[number], computed: number): string => task.recorded.get(field) ?? String(computed)
  return {
    startcode: at('startcode', text),
    endcode: at('endcode', text + exe),
    startstack: at('startstack', stackTop - 5600),
    start_data: at('start_data', text + exe + 167_936),
    end_data: at('end_data', text + exe + 191_488),
    start_brk: at('start_brk', heap),
    arg_start: at('arg_start', stackTop),
    arg_end: at('arg_end', stackTop + size),
    env_start: at('env_start', stackTop + size),
    env_end: at('env_end', stackTop + size + environment),
  }
}
