/** regcomp(3) with REG_EXTENDED, as pgrep and killall call it: stricter than grep -E about what nothing can repeat. */
import { compile, type Regex } from '../../regex'

export const regcomp = (pattern: string, letters: 'exact' | 'any-case'): Regex => compile(pattern, { syntax: 'ere', operators: 'posix', icase: letters === 'any-case' })
