/** Brace expansion, on the text of a word before anything else (bash(1), "Brace Expansion"). */
import { skipDollar, skipDouble, skipParens, skipSingle, skipTick } from '../lexing/skip'

const cache = new Map<string, readonly string[]>()

export function braceExpand(word: string): readonly string[] {
  if (!word.includes('{')) return [word]
  const known = cache.get(word)
  if (known) return known
  const words = expand(word)
  if (cache.size > 2000) cache.clear()
  cache.set(word, words)
  return words
}

/** After the quoted or substituted piece at `at`, or `at` itself when there is none. */
function skipOpaque(s: string, at: number): number {
  const c = s[at]
  let end = at
  if (c === '\\') end = at + 2
  else if (c === "'") end = skipSingle(s, at + 1)
  else if (c === '"') end = skipDouble(s, at + 1)
  else if (c === '`') end = skipTick(s, at + 1)
  else if (c === '$') end = skipDollar(s, at, 'bare')
  else if ((c === '<' || c === '>') && s[at + 1] === '(') end = skipParens(s, at + 2)
  return end < 0 ? s.length : end
}

function expand(word: string): string[] {
  for (let i = 0; i < word.length; ) {
    const skipped = skipOpaque(word, i)
    if (skipped > i) {
      i = skipped
      continue
    }
    if (word[i] === '{') {
      const found = alternatives(word, i)
      if (found) {
        const head = word.slice(0, i)
        const tails = expand(word.slice(found.end))
        return found.items.flatMap((item) => tails.map((tail) => head + item + tail))
      }
    }
    i++
  }
  return [word]
}

/** The items of the brace expression that opens at `at`; undefined when it is none. */
function alternatives(s: string, at: number): { items: string[]; end: number } | undefined {
  let depth = 0
  let from = at + 1
  const pieces: string[] = []
  for (let i = at; i < s.length; ) {
    const skipped = skipOpaque(s, i)
    if (skipped > i) {
      i = skipped
      continue
    }
    const c = s[i]
    if (c === '{') depth++
    else if (c === '}' && --depth === 0) {
      pieces.push(s.slice(from, i))
      if (pieces.length > 1) return { items: pieces.flatMap(expand), end: i + 1 }
      const range = sequence(pieces[0] as string)
      return range && { items: range, end: i + 1 }
    } else if (c === ',' && depth === 1) {
      pieces.push(s.slice(from, i))
      from = i + 1
    }
    i++
  }
  return undefined
}

function sequence(body: string): string[] | undefined {
  const found = /^(-?\d+|[A-Za-z])\.\.(-?\d+|[A-Za-z])(?:\.\.(-?\d+))?$/.exec(body)
  if (!found) return undefined
  const [, from = '', to = '', by] = found
  const letters = /[A-Za-z]/.test(from)
  if (letters !== /[A-Za-z]/.test(to)) return undefined
  const low = letters ? from.charCodeAt(0) : Number(from)
  const high = letters ? to.charCodeAt(0) : Number(to)
  const step = Math.abs(Number(by ?? 1)) || 1
  const padded = !letters && (/^-?0\d/.test(from) || /^-?0\d/.test(to))
  const width = padded ? Math.max(from.length, to.length) : 0
  const items: string[] = []
  for (let n = low; low <= high ? n <= high : n >= high; n += low <= high ? step : -step) {
    if (letters) items.push(String.fromCharCode(n))
    else items.push(n < 0 ? `-${String(-n).padStart(width - 1, '0')}` : String(n).padStart(width, '0'))
  }
  return items
}
