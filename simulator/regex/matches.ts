/** The matches of an expression in a text, one after the other, as sed's `s///g` and awk's gsub find them: an empty one does not stand right behind another. */
import type { Match, Regex } from './index'

export function* matchesIn(text: string, regex: Regex): Generator<Match> {
  let lastEnd = -1
  for (let from = 0; from <= text.length; ) {
    const match = regex.exec(text, from)
    const whole = match?.[0]
    if (!match || !whole) return
    const [start, end] = whole
    if (start === end && start === lastEnd) {
      from = start + 1
      continue
    }
    yield match
    lastEnd = end
    from = end === start ? end + 1 : end
  }
}
