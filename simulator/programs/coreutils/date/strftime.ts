/** strftime(3) in the C locale with GNU's flags and widths (gnulib's nstrftime): `%-d`, `%_H`, `%^a`, `%10Y`, `%3N`, `%:z`. */
import { UTC, type Zone } from '../../libc/timezone'
import type { Timespec } from '../../../kernel/time'

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']

export interface Civil { year: number; month: number; day: number; hour: number; minute: number; second: number; weekday: number; yearday: number }

export function civil(sec: number): Civil {
  const d = new Date(sec * 1000)
  const year = d.getUTCFullYear()
  return {
    year, month: d.getUTCMonth(), day: d.getUTCDate(), hour: d.getUTCHours(), minute: d.getUTCMinutes(), second: d.getUTCSeconds(), weekday: d.getUTCDay(),
    yearday: Math.floor((Date.UTC(year, d.getUTCMonth(), d.getUTCDate()) - Date.UTC(year, 0, 1)) / 86_400_000),
  }
}

function isoWeek(t: Civil): { week: number; year: number } {
  const thursday = new Date(Date.UTC(t.year, t.month, t.day + 4 - (t.weekday || 7)))
  const year = thursday.getUTCFullYear()
  return { year, week: Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / 86_400_000 / 7) + 1 }
}

/** What a conversion gives: a number with its digits and filling, a text, or a format that stands for several. */
type Piece = { readonly number: number; readonly digits: number; readonly fill: '0' | ' ' } | { readonly text: string; readonly change?: 'upper' | 'lower' } | { readonly format: string }

const zeros = (number: number, digits: number): Piece => ({ number, digits, fill: '0' })
const blanks = (number: number, digits: number): Piece => ({ number, digits, fill: ' ' })

const CONVERSIONS: { readonly [letter: string]: (t: Civil, sec: number, zone: string) => Piece } = {
  a: (t) => ({ text: DAYS[t.weekday]?.slice(0, 3) ?? '', change: 'upper' }),
  A: (t) => ({ text: DAYS[t.weekday] ?? '', change: 'upper' }),
  b: (t) => ({ text: MONTHS[t.month]?.slice(0, 3) ?? '', change: 'upper' }),
  h: (t) => ({ text: MONTHS[t.month]?.slice(0, 3) ?? '', change: 'upper' }),
  B: (t) => ({ text: MONTHS[t.month] ?? '', change: 'upper' }),
  c: () => ({ format: '%a %b %e %H:%M:%S %Y' }),
  C: (t) => zeros(Math.floor(t.year / 100), 2),
  d: (t) => zeros(t.day, 2),
  D: () => ({ format: '%m/%d/%y' }),
  e: (t) => blanks(t.day, 2),
  F: () => ({ format: '%Y-%m-%d' }),
  g: (t) => zeros(isoWeek(t).year % 100, 2),
  G: (t) => zeros(isoWeek(t).year, 4),
  H: (t) => zeros(t.hour, 2),
  I: (t) => zeros(t.hour % 12 || 12, 2),
  j: (t) => zeros(t.yearday + 1, 3),
  k: (t) => blanks(t.hour, 2),
  l: (t) => blanks(t.hour % 12 || 12, 2),
  m: (t) => zeros(t.month + 1, 2),
  M: (t) => zeros(t.minute, 2),
  n: () => ({ text: '\n' }),
  p: (t) => ({ text: t.hour < 12 ? 'AM' : 'PM', change: 'lower' }),
  P: (t) => ({ text: t.hour < 12 ? 'am' : 'pm' }),
  q: (t) => zeros(Math.floor(t.month / 3) + 1, 1),
  r: () => ({ format: '%I:%M:%S %p' }),
  R: () => ({ format: '%H:%M' }),
  s: (_t, sec) => zeros(sec, 1),
  S: (t) => zeros(t.second, 2),
  t: () => ({ text: '\t' }),
  T: () => ({ format: '%H:%M:%S' }),
  u: (t) => zeros(t.weekday || 7, 1),
  U: (t) => zeros(Math.floor((t.yearday + 7 - t.weekday) / 7), 2),
  V: (t) => zeros(isoWeek(t).week, 2),
  w: (t) => zeros(t.weekday, 1),
  W: (t) => zeros(Math.floor((t.yearday + 7 - ((t.weekday + 6) % 7)) / 7), 2),
  x: () => ({ format: '%m/%d/%y' }),
  X: () => ({ format: '%H:%M:%S' }),
  y: (t) => zeros(((t.year % 100) + 100) % 100, 2),
  Y: (t) => zeros(t.year, 4),
  Z: (_t, _sec, zone) => ({ text: zone, change: 'lower' }),
  '%': () => ({ text: '%' }),
}

