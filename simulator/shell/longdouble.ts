/**
 * Numbers of x86's `long double` (64 bits of mantissa), which bash's and coreutils' printf read their arguments as and write with
 * `%Lf`, `%Le`, `%Lg`, `%La`: exactly, by whole numbers, with ties to the even digit.
 */

/** mantissa · 2^exponent; a mantissa other than 0 has 64 bits. */
export interface Finite {
  readonly kind: 'finite'
  readonly negative: boolean
  readonly mantissa: bigint
  readonly exponent: number
}
export type LongDouble = Finite | { readonly kind: 'infinite' | 'nan'; readonly negative: boolean }

const BITS = 64
const GREATEST = 16384
/** Powers of ten beyond which everything is nothing or endless: no need to work them out. */
const POWERS = 5000

const bitLength = (n: bigint): number => (n === 0n ? 0 : n.toString(2).length)

/** The quotient, to the nearest, of two that are equally near to the even one. */
function nearest(numerator: bigint, divisor: bigint): bigint {
  const quotient = numerator / divisor
  const twice = (numerator % divisor) * 2n
  return twice > divisor || (twice === divisor && quotient % 2n === 1n) ? quotient + 1n : quotient
}

function rounded(negative: boolean, numerator: bigint, divisor: bigint): LongDouble {
  if (numerator === 0n) return { kind: 'finite', negative, mantissa: 0n, exponent: 0 }
  let exponent = bitLength(numerator) - bitLength(divisor) - BITS
  const scaled = (e: number): bigint => (e >= 0 ? nearest(numerator, divisor << BigInt(e)) : nearest(numerator << BigInt(-e), divisor))
  let mantissa = scaled(exponent)
  // The estimate is one too small at most, and rounding may carry.
  while (bitLength(mantissa) > BITS) mantissa = scaled(++exponent)
  while (bitLength(mantissa) < BITS) mantissa = scaled(--exponent)
  return exponent + BITS > GREATEST ? { kind: 'infinite', negative } : { kind: 'finite', negative, mantissa, exponent }
}

/** What strtold(3) reads at the beginning of a text, and how much of it that is (0: no number). */
export function strtold(text: string): { readonly value: LongDouble; readonly length: number } {
  const found = /^\s*([-+]?)(?:0[xX]([0-9a-fA-F]+\.?[0-9a-fA-F]*|\.[0-9a-fA-F]+)(?:[pP]([-+]?\d+))?|(\d+\.?\d*|\.\d+)(?:[eE]([-+]?\d+))?|(inf(?:inity)?)|(nan(?:\(\w*\))?))/i.exec(text)
  if (!found) return { value: { kind: 'finite', negative: false, mantissa: 0n, exponent: 0 }, length: 0 }
  const [whole, sign, hex, power, decimal, ten, infinite, nan] = found
  const negative = sign === '-'
  const { length } = whole
  if (infinite !== undefined) return { value: { kind: 'infinite', negative }, length }
  if (nan !== undefined) return { value: { kind: 'nan', negative }, length }
  const [before = '', after = ''] = (hex ?? decimal ?? '0').split('.')
  if (hex !== undefined) {
    const shift = Number(power ?? 0) - 4 * after.length
    const digits = BigInt(`0x${before}${after}`)
    return { value: shift >= 0 ? rounded(negative, digits << BigInt(Math.min(shift, GREATEST * 2)), 1n) : rounded(negative, digits, 1n << BigInt(Math.min(-shift, GREATEST * 2))), length }
  }
  const digits = BigInt(before + after)
  const places = Number(ten ?? 0) - after.length
  if (digits === 0n) return { value: rounded(negative, 0n, 1n), length }
  if (places > POWERS) return { value: { kind: 'infinite', negative }, length }
  if (places < -POWERS - before.length) return { value: rounded(negative, 0n, 1n), length }
  return { value: places >= 0 ? rounded(negative, digits * 10n ** BigInt(places), 1n) : rounded(negative, digits, 10n ** BigInt(-places)), length }
}

/** The value of a JavaScript number. */
export const longDouble = (value: number): LongDouble => (Number.isFinite(value) ? (Object.is(value, -0) ? { kind: 'finite', negative: true, mantissa: 0n, exponent: 0 } : strtold(exactly(value)).value) : { kind: Number.isNaN(value) ? 'nan' : 'infinite', negative: value < 0 })

