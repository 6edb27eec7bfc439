/** What readline 8.2 writes to an xterm, watched in a terminal of Debian 12's bash. */
import { describe, expect, test } from 'vitest'
import { bootTestNode } from '../../testing/node'
import { joinLines } from './joining'
import { Screen } from './screen'
import { capabilitiesOf } from './terminal'

const PROMPT = 'node01 $ '

/** The bytes that turn one text and cursor into another. */
function change(from: [text: string, point: number], to: [text: string, point: number]): string {
  const node = bootTestNode()
  node.file('/etc/terminfo/README', '')
  let out = ''
  node.main(function* (sys) {
    const screen = new Screen(capabilitiesOf(sys, 'xterm-256color'), { cols: 160, rows: 40 })
    screen.redraw({ prompt: PROMPT, text: from[0], point: from[1] })
    out = screen.show({ prompt: PROMPT, text: to[0], point: to[1] })
    return 0
  })
  return out
}

describe('redisplay', () => {
  const cases: [from: [string, number], to: [string, number], bytes: string][] = [
    [['echo a b c', 10], ['echo a b c', 0], '\b'.repeat(10)],
    [['echo foo bar', 12], ['echo foo bar', 0], `\r${'\x1b[C'.repeat(9)}`],
    [['echo foo bar', 0], ['abcecho foo bar', 3], '\x1b[3@abc'],
    [['abcecho foo bar', 5], ['abceco foo bar', 5], '\x1b[1P'],
    [['abceco foo bar', 11], ['abceco foo XYZbar', 14], 'XYZbar\b\b\b'],
    [['echo abc', 8], ['echo ab', 7], '\b\x1b[K'],
  ]
  test.each(cases)('%j becomes %j', (from, to, bytes) => {
    expect(change(from, to)).toBe(bytes)
  })
})

test.each([
  [['for i in 1 2; do', 'echo $i', 'done'], 'for i in 1 2; do echo $i; done'],
  [["echo 'a", "b'"], "echo 'a\nb'"],
  [['if true', 'then echo a', 'fi'], 'if true; then echo a; fi'],
])('%j is one line of history', (lines, joined) => {
  expect(joinLines(lines)).toBe(joined)
})