const DIRECTIVE = /%([-_0^#+]*)(\d*)([EO]?)(:{0,3}z|[a-zA-Z%])/g

export function strftime(format: string, time: Timespec, zone: Zone = UTC): string {
  const { offset, name } = zone.at(time.sec)
  const t = civil(time.sec + offset)
  return format.replace(DIRECTIVE, (whole, flags: string, widthText: string, modifier: string, letter: string) => {
    const width = Number(widthText)
    const fillFlag = /[-_0+]/.exec([...flags].reverse().join(''))?.[0]
    if (letter.endsWith('z')) return offsetText(offset, letter.length - 1, fillFlag, width)
    if (letter === 'N') return fraction(time.nsec, fillFlag, width)
    const piece = letter === '%' && whole !== '%%' ? undefined : CONVERSIONS[letter]?.(t, time.sec, name)
    if (!piece || (modifier !== '' && 'text' in piece)) return whole
    const upper = flags.includes('^')
    if ('number' in piece) {
      const fill = fillFlag === '_' ? ' ' : fillFlag === '0' || fillFlag === '+' ? '0' : piece.fill
      const digits = String(Math.abs(piece.number))
      const sign = piece.number < 0 ? '-' : fillFlag === '+' && letter === 'Y' && (piece.number > 9999 || width > 4) ? '+' : ''
      const size = Math.max(fillFlag === '-' ? 0 : piece.digits, width)
      return fill === ' ' ? (sign + digits).padStart(fillFlag === '-' ? 0 : size) : sign + digits.padStart(fillFlag === '-' ? 0 : size - (width > piece.digits ? sign.length : 0), '0')
    }
    let text = 'format' in piece ? strftime(piece.format, time, zone) : piece.text
    if (upper) text = text.toUpperCase()
    else if (flags.includes('#') && 'text' in piece && piece.change) text = piece.change === 'upper' ? text.toUpperCase() : text.toLowerCase()
    return fillFlag === '-' ? text : text.padStart(width, fillFlag === '0' || fillFlag === '+' ? '0' : ' ')
  })
}

/** %z and its kin: `+hhmm`, with as many colons as were asked for; three: only as much as needed. */
function offsetText(offset: number, colons: number, fill: string | undefined, width: number): string {
  const sign = offset < 0 ? '-' : '+'
  const a = Math.abs(offset)
  const two = (n: number): string => String(n).padStart(2, '0')
  const [h, m, s] = [Math.floor(a / 3600), Math.floor(a / 60) % 60, a % 60]
  const tail = { 0: two(m), 1: `:${two(m)}`, 2: `:${two(m)}:${two(s)}`, 3: s > 0 ? `:${two(m)}:${two(s)}` : m > 0 ? `:${two(m)}` : '' }[colons] ?? ''
  if (fill === '-') return sign + (colons === 0 && h === 0 ? String(m) : h + tail)
  if (fill === '_') return (sign + (colons === 0 && h === 0 ? String(m) : h + tail)).padStart(Math.max(width, two(h).length + tail.length + 1))
  return sign + (two(h) + tail).padStart(width - 1, '0')
}

/** %N: nanoseconds as a fraction; a width cuts it. */
function fraction(nsec: number, fill: string | undefined, width: number): string {
  const size = width > 0 ? width : 9
  const digits = String(nsec).padStart(9, '0').slice(0, size)
  const short = digits.replace(/0+$/, '') || '0'
  return fill === '_' ? short.padEnd(size) : digits.padEnd(size, '0')
}