/** All digits of a double, which is an integer over a power of two. */
function exactly(value: number): string {
  let shift = 0
  let scaled = value
  while (!Number.isInteger(scaled)) {
    scaled *= 2
    shift++
  }
  return `${BigInt(scaled) < 0n ? '-' : ''}0x${(BigInt(scaled) < 0n ? -BigInt(scaled) : BigInt(scaled)).toString(16)}p${-shift}`
}

/** value · 10^places as a whole number. */
function scaledBy(value: Finite, places: number): bigint {
  let [numerator, divisor] = [value.mantissa, 1n]
  if (value.exponent >= 0) numerator <<= BigInt(value.exponent)
  else divisor <<= BigInt(-value.exponent)
  if (places >= 0) numerator *= 10n ** BigInt(places)
  else divisor *= 10n ** BigInt(-places)
  return nearest(numerator, divisor)
}

function fixed(value: Finite, precision: number): string {
  const digits = scaledBy(value, precision).toString().padStart(precision + 1, '0')
  return precision === 0 ? digits : `${digits.slice(0, -precision)}.${digits.slice(-precision)}`
}

/** `precision` + 1 digits, and the power of ten of the first. */
function significant(value: Finite, precision: number): { readonly digits: string; readonly power: number } {
  if (value.mantissa === 0n) return { digits: '0'.repeat(precision + 1), power: 0 }
  let power = Math.floor((value.exponent + bitLength(value.mantissa) - 1) * Math.LOG10E * Math.LN2)
  for (;;) {
    const digits = scaledBy(value, precision - power).toString()
    if (digits.length > precision + 1) power++
    else if (digits.length < precision + 1) power--
    else return { digits, power }
  }
}

function exponential({ digits, power }: { readonly digits: string; readonly power: number }, alternate: boolean): string {
  const fraction = digits.slice(1)
  return `${digits[0]}${fraction === '' ? (alternate ? '.' : '') : `.${fraction}`}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
}

/** %La: the first digit is from 8 to f, the leading four bits. */
function hexadecimal(value: Finite, precision: number | undefined, alternate: boolean): string {
  let { mantissa, exponent } = value
  if (mantissa === 0n) return `0x0${precision ? `.${'0'.repeat(precision)}` : alternate ? '.' : ''}p+0`
  let digits = mantissa.toString(16)
  if (precision !== undefined && precision < digits.length - 1) {
    const cut = BigInt(4 * (digits.length - 1 - precision))
    mantissa = nearest(mantissa, 1n << cut)
    digits = mantissa.toString(16)
    if (digits.length > precision + 1) {
      digits = `8${'0'.repeat(precision)}`
      exponent++
    }
  } else digits = precision === undefined ? digits.replace(/(?<=.)0+$/, '') : digits.padEnd(precision + 1, '0')
  const power = exponent + BITS - 4
  return `0x${digits[0]}${digits.length > 1 ? `.${digits.slice(1)}` : alternate ? '.' : ''}p${power < 0 ? '-' : '+'}${Math.abs(power)}`
}

/** The text of a conversion (e, f, g, a, in either case), with `-` before it where it is negative. `#` in the flags keeps the point. */
export function formatLong(value: LongDouble, letter: string, precision: number | undefined, flags: string): string {
  const alternate = flags.includes('#')
  const sign = value.negative ? '-' : ''
  let text: string
  if (value.kind !== 'finite') text = value.kind === 'nan' ? 'nan' : 'inf'
  else {
    switch (letter.toLowerCase()) {
      case 'f':
        text = fixed(value, precision ?? 6) + (precision === 0 && alternate ? '.' : '')
        break
      case 'e':
        text = exponential(significant(value, precision ?? 6), alternate)
        break
      case 'a':
        text = hexadecimal(value, precision, alternate)
        break
      default: {
        const digits = Math.max(1, precision ?? 6)
        const found = significant(value, digits - 1)
        const small = found.power < -4 || found.power >= digits
        text = small ? exponential(found, alternate) : fixed(value, digits - 1 - found.power)
        if (!alternate && text.includes('.')) text = text.replace(/\.?0+(?=e|$)/, '')
        else if (alternate && !text.includes('.')) text = text.replace(/(?=e|$)/, '.')
      }
    }
  }
  return sign + (/[A-Z]/.test(letter) ? text.toUpperCase() : text)
}
