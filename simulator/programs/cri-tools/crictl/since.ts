/** `--since`: a duration back from now, a time, or seconds since the epoch (logs.go parseTimestamp). Nanoseconds; undefined when not given. */
import { parseDuration } from '../../go/duration'
import { quote } from '../../go/strconv'
import { nowNanoseconds } from '../../go/time'
import { type Context, Failure } from '../../urfave/context'

const NS_PER_S = 1_000_000_000n

export function sinceOf(context: Context): bigint | undefined {
  const text = context.string('since')
  if (text === '') return undefined
  const duration = text === '0' ? undefined : parseDuration(text)
  if (duration !== undefined) return ((nowNanoseconds(context.sys) - BigInt(duration)) / NS_PER_S) * NS_PER_S
  const time = /^(\d{4}-\d\d-\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?(Z|[+-]\d\d:\d\d)?)?$/.exec(text)
  if (time) {
    const [, date = '', hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] = time
    const at = Date.parse(`${date}T${hour}:${minute}:${second}${zone}`)
    if (!Number.isNaN(at)) return BigInt(at) * 1_000_000n + BigInt(fraction.padEnd(9, '0') || '0')
  }
  const unix = /^(-?\d+)(?:\.(\d{1,9}))?$/.exec(text)
  if (unix) return BigInt(unix[1] ?? '0') * NS_PER_S + BigInt((unix[2] ?? '').padEnd(9, '0') || '0')
  throw new Failure(`failed to parse value as time or duration: ${quote(text)}`)
}
