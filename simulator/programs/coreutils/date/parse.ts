/**
 * The date strings of `date -d` and `touch -d` (coreutils manual, "Date input formats"): items in any order, each a calendar date, a
 * time of day, a zone, a day of the week, or something relative. null: not understood.
 */
import { instantOf, UTC, type Zone, zoneOf } from '../../libc/timezone'
import type { Timespec } from '../../../kernel/time'
import { civil } from './strftime'

const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december']
const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']
const DAY_ALIASES: { readonly [word: string]: number } = { tues: 2, wednes: 3, thur: 4, thurs: 4 }
const UNITS: { readonly [unit: string]: readonly ['sec' | 'day' | 'month' | 'year', number] } = {
  sec: ['sec', 1], second: ['sec', 1], min: ['sec', 60], minute: ['sec', 60], hour: ['sec', 3600], day: ['day', 1], week: ['day', 7], fortnight: ['day', 14], month: ['month', 1], year: ['year', 1],
}
const ORDINALS: { readonly [word: string]: number } = {
  last: -1, this: 0, next: 1, first: 1, third: 3, fourth: 4, fifth: 5, sixth: 6, seventh: 7, eighth: 8, ninth: 9, tenth: 10, eleventh: 11, twelfth: 12,
}
/** Hours east of Greenwich; those for summer are an hour more. */
const ZONES: { readonly [name: string]: number } = {
  z: 0, utc: 0, gmt: 0, ut: 0, uct: 0, wet: 0, west: 1, bst: 1, cet: 1, cest: 2, met: 1, mest: 2, eet: 2, eest: 3, msk: 3, msd: 4, ist: 5.5, jst: 9, est: -5, edt: -4, cst: -6, cdt: -5,
  mst: -7, mdt: -6, pst: -8, pdt: -7, akst: -9, akdt: -8, hst: -10, ast: -4, adt: -3, brt: -3, brst: -2, art: -3, sgt: 8, sast: 2, eat: 3, nzst: 12, nzdt: 13,
}

interface State {
  date?: { year: number; month: number; day: number }
  time?: { hour: number; minute: number; second: number; nsec: number }
  offset?: number
  weekday?: { day: number; ordinal: number }
  relative: { sec: number; day: number; month: number; year: number }
  counts: { dates: number; times: number; zones: number; days: number; relatives: number }
}

const monthOf = (word: string): number => (word === 'sept' ? 8 : word.length >= 3 ? MONTHS.findIndex((m) => m === word || m.slice(0, 3) === word) : -1)
const dayOf = (word: string): number => DAY_ALIASES[word] ?? (word.length >= 3 ? DAYS.findIndex((d) => d === word || d.slice(0, 3) === word) : -1)
const fullYear = (text: string): number => (text.length > 2 ? Number(text) : Number(text) + (Number(text) < 69 ? 2000 : 1900))
const nanoseconds = (digits: string | undefined): number => Number((digits ?? '').padEnd(9, '0').slice(0, 9))
const offsetOf = (sign: string, hours: string, minutes: string | undefined): number => (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes ?? 0) * 60)

type Item = readonly [RegExp, (state: State, m: RegExpExecArray, now: ReturnType<typeof civil>) => boolean]

const setDate = (s: State, year: number, month: number, day: number): boolean => {
  s.date = { year, month, day }
  s.counts.dates++
  return true
}

