import { expect, test } from 'vitest'
import { commandCount, lastCommand, typedLines } from './log'
import type { Entry, Input } from './protocol'
import { fromFragment, LONGEST_LINK, readSession, toAsciicast, toFragment } from './share'

const keys = (text: string): Entry[] => [...text].map((key, i): Entry => [i, i * 1.5, ['i', 0, key] satisfies Input])
const recording = { build: 'b', cols: 80, rows: 24, entries: [...keys('ls\rpwd\r'), [9, 9, ['x', 'node01', 'true']] satisfies Entry] }

test('a session survives the way through a link, without the checks at its end', async () => {
  const fragment = await toFragment({ scenario: 'notes', lesson: 'a', section: 'b', recording })
  expect(fragment).toMatch(/^#session=[A-Za-z0-9_-]+$/)
  expect(await fromFragment(fragment)).toEqual({ scenario: 'notes', lesson: 'a', section: 'b', recording: { ...recording, entries: keys('ls\rpwd\r') } })
})

test('a link of before is still read', async () => {
  const old = { version: 1, scenario: 'notes', ...recording, entries: keys('ls\r') }
  const bytes = new Uint8Array(await new Response(new Blob([JSON.stringify(old)]).stream().pipeThrough(new CompressionStream('deflate-raw'))).arrayBuffer())
  expect((await fromFragment(`#session=${Buffer.from(bytes).toString('base64url')}`))?.recording.entries).toEqual(keys('ls\r'))
})

test('three hundred lines fit into a link, and each terminal keeps its keys and its moments', async () => {
  // As typed: a step or a few for each key, and times without any order in their last digits.
  let steps = 5000
  let ns = 1_074_023_699_951
  const entries = Array.from({ length: 300 * 18 }, (_, i): Entry => [(steps += 8), (ns += 9_000_000 + ((i * 7_919_317) % 3_000_017)), ['i', i % 500 === 3 ? 1 : 0, i % 18 === 17 ? '\r' : ('ps -ef | grep pause'[i % 18] ?? '')]])
  const session = { scenario: 'notes', recording: { ...recording, entries } }
  const fragment = await toFragment(session)
  expect(fragment.length).toBeLessThan(LONGEST_LINK)
  expect((await fromFragment(fragment))?.recording.entries).toEqual(entries)
})

test.each(['', '#session=', '#session=AAAA', '#else', '#session=%%%'])('%s is no session', async (fragment) => expect(await fromFragment(fragment)).toBeUndefined())

test('what does not fit the schema is refused', () => {
  expect(readSession({ version: 1, scenario: 'n', build: '', cols: 0, rows: 24, entries: [] })).toBeUndefined()
  expect(readSession({ version: 1, scenario: 'n', build: '', cols: 80, rows: 24, entries: [[0, 0, ['q', 1]]] })).toBeUndefined()
})

test('the last command begins after the line before it', () => {
  expect(lastCommand(recording.entries)).toBe(3)
  expect(lastCommand(keys('ls\r'))).toBe(0)
  expect(lastCommand([])).toBeNull()
  expect(commandCount(recording.entries)).toBe(2)
  expect(typedLines(keys('lx\x7fs\rpwd\r'))).toEqual(['ls', 'pwd'])
})

test('an asciicast begins with its head and counts in seconds', () => {
  const cast = toAsciicast([{ terminal: 0, at: 1000, text: 'a' }, { terminal: 1, at: 1200, text: 'no' }, { terminal: 0, at: 2000, text: '', size: [100, 30] }, { terminal: 0, at: 2500, text: 'b' }], { terminal: 0, cols: 80, rows: 24, title: 't' })
  const [head = '', ...events] = cast.trim().split('\n')
  expect(JSON.parse(head)).toMatchObject({ version: 2, width: 80, height: 24 })
  expect(events.map((e) => JSON.parse(e))).toEqual([[0, 'o', 'a'], [1, 'r', '100x30'], [1.5, 'o', 'b']])
})
