/** Moments as Go prints them with %v (time.Time.String) and as log lines have them. The node's zone is UTC. */
import { rfc3339 } from '../../containerd/time'
import type { Sys } from '../../kernel/sys'
import type { Timespec } from '../../kernel/time'

const pad = (n: number, width = 2): string => String(n).padStart(width, '0')

export const toNanoseconds = (time: Timespec): bigint => BigInt(time.sec) * 1_000_000_000n + BigInt(time.nsec)
export const nowNanoseconds = (sys: Sys): bigint => toNanoseconds(sys.now())

/** `2026-11-23 13:08:07.489259611 +0000 UTC`. */
export const timeString = (ns: bigint): string => rfc3339(ns).replace('T', ' ').replace('Z', ' +0000 UTC')

/** A moment since the epoch, or Go's zero time where it is 0. */
export const rfc3339OrEpoch = (ns: bigint): string => rfc3339(ns)

/** Package log's stamp, `2026/11/23 13:12:04`. */
export function logStamp(time: Timespec): string {
  return new Date(Number(time.sec) * 1000).toISOString().slice(0, 19).replaceAll('-', '/').replace('T', ' ')
}

/** klog's stamp, `1123 13:12:07.635671`. */
export function klogStamp(time: Timespec): string {
  const date = new Date(Number(time.sec) * 1000)
  const day = `${pad(date.getUTCMonth() + 1)}${pad(date.getUTCDate())}`
  return `${day} ${date.toISOString().slice(11, 19)}.${pad(Math.floor(Number(time.nsec) / 1000), 6)}`
}
