/**
 * Shell patterns (bash(1), "Pattern Matching", with extglob) as regular expressions. In a pattern's text a backslash quotes
 * the next character; expansion puts one before each character that was quoted.
 */
const cache = new Map<string, RegExp>()
const CACHE_LIMIT = 2000
export type PatternFlag = 'nocase' | 'period' | 'path'

export const hasPattern = (text: string): boolean => /[*?[]|[@+!]\(/.test(text)
export const quotePattern = (text: string): string => text.replace(/[\\*?[\]()|@+!^-]/g, '\\$&')
/** A pattern's text when it can match only that. */
export const unquotePattern = (pattern: string): string => pattern.replace(/\\([\s\S])/g, '$1')

/** True when the whole of `text` matches. */
export const matches = (pattern: string, text: string, ...flags: PatternFlag[]): boolean => {
  if (!/[*?[\\(]/.test(pattern) && flags.length === 0) return pattern === text
  return toRegExp(pattern, flags).test(text)
}

export function toRegExp(pattern: string, flags: readonly PatternFlag[] = []): RegExp {
  const key = `${flags.join()}:${pattern}`
  const known = cache.get(key)
  if (known) return known
  let regex: RegExp
  try {
    regex = new RegExp(`^(?:${translate(pattern, flags.includes('period'), flags.includes('nocase') ? inEitherCase : escapeRegex)})$`, 'su')
  } catch {
    regex = /^[^\s\S]$/
  }
  if (cache.size >= CACHE_LIMIT) cache.clear()
  cache.set(key, regex)
  return regex
}

const CLASSES: Readonly<Record<string, string>> = {
  alpha: '\\p{L}', digit: '0-9', alnum: '\\p{L}\\p{N}', upper: '\\p{Lu}', lower: '\\p{Ll}', space: '\\s', blank: ' \\t',
  punct: '!-\\/:-@\\[-`\\{-~', cntrl: '\\x00-\\x1f\\x7f', xdigit: '0-9A-Fa-f', print: '\\x20-\\x7e\\u{a0}-\\u{10ffff}',
  graph: '\\x21-\\x7e\\u{a1}-\\u{10ffff}', word: '\\w',
}

const escapeRegex = (c: string): string => c.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')

/** A letter in either case. A class by name still tells them apart, so this is not the regular expression's own flag. */
function inEitherCase(c: string): string {
  const low = c.toLowerCase()
  const high = c.toUpperCase()
  return low === high || [...high].length > 1 || [...low].length > 1 ? escapeRegex(c) : `[${low}${high}]`
}

type Literal = (c: string) => string

function translate(p: string, period: boolean, literal: Literal): string {
  let out = ''
  for (let i = 0; i < p.length; ) {
    const c = p[i] as string
    const start = i === 0 && period ? '(?!\\.)' : ''
    if ('?*+@!'.includes(c) && p[i + 1] === '(') {
      const end = groupEnd(p, i + 2)
      if (end >= 0) {
        const items = splitBars(p.slice(i + 2, end)).map((item) => translate(item, false, literal))
        const group = `(?:${items.join('|')})`
        if (c === '!') {
          const rest = translate(p.slice(end + 1), false, literal)
          return `${out}${start}(?!${group}${rest}$).*${rest}`
        }
        out += start + (c === '@' ? group : group + c)
        i = end + 1
        continue
      }
    }
    if (c === '*') {
      out += `${start}.*`
      i++
      while (p[i] === '*' && p[i + 1] !== '(') i++
    } else if (c === '?') {
      out += `${start}.`
      i++
    } else if (c === '[') {
      const set = bracket(p, i, literal)
      if (set) {
        out += start + set.text
        i = set.end
      } else {
        out += '\\['
        i++
      }
    } else if (c === '\\' && i + 1 < p.length) {
      const wide = String.fromCodePoint(p.codePointAt(i + 1) as number)
      out += literal(wide)
      i += 1 + wide.length
    } else {
      const wide = String.fromCodePoint(p.codePointAt(i) as number)
      out += literal(wide)
      i += wide.length
    }
  }
  return out
}

function groupEnd(p: string, at: number): number {
  let depth = 1
  for (let i = at; i < p.length; i++) {
    if (p[i] === '\\') i++
    else if (p[i] === '(') depth++
    else if (p[i] === ')' && --depth === 0) return i
  }
  return -1
}

function splitBars(text: string): string[] {
  const items: string[] = []
  let depth = 0
  let from = 0
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === '(') depth++
    else if (text[i] === ')') depth--
    else if (text[i] === '|' && depth === 0) {
      items.push(text.slice(from, i))
      from = i + 1
    }
  }
  items.push(text.slice(from))
  return items
}

function bracket(p: string, at: number, literal: Literal): { text: string; end: number } | undefined {
  let i = at + 1
  const negated = p[i] === '!' || p[i] === '^'
  if (negated) i++
  let body = ''
  for (let first = true; ; first = false) {
    if (i >= p.length) return undefined
    if (p[i] === ']' && !first) break
    if (p[i] === '[' && p[i + 1] === ':') {
      const end = p.indexOf(':]', i + 2)
      const set = end < 0 ? undefined : CLASSES[p.slice(i + 2, end)]
      if (set !== undefined) {
        body += set
        i = end + 2
        continue
      }
    }
    const low = bracketChar(p, i)
    i = low.end
    if (p[i] === '-' && p[i + 1] !== ']' && i + 1 < p.length) {
      const high = bracketChar(p, i + 1)
      i = high.end
      body += cases(low.char, high.char, literal).map(([a, b]) => (a <= b ? `${inSet(a)}-${inSet(b)}` : '')).join('')
    } else body += cases(low.char, low.char, literal).map(([c]) => inSet(c)).join('')
  }
  if (body === '') return { text: negated ? '.' : '(?!)', end: i + 1 }
  return { text: `[${negated ? '^' : ''}${body}]`, end: i + 1 }
}

/** A range as it is, or in small letters and in capitals. */
const cases = (low: string, high: string, literal: Literal): (readonly [string, string])[] => (literal === inEitherCase ? [[low.toLowerCase(), high.toLowerCase()], [low.toUpperCase(), high.toUpperCase()]] : [[low, high]])

function bracketChar(p: string, at: number): { char: string; end: number } {
  const i = p[at] === '\\' && at + 1 < p.length ? at + 1 : at
  const char = String.fromCodePoint(p.codePointAt(i) as number)
  return { char, end: i + char.length }
}

const inSet = (c: string): string => (/^[\x00-\x7f]$/.test(c) && !/\w/.test(c) ? `\\u{${c.charCodeAt(0).toString(16)}}` : c)
