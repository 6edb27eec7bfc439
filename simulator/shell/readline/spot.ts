/** Where on a command line the cursor stands: the word being typed, the words before it, whether it is a command's name. */

export interface Spot {
  /** Where the text to replace begins (after an open quote). */
  readonly from: number
  /** The word so far, without its quotes. */
  readonly word: string
  /** The quote that is open. */
  readonly quote: '' | '"' | "'"
  readonly isCommand: boolean
  /** The word before is `>`, `<` …: a file's name comes. */
  readonly afterRedirection: boolean
  /** The words of the simple command before this one, the command's name first. */
  readonly words: readonly string[]
  /** The whole line up to the cursor, for COMP_LINE. */
  readonly line: string
}

/** What breaks words beside blanks (COMP_WORDBREAKS). */
const BREAKS = new Set(['<', '>', '=', ';', '|', '&', '(', ':', '@'])
/** Breaks within a word: completion starts after them, but the command goes on. */
const WITHIN = new Set(['=', ':', '@'])

export function spotAt(line: string, point: number): Spot {
  const text = line.slice(0, point)
  let words: string[] = []
  let word = ''
  let from = 0
  let begun = false
  let quote: Spot['quote'] = ''
  let redirected = false
  const end = (at: number): void => {
    if (begun) {
      if (redirected) redirected = false
      else if (!(words.length === 0 && /^\w+=/.test(word))) words.push(word)
    }
    word = ''
    begun = false
    from = at
  }
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string
    if (quote === "'") {
      if (c === "'") quote = ''
      else word += c
    } else if (quote === '"') {
      if (c === '"') quote = ''
      else if (c === '\\' && /["\\$`]/.test(text[i + 1] ?? '')) word += text[++i]
      else word += c
    } else if (c === "'" || c === '"') {
      quote = c
      begun = true
    } else if (c === '\\') {
      begun = true
      if (i + 1 < text.length) word += text[++i]
    } else if (/\s/.test(c)) end(i + 1)
    else if (c === ';' || c === '|' || c === '&' || c === '(') {
      end(i + 1)
      if (text[i - 1] !== '>' && text[i - 1] !== '<') words = []
    } else if (c === '`' || (c === '$' && text[i + 1] === '(')) {
      end(i + 1)
      words = []
      if (c === '$') i++
      from = i + 1
    } else if (c === '<' || c === '>') {
      end(i + 1)
      redirected = true
    } else {
      word += c
      begun = true
    }
  }
  const open = quote
  let start = from
  let current = word
  if (open !== '') start = Math.max(from, text.lastIndexOf(open) + 1)
  if (open === '' && !/["']/.test(text.slice(from))) {
    // Within a word completion begins after the last of the word breaks.
    for (let i = text.length - 1; i >= from; i--) {
      const c = text[i] as string
      if (!WITHIN.has(c) || !BREAKS.has(c) || text[i - 1] === '\\' || i === from && c === '@') continue
      start = i + 1
      current = unescaped(text.slice(start))
      break
    }
  } else if (open !== '' && start > from) current = unescaped(text.slice(start))
  const assigning = /^\w+=/.test(word)
  return { from: start, word: current, quote: open, isCommand: words.length === 0 && !redirected && !(assigning && start > from), afterRedirection: redirected, words, line: text }
}

const unescaped = (text: string): string => text.replace(/\\([\s\S])/g, '$1')
