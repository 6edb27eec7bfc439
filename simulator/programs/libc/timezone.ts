/**
 * Time zones as tzset(3) reads TZ: nothing (the node keeps UTC), a POSIX rule (`CET-1CEST,M3.5.0,M10.5.0/3`), or a name of the
 * zone database, whose rules are the host's.
 */
export interface Zone {
  /** Seconds east of Greenwich and the abbreviation in force at an instant. */
  at(sec: number): { readonly offset: number; readonly name: string }
}

export const UTC: Zone = { at: () => ({ offset: 0, name: 'UTC' }) }

const RULE = /^:?([A-Za-z]{3,}|<[A-Za-z0-9+-]+>)([-+]?\d{1,2}(?::\d\d(?::\d\d)?)?)(?:([A-Za-z]{3,}|<[A-Za-z0-9+-]+>)([-+]?\d{1,2}(?::\d\d(?::\d\d)?)?)?(?:,([^,]+),([^,]+))?)?$/

/** Abbreviations of the zone database that no locale of the host knows. */
const ABBREVIATIONS: { readonly [zone: string]: string } = {
  'Asia/Tokyo': 'JST', Japan: 'JST', 'Asia/Seoul': 'KST', 'Asia/Shanghai': 'CST', PRC: 'CST', 'Asia/Taipei': 'CST', 'Asia/Hong_Kong': 'HKT', 'Asia/Kolkata': 'IST',
  'Asia/Calcutta': 'IST', 'Europe/Moscow': 'MSK', 'Asia/Jakarta': 'WIB', 'Asia/Karachi': 'PKT', 'Asia/Manila': 'PST', 'Africa/Johannesburg': 'SAST', 'Africa/Nairobi': 'EAT', 'Africa/Lagos': 'WAT',
}
const UNIVERSAL = /^(Etc\/)?(UTC|UCT|Universal|Zulu)$/
const LOCALES = ['en-US', 'en-GB', 'en-AU', 'en-NZ']

const seconds = (text: string): number => {
  const [h = 0, m = 0, s = 0] = text.replace(/^[-+]/, '').split(':').map(Number)
  return (text.startsWith('-') ? -1 : 1) * (h * 3600 + m * 60 + s)
}

/** The second of a year, in local standard time, when a rule like `M3.2.0/2` changes the clock. */
function changeOf(rule: string, year: number): number {
  const [date = '', time = '2'] = rule.split('/')
  const start = Date.UTC(year, 0, 1) / 1000
  const found = /^M(\d+)\.(\d)\.(\d)$/.exec(date)
  if (!found) {
    const leap = Date.UTC(year, 1, 29) !== Date.UTC(year, 2, 1)
    const julian = date.startsWith('J') ? Number(date.slice(1)) - 1 + (leap && Number(date.slice(1)) > 59 ? 1 : 0) : Number(date)
    return start + julian * 86400 + seconds(time)
  }
  const [month, week, day] = [Number(found[1]) - 1, Number(found[2]), Number(found[3])]
  const first = new Date(Date.UTC(year, month, 1)).getUTCDay()
  let date1 = 1 + ((day - first + 7) % 7) + (week - 1) * 7
  if (date1 > new Date(Date.UTC(year, month + 1, 0)).getUTCDate()) date1 -= 7
  return Date.UTC(year, month, date1) / 1000 + seconds(time)
}

function posix(found: RegExpExecArray): Zone {
  const [, std = '', offsetText = '0', dst, dstOffset, from = 'M3.2.0', to = 'M11.1.0'] = found
  const bare = (name: string): string => name.replace(/[<>]/g, '')
  const offset = -seconds(offsetText) + 0
  if (dst === undefined) return { at: () => ({ offset, name: bare(std) }) }
  const summer = dstOffset === undefined ? offset + 3600 : -seconds(dstOffset)
  return {
    at(sec) {
      const year = new Date((sec + offset) * 1000).getUTCFullYear()
      const [begin, end] = [changeOf(from, year) - offset, changeOf(to, year) - summer]
      const inside = begin < end ? sec >= begin && sec < end : sec >= begin || sec < end
      return inside ? { offset: summer, name: bare(dst) } : { offset, name: bare(std) }
    },
  }
}

function named(zone: string): Zone | undefined {
  try {
    const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' })
    const names = LOCALES.map((locale) => new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'short' }))
    return {
      at(sec) {
        const field = new Map(parts.formatToParts(sec * 1000).map((p) => [p.type, Number(p.value)]))
        const get = (name: Intl.DateTimeFormatPartTypes): number => field.get(name) ?? 0
        const offset = Date.UTC(get('year'), get('month') - 1, get('day'), get('hour'), get('minute'), get('second')) / 1000 - Math.floor(sec)
        const known = names.map((f) => f.formatToParts(sec * 1000).find((p) => p.type === 'timeZoneName')?.value ?? '').find((name) => /^[A-Z]{3,}$/.test(name))
        const minutes = Math.abs(offset) / 60
        const numeric = `${offset < 0 ? '-' : '+'}${String(Math.floor(minutes / 60)).padStart(2, '0')}${minutes % 60 === 0 ? '' : String(minutes % 60).padStart(2, '0')}`
        return { offset, name: ABBREVIATIONS[zone] ?? (offset === 0 || known !== 'GMT' ? known : undefined) ?? numeric }
      },
    }
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

const cache = new Map<string, Zone>()

export function zoneOf(variable: string | undefined): Zone {
  const text = variable?.replace(/^:/, '') ?? ''
  if (text === '' || UNIVERSAL.test(text)) return UTC
  let zone = cache.get(text)
  if (!zone) {
    const rule = RULE.exec(text)
    // A name that is no zone is an abbreviation of its own for UTC.
    const name = /^[A-Za-z]{3,}/.exec(text)?.[0] ?? 'UTC'
    zone = rule ? posix(rule) : (/^[A-Z][A-Za-z]/.test(text) ? named(text) : undefined) ?? { at: () => ({ offset: 0, name }) }
    cache.set(text, zone)
  }
  return zone
}

/** The instant at which a zone's clocks show these seconds (counted as if they were UTC). */
export function instantOf(zone: Zone, local: number): number {
  const guess = local - zone.at(local).offset
  const better = local - zone.at(guess).offset
  return better
}
