import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { differencesFrom } from '../testing/recorded'

test('an output that cannot be written is told as the real programs tell it', () => {
  expect(differencesFrom(readFileSync(new URL('closeout.jsonl', import.meta.url), 'utf8'))).toBe('')
})
