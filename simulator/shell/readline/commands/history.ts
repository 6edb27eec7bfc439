/** Commands for the history (readline(3), "Commands for Manipulating the History"). */
import type { Editor } from '../editor'

export const HISTORY = {
  'previous-history': (e: Editor, count: number) => go(e, -count),
  'next-history': (e: Editor, count: number) => go(e, count),
  'beginning-of-history': (e: Editor) => goTo(e, 0),
  'end-of-history': (e: Editor) => goTo(e, e.history.length),
  'reverse-search-history': (e: Editor) => e.startSearch('backward'),
  'forward-search-history': (e: Editor) => e.startSearch('forward'),
  'operate-and-get-next': (e: Editor) => {
    e.recallNext = e.history.at < e.history.length ? e.history.at + 1 : undefined
    return e.accept()
  },
}

function go(e: Editor, by: number): void {
  const to = Math.max(0, Math.min(e.history.length, e.history.at + by))
  if (to === e.history.at) return e.bell()
  goTo(e, to)
}

function goTo(e: Editor, to: number): void {
  if (to === e.history.at) return
  e.history.leave(e.line)
  e.history.enter(to, e.line)
}
