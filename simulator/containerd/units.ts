/** Spans as github.com/docker/go-units words them, for daemons that do so themselves. */

/** HumanDuration: `About a minute`, `3 minutes`. */
export function humanDuration(ns: bigint): string {
  const seconds = Number(ns / 1_000_000_000n)
  if (seconds < 1) return 'Less than a second'
  if (seconds === 1) return '1 second'
  if (seconds < 60) return `${seconds} seconds`
  const minutes = Math.trunc(Number(ns) / 60e9)
  if (minutes === 1) return 'About a minute'
  if (minutes < 60) return `${minutes} minutes`
  const hours = Math.floor(Number(ns) / 3600e9 + 0.5)
  if (hours === 1) return 'About an hour'
  if (hours < 48) return `${hours} hours`
  if (hours < 24 * 7 * 2) return `${Math.trunc(hours / 24)} days`
  if (hours < 24 * 30 * 2) return `${Math.trunc(hours / 24 / 7)} weeks`
  if (hours < 24 * 365 * 2) return `${Math.trunc(hours / 24 / 30)} months`
  return `${Math.trunc(Number(ns) / 3600e9 / 24 / 365)} years`
}
