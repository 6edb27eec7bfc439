/** Cutting a session's log where a command begins. */
import type { Entry } from './protocol'

const isKeys = (entry: Entry): boolean => entry[2][0] === 'i'
const endsLine = (entry: Entry): boolean => entry[2][0] === 'i' && entry[2][2].includes('\r')

/** Where the last command's first key stands; null when nothing was typed. */
export function lastCommand(entries: readonly Entry[]): number | null {
  let last = entries.findLastIndex(endsLine)
  if (last < 0) last = entries.findLastIndex(isKeys)
  if (last < 0) return null
  const before = entries.slice(0, last).findLastIndex(endsLine)
  const first = entries.findIndex((entry, i) => i > before && isKeys(entry))
  return first < 0 ? null : first
}

/** How many lines were typed. */
export const commandCount = (entries: readonly Entry[]): number => entries.filter(endsLine).length

/** The lines as they were typed, roughly: control keys and what was rubbed out are not played. */
export function typedLines(entries: readonly Entry[]): string[] {
  let text = ''
  for (const [, , input] of entries) {
    if (input[0] !== 'i') continue
    for (const key of input[2]) {
      if (key === '\x7f') text = text.slice(0, -1)
      else if (key === '\r') text += '\n'
      else if (key === '\x15') text = text.slice(0, text.lastIndexOf('\n') + 1)
      else if (key >= ' ') text += key
    }
  }
  return text.split('\n').slice(0, -1)
}
