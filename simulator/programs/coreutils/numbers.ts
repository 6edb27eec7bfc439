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

/** `4.0K` as `du -h` and `ls -h` write sizes: one decimal below ten, rounded up (dd: to the nearest). */
export function human(bytes: number, base: 1024 | 1000 = 1024, rounding: 'up' | 'nearest' = 'up'): string {
  const letters = base === 1024 ? ['', 'K', 'M', 'G', 'T', 'P', 'E'] : ['', 'k', 'M', 'G', 'T', 'P', 'E']
  const round = (value: number): number => (rounding === 'up' ? Math.ceil(value - 1e-9) : Math.round(value))
  let power = 0
  let value = bytes
  while (value >= base && power < letters.length - 1) {
    value /= base
    power++
  }
  if (power === 0) return `${round(bytes)}`
  const tenth = round(value * 10) / 10
  if (tenth < 10) return `${tenth.toFixed(1)}${letters[power]}`
  const whole = round(value)
  if (whole >= base && power < letters.length - 1) return `1.0${letters[power + 1]}`
  return `${whole}${letters[power]}`
}

/** What a number may be, for xstrtol's words when it is not. */
export interface NumberRules {
  /** In the message: `invalid number of lines`. */
  readonly what: string
  readonly min?: number
  readonly max?: number
  /** Multipliers such as `k`, `MB` are understood. */
  readonly suffixes?: 'sizes' | 'none'
}

/** A decimal number of an option (gnulib's xdectoumax); a text says what is wrong with it. */
export function numberOrComplaint(text: string, rules: NumberRules, quote: (text: string) => string): number | { readonly complaint: string } {
  const { what, min = 0, max = 2 ** 63, suffixes = 'none' } = rules
  const complaint = `${what}: ${quote(text)}`
  const bare = text.trim().replace(/^\+/, '')
  if (min >= 0 && bare.startsWith('-')) return { complaint }
  const value = suffixes === 'sizes' ? sizeOf(bare) : /^-?\d+$/.test(bare) ? Number(bare) : undefined
  if (value === undefined) return { complaint }
  if (value > 1.8446744073709552e19) return { complaint: `${complaint}: Value too large for defined data type` }
  if (value < min || value > max) return { complaint: `${complaint}: ${value > 1073741823 ? 'Value too large for defined data type' : 'Numerical result out of range'}` }
  return value
}

/** A unit that sizes are written in: `-h`, `-BM`, `--block-size=1K`. */
export interface BlockSize {
  readonly size: number
  /** What stands behind each number: `M` for `-BM`. */
  readonly suffix: string
  readonly human: 1024 | 1000 | undefined
}

export const HUMAN: BlockSize = { size: 1, suffix: '', human: 1024 }
export const SI: BlockSize = { size: 1, suffix: '', human: 1000 }

/** undefined when it is none. */
export function parseBlockSize(text: string): BlockSize | undefined {
  if (text === 'human-readable') return HUMAN
  if (text === 'si') return SI
  const bare = text.replace(/^'/, '')
  const size = sizeOf(/^\d/.test(bare) ? bare : `1${bare}`)
  return size === undefined || size === 0 ? undefined : { size, suffix: /^\d/.test(bare) ? '' : bare.replace(/^k(?!B)/, 'K').replace(/iB$/, ''), human: undefined }
}

/** A size in a unit, rounded up. */
export const inBlocks = (bytes: number, unit: BlockSize): string => (unit.human ? human(bytes, unit.human) : `${Math.ceil(bytes / unit.size)}${unit.suffix}`)

/** `1K-blocks`, `1MB-blocks`, `512B-blocks`. */
export function blocksHeader(unit: BlockSize): string {
  for (const [base, tail] of [[1024, ''], [1000, 'B']] as const) {
    let size = unit.size
    let power = 0
    while (size >= base && size % base === 0 && power < POWERS.length) {
      size /= base
      power++
    }
    if (power > 0 && !(base === 1024 && size >= 1000)) return `${size}${base === 1000 && power === 1 ? 'k' : POWERS[power - 1]}${tail}-blocks`
  }
  return `${unit.size}B-blocks`
}
