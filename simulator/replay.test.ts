/** Same input at the same moments, same bytes: a session is replayed from its log, also one that was typed while something ran. */
import { PROGRAMS } from './programs/registry'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { Lab, type Moment, parseScenario } from './index'

const scenario = parseScenario(readFileSync(new URL('../content/scenarios/notes.yaml', import.meta.url), 'utf8'), 'notes.yaml')
const distribution = JSON.parse(readFileSync(new URL('../content/nodes/debian-12.json', import.meta.url), 'utf8'))

function open(): { lab: Lab; shown: () => string; type: (text: string) => void } {
  const lab = Lab.of(scenario, { programs: PROGRAMS, now: () => performance.now(), load: () => Promise.reject(new Error('no assets')), distribution })
  let text = ''
  const terminal = lab.open({ cols: 80, rows: 24, output: (bytes) => (text += new TextDecoder().decode(bytes)) })
  return { lab, shown: () => text, type: (keys) => terminal.input(new TextEncoder().encode(keys)) }
}

const KEYS = ['sleep 1; ', 'ps -ef | tail -3\r', 'echo $RANDOM; date +%N\r', 'while true; do :; done\r', '\x03', 'ls /proc | wc -l\r']

test('a session that was typed at odd moments comes out the same', () => {
  // What a first machine of this realm builds (images) is kept for the next; a page's worker always begins anew.
  open().lab.run({ budget: 1000, until: Infinity })
  const live = open()
  const log: { moment: Moment; keys: string }[] = []
  const startAt = live.lab.now() + 5000
  while (live.lab.now() < startAt) live.lab.run({ budget: 20, until: startAt })
  for (const keys of KEYS) {
    log.push({ moment: live.lab.moment, keys })
    live.type(keys)
    // Slices of host time: how far the machine gets between two keys is not in our hands.
    for (let i = 0; i < 6; i++) live.lab.run({ budget: 3, until: live.lab.now() + 70 })
  }
  const end = live.lab.moment
  const again = open()
  for (const { moment, keys } of log) {
    while (again.lab.runTo(moment, 20) === 'busy');
    expect(again.lab.moment).toEqual(moment)
    again.type(keys)
  }
  while (again.lab.runTo(end, 20) === 'busy');
  expect(again.shown()).toBe(live.shown())
  expect(live.shown()).toContain('node01 $')
})
