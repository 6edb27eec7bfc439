/** How long the system has been up, as uptime, w and top of procps-ng 4.0.2 say it (library/uptime.c). */
import type { Run } from '../../kernel/run'
import { readText, type ProcReader } from './processes'

const two = (n: number): string => String(n).padStart(2, '0')

export function* uptimeSeconds(sys: ProcReader): Run<number> {
  return Number(((yield* readText(sys, '/proc/uptime')) ?? '0').split(' ')[0])
}

/** ` 13:12:36 up 56 min,  0 user,  load average: 0.00, 0.00, 0.00`. Nobody is counted where there is no utmp(5). */
export function* uptimeLine(sys: ProcReader & { now(): { sec: number } }): Run<string> {
  const up = Math.floor(yield* uptimeSeconds(sys))
  const now = new Date(sys.now().sec * 1000)
  const days = Math.floor(up / 86400)
  const hours = Math.floor(up / 3600) % 24
  const minutes = Math.floor(up / 60) % 60
  const loads = ((yield* readText(sys, '/proc/loadavg')) ?? '0 0 0').split(' ').slice(0, 3).map((l) => Number(l).toFixed(2))
  return ` ${two(now.getUTCHours())}:${two(now.getUTCMinutes())}:${two(now.getUTCSeconds())} up ${days > 0 ? `${days} ${days > 1 ? 'days' : 'day'}, ` : ''}` +
    `${hours > 0 ? `${String(hours).padStart(2)}:${two(minutes)}, ` : `${minutes} min, `} 0 user,  load average: ${loads.join(', ')}`
}

const SPANS: readonly (readonly [string, number])[] = [['decade', 315_360_000], ['year', 31_536_000], ['week', 604_800], ['day', 86_400], ['hour', 3600], ['minute', 60]]

/** `up 1 week, 2 days, 3 hours, 4 minutes`. */
export function prettyUptime(seconds: number): string {
  let left = seconds
  const parts: string[] = []
  for (const [name, span] of SPANS) {
    const n = left > span ? Math.floor(left / span) : 0
    left -= n * span
    // Below a minute there is still something to say.
    if (n > 0 || (name === 'minute' && seconds < 60)) parts.push(`${n} ${name}${n === 1 ? '' : 's'}`)
  }
  return `up ${parts.join(', ')}`
}
