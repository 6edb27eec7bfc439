import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { differencesFrom } from '../../testing/recorded'

// Recorded where root had all capabilities but cap_sys_resource, which was then put in where it belongs.
test('answers as the real programs do', () => {
  expect(differencesFrom(readFileSync(new URL('recorded.jsonl', import.meta.url), 'utf8'))).toBe('')
})
