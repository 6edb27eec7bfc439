/** What keys do to the line (busybox, libbb/lineedit.c): the control keys and the named ones. */
import type { Display } from './display'
import type { NamedKey } from './keys'
import type { Recall } from './recall'

export interface Editing {
  readonly display: Display
  readonly recall: Recall
}

type Action = (editing: Editing) => void

const isSpace = (code: number | undefined): boolean => code === 32 || (code !== undefined && code >= 9 && code <= 13)
/** ispunct(3) of the C locale. */
const isPunctuation = (code: number): boolean => (code > 32 && code < 48) || (code > 57 && code < 65) || (code > 90 && code < 97) || (code > 122 && code < 127)
const inWord = (code: number | undefined): boolean => code !== undefined && code !== 32 && !isPunctuation(code)

function wordLeft({ display }: Editing): void {
  for (;;) {
    display.back(1)
    if (display.cursor === 0) return
    if (!inWord(display.text[display.cursor])) continue
    while (display.cursor > 0 && inWord(display.text[display.cursor - 1])) display.back(1)
    return
  }
}

function wordRight({ display }: Editing): void {
  while (display.cursor < display.text.length && !inWord(display.text[display.cursor])) display.forward()
  while (inWord(display.text[display.cursor])) display.forward()
}

function rubOutBlankWord({ display }: Editing): void {
  while (isSpace(display.text[display.cursor - 1])) display.rubOut()
  while (display.cursor > 0 && !isSpace(display.text[display.cursor - 1])) display.rubOut()
}

function deleteWord(editing: Editing): void {
  const { display } = editing
  const from = display.cursor
  wordRight(editing)
  const count = display.cursor - from
  display.back(count)
  for (let n = count; n > 0; n--) display.remove()
}

function rubOutWord(editing: Editing): void {
  const { display } = editing
  const from = display.cursor
  wordLeft(editing)
  for (let n = from - display.cursor; n > 0; n--) display.remove()
}

function goBack({ display, recall }: Editing): boolean {
  const line = recall.before(display)
  if (line === undefined) {
    display.bell()
    return false
  }
  display.replace(line)
  return true
}

function goOn({ display, recall }: Editing): void {
  const line = recall.after(display)
  if (line === undefined) display.bell()
  else display.replace(line)
}

/** Control keys by their letter. */
export const CONTROL: Readonly<Record<string, Action>> = {
  A: ({ display }) => display.toStart(), B: ({ display }) => display.back(1), E: ({ display }) => display.toEnd(), F: ({ display }) => display.forward(),
  H: ({ display }) => display.rubOut(), '?': ({ display }) => display.rubOut(), K: ({ display }) => display.cutToEnd(), L: ({ display }) => display.clearScreen(),
  N: goOn, P: goBack, U: ({ display }) => display.cutToStart(), W: rubOutBlankWord,
}

export const NAMED: Readonly<Record<NamedKey, Action>> = {
  // At the oldest line the arrow rings twice.
  up: (editing) => {
    if (!goBack(editing)) editing.display.bell()
  },
  down: goOn, left: ({ display }) => display.back(1), right: ({ display }) => display.forward(), home: ({ display }) => display.toStart(), end: ({ display }) => display.toEnd(),
  delete: ({ display }) => display.remove(), 'word-left': wordLeft, 'word-right': wordRight, 'delete-word': deleteWord, 'rubout-word': rubOutWord, other: () => undefined,
}
