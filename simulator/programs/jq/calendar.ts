/** C's broken-down time (struct tm of a 32-bit machine) in jq's memory, in UTC: gmtime(3), timegm(3), strptime(3). */
import { encode } from '../../kernel/bytes'

const DAY_MS = 86_400_000
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

const FIELDS = ['second', 'minute', 'hour', 'day', 'month', 'year', 'weekday', 'yearday'] as const
type Field = (typeof FIELDS)[number]
const offset = (field: Field): number => FIELDS.indexOf(field) * 4

export function writeTime(view: DataView, at: number, seconds: number): void {
  const date = new Date(seconds * 1000)
  const put = (field: Field, value: number): void => view.setInt32(at + offset(field), value, true)
  put('second', date.getUTCSeconds())
  put('minute', date.getUTCMinutes())
  put('hour', date.getUTCHours())
  put('day', date.getUTCDate())
  put('month', date.getUTCMonth())
  put('year', date.getUTCFullYear() - 1900)
  put('weekday', date.getUTCDay())
  put('yearday', Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / DAY_MS))
  // Neither summer time nor an offset.
  view.setInt32(at + 32, 0, true)
  view.setInt32(at + 36, 0, true)
}

/** Seconds since 1970 of the time at `at`, whose day of the week and of the year it puts right. */
export function timegm(view: DataView, at: number): number {
  const get = (field: Field): number => view.getInt32(at + offset(field), true)
  const ms = Date.UTC(get('year') + 1900, get('month'), get('day'), get('hour'), get('minute'), get('second'))
  const date = new Date(ms)
  view.setInt32(at + offset('weekday'), date.getUTCDay(), true)
  view.setInt32(at + offset('yearday'), Math.floor((ms - Date.UTC(date.getUTCFullYear(), 0, 1)) / DAY_MS), true)
  return ms / 1000
}

const SHORTHANDS: Readonly<Record<string, string>> = { T: '%H:%M:%S', D: '%m/%d/%y', F: '%Y-%m-%d', R: '%H:%M', r: '%I:%M:%S %p', c: '%a %b %e %H:%M:%S %Y', x: '%m/%d/%y', X: '%H:%M:%S', h: '%b' }

/** How much of `text` the format used, in bytes; null when it does not fit. */
export function strptime(text: string, format: string, view: DataView, at: number): number | null {
  const got = new Map<Field, number>()
  let pm: boolean | null = null
  let zone = 0
  let epoch: number | null = null
  let i = 0
  let fits = true
  const number = (digits: number, low: number, high: number): number => {
    const found = new RegExp(`^\\s*([-+]?\\d{1,${digits}})`).exec(text.slice(i))
    const value = Number(found?.[1] ?? Number.NaN)
    if (!found || value < low || value > high) {
      fits = false
      return low
    }
    i += found[0].length
    return value
  }
  const word = (names: readonly string[]): number => {
    const rest = text.slice(i).toLowerCase()
    const found = names.findIndex((name) => rest.startsWith(name))
    if (found < 0) fits = false
    else i += /^[a-z]*/.exec(rest)?.[0].length ?? 0
    return found
  }
  const walk = (pattern: string): void => {
    for (let p = 0; p < pattern.length && fits; p++) {
      const c = pattern[p] ?? ''
      if (/\s/.test(c)) {
        i += /^\s*/.exec(text.slice(i))?.[0].length ?? 0
        continue
      }
      if (c !== '%') {
        if (text[i] === c) i++
        else fits = false
        continue
      }
      const letter = pattern[++p] ?? ''
      const short = SHORTHANDS[letter]
      if (short !== undefined) walk(short)
      else if (letter === 'Y') got.set('year', number(4, 0, 9999) - 1900)
      else if (letter === 'y') {
        const year = number(2, 0, 99)
        got.set('year', year < 69 ? year + 100 : year)
      } else if (letter === 'm') got.set('month', number(2, 1, 12) - 1)
      else if (letter === 'd' || letter === 'e') got.set('day', number(2, 1, 31))
      else if (letter === 'H' || letter === 'k') got.set('hour', number(2, 0, 23))
      else if (letter === 'I' || letter === 'l') got.set('hour', number(2, 1, 12) % 12)
      else if (letter === 'M') got.set('minute', number(2, 0, 59))
      else if (letter === 'S') got.set('second', number(2, 0, 60))
      else if (letter === 'j') got.set('yearday', number(3, 1, 366) - 1)
      else if (letter === 'b' || letter === 'B') got.set('month', word(MONTHS))
      else if (letter === 'a' || letter === 'A') got.set('weekday', word(DAYS))
      else if (letter === 'p') pm = word(['am', 'pm']) === 1
      else if (letter === 's') epoch = number(20, -Infinity, Infinity)
      else if (letter === 'Z') i += /^[A-Za-z]*/.exec(text.slice(i))?.[0].length ?? 0
      else if (letter === 'z') {
        const found = /^(?:Z|([-+])(\d\d):?(\d\d)?)/.exec(text.slice(i))
        if (!found) fits = false
        else {
          i += found[0].length
          zone = (found[1] === '-' ? -1 : 1) * (Number(found[2] ?? 0) * 3600 + Number(found[3] ?? 0) * 60)
        }
      } else if (letter === '%') {
        if (text[i] === '%') i++
        else fits = false
      } else fits = false
    }
  }
  walk(format)
  if (!fits) return null
  if (epoch !== null) writeTime(view, at, epoch)
  const hour = got.get('hour')
  if (pm !== null && hour !== undefined) got.set('hour', (hour % 12) + (pm ? 12 : 0))
  for (const [field, value] of got) view.setInt32(at + offset(field), value, true)
  view.setInt32(at + 36, zone, true)
  return encode(text.slice(0, i)).length
}
