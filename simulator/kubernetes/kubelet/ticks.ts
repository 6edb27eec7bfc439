/** When a kubelet does what it does again and again (pkg/kubelet: PLEG, status manager, container garbage collection). Where in its period each falls is as the kubelet happened to start. */
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'

export interface Tick {
  readonly period: number
  readonly phase: number
}

/** The runtime is looked at (relist). */
export const RELIST: Tick = { period: 1_000_000_000, phase: 400_000_000 }
/** What has not been told of statuses is told, and pods of which nothing is left are deleted (syncPeriod). Recording: golden run-delete-watch. */
export const STATUS: Tick = { period: 10_000_000_000, phase: 6_000_000_000 }
/** What pods that are gone have left is removed (ContainerGCPeriod). */
export const GARBAGE: Tick = { period: 60_000_000_000, phase: 5_000_000_000 }

/** The number of the period in which a moment lies. */
export const tickAt = ({ period, phase }: Tick, monotonic: number): number => Math.floor((monotonic - phase) / period)

/** How long it is to the next. */
export const untilTick = (tick: Tick, monotonic: number): number => (tickAt(tick, monotonic) + 1) * tick.period + tick.phase - monotonic

export function* awaitTick(sys: Sys, tick: Tick): Run {
  yield* sys.sleep(untilTick(tick, sys.monotonic()))
}
