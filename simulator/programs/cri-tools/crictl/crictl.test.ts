/** What the real crictl 1.26.0 (built from its sources) printed on a node with containerd 1.6.20: help texts, and mistakes of every kind. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { differencesIn } from '../../../testing/recorded'
import { machineOf, sessionOn } from '../../../testing/scenario'

test('help texts and mistakes', async () => {
  expect(await differencesIn(sessionOn(machineOf('notes'), 'node01'), readFileSync(new URL('recorded.jsonl', import.meta.url), 'utf8'))).toBe('')
})
