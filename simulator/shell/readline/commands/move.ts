/** Commands that move the cursor (readline(3), "Commands for Moving"). */
import type { Editor } from '../editor'
import { backwardWord, forwardWord } from '../words'

export const MOVE = {
  'beginning-of-line': (e: Editor) => {
    e.line.point = 0
  },
  'end-of-line': (e: Editor) => {
    e.line.point = e.line.end
  },
  'forward-char': (e: Editor, count: number) => {
    if (count < 0) return back(e, -count)
    forth(e, count)
  },
  'backward-char': (e: Editor, count: number) => {
    if (count < 0) return forth(e, -count)
    back(e, count)
  },
  'forward-word': (e: Editor, count: number) => {
    for (let i = 0; i < Math.abs(count); i++) e.line.point = count < 0 ? backwardWord(e.line, e.line.point) : forwardWord(e.line, e.line.point)
  },
  'backward-word': (e: Editor, count: number) => {
    for (let i = 0; i < Math.abs(count); i++) e.line.point = count < 0 ? forwardWord(e.line, e.line.point) : backwardWord(e.line, e.line.point)
  },
  'set-mark': (e: Editor) => {
    e.line.mark = e.line.point
  },
  'exchange-point-and-mark': (e: Editor) => {
    const { point, mark } = e.line
    e.line.point = Math.min(mark, e.line.end)
    e.line.mark = point
    e.showRegion()
  },
  'character-search': (e: Editor) => e.readNext((character) => search(e, character, 1)),
  'character-search-backward': (e: Editor) => e.readNext((character) => search(e, character, -1)),
}

function forth(e: Editor, count: number): void {
  for (let i = 0; i < count; i++) {
    if (e.line.point >= e.line.end) return e.bell()
    e.line.point = e.line.next(e.line.point)
  }
}

function back(e: Editor, count: number): void {
  for (let i = 0; i < count; i++) {
    if (e.line.point <= 0) return e.bell()
    e.line.point = e.line.previous(e.line.point)
  }
}

function search(e: Editor, character: string, direction: 1 | -1): void {
  const { text, point } = e.line
  const at = direction > 0 ? text.indexOf(character, point + 1) : point === 0 ? -1 : text.lastIndexOf(character, point - 1)
  if (at < 0) e.bell()
  else e.line.point = at
}
