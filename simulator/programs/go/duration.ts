/** Go's time.Duration as text: `1h2m3.5s`, `250ms`, `0s`; and its reading. */
const UNITS: Readonly<Record<string, number>> = { ns: 1, us: 1e3, µs: 1e3, μs: 1e3, ms: 1e6, s: 1e9, m: 60e9, h: 3600e9 }

const trim = (value: number, digits: number): string => value.toFixed(digits).replace(/\.?0+$/, '')

export function formatDuration(ns: number): string {
  const sign = ns < 0 ? '-' : ''
  const span = Math.abs(ns)
  if (span === 0) return '0s'
  if (span < 1e3) return `${sign}${span}ns`
  if (span < 1e6) return `${sign}${trim(span / 1e3, 3)}µs`
  if (span < 1e9) return `${sign}${trim(span / 1e6, 6)}ms`
  const hours = Math.floor(span / 3600e9)
  const minutes = Math.floor((span % 3600e9) / 60e9)
  const rest = span % 60e9
  const seconds = rest === 0 ? '0' : `${Math.floor(rest / 1e9)}${(rest % 1e9 === 0 ? '' : `.${String(rest % 1e9).padStart(9, '0')}`).replace(/0+$/, '')}`
  const head = hours > 0 ? `${hours}h${minutes}m` : minutes > 0 ? `${minutes}m` : ''
  return `${sign}${head}${seconds}s`
}

/** time.ParseDuration; undefined when it is none. */
export function parseDuration(text: string): number | undefined {
  const match = /^([+-]?)(.*)$/s.exec(text)
  const body = match?.[2] ?? ''
  if (body === '0') return 0
  if (!/^(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/.test(body)) return undefined
  let total = 0
  for (const [, amount = '', unit = ''] of body.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g)) total += Number(amount) * (UNITS[unit] ?? 0)
  return match?.[1] === '-' ? -total : Math.round(total)
}
