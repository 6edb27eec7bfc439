/** `:h`, `:t`, `:s/old/new/` and the like (bash(1), HISTORY EXPANSION, "Modifiers"). */
import { wordsOf } from './words'

/** What was substituted last, for `:&` and an empty pattern; it outlives a line. */
export interface Substitution {
  old: string | undefined
  new: string
}

export interface Modified {
  readonly text: string
  readonly end: number
  readonly prints: boolean
}

/** Why there is no text; `from` and `to` are the place that is shown. */
export class HistoryError {
  readonly from: number
  readonly to: number
  readonly why: string
  constructor(from: number, to: number, why: string) {
    this.from = from
    this.to = to
    this.why = why
  }
}

const singleQuoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

const SIMPLE: Readonly<Record<string, (text: string) => string>> = {
  h: (text) => (text.includes('/') ? text.slice(0, text.lastIndexOf('/')) : text),
  t: (text) => text.slice(text.lastIndexOf('/') + 1),
  r: (text) => (text.includes('.') ? text.slice(0, text.lastIndexOf('.')) : text),
  e: (text) => (text.includes('.') ? text.slice(text.lastIndexOf('.')) : text),
  q: singleQuoted,
  x: (text) => text.split(/\s+/).filter((word) => word !== '').map(singleQuoted).join(' '),
}

/** Applies the modifiers that begin at `at` of the line. */
export function modify(line: string, at: number, text: string, last: Substitution): Modified {
  let prints = false
  while (line[at] === ':') {
    const begin = at
    let scope: 'first' | 'all' | 'words' = 'first'
    let letter = line[++at] ?? ''
    while (letter === 'g' || letter === 'a' || letter === 'G') {
      scope = letter === 'G' ? 'words' : 'all'
      letter = line[++at] ?? ''
    }
    if (letter === 'p') prints = true
    else if (letter === 's' || letter === '&') {
      if (letter === 's') at = readSubstitution(line, at + 1, last) - 1
      if (last.old === undefined) throw new HistoryError(begin, at + 1, 'no previous substitution')
      const changed = substitute(text, last.old, last.new, scope)
      if (changed === undefined) throw new HistoryError(begin, at + 1, 'substitution failed')
      text = changed
    } else {
      const work = SIMPLE[letter]
      if (!work) throw new HistoryError(begin + 1, at + 1, 'unrecognized history modifier')
      text = work(text)
    }
    at++
  }
  return { text, end: at, prints }
}

/** `/old/new/` from its delimiter on; the last delimiter may be missing at the end of the line. */
function readSubstitution(line: string, at: number, last: Substitution): number {
  const delimiter = line[at] ?? ''
  const part = (): string => {
    let text = ''
    for (at++; at < line.length && line[at] !== delimiter; at++) {
      if (line[at] === '\\' && line[at + 1] === delimiter) at++
      text += line[at]
    }
    return text
  }
  const old = part()
  if (old !== '') last.old = old
  const replacement = part()
  last.new = replacement.replace(/\\&|&/g, (mark) => (mark === '&' ? (last.old ?? '') : '&'))
  return at < line.length ? at + 1 : at
}

function substitute(text: string, old: string, by: string, scope: 'first' | 'all' | 'words'): string | undefined {
  if (!text.includes(old)) return undefined
  if (scope === 'all') return text.split(old).join(by)
  if (scope === 'first') return text.replace(old, () => by)
  let at = 0
  let made = ''
  for (const word of wordsOf(text)) {
    const from = text.indexOf(word, at)
    made += text.slice(at, from) + word.replace(old, () => by)
    at = from + word.length
  }
  return made + text.slice(at)
}
