import { describe, expect, test } from 'vitest'
import { compile, RegexError } from '.'

const CASES: [pattern: string, syntax: 'bre' | 'ere', text: string, found: string[] | null][] = [
  ['a|ab', 'ere', 'xab', ['ab']],
  ['(a|ab)(c|bcd)(d*)', 'ere', 'abcd', ['abcd', 'a', 'bcd', '']],
  ['a*(ab)?', 'ere', 'aab', ['aab', 'ab']],
  ['\\(.\\)\\1', 'bre', 'abccd', ['cc', 'c']],
  ['^*a', 'bre', '*a', ['*a']],
  ['x\\{2,3\\}', 'bre', 'xxxx', ['xxx']],
  ['[[:digit:]]+', 'ere', 'ab123', ['123']],
  ['[]a]+', 'ere', 'x]a]', [']a]']],
  ['\\<b', 'bre', 'ab b', ['b']],
  ['a{', 'ere', 'a{', ['a{']],
  ['(a*)*', 'ere', 'aa', ['aa', 'aa']],
  ['(a*)+b', 'ere', 'a'.repeat(200), null],
  ['é.', 'ere', 'xéy', ['éy']],
]

describe('regular expressions are leftmost-longest', () => {
  test.each(CASES)('%s (%s) in %s', (pattern, syntax, text, found) => {
    const match = compile(pattern, { syntax }).exec(text)
    expect(match?.map(([low, high]) => text.slice(low, high)) ?? null).toEqual(found)
  })
  test('case folds, newlines divide', () => {
    expect(compile('ABC', { syntax: 'bre', icase: true }).exec('xabc')?.[0]).toEqual([1, 4])
    expect(compile('^b$', { syntax: 'bre', newline: true }).exec('a\nb\nc')?.[0]).toEqual([2, 3])
  })
  test.each([['(', 'Unmatched ( or \\('], ['[a', 'Unmatched [, [^, [:, [., or [='], ['a\\', 'Trailing backslash']])('%s is refused', (pattern, message) => {
    expect(() => compile(pattern, { syntax: 'ere' })).toThrow(new RegexError(message))
  })
})
