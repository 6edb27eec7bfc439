/** busybox cal (util-linux/cal.c): a month, or a year in rows of three (two with -j). September 1752 lacks eleven days. */
import { applet, numberWithin, showUsage } from '../applet'

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
const DAYS = ['Su', 'Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa']
const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const WEEKS = 6
const YEAR_BUFFER = 79
const REFORM = { year: 1752, month: 9, last: 2, missing: 11 }

const isLeap = (year: number): boolean => year % 4 === 0 && (year <= REFORM.year || year % 100 !== 0 || year % 400 === 0)
const lengthOf = (year: number, month: number): number => (LENGTHS[month - 1] ?? 0) + (month === 2 && isLeap(year) ? 1 : 0)

/** The days that a month has. */
function daysIn(year: number, month: number): number[] {
  const days = Array.from({ length: lengthOf(year, month) }, (_, i) => i + 1)
  return year === REFORM.year && month === REFORM.month ? days.filter((day) => day <= REFORM.last || day > REFORM.last + REFORM.missing) : days
}
/** How many days of the year stand before a month. */
function daysBefore(year: number, month: number): number {
  let days = 0
  for (let m = 1; m < month; m++) days += daysIn(year, m).length
  return days
}
/** 0 is Sunday; the first of January of year 1 was a Saturday. */
function firstWeekday(year: number, month: number): number {
  const past = year - 1
  const reformed = year > REFORM.year ? REFORM.missing : 0
  const centuries = Math.max(0, Math.floor(past / 100) - 17) - Math.max(0, Math.floor((past - 1600) / 400))
  return (6 + past * 365 + Math.floor(past / 4) - centuries - reformed + daysBefore(year, month)) % 7
}

export default applet('jmy', function* (io, given) {
  const [first, second, extra] = given.operands
  if (extra !== undefined) return showUsage(io)
  const now = new Date(io.sys.now().sec * 1000)
  const yearText = second ?? first
  const year = yearText === undefined ? now.getUTCFullYear() : numberWithin(io, yearText, 1, 9999)
  const only = second !== undefined ? numberWithin(io, first ?? '', 1, 12) : yearText === undefined && !given.has('y') ? now.getUTCMonth() + 1 : undefined
  const monday = given.has('m') ? 1 : 0
  const cell = given.has('j') ? 4 : 3
  const width = cell * 7 - 1
  const header = DAYS.map((_, i) => (DAYS[(i + monday) % 7] ?? '').padStart(cell - 1)).join(' ')
  const centred = (text: string, room: number): string => ' '.repeat(Math.floor((room - text.length) / 2)) + text
  const weeks = (month: number): string[] => {
    const offset = (firstWeekday(year, month) - monday + 7) % 7
    const days = daysIn(year, month)
    const before = daysBefore(year, month)
    const rows: string[] = []
    for (let row = 0; row < WEEKS; row++) {
      const cells = Array.from({ length: 7 }, (_, i) => {
        const at = row * 7 + i - offset
        const day = days[at]
        return day === undefined ? ' '.repeat(cell - 1) : String(given.has('j') ? before + at + 1 : day).padStart(cell - 1)
      })
      rows.push(cells.join(' '))
    }
    return rows
  }
  // A row without days is blanks: of a month's seven cells, or of the year's whole buffer.
  const trimmed = (row: string, blanks: number): string => (row.trim() === '' ? ' '.repeat(blanks) : row.trimEnd())
  if (only !== undefined) {
    io.out(`${centred(`${MONTHS[only - 1]} ${year}`, width)}\n${header}\n`)
    for (const row of weeks(only)) io.out(`${trimmed(row, cell * 7)}\n`)
    return 0
  }
  const across = given.has('j') ? 2 : 3
  const gap = '  '
  const all = (width + gap.length) * across - gap.length
  const title = centred(String(year), all)
  io.out(`${title.padEnd(all)}\n\n`)
  for (let month = 1; month <= 12; month += across) {
    const shown = Array.from({ length: across }, (_, i) => month + i)
    io.out(`${shown.map((m) => centred(MONTHS[m - 1] ?? '', width).padEnd(width)).join(gap)}\n${shown.map(() => header).join(gap)}\n`)
    const columns = shown.map(weeks)
    for (let row = 0; row < WEEKS; row++) io.out(`${trimmed(columns.map((column) => column[row] ?? '').join(gap), YEAR_BUFFER)}\n`)
  }
  return 0
})
