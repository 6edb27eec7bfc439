/**
 * What is said of a terminal to who cannot see it: after each command, what it printed. xterm.js has a way of its own, which reads each key and keeps
 * every row as text; it makes a frame of the page for each key, and the glyph waits for the next one. So that one is on where it was asked for
 * (Settings, Screen reader), and everybody else has this log, which changes when the machine rests.
 */
import type { IMarker, Terminal } from '@xterm/xterm'

/** Nobody hears out more. */
const MOST_LINES = 40

/** Reads each key, and lets the rows be walked through. */
export const readsKeys = (): boolean => document.documentElement.dataset.reader === 'on'

/** What came after the line that was entered last, up to the cursor. */
export function printed(term: Terminal, entered: IMarker | undefined): string {
  const { active } = term.buffer
  const lines: string[] = []
  const end = active.baseY + active.cursorY
  for (let y = (entered?.line ?? -1) + 1; y <= end && lines.length <= MOST_LINES; y++) {
    const line = active.getLine(y)
    const text = line?.translateToString(!active.getLine(y + 1)?.isWrapped) ?? ''
    if (line?.isWrapped && lines.length > 0) lines.push((lines.pop() ?? '') + text)
    else lines.push(text)
  }
  if (lines.length <= MOST_LINES) return lines.join('\n').trim()
  return [...lines.slice(0, MOST_LINES), 'and more: “Plain” has all of it.'].join('\n')
}