/** What a string may begin with; the first that matches and agrees is taken. */
const ITEMS: readonly Item[] = [
  // ISO 8601, with T before a time
  [/^(\d{4,})-(\d\d?)-(\d\d?)(?:t(?=\d)|(?![\d-]))/, (s, m) => setDate(s, Number(m[1]), Number(m[2]) - 1, Number(m[3]))],
  [/^(\d{2})-(\d\d?)-(\d\d?)(?![\d-])/, (s, m) => setDate(s, fullYear(m[1] ?? ''), Number(m[2]) - 1, Number(m[3]))],
  [/^(\d{4})\/(\d\d?)\/(\d\d?)(?!\d)/, (s, m) => setDate(s, Number(m[1]), Number(m[2]) - 1, Number(m[3]))],
  [/^(\d\d?)\/(\d\d?)(?:\/(\d{2,}))?(?!\d)/, (s, m, now) => setDate(s, m[3] === undefined ? now.year : fullYear(m[3]), Number(m[1]) - 1, Number(m[2]))],
  [/^(\d\d?)[- ]?([a-z]+)\.?(?:-(\d{2,})| +(\d{4})(?![:\d]))?(?![a-z])/, (s, m, now) => {
    const month = monthOf(m[2] ?? '')
    const year = m[3] ?? m[4]
    return month >= 0 && setDate(s, year === undefined ? now.year : fullYear(year), month, Number(m[1]))
  }],
  [/^([a-z]+)\.?[- ]+(\d\d?)(?:-(\d{2,})|,? +(\d{4})(?![:\d]))(?!\d)/, (s, m) => {
    const month = monthOf(m[1] ?? '')
    return month >= 0 && setDate(s, fullYear(m[3] ?? m[4] ?? ''), month, Number(m[2]))
  }],
  [/^([a-z]+)\.? *(\d\d?)(?![:\d])/, (s, m, now) => {
    const month = monthOf(m[1] ?? '')
    return month >= 0 && setDate(s, now.year, month, Number(m[2]))
  }],
  // times
  [/^(\d\d?):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?(?: *([ap])\.?m\.?(?![a-z]))?(?: *([-+])(\d\d?):?(\d\d)?(?![\d:]))?/, (s, m) => {
    let hour = Number(m[1])
    if (m[5] !== undefined) {
      if (hour < 1 || hour > 12) return false
      hour = (hour % 12) + (m[5] === 'p' ? 12 : 0)
    }
    s.time = { hour, minute: Number(m[2]), second: Number(m[3] ?? 0), nsec: nanoseconds(m[4]) }
    s.counts.times++
    if (m[6] !== undefined) {
      s.offset = offsetOf(m[6], m[7] ?? '', m[8])
      s.counts.zones++
    }
    return true
  }],
  [/^(\d\d?) *([ap])\.?m\.?(?![a-z])/, (s, m) => {
    const hour = Number(m[1])
    if (hour < 1 || hour > 12) return false
    s.time = { hour: (hour % 12) + (m[2] === 'p' ? 12 : 0), minute: 0, second: 0, nsec: 0 }
    s.counts.times++
    return true
  }],
  // relative items
  [/^([-+]?) *(\d+) *([a-z]+?)s?(?![a-z])(?: +(ago)(?![a-z]))?/, (s, m) => relative(s, Number(`${m[1] === '-' ? '-' : ''}${m[2]}`), m[3] ?? '', m[4])],
  [/^([a-z]+) +([a-z]+?)s?(?![a-z])(?: +(ago)(?![a-z]))?/, (s, m) => {
    const ordinal = ORDINALS[m[1] ?? '']
    if (ordinal === undefined) return false
    const day = dayOf(m[2] ?? '')
    if (day >= 0) {
      s.weekday = { day, ordinal }
      s.counts.days++
      return true
    }
    return relative(s, ordinal, m[2] ?? '', m[3])
  }],
  [/^([a-z]+?)s?(?![a-z])(?: +(ago)(?![a-z]))?/, (s, m) => relative(s, 1, m[1] ?? '', m[2])],
  [/^(tomorrow|yesterday|today|now)(?![a-z])/, (s, m) => {
    s.relative.day += { tomorrow: 1, yesterday: -1 }[m[1] ?? ''] ?? 0
    s.counts.relatives++
    return true
  }],
  [/^(midnight|noon)(?![a-z])/, (s, m) => {
    s.time = { hour: m[1] === 'noon' ? 12 : 0, minute: 0, second: 0, nsec: 0 }
    s.counts.times++
    return true
  }],
  [/^([a-z]+)\.?,?(?![a-z])/, (s, m) => {
    const day = dayOf(m[1] ?? '')
    if (day < 0) return false
    s.weekday = { day, ordinal: 0 }
    s.counts.days++
    return true
  }],
  [/^([a-z]+)(?![a-z])(?:([-+])(\d\d?):?(\d\d)?(?!\d))?/, (s, m) => {
    const hours = Object.hasOwn(ZONES, m[1] ?? '') ? ZONES[m[1] ?? ''] : military(m[1] ?? '')
    if (hours === undefined) return false
    s.offset = hours * 3600 + (m[2] === undefined ? 0 : offsetOf(m[2], m[3] ?? '', m[4]))
    s.counts.zones++
    return true
  }],
  // bare numbers
  [/^(\d{4,})(\d\d)(\d\d)(?!\d)/, (s, m) => s.counts.dates === 0 && setDate(s, Number(m[1]), Number(m[2]) - 1, Number(m[3]))],
  [/^(\d{4,})(?!\d)/, (s, m) => {
    if (s.date === undefined || s.counts.times === 0) return false
    s.date.year = Number(m[1])
    return true
  }],
  [/^(\d{1,2})(\d\d)?(?!\d)/, (s, m) => {
    if (s.counts.times > 0) return false
    s.time = { hour: Number(m[1]), minute: Number(m[2] ?? 0), second: 0, nsec: 0 }
    s.counts.times++
    return true
  }],
]

