import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { differencesFrom } from '../../../testing/recorded'

test('devices tell of themselves as on Linux 6.18', () => {
  expect(differencesFrom(readFileSync(new URL('recorded.jsonl', import.meta.url), 'utf8'))).toBe('')
})
