/** make_human_readable_str: one decimal from 1024 on, the units K M G T. */
export function humanBytes(bytes: number): string {
  if (bytes < 1024) return String(bytes)
  let value = bytes
  let unit = -1
  while (value >= 1024) {
    value /= 1024
    unit++
  }
  return `${value.toFixed(1)}${'KMGT'.charAt(unit)}`
}
