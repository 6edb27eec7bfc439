/**
 * When a captured node booted. The time of the recording was noted a little before /proc/uptime was read; what tells more exactly is
 * that no process can have begun before its sandbox or container was made.
 */
import * as z from 'zod/mini'
import { statOf } from './figures'
import type { Capture } from './schema'

const Made = z.record(z.string(), z.object({ status: z.object({ createdAt: z.string() }), info: z.object({ pid: z.number() }) }))
const Cri = z.object({ inspect: Made, inspectp: Made })
const TICK = 0.01

/** Unix seconds. */
export function bootOf(capture: Capture): number {
  const uptime = Number(capture.files['/proc/uptime']?.split(' ')[0] ?? 0)
  const startOf = new Map(capture.processes.map((p) => [p.pid, Number(statOf(p)(22)) * TICK]))
  const cri = z.safeParse(Cri, capture.cri)
  const made = cri.success ? [...Object.values(cri.data.inspectp), ...Object.values(cri.data.inspect)] : []
  const earliest = made.map(({ status, info }) => {
    const start = startOf.get(info.pid)
    return start === undefined ? 0 : Date.parse(status.createdAt) / 1000 - start - TICK
  })
  return Math.max(capture.recorded_at - uptime, ...earliest)
}
