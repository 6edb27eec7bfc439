/** History expansion: `!!`, `!$`, `!-2`, `!?text?`, `^old^new` (bash(1), HISTORY EXPANSION; bashhist.c for what is left alone). */
import { HistoryError, modify, type Substitution } from './modifiers'
import { wordsOf } from './words'

export interface Past {
  readonly lines: readonly string[]
  /** The number of the first of them. */
  readonly base: number
}

/** What outlives a line: the last substitution, what `?text?` looked for and the word that held it. */
export interface ExpansionMemory {
  readonly substitution: Substitution
  search: string | undefined
  found: string
}

export const newExpansionMemory = (): ExpansionMemory => ({ substitution: { old: undefined, new: '' }, search: undefined, found: '' })

export type Expanded = { readonly kind: 'same' } | { readonly kind: 'changed'; readonly text: string } | { readonly kind: 'print'; readonly text: string } | { readonly kind: 'error'; readonly message: string }

/** After `!` these mean nothing. */
const NO_EVENT = ' \t\n\r='
/** What ends the text of `!text`. */
const TEXT_ENDS = ' \t\n:;&()|<>^$*%-'

/** `quote`: the quote that an earlier line of the command has opened. */
export function expandHistory(typed: string, past: Past, memory: ExpansionMemory, quote = ''): Expanded {
  const line = typed.startsWith('^') ? `!!:s${typed}` : typed
  try {
    return new Expansion(line, past, memory).run(quote)
  } catch (error) {
    if (!(error instanceof HistoryError)) throw error
    return { kind: 'error', message: `${line.slice(error.from, error.to)}: ${error.why}` }
  }
}

class Expansion {
  private readonly line: string
  private readonly past: Past
  private readonly memory: ExpansionMemory
  private made = ''
  private prints = false
  constructor(line: string, past: Past, memory: ExpansionMemory) {
    this.line = line
    this.past = past
    this.memory = memory
  }
  run(open: string): Expanded {
    const { line } = this
    let quote = open
    let changed = false
    for (let at = 0; at < line.length; ) {
      const c = line[at] as string
      if (c === '\\' && quote !== "'") {
        this.made += line.slice(at, at + 2)
        at += 2
        continue
      }
      if (quote === '' && c === '#' && (at === 0 || ' \t\n;&()|<>'.includes(line[at - 1] ?? ''))) {
        this.made += line.slice(at)
        break
      }
      if (c === "'" && quote === '') quote = "'"
      else if (c === "'" && quote === "'") quote = ''
      else if (c === '"' && quote !== "'") quote = quote === '"' ? '' : '"'
      if (c === '!' && quote !== "'" && !this.isPlain(at, quote)) {
        changed = true
        at = this.event(at, quote)
        continue
      }
      this.made += c
      at++
    }
    if (!changed) return { kind: 'same' }
    return { kind: this.prints ? 'print' : 'changed', text: this.made }
  }
  /** A `!` that bash has another use for, or none. */
  private isPlain(at: number, quote: string): boolean {
    const { line } = this
    const next = line[at + 1]
    const before = line[at - 1]
    if (next === undefined || NO_EVENT.includes(next) || (quote === '"' && next === '"')) return true
    if (before === '[' && line.indexOf(']', at) > 0) return true
    if (before === '{' && line[at - 2] === '$' && line.indexOf('}', at) > 0) return true
    return before === '$'
  }
  /** Puts in what the designator at `at` stands for; gives the place behind it. */
  private event(at: number, quote: string): number {
    const { line, memory } = this
    const begin = at
    const { text, end } = this.eventText(at + 1, quote)
    at = end
    let words = text
    const designator = /^(?::?([\^$*%-])|:(\d))/.exec(line.slice(at))
    if (designator) {
      const from = line[at] === ':' ? at + 1 : at
      const { word, end: behind } = this.word(text, from)
      if (word === undefined) throw new HistoryError(line[at] === ':' ? at : begin, behind, 'bad word specifier')
      words = word
      at = behind
    }
    const modified = modify(line, at, words, memory.substitution)
    if (modified.prints) this.prints = true
    this.made += modified.text
    return modified.end
  }
  private eventText(at: number, quote: string): { readonly text: string; readonly end: number } {
    const { line, past, memory } = this
    const c = line[at] as string
    const begin = at - 1
    const known = (text: string | undefined, end: number): { readonly text: string; readonly end: number } => {
      if (text === undefined) throw new HistoryError(begin, end, 'event not found')
      return { text, end }
    }
    if (c === '!') return known(past.lines.at(-1), at + 1)
    if (c === '#') return { text: this.made, end: at + 1 }
    const number = /^-?\d+/.exec(line.slice(at))?.[0]
    if (number !== undefined) {
      const n = Number(number)
      return known(n < 0 ? past.lines.at(n) : past.lines[n - past.base], at + number.length)
    }
    if (':^$*%'.includes(c) || (c === '-' && !/\d/.test(line[at + 1] ?? ''))) return known(past.lines.at(-1), at)
    if (c === '?') {
      const close = line.indexOf('?', at + 1)
      const end = close < 0 ? line.length : close
      const wanted = line.slice(at + 1, end) || (memory.search ?? '')
      const text = past.lines.findLast((entry) => entry.includes(wanted))
      memory.search = wanted
      memory.found = wordsOf(text ?? '').find((word) => word.includes(wanted)) ?? ''
      return known(text, Math.min(end + 1, line.length))
    }
    let end = at
    while (end < line.length && (!TEXT_ENDS.includes(line[end] as string) || (line[end] === '-' && end === at)) && !(quote === '"' && line[end] === '"')) end++
    const wanted = line.slice(at, end)
    return known(past.lines.findLast((entry) => entry.startsWith(wanted)), end)
  }
  /** The words that a designator at `at` chooses; undefined when there are none. */
  private word(text: string, at: number): { readonly word: string | undefined; readonly end: number } {
    const { line, memory } = this
    const words = wordsOf(text)
    const last = words.length - 1
    if (line[at] === '%') return { word: memory.found, end: at + 1 }
    if (line[at] === '*') return { word: words.slice(1).join(' '), end: at + 1 }
    if (line[at] === '$') return { word: words.at(-1), end: at + 1 }
    const one = (): number | undefined => {
      const found = /^(?:\d+|[\^$])/.exec(line.slice(at))?.[0]
      if (found === undefined) return undefined
      at += found.length
      return found === '^' ? 1 : found === '$' ? last : Number(found)
    }
    const first = line[at] === '-' ? 0 : (one() ?? 0)
    let to = first
    if (line[at] === '*') {
      at++
      to = last
      if (first === last + 1) return { word: '', end: at }
    } else if (line[at] === '-') {
      at++
      to = one() ?? last - 1
    }
    const valid = first <= last && to <= last && first <= to
    return { word: valid ? words.slice(first, to + 1).join(' ') : undefined, end: at }
  }
}

/** The quote that is open at the end of a text. */
export function openQuote(text: string): string {
  let quote = ''
  for (let at = 0; at < text.length; at++) {
    const c = text[at] as string
    if (c === '\\' && quote !== "'") at++
    else if (quote === '' && (c === "'" || c === '"')) quote = c
    else if (c === quote) quote = ''
  }
  return quote
}
