/** Two readings and what happened between them (container_stats.go, pod_stats.go displayStats). */
import type { CpuAndMemory } from '../../../containerd/cri/services'
import type { Run } from '../../../kernel/run'
import { type Context, Failure } from '../../urfave/context'
import { catchInterrupts, pauseFor } from './interrupts'
import { showMessage, table } from './show'

const NS_PER_S = 1_000_000_000
const TICK_NS = 500_000_000
export const CLEAR = '\x1b[2J\x1b[H'

export const inOrder = <T extends { readonly id: string }>(items: readonly T[]): T[] => [...items].sort((a, b) => (a.id < b.id ? -1 : 1))

/** CPU time used between two readings, in hundredths of one core. */
export function percent(before: CpuAndMemory | null, now: CpuAndMemory | null): string {
  if (before === null || now === null || now.cpuNanoseconds === 0) return '0.00'
  const duration = Number(now.timestamp - before.timestamp)
  if (duration === 0) throw new Failure('cpu stat is not updated during sample')
  return (((now.cpuNanoseconds - before.cpuNanoseconds) / duration) * 100).toFixed(2)
}

interface Shown<T> {
  message(stats: readonly T[]): object
  readonly head: readonly string[]
  rows(before: readonly T[], now: readonly T[]): string[][]
}

/** One sample, or with --watch one after the other until an interrupt. */
export function* sample<T>(context: Context, read: () => Run<T[]>, { message, head, rows }: Shown<T>): Run {
  const { sys, io } = context
  const isWatching = context.bool('watch')
  const interrupts = isWatching ? catchInterrupts(sys) : { came: false }
  const lines: string[][] = []
  do {
    if (isWatching && (yield* pauseFor(sys, TICK_NS, interrupts))) return
    const before = yield* read()
    if (showMessage(context, message(before)) === 'shown') {
      yield* io.flush()
      continue
    }
    if (yield* pauseFor(sys, context.number('seconds') * NS_PER_S, interrupts)) return
    lines.splice(0, lines.length, [...head], ...rows(before, yield* read()))
    io.out(CLEAR + table(lines))
    yield* io.flush()
  } while (isWatching)
}
