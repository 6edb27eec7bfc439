/** Dates as `printf '%(…)T'` and HISTTIMEFORMAT write them. */
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']

/** strftime(3) in the C locale and UTC. */
export function strftime(format: string, seconds: number): string {
  const date = new Date(seconds * 1000)
  const two = (n: number): string => String(n).padStart(2, '0')
  const one = (c: string): string => {
    switch (c) {
      case 'Y':
        return String(date.getUTCFullYear())
      case 'y':
        return two(date.getUTCFullYear() % 100)
      case 'm':
        return two(date.getUTCMonth() + 1)
      case 'd':
        return two(date.getUTCDate())
      case 'e':
        return String(date.getUTCDate()).padStart(2)
      case 'H':
        return two(date.getUTCHours())
      case 'I':
        return two(date.getUTCHours() % 12 || 12)
      case 'M':
        return two(date.getUTCMinutes())
      case 'S':
        return two(date.getUTCSeconds())
      case 'p':
        return date.getUTCHours() < 12 ? 'AM' : 'PM'
      case 's':
        return String(seconds)
      case 'a':
        return (DAYS[date.getUTCDay()] ?? '').slice(0, 3)
      case 'A':
        return DAYS[date.getUTCDay()] ?? ''
      case 'b':
      case 'h':
        return (MONTHS[date.getUTCMonth()] ?? '').slice(0, 3)
      case 'B':
        return MONTHS[date.getUTCMonth()] ?? ''
      case 'j':
        return String(Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86400000) + 1).padStart(3, '0')
      case 'u':
        return String(date.getUTCDay() || 7)
      case 'Z':
        return 'UTC'
      case 'z':
        return '+0000'
      case 'n':
        return '\n'
      case 't':
        return '\t'
      case 'F':
        return strftime('%Y-%m-%d', seconds)
      case 'T':
        return strftime('%H:%M:%S', seconds)
      case 'R':
        return strftime('%H:%M', seconds)
      case 'D':
      case 'x':
        return strftime('%m/%d/%y', seconds)
      case 'X':
        return strftime('%H:%M:%S', seconds)
      case 'c':
        return strftime('%a %b %e %H:%M:%S %Y', seconds)
      case '%':
        return '%'
      default:
        return `%${c}`
    }
  }
  return (format === '' ? '%X' : format).replace(/%(.)/g, (_, c: string) => one(c))
}
