/** Sizes and spans as github.com/docker/go-units and containerd's pkg/progress word them. */
const DECIMAL = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB']
const BINARY = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB', 'ZiB', 'YiB']

/** Go's `%.Ng` of a number below 10000. */
const general = (value: number, digits: number): string => Number(value.toPrecision(digits)).toString()

function scale(size: number, base: number, units: readonly string[]): [number, string] {
  let i = 0
  while (size >= base && i < units.length - 1) {
    size /= base
    i++
  }
  return [size, units[i] ?? '']
}

/** HumanSizeWithPrecision: `2.83MB`. */
export function humanSize(bytes: number, digits = 4): string {
  const [size, unit] = scale(bytes, 1000, DECIMAL)
  return general(size, digits) + unit
}

/** BytesSize: `1.5MiB`. */
export function bytesSize(bytes: number): string {
  const [size, unit] = scale(bytes, 1024, BINARY)
  return general(size, 4) + unit
}

/** progress.Bytes of containerd: `2.7 MiB`, `12.0 B`. */
export function progressBytes(bytes: number): string {
  const [size, unit] = scale(bytes, 1024, BINARY)
  return `${size.toFixed(1)} ${unit}`
}

export { humanDuration } from '../../containerd/units'

const POWERS = 'kmgtp'

/** RAMInBytes: `10m`, `1.5GiB`; undefined where it is no size. */
export function parseSize(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?) ?(?:([kmgtp])i?b?|b)?$/i.exec(text)
  if (!match) return undefined
  return Math.trunc(Number(match[1]) * 1024 ** (POWERS.indexOf((match[2] ?? '').toLowerCase() || ' ') + 1))
}
