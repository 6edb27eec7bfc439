/** A line of history cut into words, as word designators count them (history(3), "Word Designators"). */

const OPERATORS = new Set(['<<', '<<<', '<<-', '>>', '&&', '||', ';;', '>&', '<&', '&>', '>|', '<>', ';&', '<(', '>('])
const BREAKS = ' \t\n<>;&|()'

export function wordsOf(line: string): string[] {
  const words: string[] = []
  for (let at = 0; at < line.length; ) {
    const c = line[at] as string
    if (/\s/.test(c)) {
      at++
      continue
    }
    const end = '<>;&|()'.includes(c) ? operatorEnd(line, at) : wordEnd(line, at)
    words.push(line.slice(at, end))
    at = end
  }
  return words
}

function operatorEnd(line: string, at: number): number {
  if (line[at] === '(' || line[at] === ')') return at + 1
  for (const size of [3, 2]) if (OPERATORS.has(line.slice(at, at + size))) return at + size
  return at + 1
}

function wordEnd(line: string, from: number): number {
  let quote = ''
  let at = from
  for (; at < line.length; at++) {
    const c = line[at] as string
    if (c === '\\' && quote !== "'") at++
    else if (quote !== '') {
      if (c === quote) quote = ''
    } else if (c === '$' && line[at + 1] === '(') at = parenthesesEnd(line, at + 1)
    else if (c === "'" || c === '"' || c === '`') quote = c
    else if (BREAKS.includes(c)) break
  }
  return Math.min(at, line.length)
}

/** The `)` that belongs to the `(` at `from`. */
function parenthesesEnd(line: string, from: number): number {
  let depth = 0
  for (let at = from; at < line.length; at++) {
    if (line[at] === '(') depth++
    else if (line[at] === ')' && --depth === 0) return at
  }
  return line.length
}
