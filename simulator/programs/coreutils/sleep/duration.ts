/** `1.5`, `2m`, `1h`, `infinity` in seconds; undefined when it is none. */
export function duration(text: string): number | undefined {
  if (/^inf(inity)?[smhd]?$/i.test(text)) return 1e9
  const found = /^(\d+\.?\d*(?:e[-+]?\d+)?|\.\d+(?:e[-+]?\d+)?)([smhd]?)$/i.exec(text)
  if (!found) return undefined
  return Number(found[1]) * ({ s: 1, m: 60, h: 3600, d: 86400 }[found[2] || 's'] ?? 1)
}
