/** The text that `s` makes of a line (sed.info, "The s Command"). */
import type { Regex } from '../../../regex'
import { expanded } from './replacement'
import type { Substitution } from './syntax'

/** Null: the pattern is not there often enough. */
export function replaced(text: string, regex: Regex, s: Substitution): string | null {
  let out = ''
  let at = 0
  let count = 0
  let changed = false
  let lastEnd = -1
  for (let from = 0; from <= text.length; ) {
    const match = regex.exec(text, from)
    const whole = match?.[0]
    if (!match || !whole) break
    const [start, end] = whole
    if (start === end && start === lastEnd) {
      from = start + 1
      continue
    }
    count++
    if (count >= s.nth) {
      out += text.slice(at, start) + expanded(s.parts, text, match)
      at = end
      changed = true
      if (!s.global) break
    }
    lastEnd = end
    from = end === start ? end + 1 : end
  }
  return changed ? out + text.slice(at) : null
}
