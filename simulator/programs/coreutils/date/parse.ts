/** The date strings of `date -d` and `touch -d`: @seconds, ISO and common forms, words and relative items. null: not understood. */
import type { Timespec } from '../../../kernel/time'

const MONTH = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const DAY = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const UNIT: { readonly [unit: string]: number } = { sec: 1, second: 1, min: 60, minute: 60, hour: 3600, day: 86400, week: 604800, fortnight: 1209600 }

export function parseDate(text: string, now: Timespec): Timespec | null {
  let rest = text.trim().toLowerCase()
  const at = /^@(-?\d+)(?:\.(\d+))?$/.exec(rest)
  if (at) return { sec: Number(at[1]), nsec: Number((at[2] ?? '').padEnd(9, '0').slice(0, 9)) }
  const d = new Date(now.sec * 1000)
  let [year, month, day] = [d.getUTCFullYear(), d.getUTCMonth(), d.getUTCDate()]
  let [hour, minute, second, nsec] = [d.getUTCHours(), d.getUTCMinutes(), d.getUTCSeconds(), now.nsec]
  let offset = 0
  let dated = false
  let timed = false
  let shift = 0
  let months = 0
  const take = (pattern: RegExp, use: (m: RegExpExecArray) => void): boolean => {
    const m = pattern.exec(rest)
    if (!m) return false
    use(m)
    rest = (rest.slice(0, m.index) + rest.slice(m.index + m[0].length)).trim()
    return true
  }
  while (rest !== '') {
    if (take(/^(\d{4})-(\d\d?)-(\d\d?)(?:t(?=\d)|\b)/, (m) => { [year, month, day, dated] = [Number(m[1]), Number(m[2]) - 1, Number(m[3]), true] })) continue
    if (take(/^(\d\d?)\/(\d\d?)\/(\d{4})/, (m) => { [year, month, day, dated] = [Number(m[3]), Number(m[1]) - 1, Number(m[2]), true] })) continue
    if (take(/^(\d{4})(\d\d)(\d\d)(?!\d)/, (m) => { [year, month, day, dated] = [Number(m[1]), Number(m[2]) - 1, Number(m[3]), true] })) continue
    if (take(/^(\d\d?):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?\s*(am|pm)?/, (m) => {
      ;[hour, minute, second, timed] = [Number(m[1]), Number(m[2]), Number(m[3] ?? 0), true]
      nsec = Number((m[4] ?? '').padEnd(9, '0').slice(0, 9))
      if (m[5]) hour = (hour % 12) + (m[5] === 'pm' ? 12 : 0)
    })) {
      take(/^([-+])(\d\d):?(\d\d)?(?!\d)/, (m) => { offset = (m[1] === '-' ? -1 : 1) * (Number(m[2]) * 3600 + Number(m[3] ?? 0) * 60) })
      continue
    }
    if (take(/^(z|utc|gmt)\b/, () => {})) continue
    if (take(/^([-+]?\d*)\s*(sec|second|min|minute|hour|day|week|fortnight|month|year)s?\b(\s+ago\b)?/, (m) => {
      const count = (m[1] === '' ? 1 : m[1] === '-' ? -1 : m[1] === '+' ? 1 : Number(m[1])) * (m[3] ? -1 : 1)
      if (m[2] === 'month') months += count
      else if (m[2] === 'year') months += 12 * count
      else shift += count * (UNIT[m[2] ?? ''] ?? 0)
    })) continue
    if (take(/^(next|last)\s+(sec|second|min|minute|hour|day|week|fortnight|month|year)\b/, (m) => {
      const count = m[1] === 'next' ? 1 : -1
      if (m[2] === 'month') months += count
      else if (m[2] === 'year') months += 12 * count
      else shift += count * (UNIT[m[2] ?? ''] ?? 0)
    })) continue
    if (take(/^now\b/, () => {}) || take(/^today\b/, () => {})) continue
    if (take(/^tomorrow\b/, () => { shift += 86400 }) || take(/^yesterday\b/, () => { shift -= 86400 })) continue
    if (take(/^midnight\b/, () => { [hour, minute, second, nsec, timed] = [0, 0, 0, 0, true] })) continue
    if (take(/^noon\b/, () => { [hour, minute, second, nsec, timed] = [12, 0, 0, 0, true] })) continue
    if (take(/^(\d\d?)\s+([a-z]{3,9})\.?(?:\s+(\d{4}))?(?![a-z\d:])/, (m) => {
      const i = MONTH.indexOf((m[2] ?? '').slice(0, 3))
      if (i >= 0) [month, day, year, dated] = [i, Number(m[1]), Number(m[3] ?? year), true]
      else rest = `\0${rest}`
    })) { if (rest.startsWith('\0') || rest.includes('\0')) return null; continue }
    if (take(/^([a-z]{3,9})\.?\s+(\d\d?)(?:,?\s+(\d{4}))?(?![\d:])/, (m) => {
      const i = MONTH.indexOf((m[1] ?? '').slice(0, 3))
      if (i >= 0) [month, day, year, dated] = [i, Number(m[2]), Number(m[3] ?? year), true]
      else rest = `\0${rest}`
    })) { if (rest.includes('\0')) return null; continue }
    if (take(/^(sun|mon|tue|wed|thu|fri|sat)[a-z]*,?(?=\s|$)/, (m) => {
      const wanted = DAY.indexOf(m[1] ?? '')
      const today = new Date(Date.UTC(year, month, day)).getUTCDay()
      if (!dated) shift += ((wanted - today + 7) % 7) * 86400
      if (!timed && !dated) [hour, minute, second, nsec] = [0, 0, 0, 0]
    })) continue
    if (dated && take(/^(\d{4})$/, (m) => { year = Number(m[1]) })) continue
    return null
  }
  if (dated && !timed) [hour, minute, second, nsec] = [0, 0, 0, 0]
  if (text.trim() === '') [hour, minute, second, nsec] = [0, 0, 0, 0]
  if (month > 11 || day > 31 || hour > 24 || minute > 59 || second > 60) return null
  return { sec: Date.UTC(year, month + months, day, hour, minute, second) / 1000 - offset + shift, nsec }
}
