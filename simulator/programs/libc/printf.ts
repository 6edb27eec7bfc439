/**
 * Numbers as printf(3) writes them: exact decimal digits, ties to the even one, which JavaScript's `toFixed` and
 * `toExponential` break upwards. Programs that format numbers as C does build on this.
 */

export interface Conversion {
  /** Any of `-+ 0#`. */
  readonly flags: string
  readonly width: number
  readonly precision: number | undefined
  readonly letter: string
}

/** Digits that JavaScript gives exactly; what follows them decides a tie. */
const MOST = 100

/** `digits` significant digits of a positive number: the digits, and the exponent of ten of the first. */
function significant(value: number, digits: number): { text: string; exponent: number } {
  const wanted = Math.min(MOST, Math.max(0, digits))
  const [mantissa = '', power = '0'] = value.toExponential(wanted).split('e')
  const text = mantissa.replace('.', '')
  const [long = '', longPower = '0'] = value.toExponential(Math.min(MOST, wanted + 40)).split('e')
  const more = long.replace('.', '')
  if (/^50*$/.test(more.slice(wanted + 1)) && Number(more[wanted]) % 2 === 0) return { text: more.slice(0, wanted + 1), exponent: Number(longPower) }
  return { text, exponent: Number(power) }
}

function exponential(value: number, precision: number, point: string): string {
  if (value === 0) return `0${precision > 0 ? `.${'0'.repeat(precision)}` : point}e+00`
  const { text, exponent } = significant(value, precision)
  const fraction = text.slice(1).padEnd(precision, '0')
  const power = String(Math.abs(exponent)).padStart(2, '0')
  return `${text[0]}${fraction === '' ? point : `.${fraction}`}e${exponent < 0 ? '-' : '+'}${power}`
}

/** All digits of a finite number's fraction: a double is an integer over a power of two. */
function fixed(value: number, precision: number, point: string): string {
  let whole: bigint
  let fraction = ''
  if (Number.isInteger(value)) {
    whole = BigInt(value)
    fraction = '0'.repeat(precision)
  } else {
    let shift = 0
    let scaled = value
    while (!Number.isInteger(scaled)) {
      scaled *= 2
      shift++
    }
    const numerator = BigInt(scaled) * 10n ** BigInt(precision)
    const divisor = 1n << BigInt(shift)
    let quotient = numerator / divisor
    const rest = (numerator % divisor) * 2n
    if (rest > divisor || (rest === divisor && quotient % 2n === 1n)) quotient++
    const digits = quotient.toString().padStart(precision + 1, '0')
    whole = BigInt(digits.slice(0, digits.length - precision))
    fraction = digits.slice(digits.length - precision)
  }
  return `${whole}${precision > 0 ? `.${fraction}` : point}`
}

function general(value: number, precision: number, alternate: boolean): string {
  const p = precision === 0 ? 1 : precision
  const exponent = value === 0 ? 0 : significant(value, p - 1).exponent
  const text = exponent < -4 || exponent >= p ? exponential(value, p - 1, alternate ? '.' : '') : fixed(value, p - 1 - exponent, alternate ? '.' : '')
  return alternate || !text.includes('.') ? text : text.replace(/\.?0+(?=e|$)/, '')
}

function hexadecimal(value: number, precision: number | undefined, point: string): string {
  if (value === 0) return `0x0${precision ? `.${'0'.repeat(precision)}` : point}p+0`
  let exponent = Math.floor(Math.log2(value))
  let mantissa = value / 2 ** exponent
  while (mantissa >= 2) {
    mantissa /= 2
    exponent++
  }
  while (mantissa < 1) {
    mantissa *= 2
    exponent--
  }
  let digits = BigInt(mantissa * 2 ** 52)
  let places = 13
  if (precision !== undefined && precision < 13) {
    const unit = 1n << BigInt(4 * (13 - precision))
    const rest = (digits % unit) * 2n
    digits /= unit
    if (rest > unit || (rest === unit && digits % 2n === 1n)) digits++
    places = precision
  }
  const text = digits.toString(16).padStart(places + 1, '0')
  let fraction = places === 0 ? '' : text.slice(-places)
  if (precision === undefined) fraction = fraction.replace(/0+$/, '')
  else fraction = fraction.padEnd(precision, '0')
  return `0x${places === 0 ? text : text.slice(0, -places)}${fraction === '' ? point : `.${fraction}`}p${exponent < 0 ? '-' : '+'}${Math.abs(exponent)}`
}

/** The digits of `%e %f %g %a` (either case) of a finite number that is not negative, without sign and padding. */
export function floatDigits(value: number, letter: string, precision: number | undefined, alternate = ''): string {
  const point = alternate === '' ? '' : '.'
  switch (letter.toLowerCase()) {
    case 'f': return fixed(value, precision ?? 6, point)
    case 'e': return exponential(value, precision ?? 6, point)
    case 'a': return hexadecimal(value, precision, point)
    default: return general(value, precision ?? 6, alternate !== '')
  }
}

/** The sign that a number shows under these flags. */
export const signOf = (negative: boolean, flags: string): string => (negative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '')

/** Sign, prefix and digits set in a field: blanks before, zeros between sign and digits, or blanks behind. */
export function field(sign: string, digits: string, flags: string, width: number): string {
  const length = sign.length + digits.length
  if (length >= width) return sign + digits
  if (flags.includes('-')) return (sign + digits).padEnd(width)
  if (flags.includes('0')) return sign + digits.padStart(width - sign.length, '0')
  return (sign + digits).padStart(width)
}

/** A whole floating conversion. */
export function formatFloat(value: number, { flags, width, precision, letter }: Conversion): string {
  const negative = value < 0 || Object.is(value, -0)
  const sign = signOf(negative, flags)
  if (!Number.isFinite(value)) {
    const word = Number.isNaN(value) ? 'nan' : 'inf'
    return field(sign, letter === letter.toUpperCase() ? word.toUpperCase() : word, flags.replaceAll('0', ''), width)
  }
  let digits = floatDigits(Math.abs(value), letter, precision, flags.includes('#') ? '#' : '')
  if (letter === letter.toUpperCase()) digits = digits.toUpperCase()
  if (letter.toLowerCase() === 'a' && flags.includes('0') && !flags.includes('-')) return field(sign + digits.slice(0, 2), digits.slice(2), flags, width)
  return field(sign, digits, flags, width)
}
