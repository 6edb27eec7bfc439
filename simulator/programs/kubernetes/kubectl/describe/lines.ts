/** What all descriptions share: indented lines with tabs, aligned at the end (pkg/describe/describe.go PrefixWriter, tabbedString). */
import type { EventObject } from '../../../../kubernetes/api/objects'
import { tabulate } from '../../../go/tabwriter'
import { sinceTime } from '../table'

const LAYOUT = { minWidth: 0, tabWidth: 8, padding: 2, padChar: ' ' } as const
const LONGEST_ANNOTATION = 140
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

export class Lines {
  private text = ''
  /** A line at a level; two blanks each. */
  put(level: number, line: string): void {
    this.text += `${'  '.repeat(level)}${line}\n`
  }
  /** As it was put, tabs and all. */
  raw(): string {
    return this.text
  }
  toString(): string {
    return tabulate(this.text, LAYOUT)
  }
}

/** RFC 1123 with a numeric zone: `Mon, 23 Nov 2026 14:04:05 +0000`. */
export function longTime(text: string | undefined): string {
  if (text === undefined) return '<unset>'
  const date = new Date(Date.parse(text))
  const two = (n: number): string => String(n).padStart(2, '0')
  return `${DAYS[date.getUTCDay()]}, ${two(date.getUTCDate())} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()} ${date.toISOString().slice(11, 19)} +0000`
}

export const orNone = (text: string): string => text || '<none>'
export const yesNo = (value: boolean): string => (value ? 'True' : 'False')

/** `Labels:` and each further one on a line of its own. */
export function multiline(lines: Lines, title: string, pairs: Readonly<Record<string, string>> | undefined, between: '=' | ': ' = '='): void {
  const keys = Object.keys(pairs ?? {}).sort()
  if (keys.length === 0) return lines.put(0, `${title}:\t<none>`)
  for (const [i, key] of keys.entries()) lines.put(0, `${i === 0 ? `${title}:` : ''}\t${key}${between}${pairs?.[key] ?? ''}`)
}

export function annotations(lines: Lines, all: Readonly<Record<string, string>> | undefined): void {
  const keys = Object.keys(all ?? {}).filter((key) => key !== LAST_APPLIED).sort()
  if (keys.length === 0) return lines.put(0, 'Annotations:\t<none>')
  for (const [i, key] of keys.entries()) {
    const value = (all?.[key] ?? '').replace(/\n$/, '')
    const head = `${i === 0 ? 'Annotations:' : ''}\t${key}:`
    if (value.length + key.length + 2 <= LONGEST_ANNOTATION && !value.includes('\n')) lines.put(0, `${head} ${value}`)
    else {
      lines.put(0, head)
      for (const line of value.split('\n')) lines.put(0, `\t  ${line.length > LONGEST_ANNOTATION - 2 ? `${line.slice(0, LONGEST_ANNOTATION - 2)}...` : line}`)
    }
  }
}

export function describeEvents(lines: Lines, events: readonly EventObject[], now: number): void {
  if (events.length === 0) return lines.put(0, 'Events:\t<none>')
  const sorted = events.map((event, i) => ({ event, i })).sort((a, b) => (a.event.lastTimestamp === b.event.lastTimestamp ? a.i - b.i : a.event.lastTimestamp < b.event.lastTimestamp ? -1 : 1))
  lines.put(0, 'Events:')
  lines.put(1, 'Type\tReason\tAge\tFrom\tMessage')
  lines.put(1, '----\t------\t----\t----\t-------')
  for (const { event } of sorted) {
    const last = sinceTime(now, event.lastTimestamp)
    const age = event.count > 1 ? `${last} (x${event.count} over ${sinceTime(now, event.firstTimestamp)})` : last
    lines.put(1, `${event.type}\t${event.reason}\t${age}\t${event.source.component}\t${event.message.trim()}`)
  }
}
