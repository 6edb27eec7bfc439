/** Routes and neighbours (ip-route(8), ip-neighbour(8)). */
import type { Prefix } from './address'
import { numberOf } from './address'
import type { Device, Scope } from './device'

export interface Route {
  readonly destination: Prefix
  readonly gateway?: string
  readonly device: Device
  readonly protocol: 'kernel' | 'boot' | 'static' | 'ra' | 'dhcp'
  readonly scope: Scope
  readonly source?: string
  readonly metric: number
  readonly onlink?: boolean
  readonly type: 'unicast' | 'local' | 'broadcast' | 'multicast' | 'anycast' | 'blackhole' | 'unreachable' | 'prohibit'
}

/** As the kernel's trie lists them: by network, the narrower network first, then by metric. */
export function compareRoutes(a: Route, b: Route): number {
  const x = numberOf(a.destination.address)
  const y = numberOf(b.destination.address)
  if (a.destination.family === 'inet6' && (a.destination.length === 0) !== (b.destination.length === 0)) return a.destination.length === 0 ? 1 : -1
  if (x !== y) return x < y ? -1 : 1
  return b.destination.length - a.destination.length || a.metric - b.metric
}

export interface Neighbour {
  readonly address: string
  readonly device: Device
  readonly mac: string | undefined
  readonly permanent: boolean
  /** Nobody answered. */
  readonly failed: boolean
  /** When it last answered, monotonic ns. */
  readonly confirmed: number
}

/** neigh_reachable_time: REACHABLE for about 30 s, then STALE. */
const REACHABLE_NS = 30e9

export function neighbourState(neighbour: Neighbour, now: number): 'PERMANENT' | 'FAILED' | 'REACHABLE' | 'STALE' {
  if (neighbour.permanent) return 'PERMANENT'
  if (neighbour.failed) return 'FAILED'
  return now - neighbour.confirmed < REACHABLE_NS ? 'REACHABLE' : 'STALE'
}
