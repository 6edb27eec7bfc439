/** Commands that complete (readline(3), "Completing"). */
import type { Run } from '../../../kernel/run'
import { type Completions, completionsAt, type Source } from '../completion'
import type { Editor } from '../editor'
import { listMatches } from '../listing'

const COMMAND = 'complete'
/** Whether the completion before this one changed the line. */
const changed = new WeakMap<Editor, boolean>()

const completing = (name: string, source: Source | 'any') =>
  function* (e: Editor): Run {
    const again = e.previous === name && changed.get(e) === false
    const before = e.line.text
    const found = yield* completionsAt(e.shell, e.line.text, e.line.point, source)
    if (again) yield* list(e, found)
    else insert(e, found)
    changed.set(e, e.line.text !== before)
  }

export const COMPLETE = {
  [COMMAND]: completing(COMMAND, 'any'),
  'complete-filename': completing('complete-filename', 'path'),
  'complete-command': completing('complete-command', 'command'),
  'complete-variable': completing('complete-variable', 'variable'),
  'complete-username': completing('complete-username', 'user'),
  *'possible-completions'(e: Editor): Run {
    yield* list(e, yield* completionsAt(e.shell, e.line.text, e.line.point, 'any'))
  },
  *'insert-completions'(e: Editor): Run {
    const found = yield* completionsAt(e.shell, e.line.text, e.line.point, 'any')
    if (found.matches.length === 0) return e.bell()
    replaceWord(e, found, `${found.matches.map((match) => match.text).join(' ')} `)
  },
}

function replaceWord(e: Editor, found: Completions, text: string): void {
  const { line } = e
  if (line.text.slice(found.from, line.point) === text) return
  line.together(() => {
    line.remove(found.from, line.point)
    line.point = found.from
    line.insert(text)
  })
}

function insert(e: Editor, found: Completions): void {
  const { matches } = found
  if (matches.length === 0) return e.bell()
  if (found.shared !== '' || matches.length === 1) {
    const { line } = e
    const word = line.text.slice(found.from, line.point)
    // Only what is new is inserted, when what is there stays as it is.
    const text = found.shared
    if (text.startsWith(word)) line.insert(text.slice(word.length))
    else replaceWord(e, found, text)
    if (matches.length === 1) {
      const end = found.ending
      // A quote or a slash that stands there already is not put a second time.
      if (end !== '' && !(end !== ' ' && line.text.startsWith(end, line.point))) line.insert(end)
    }
  }
  if (matches.length > 1) e.bell()
}

function* list(e: Editor, found: Completions): Run {
  const { matches } = found
  if (matches.length === 0) return e.bell()
  yield* listMatches(e, matches)
}
