/** Commands that change text (readline(3), "Commands for Changing Text"). */
import type { Editor } from '../editor'
import { backwardWord, forwardWord, isWordCharacter } from '../words'

export const EDIT = {
  'delete-char': (e: Editor, count: number) => {
    const { line } = e
    if (line.point >= line.end) return e.bell()
    if (e.hasArgument) return e.kill(line.point, advance(e, count))
    line.remove(line.point, line.next(line.point))
  },
  'backward-delete-char': (e: Editor, count: number) => {
    const { line } = e
    if (line.point === 0) return e.bell()
    let from = line.point
    for (let i = 0; i < count && from > 0; i++) from = line.previous(from)
    if (e.hasArgument) e.kill(line.point, from)
    else line.remove(from, line.point)
  },
  'quoted-insert': (e: Editor, count: number) => e.readNext((character) => e.line.insert(character.repeat(Math.max(1, count)))),
  'transpose-chars': (e: Editor) => {
    const { line } = e
    if (line.point === 0 || line.next(0) >= line.end) return e.bell()
    line.together(() => {
      if (line.point === line.end) line.point = line.previous(line.point)
      const from = line.previous(line.point)
      const moved = line.remove(from, line.point)
      line.point = line.next(from)
      line.insert(moved)
    })
  },
  'transpose-words': (e: Editor) => {
    const { line } = e
    const secondEnd = forwardWord(line, line.point)
    const second = backwardWord(line, secondEnd)
    const first = backwardWord(line, second)
    const firstEnd = forwardWord(line, first)
    if (first === second || second < firstEnd) return e.bell()
    line.together(() => {
      const right = line.text.slice(second, secondEnd)
      const left = line.text.slice(first, firstEnd)
      line.point = secondEnd
      line.remove(second, secondEnd)
      line.point = second
      line.insert(left)
      line.remove(first, firstEnd)
      line.point = first
      line.insert(right)
      line.point = secondEnd
    })
  },
  'upcase-word': (e: Editor, count: number) => changeCase(e, count, (word) => word.toUpperCase()),
  'downcase-word': (e: Editor, count: number) => changeCase(e, count, (word) => word.toLowerCase()),
  'capitalize-word': (e: Editor, count: number) => changeCase(e, count, capitalized),
  'delete-horizontal-space': (e: Editor) => {
    const { line } = e
    let from = line.point
    while (from > 0 && /[ \t]/.test(line.text[from - 1] as string)) from--
    let to = line.point
    while (/[ \t]/.test(line.text[to] ?? '')) to++
    line.point = from
    line.remove(from, to)
  },
  undo: (e: Editor, count: number) => {
    for (let i = 0; i < Math.max(1, count); i++) if (!e.line.undo()) return e.bell()
  },
  'revert-line': (e: Editor) => {
    if (e.line.changed) e.line.undoAll()
    else e.bell()
  },
  'insert-comment': (e: Editor) => {
    e.line.point = 0
    e.line.insert('#')
    e.refresh()
    return e.accept()
  },
}

function advance(e: Editor, count: number): number {
  let at = e.line.point
  for (let i = 0; i < count; i++) at = e.line.next(at)
  return at
}

function changeCase(e: Editor, count: number, change: (word: string) => string): void {
  const { line } = e
  const { point } = line
  let other = point
  for (let i = 0; i < Math.abs(count); i++) other = count < 0 ? backwardWord(line, other) : forwardWord(line, other)
  const [from, to] = [Math.min(point, other), Math.max(point, other)]
  const text = line.text.slice(from, to)
  line.together(() => {
    line.remove(from, to)
    line.point = from
    line.insert(change(text))
  })
  line.point = count < 0 ? point : to
}

function capitalized(text: string): string {
  let inside = false
  return [...text].map((character) => {
    const word = isWordCharacter(character)
    const changed = !word ? character : inside ? character.toLowerCase() : character.toUpperCase()
    inside = word
    return changed
  }).join('')
}
