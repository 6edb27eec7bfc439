/** strftime(3) in the C locale, with GNU date's extensions. Times are UTC unless an offset is given: the node's zone is UTC. */
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

const two = (n: number, fill = '0'): string => String(n).padStart(2, fill)

function isoWeek(t: Civil): { week: number; year: number } {
  const thursday = new Date(Date.UTC(t.year, t.month, t.day + 4 - (t.weekday || 7)))
  const year = thursday.getUTCFullYear()
  return { year, week: Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / 86_400_000 / 7) + 1 }
}

export function strftime(format: string, time: Timespec): string {
  const t = civil(time.sec)
  const twelve = t.hour % 12 || 12
  const one = (c: string): string | undefined => {
    switch (c) {
      case 'a': return DAYS[t.weekday]?.slice(0, 3)
      case 'A': return DAYS[t.weekday]
      case 'b': case 'h': return MONTHS[t.month]?.slice(0, 3)
      case 'B': return MONTHS[t.month]
      case 'c': return strftime('%a %b %e %H:%M:%S %Y', time)
      case 'C': return two(Math.floor(t.year / 100))
      case 'd': return two(t.day)
      case 'D': case 'x': return strftime('%m/%d/%y', time)
      case 'e': return two(t.day, ' ')
      case 'F': return strftime('%Y-%m-%d', time)
      case 'g': return two(isoWeek(t).year % 100)
      case 'G': return String(isoWeek(t).year)
      case 'H': return two(t.hour)
      case 'I': return two(twelve)
      case 'j': return String(t.yearday + 1).padStart(3, '0')
      case 'k': return two(t.hour, ' ')
      case 'l': return two(twelve, ' ')
      case 'm': return two(t.month + 1)
      case 'M': return two(t.minute)
      case 'n': return '\n'
      case 'N': return String(time.nsec).padStart(9, '0')
      case 'p': return t.hour < 12 ? 'AM' : 'PM'
      case 'P': return t.hour < 12 ? 'am' : 'pm'
      case 'q': return String(Math.floor(t.month / 3) + 1)
      case 'r': return strftime('%I:%M:%S %p', time)
      case 'R': return strftime('%H:%M', time)
      case 's': return String(time.sec)
      case 'S': return two(t.second)
      case 't': return '\t'
      case 'T': case 'X': return strftime('%H:%M:%S', time)
      case 'u': return String(t.weekday || 7)
      case 'U': return two(Math.floor((t.yearday + 7 - t.weekday) / 7))
      case 'V': return two(isoWeek(t).week)
      case 'w': return String(t.weekday)
      case 'W': return two(Math.floor((t.yearday + 7 - ((t.weekday + 6) % 7)) / 7))
      case 'y': return two(t.year % 100)
      case 'Y': return String(t.year)
      case 'z': return '+0000'
      case 'Z': return 'UTC'
      case '%': return '%'
      case '+': return strftime('%a %b %e %H:%M:%S %Z %Y', time)
    }
    return undefined
  }
  return format.replace(/%([-_0^#]*)(\d*)(:{0,3}z|[EO]?[a-zA-Z%+])/g, (whole, flags: string, width: string, letter: string) => {
    if (letter.startsWith(':')) return letter === ':z' ? '+00:00' : letter === '::z' ? '+00:00:00' : '+00'
    let text = one(letter.replace(/^[EO](?=.)/, ''))
    if (text === undefined) return whole
    if (letter === 'N' && width !== '') return text.slice(0, Number(width))
    if (flags.includes('-')) text = text.replace(/^[0 ]+(?=.)/, '')
    if (flags.includes('_')) text = text.replace(/^0+(?=.)/, (z) => ' '.repeat(z.length))
    if (flags.includes('0')) text = text.replace(/^ +/, (z) => '0'.repeat(z.length))
    if (flags.includes('^')) text = text.toUpperCase()
    if (flags.includes('#')) text = letter === 'Z' || letter === 'p' ? text.toLowerCase() : text.toUpperCase()
    return width === '' ? text : text.padStart(Number(width), /\D/.test(text) || flags.includes('_') ? ' ' : '0')
  })
}
