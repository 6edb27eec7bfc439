/** Programs that fill the screen draw it anew, unasked, when the window takes another size (SIGWINCH): their last row is then the window's. */
import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { Lab, parseScenario } from '../../index'
import { PROGRAMS } from '../registry'

const scenario = parseScenario(readFileSync(new URL('../../../content/scenarios/notes.yaml', import.meta.url), 'utf8'), 'notes.yaml')
const distribution = JSON.parse(readFileSync(new URL('../../../content/nodes/debian-12.json', import.meta.url), 'utf8'))

let printed = ''
let type: (keys: string) => void
let resize: (cols: number, rows: number) => void

beforeAll(() => {
  const lab = Lab.of(scenario, { programs: PROGRAMS, now: () => performance.now(), load: () => Promise.reject(new Error('no assets')), distribution })
  const terminal = lab.open({ cols: 80, rows: 24, output: (bytes) => (printed += new TextDecoder().decode(bytes)) })
  const run = (ms: number): void => {
    printed = ''
    const end = lab.now() + ms
    while (lab.now() < end) lab.run({ budget: 20, until: end })
  }
  type = (keys) => {
    terminal.input(new TextEncoder().encode(keys))
    run(1000)
  }
  resize = (cols, rows) => {
    terminal.resize(cols, rows)
    run(1000)
  }
  run(5000)
  type('seq 100 > /tmp/numbers\r')
})

const rowsDrawn = (): number => printed.split('\n').length

test('less', () => {
  type('less /tmp/numbers\r')
  resize(60, 10)
  expect(rowsDrawn()).toBe(10)
  type('G')
  expect(printed).toContain('\n100\x1b[K')
  resize(60, 20)
  expect(printed).toMatch(/^\x1b\[H82\x1b\[K/)
  type('q')
  expect(printed).toMatch(/\$ $/)
})

test('vi, which takes no key for it', () => {
  type('vi /tmp/numbers\r')
  type('i')
  resize(70, 12)
  expect(rowsDrawn()).toBe(12)
  expect(printed).toContain('INSERT')
  expect(printed).not.toContain('resized')
  type('\x1b')
  type(':q!\r')
  expect(printed).toMatch(/\$ $/)
})

test('top, at once and in its whole width', () => {
  type('top -d 100\r')
  resize(40, 9)
  expect(rowsDrawn()).toBe(9)
  expect(printed).not.toContain('COMMAND')
  resize(100, 15)
  expect(rowsDrawn()).toBe(15)
  expect(printed).toContain('COMMAND')
  type('q')
  expect(printed).toMatch(/\$ $/)
})

test('a file that cannot be read is said by less, which goes on', () => {
  type('less /etc/services\r')
  expect(printed).toContain('read error')
  type('q')
  expect(printed).toMatch(/\$ $/)
})
