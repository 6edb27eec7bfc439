/** Numbers as coreutils reads them: decimal with a multiplier (`10k`, `1MB`, `2G`), see coreutils "Block size". */
const POWERS = 'KMGTPEZY'

/** undefined when it is no number. */
export function sizeOf(text: string): number | undefined {
  const found = /^([0-9]+)(?:(b)|([kKMGTPEZY])(iB|B)?|(B)?)?$/.exec(text)
  if (!found) return undefined
  const value = Number(found[1])
  if (found[2]) return value * 512
  if (!found[3]) return value
  const power = POWERS.indexOf(found[3].toUpperCase()) + 1
  return value * (found[4] === 'B' ? 1000 : 1024) ** power
}

/** `4.0K` as `du -h` and `ls -h` write sizes: rounded up, one decimal below ten. */
export function human(bytes: number, base: 1024 | 1000 = 1024): string {
  const letters = base === 1024 ? ['', 'K', 'M', 'G', 'T', 'P', 'E'] : ['', 'k', 'M', 'G', 'T', 'P', 'E']
  let power = 0
  let value = bytes
  while (value >= base && power < letters.length - 1) {
    value /= base
    power++
  }
  if (power === 0) return `${bytes}`
  const tenth = Math.ceil(value * 10 - 1e-9) / 10
  if (tenth < 10) return `${tenth.toFixed(1)}${letters[power]}`
  const whole = Math.ceil(value - 1e-9)
  if (whole >= base && power < letters.length - 1) return `1.0${letters[power + 1]}`
  return `${whole}${letters[power]}`
}