/** Zones of one letter: A to M (without J) east, N to Y west. */
function military(letter: string): number | undefined {
  const east = letter.length === 1 ? 'abcdefghiklm'.indexOf(letter) : -1
  const west = letter.length === 1 ? 'nopqrstuvwxy'.indexOf(letter) : -1
  return east >= 0 ? east + 1 : west >= 0 ? -(west + 1) : undefined
}

function relative(s: State, count: number, word: string, ago: string | undefined): boolean {
  const unit = Object.hasOwn(UNITS, word) ? UNITS[word] : undefined
  if (!unit) return false
  s.relative[unit[0]] += (ago ? -count : count) * unit[1]
  s.counts.relatives++
  return true
}

export function parseDate(text: string, now: Timespec, zone: Zone = UTC): Timespec | null {
  const own = /^TZ="([^"]*)"\s*/.exec(text.trim())
  const at = /^@([-+]?\d+)(?:[.,](\d+))?$/.exec(text.trim())
  if (at) {
    const nsec = nanoseconds(at[2])
    return at[1]?.startsWith('-') && nsec > 0 ? { sec: Number(at[1]) - 1, nsec: 1e9 - nsec } : { sec: Number(at[1]), nsec }
  }
  let rest = (own ? text.trim().slice(own[0].length) : text).replace(/\([^)]*\)/g, ' ').toLowerCase().trim()
  const here = own ? zoneOf(own[1]) : zone
  const today = civil(now.sec + here.at(now.sec).offset)
  const state: State = { relative: { sec: 0, day: 0, month: 0, year: 0 }, counts: { dates: 0, times: 0, zones: 0, days: 0, relatives: 0 } }
  const blank = rest === ''
  while (rest !== '') {
    let taken = 0
    for (const [pattern, take] of ITEMS) {
      const m = pattern.exec(rest)
      if (m && m[0].length > 0 && take(state, m, today)) {
        taken = m[0].length
        break
      }
    }
    if (taken === 0) return null
    rest = rest.slice(taken).replace(/^[\s,]+/, '')
  }
  const { counts, date, weekday, offset, relative: shift } = state
  if (counts.dates > 1 || counts.times > 1 || counts.zones > 1 || counts.days > 1) return null
  const day = date ?? { year: today.year, month: today.month, day: today.day }
  if (day.month < 0 || day.month > 11 || day.day < 1 || day.day > new Date(Date.UTC(day.year, day.month + 1, 0)).getUTCDate()) return null
  let time = state.time ?? { hour: 0, minute: 0, second: 0, nsec: 0 }
  // Only what is relative leaves the time of day as it is.
  if (!state.time && !date && !weekday && offset === undefined && !blank) time = { hour: today.hour, minute: today.minute, second: today.second, nsec: now.nsec }
  if (time.hour > 24 || time.minute > 59 || time.second > 60 || (time.hour === 24 && (time.minute > 0 || time.second > 0))) return null
  const utc = (year: number, month: number, dayOfMonth: number): number => {
    const d = new Date(0)
    d.setUTCFullYear(year, month, dayOfMonth)
    return d.getTime() / 1000
  }
  let days = day.day
  if (weekday && !date) {
    const today7 = new Date(utc(day.year, day.month, day.day) * 1000).getUTCDay()
    const ahead = (weekday.day - today7 + 7) % 7
    days += ahead + 7 * (weekday.ordinal - (weekday.ordinal > 0 && ahead !== 0 ? 1 : 0))
  }
  const local = utc(day.year + shift.year, day.month + shift.month, days + shift.day) + time.hour * 3600 + time.minute * 60 + time.second
  const sec = offset === undefined ? instantOf(here, local) : local - offset
  // A time that the zone's clocks skip is no time.
  if (offset === undefined && sec + here.at(sec).offset !== local) return null
  return { sec: sec + shift.sec, nsec: time.nsec }
}
