/** Possible completions listed below the line: in columns, after a question when they are many (readline's display of matches). */
import type { Run } from '../../kernel/run'
import type { Editor } from './editor'
import { textWidth } from './width'

/** completion-query-items. */
const ASK_ABOVE = 100
const YES = /[yY ]/
const NO = /[nN\x7f\x07]/

export interface Listed {
  readonly shown: string
  readonly mark: string
}

export function* listMatches(e: Editor, names: readonly Listed[]): Run {
  e.write(e.screen.finish())
  if (names.length < ASK_ABOVE) {
    show(e, names)
    return
  }
  e.write(`Display all ${names.length} possibilities? (y or n)`)
  e.readNext(function* answer(character): Run {
    if (YES.test(character)) {
      e.write('\n')
      show(e, names)
    } else if (NO.test(character)) {
      e.write('\n')
      e.redraw()
    } else {
      e.bell()
      e.readNext(answer)
    }
  })
}

/** Rows page by page: `--More--` waits for a key when the screen is full. */
function show(e: Editor, names: readonly Listed[]): void {
  const rows = columns(names, e.screen.columns)
  const wiped = `\r${e.terminal.clearToEndOfLine ?? ' '.repeat(e.screen.columns)}\r`
  const page = (from: number, size: number): void => {
    const to = Math.min(rows.length, from + size)
    e.write(rows.slice(from, to).map((row) => `${row}\n`).join(''))
    if (to >= rows.length) {
      e.redraw()
      return
    }
    e.write('--More--')
    const wait = (character: string): void => {
      if (/[ yY]/.test(character)) {
        e.write(wiped)
        page(to, e.screen.lines - 1)
      } else if (/[\n\r]/.test(character)) {
        e.write(wiped)
        page(to, 1)
      } else if (/[qQnN\x7f\x07]/.test(character)) {
        e.write(wiped)
        e.redraw()
      } else {
        e.bell()
        e.readNext(wait)
      }
    }
    e.readNext(wait)
  }
  page(0, e.screen.lines - 1)
}

/** Down first; each name padded to the longest but in the last column. */
export function columns(names: readonly Listed[], width: number): string[] {
  const longest = Math.max(...names.map(({ shown }) => textWidth(shown))) + 2
  let across = Math.floor(width / longest)
  if (across !== 1 && across * longest === width) across--
  if (across < 1) across = 1
  const down = Math.ceil(names.length / across)
  const rows: string[] = []
  for (let row = 0; row < down; row++) {
    let text = ''
    for (let column = 0; column < across; column++) {
      const listed = names[row + column * down]
      if (!listed) break
      const name = listed.shown + listed.mark
      text += column < across - 1 ? name + ' '.repeat(Math.max(1, longest - textWidth(name))) : name
    }
    rows.push(text)
  }
  return rows
}
