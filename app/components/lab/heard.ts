/**
 * What is said of a terminal to who cannot see it: after each command, what it printed. xterm.js has a way of its own, which reads each key and keeps
 * every row as text; it makes a frame of the page for each key, and the glyph waits for the next one. So that one is on where it was asked for
 * (Settings, Screen reader), and everybody else has this log, which changes when the machine rests.
 */
import type { IMarker, Terminal } from '@xterm/xterm'

/** Nobody hears out more. */
const MOST = { rows: 60, characters: 4000 }

/** Reads each key, and lets the rows be walked through. */
export const readsKeys = (): boolean => document.documentElement.dataset.reader === 'on'

/** What came after the line that was entered last, up to the cursor. */
export function printed(term: Terminal, entered: IMarker | undefined): string {
  const { active } = term.buffer
  const end = active.baseY + active.cursorY
  let text = ''
  for (let y = (entered?.line ?? -1) + 1, rows = 0; y <= end; y++, rows++) {
    if (rows > MOST.rows || text.length > MOST.characters) return `${text}\nand more: “Plain” has all of it.`
    const line = active.getLine(y)
    if (!line) continue
    text += `${line.isWrapped ? '' : '\n'}${line.translateToString(!active.getLine(y + 1)?.isWrapped)}`
  }
  return text.trim()
}
