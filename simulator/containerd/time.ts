/** Times as Go writes them: RFC 3339 with as many digits of nanoseconds as are not zero (time.RFC3339Nano). */
import type { Sys } from '../kernel/sys'

export const ZERO_TIME = '0001-01-01T00:00:00Z'
const NS_PER_S = 1_000_000_000n

/** A moment of nanoseconds since the epoch. */
export function rfc3339(ns: bigint): string {
  const rest = ((ns % NS_PER_S) + NS_PER_S) % NS_PER_S
  const seconds = (ns - rest) / NS_PER_S
  const fraction = rest.toString().padStart(9, '0').replace(/0+$/, '')
  const date = new Date(Number(seconds) * 1000).toISOString().slice(0, 19)
  return `${date}${fraction ? `.${fraction}` : ''}Z`
}

export function nanoseconds(sys: Sys): bigint {
  const { sec, nsec } = sys.now()
  return BigInt(sec) * NS_PER_S + BigInt(nsec)
}

export const now = (sys: Sys): string => rfc3339(nanoseconds(sys))

/** Nanoseconds since the epoch of such a text; 0 for Go's zero time. */
export function parseTime(text: string): bigint {
  if (text === ZERO_TIME) return 0n
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?Z$/.exec(text)
  if (!match) return 0n
  return BigInt(Date.parse(`${match[1]}Z`)) * 1_000_000n + BigInt((match[2] ?? '').padEnd(9, '0'))
}
