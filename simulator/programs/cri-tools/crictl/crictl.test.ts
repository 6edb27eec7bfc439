/** What the real crictl (built from its tags) printed: help texts, and mistakes of every kind. 1.26.0 on a node with containerd 1.6.20, 1.29.0 with 1.7.28. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { differencesIn } from '../../../testing/recorded'
import { machineOf, sessionOn } from '../../../testing/scenario'

test.each([['notes', 'recorded.jsonl'], ['lts', 'recorded-1.29.jsonl']])('help texts and mistakes on %s', async (scenario, file) => {
  expect(await differencesIn(sessionOn(machineOf(scenario), 'node01'), readFileSync(new URL(file, import.meta.url), 'utf8'))).toBe('')
})
