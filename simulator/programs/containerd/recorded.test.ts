import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { differencesIn } from '../../testing/recorded'
import { machineOf, sessionOn } from '../../testing/scenario'

test.each([['recorded-1.6.jsonl', 'notes'], ['recorded-1.7.jsonl', 'lts'], ['recorded-2.jsonl', 'modern']])('%s', async (file, scenario) => {
  expect(await differencesIn(sessionOn(machineOf(scenario), 'node01'), readFileSync(new URL(file, import.meta.url), 'utf8'))).toBe('')
})
