/** The text that `s` makes of a line (sed.info, "The s Command"). */
import type { Regex } from '../../../regex'
import { matchesIn } from '../../../regex/matches'
import { expanded } from './replacement'
import type { Substitution } from './syntax'

/** Null: the pattern is not there often enough. */
export function replaced(text: string, regex: Regex, s: Substitution): string | null {
  let out = ''
  let at = 0
  let seen = 0
  for (const match of matchesIn(text, regex)) {
    if (++seen < s.nth) continue
    const [start, end] = match[0] ?? [0, 0]
    out += text.slice(at, start) + expanded(s.parts, text, match)
    at = end
    if (!s.global) break
  }
  return seen >= s.nth ? out + text.slice(at) : null
}
