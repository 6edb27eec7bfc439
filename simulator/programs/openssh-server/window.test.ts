/** Over ssh too, ^C amid a flood is followed by its prompt: little of what was printed is on its way. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { Lab, parseScenario } from '../../index'
import { PROGRAMS } from '../registry'

const scenario = parseScenario(readFileSync(new URL('../../../content/scenarios/notes.yaml', import.meta.url), 'utf8'), 'notes.yaml')
const distribution = JSON.parse(readFileSync(new URL('../../../content/nodes/debian-12.json', import.meta.url), 'utf8'))
/** Two hops, the channel of each, and a block that each side holds. */
const MOST = 400_000

test.each(['base64 /dev/urandom', 'base64 -w0 /dev/urandom', 'yes'])('^C ends %s within what two hops hold', (command) => {
  const lab = Lab.of(scenario, { programs: PROGRAMS, now: () => performance.now(), load: () => Promise.reject(new Error('no assets')), distribution })
  let printed = 0
  let tail = ''
  const terminal = lab.open({
    cols: 80,
    rows: 24,
    output: (bytes) => {
      printed += bytes.length
      tail = (tail + new TextDecoder().decode(bytes.subarray(-200))).slice(-200)
    },
  })
  const type = (keys: string): void => terminal.input(new TextEncoder().encode(keys))
  const run = (ms: number): void => {
    const end = lab.now() + ms
    while (lab.now() < end) lab.run({ budget: 20, until: end })
  }
  run(5000)
  type('ssh controlplane\r')
  run(2000)
  type(`${command}\r`)
  run(1500)
  expect(printed).toBeGreaterThan(1_000_000)
  const before = printed
  type('\x03')
  run(3000)
  expect(tail).toMatch(/\^C\r\n.*controlplane \$ $/s)
  expect(printed - before).toBeLessThan(MOST)
})
