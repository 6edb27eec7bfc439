/** fnmatch(3): shell patterns against names, as find, tar and grep use them. Without brackets that end, `[` is itself. */
import { className } from '../../regex/charset'

export interface FnmatchRules {
  /** `*`, `?` and `[…]` do not match a slash (FNM_PATHNAME). */
  readonly pathname?: boolean
  /** A leading dot must be written (FNM_PERIOD). */
  readonly period?: boolean
  readonly icase?: boolean
}

type Token = { readonly kind: 'star' } | { readonly kind: 'one'; readonly test: (character: string) => boolean; readonly literal: boolean }

const known = new Map<string, readonly Token[]>()

export function fnmatch(pattern: string, name: string, rules: FnmatchRules = {}): boolean {
  const key = `${rules.pathname ? 'p' : ''}${rules.icase ? 'i' : ''}:${pattern}`
  let tokens = known.get(key)
  if (!tokens) {
    tokens = tokensOf(rules.icase ? pattern.toLowerCase() : pattern)
    if (known.size > 200) known.clear()
    known.set(key, tokens)
  }
  const text = Array.from(rules.icase ? name.toLowerCase() : name)
  const guarded = (i: number): boolean => rules.period === true && text[i] === '.' && (i === 0 || (rules.pathname === true && text[i - 1] === '/'))
  let t = 0
  let i = 0
  let star = -1
  let mark = 0
  while (i < text.length || t < tokens.length) {
    const token = tokens[t]
    const c = text[i]
    if (token?.kind === 'star' && !guarded(i)) {
      star = t++
      mark = i
      continue
    }
    if (token?.kind === 'one' && c !== undefined && token.test(c) && (token.literal || (!(rules.pathname && c === '/') && !guarded(i)))) {
      t++
      i++
      continue
    }
    // The last star takes one character more.
    if (star < 0 || mark >= text.length || (rules.pathname && text[mark] === '/')) return false
    mark++
    i = mark
    t = star + 1
  }
  return true
}

function tokensOf(pattern: string): Token[] {
  const tokens: Token[] = []
  const exactly = (wanted: string): Token => ({ kind: 'one', test: (c) => c === wanted, literal: true })
  const characters = Array.from(pattern)
  for (let i = 0; i < characters.length; i++) {
    const c = characters[i] ?? ''
    if (c === '*') tokens.push({ kind: 'star' })
    else if (c === '?') tokens.push({ kind: 'one', test: () => true, literal: false })
    else if (c === '\\' && i + 1 < characters.length) tokens.push(exactly(characters[++i] ?? ''))
    else if (c === '[') {
      const set = bracket(characters, i)
      if (set) {
        tokens.push({ kind: 'one', test: set.test, literal: false })
        i = set.end
      } else tokens.push(exactly(c))
    } else tokens.push(exactly(c))
  }
  return tokens
}

function bracket(characters: readonly string[], start: number): { test: (c: string) => boolean; end: number } | null {
  let i = start + 1
  const negated = characters[i] === '!' || characters[i] === '^'
  if (negated) i++
  const ranges: [number, number][] = []
  const classes: ((code: number) => boolean)[] = []
  for (let first = true; i < characters.length; i++, first = false) {
    let c = characters[i] ?? ''
    if (c === ']' && !first) return { test: (x) => inSet(x.codePointAt(0) ?? 0, ranges, classes) !== negated, end: i }
    if (c === '[' && characters[i + 1] === ':') {
      const end = characters.indexOf(']', i + 2)
      if (end > 0 && characters[end - 1] === ':') {
        try {
          classes.push(className(characters.slice(i + 2, end - 1).join('')))
        } catch {
          // An unknown class matches nothing.
        }
        i = end
        continue
      }
    }
    if (c === '\\' && i + 1 < characters.length) c = characters[++i] ?? ''
    const low = c.codePointAt(0) ?? 0
    if (characters[i + 1] === '-' && characters[i + 2] !== undefined && characters[i + 2] !== ']') {
      ranges.push([low, characters[i + 2]?.codePointAt(0) ?? 0])
      i += 2
    } else ranges.push([low, low])
  }
  return null
}

const inSet = (code: number, ranges: readonly [number, number][], classes: readonly ((code: number) => boolean)[]): boolean =>
  ranges.some(([low, high]) => code >= low && code <= high) || classes.some((test) => test(code))
