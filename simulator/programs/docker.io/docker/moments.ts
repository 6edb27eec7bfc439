/** Moments as `--since` and `--until` take them: seconds since the epoch, a date, or how long ago (api/types/time/timestamp.go). */
import { nanoseconds } from '../../../containerd/time'
import type { Sys } from '../../../kernel/sys'
import { parseDuration } from '../../go/duration'
import { Refused } from './command'

const NS = 1_000_000_000n

export function momentOf(sys: Sys, text: string, name: string): bigint {
  const ago = parseDuration(text)
  if (ago !== undefined && text !== '0') return nanoseconds(sys) - BigInt(ago)
  const seconds = /^(\d+)(?:\.(\d{1,9}))?$/.exec(text)
  if (seconds) return BigInt(seconds[1] ?? 0) * NS + BigInt((seconds[2] ?? '').padEnd(9, '0'))
  const date = Date.parse(/[Zz]|[+-]\d\d:\d\d$/.test(text) ? text : text.includes('T') ? `${text}Z` : text)
  if (Number.isNaN(date)) throw new Refused(`Error response from daemon: invalid value for "${name}": failed to parse value as time or duration: "${text}"`)
  return BigInt(date) * 1_000_000n
}
