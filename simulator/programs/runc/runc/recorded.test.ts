/** What the real runc 1.3.3 (built from its tag) printed: help texts, and mistakes of every kind, on a node without a container of its own. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { differencesIn } from '../../../testing/recorded'
import { machineOf, sessionOn } from '../../../testing/scenario'

test('help texts and mistakes', async () => {
  expect(await differencesIn(sessionOn(machineOf('modern'), 'node01'), readFileSync(new URL('recorded-1.3.jsonl', import.meta.url), 'utf8'))).toBe('')
})
