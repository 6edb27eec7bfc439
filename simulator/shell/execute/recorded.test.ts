/** What `set -x` of bash and dash shows, beside the real shells of Debian 12. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { differencesFrom } from '../../testing/recorded'

test('traces as the real shells do', () => {
  expect(differencesFrom(readFileSync(new URL('recorded.jsonl', import.meta.url), 'utf8'))).toBe('')
})
