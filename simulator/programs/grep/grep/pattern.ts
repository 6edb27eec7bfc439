/** The four kinds of patterns of grep(1) behind one question: where is the next match at or after `from`? */
import { compile, type Regex, RegexError } from '../../../regex'

import { translate } from './perl'

export type Find = (text: string, from: number) => [start: number, end: number] | null

const word = (c: string | undefined): boolean => c !== undefined && /[\p{L}\p{N}_]/u.test(c)

export function finder(patterns: readonly string[], kind: 'G' | 'E' | 'F' | 'P', rules: { icase: boolean; whole: 'line' | 'word' | 'any' }): Find {
  const all = patterns.map((p) => single(p, kind, rules.icase))
  const best: Find = (text, from) => {
    let found: [number, number] | null = null
    for (const find of all) {
      const m = find(text, from)
      if (m && (!found || m[0] < found[0] || (m[0] === found[0] && m[1] > found[1]))) found = m
    }
    return found
  }
  if (rules.whole === 'any') return all.length === 1 ? (all[0] ?? best) : best
  if (rules.whole === 'line') {
    const exact = patterns.map((p) => single(kind === 'F' ? p : kind === 'G' ? `^\\(${p}\\)$` : kind === 'P' ? `^(?:${p})$` : `^(${p})$`, kind, rules.icase))
    return (text, from) => {
      if (from > 0) return null
      for (const find of exact) {
        const m = find(text, 0)
        if (m && m[0] === 0 && m[1] === text.length) return m
      }
      return null
    }
  }
  return (text, from) => {
    for (let at = from; at <= text.length; ) {
      const m = best(text, at)
      if (!m) return null
      let end = m[1]
      // A shorter match that ends at a word's edge will do.
      while (end >= m[0]) {
        if (!word(text[m[0] - 1]) && !word(text[end])) return [m[0], end]
        const shorter = end > m[0] ? best(text.slice(0, end - 1), m[0]) : null
        if (!shorter || shorter[0] !== m[0]) break
        end = shorter[1]
      }
      at = m[0] + 1
    }
    return null
  }
}

function single(pattern: string, kind: 'G' | 'E' | 'F' | 'P', icase: boolean): Find {
  if (kind === 'F') {
    const wanted = icase ? pattern.toLowerCase() : pattern
    return (text, from) => {
      const at = (icase ? text.toLowerCase() : text).indexOf(wanted, from)
      return at < 0 ? null : [at, at + wanted.length]
    }
  }
  if (kind === 'P') {
    const translated = translate(pattern, icase)
    const regex = new RegExp(translated.source, `g${translated.flags}`)
    const lead = translated.lead === undefined ? null : new RegExp(translated.lead, `y${translated.flags}`)
    return (text, from) => {
      regex.lastIndex = from
      const m = regex.exec(text)
      if (!m) return null
      let start = m.index
      if (lead) {
        lead.lastIndex = start
        start += lead.exec(text)?.[0].length ?? 0
      }
      return [start, m.index + m[0].length]
    }
  }
  const regex: Regex = compile(pattern, { syntax: kind === 'E' ? 'ere' : 'bre', icase })
  return (text, from) => regex.exec(text, from)?.[0] ?? null
}

/** What GNU grep says of a pattern before it is compiled; the pattern without what it passes over. */
export function checked(pattern: string, kind: 'G' | 'E', warn: (message: string) => void): string {
  const named = /(?<!\[)\[:([a-z]+):\](?!\])/.exec(pattern.replace(/\\./g, '__'))
  if (named && !/\[[^\]]*\[:/.test(pattern.slice(0, named.index + 2))) throw new RegexError('character class syntax is [[:space:]], not [:space:]')
  if (kind === 'G') return pattern
  return pattern.replace(/(^|(?<!\\)[(|])([*+?]|\{\d+(?:,\d*)?\})/g, (_, before: string, operator: string) => {
    warn(`${operator.startsWith('{') ? '{...}' : operator} at start of expression`)
    return before
  })
}

/** PCRE2's words for what JavaScript refuses. */
const PERL: readonly (readonly [RegExp, string])[] = [
  [/Unterminated group/, 'missing closing parenthesis'], [/Unterminated character class/, 'missing terminating ] for character class'], [/Nothing to repeat|Lone quantifier/, 'quantifier does not follow a repeatable item'],
  [/Unmatched '\)'/, 'unmatched closing parenthesis'], [/Invalid capture group name/, 'syntax error in subpattern name (missing terminator?)'], [/Invalid property name/, 'unknown property after \\P or \\p'],
  [/\\ at end of pattern/, '\\ at end of pattern'], [/Range out of order/, 'range out of order in character class'], [/numbers out of order/, 'numbers out of order in {} quantifier'],
  [/Invalid named reference|Invalid named capture referenced/, 'reference to non-existent subpattern'],
]

export const perlComplaint = (message: string): string => PERL.find(([form]) => form.test(message))?.[1] ?? message
