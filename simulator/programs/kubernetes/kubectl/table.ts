/** Tables as kubectl's printers set them (liggitt/tabwriter): columns three blanks apart, the last one not padded. */
export const table = (rows: readonly (readonly string[])[]): string => new WidthTable().print(rows)

/** A table that goes on: its columns only grow. */
export class WidthTable {
  private readonly widths: number[] = []
  print(rows: readonly (readonly string[])[]): string {
    const { widths } = this
    for (const row of rows) {
      for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, cell.length)
    }
    return rows.map((row) => `${row.map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd((widths[i] ?? 0) + 3))).join('')}\n`).join('')
  }
}

/** duration.HumanDuration (apimachinery): `5s`, `2m10s`, `39m`, `3h20m`, `2d3h`. */
export function age(seconds: number): string {
  const s = Math.floor(seconds)
  if (seconds < -1) return '<invalid>'
  if (s < 0) return '0s'
  if (s < 120) return `${s}s`
  const m = Math.floor(s / 60)
  if (m < 10) return s % 60 === 0 ? `${m}m` : `${m}m${s % 60}s`
  if (m < 180) return `${m}m`
  const h = Math.floor(m / 60)
  if (h < 8) return m % 60 === 0 ? `${h}h` : `${h}h${m % 60}m`
  if (h < 48) return `${h}h`
  const d = Math.floor(h / 24)
  if (h < 192) return h % 24 === 0 ? `${d}d` : `${d}d${h % 24}h`
  if (d < 730) return `${d}d`
  return `${Math.floor(d / 365)}y`
}

export const sinceTime = (now: number, time: string | undefined): string => (time ? age(now - Date.parse(time) / 1000) : '<unknown>')

/** How long something took, or has taken so far. */
export const spanTime = (began: string, ended: string | undefined, now: number): string => age((ended === undefined ? now : Date.parse(ended) / 1000) - Date.parse(began) / 1000)
