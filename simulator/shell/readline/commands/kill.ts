/** Killing and yanking (readline(3), "Killing and Yanking"). */
import type { Editor } from '../editor'
import { backwardWord, forwardWord, historyWords } from '../words'

export const KILL = {
  'kill-line': (e: Editor, count: number) => (count < 0 ? e.kill(e.line.point, 0) : e.kill(e.line.point, e.line.end)),
  'backward-kill-line': (e: Editor) => (e.line.point === 0 ? e.bell() : e.kill(e.line.point, 0)),
  'unix-line-discard': (e: Editor) => (e.line.point === 0 ? e.bell() : e.kill(e.line.point, 0)),
  'kill-word': (e: Editor, count: number) => e.kill(e.line.point, far(e, count, forwardWord)),
  'backward-kill-word': (e: Editor, count: number) => e.kill(e.line.point, far(e, count, backwardWord)),
  'unix-word-rubout': (e: Editor, count: number) => {
    const { line } = e
    if (line.point === 0) return e.bell()
    let from = line.point
    for (let i = 0; i < count; i++) {
      while (from > 0 && /\s/.test(line.text[from - 1] as string)) from--
      while (from > 0 && /\S/.test(line.text[from - 1] as string)) from--
    }
    e.kill(line.point, from)
  },
  yank: (e: Editor) => {
    const text = e.killed.current
    if (text === undefined) return e.bell()
    e.line.mark = e.line.point
    e.line.insert(text)
  },
  'yank-pop': (e: Editor) => {
    const text = e.killed.current
    const from = e.line.point - (text?.length ?? 0)
    if (text === undefined || (e.previous !== 'yank' && e.previous !== 'yank-pop') || e.line.text.slice(from, e.line.point) !== text) return e.bell()
    e.line.remove(from, e.line.point)
    e.line.point = from
    e.killed.rotate()
    e.line.insert(e.killed.current ?? '')
  },
  'yank-nth-arg': (e: Editor, count: number) => {
    if (!yankWord(e, 0, (words) => words[e.hasArgument ? count : 1])) e.bell()
  },
  'yank-last-arg': (e: Editor) => {
    const again = e.previous === 'yank-last-arg'
    if (again && e.lastArgument.inserted) e.line.undo()
    e.lastArgument.skip = again ? e.lastArgument.skip + 1 : 0
    e.lastArgument.inserted = yankWord(e, e.lastArgument.skip, (words) => words.at(-1))
    if (!e.lastArgument.inserted) e.bell()
  },
}

function far(e: Editor, count: number, step: (line: Editor['line'], from: number) => number): number {
  let at = e.line.point
  for (let i = 0; i < Math.abs(count); i++) at = step(e.line, at)
  return at
}

/** Inserts a word of a history line, `skip` lines before the last one. False when there is none. */
function yankWord(e: Editor, skip: number, pick: (words: readonly string[]) => string | undefined): boolean {
  const entry = e.history.before(skip + 1)
  const word = entry === undefined ? undefined : pick(historyWords(entry))
  if (word === undefined || word === '') return false
  e.line.together(() => e.line.insert(word))
  return true
}
