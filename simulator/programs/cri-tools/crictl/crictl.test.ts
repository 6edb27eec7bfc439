/** What the real crictl 1.26.0 (built from its sources) printed on a node with containerd 1.6.20: help texts, and mistakes of every kind. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { Session } from '../../../machine/session'
import { loadWritten } from '../../../scenarios/written/load'
import { parseScenario } from '../../../scenarios/written/schema'
import { PROGRAMS } from '../../registry'

interface Recorded {
  readonly cmd: string
  readonly stdout: string
  readonly stderr: string
  readonly code: number
}

const recorded = readFileSync(new URL('recorded.jsonl', import.meta.url), 'utf8').split('\n').filter(Boolean).map((line): Recorded => JSON.parse(line))
const read = (path: string): string => readFileSync(new URL(`../../../../content/${path}`, import.meta.url), 'utf8')
const hostNow = (): number => performance.now()

/** The time and the pid of log lines were taken out of the recording. */
const timeless = (text: string): string => text.replace(/time="[^"]*"/g, 'time="T"').replace(/^([EWI])\d{4} [\d:.]+ +\d+ /gm, '$1 ')

test('help texts and mistakes', async () => {
  const machine = loadWritten(parseScenario(read('scenarios/notes.yaml'), 'notes.yaml'), {
    distribution: JSON.parse(read('nodes/debian-12.json')), hostNow, programs: PROGRAMS, load: () => Promise.reject(new Error('none')),
  })
  const session = new Session(machine, { host: 'node01', hostNow })
  const wrong: string[] = []
  for (const { cmd, stdout, stderr, code } of recorded) {
    const got = await session.run({ cmd })
    if (timeless(got.stdout) !== stdout || timeless(got.stderr) !== stderr || got.code !== code) {
      wrong.push(`${cmd}\n- ${JSON.stringify(stdout + stderr)} ${code}\n+ ${JSON.stringify(timeless(got.stdout) + timeless(got.stderr))} ${got.code}`)
    }
  }
  expect(wrong.join('\n')).toBe('')
})
