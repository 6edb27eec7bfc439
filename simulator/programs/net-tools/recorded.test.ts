import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { differencesFrom } from '../../testing/recorded'

test('answers as the real programs do', () => {
  expect(differencesFrom(readFileSync(new URL('recorded.jsonl', import.meta.url), 'utf8'))).toBe('')
})
