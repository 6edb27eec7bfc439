/** regcomp(3) with REG_EXTENDED, as pgrep and killall call it: stricter than grep -E about what nothing can repeat. */
import { compile, type Regex, RegexError } from '../../regex'

export function regcomp(pattern: string, letters: 'exact' | 'any-case'): Regex {
  // A bracket that ends the pattern is told from one that is never closed.
  if (/(^|[^\\][(|]|^[(|])[*+?{]/.test(pattern)) throw new RegexError('Invalid preceding regular expression')
  return compile(pattern, { syntax: 'ere', icase: letters === 'any-case' })
}
