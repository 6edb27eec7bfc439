/** bash(1), HISTORY EXPANSION; whole sessions are compared with the real shell in scripts/conformance/keys.mjs. */
import { expect, test } from 'vitest'
import { expandHistory, newExpansionMemory, openQuote } from './expand'

const past = { lines: ['echo a b c', 'ls x/y.z', 'echo one two'], base: 1 }

test.each([
  ['!!', 'echo one two'], ['x !$', 'x two'], ['!1', 'echo a b c'], ['!-2', 'ls x/y.z'], ['!ls', 'ls x/y.z'], ['!?b c?', 'echo a b c'], ['^one^1', 'echo 1 two'],
  ['x !!:0-1', 'x echo one'], ['x !*', 'x one two'], ['x !1:2*', 'x b c'], ['!ls:$:h', 'x'], ['!-2:$:t:r', 'y'], ['!!:gs/o/0/', 'ech0 0ne tw0'], ['"!!"', '"echo one two"'],
  ['x !#', 'x x '],
])('%s', (line, text) => {
  expect(expandHistory(line, past, newExpansionMemory())).toEqual({ kind: 'changed', text })
})

test.each(["'!!'", 'a!', 'x\\!y', '${!x}', '$!', '[!a]', '! true', 'a != b', '"hi!"', 'true # !!'])('%s stays', (line) => {
  expect(expandHistory(line, past, newExpansionMemory()).kind).toBe('same')
})

test.each([['!nope', '!nope: event not found'], ['!!:9', ':9: bad word specifier'], ['!!:s/q/r/', ':s/q/r/: substitution failed']])('%s is an error', (line, message) => {
  expect(expandHistory(line, past, newExpansionMemory())).toEqual({ kind: 'error', message })
})

test(':p prints', () => {
  expect(expandHistory('!1:p', past, newExpansionMemory())).toEqual({ kind: 'print', text: 'echo a b c' })
})

test('a quote that an earlier line has opened protects', () => {
  expect(expandHistory('!!', past, newExpansionMemory(), openQuote("echo 'a")).kind).toBe('same')
})
