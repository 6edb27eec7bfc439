/** The scenario of the notes boots by the real path and keeps what it pins. */
import { PROGRAMS } from '../../programs/registry'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { Session } from '../../machine/session'
import { loadWritten } from './load'
import { parseScenario } from './schema'

const read = (path: string): string => readFileSync(new URL(`../../../content/${path}`, import.meta.url), 'utf8')
const scenario = parseScenario(read('scenarios/notes.yaml'), 'notes.yaml')
const distribution = JSON.parse(read('nodes/debian-12.json'))
const hostNow = (): number => performance.now()
const boot = () => loadWritten(scenario, { distribution, hostNow, programs: PROGRAMS, load: () => Promise.reject(new Error('none')) })

test('nine pods run, no program failed', async () => {
  const machine = boot()
  expect(machine.oopses()).toEqual([])
  const session = new Session(machine, { host: 'node01', hostNow })
  const { stdout } = await session.run({ cmd: 'crictl pods -q --state ready' })
  expect(stdout.trim().split('\n').sort()).toEqual((scenario.pins ?? []).flatMap((p) => p.id ?? []).sort())
})

test('the pod of the notes gets its ids and pids, a second one of its name does not', async () => {
  const machine = boot()
  const session = new Session(machine, { host: 'controlplane', hostNow })
  const on = async (host: string, cmd: string, after = 0): Promise<string> => {
    const { stdout, stderr } = await session.run({ host, cmd, t: machine.now() / 1000 + after })
    return `${stdout}${stderr}`.trim()
  }
  await on('controlplane', 'kubectl apply -f 00-multiple-container-in-one-pod.yaml')
  expect(await on('node01', 'pgrep -P 11982 pause; echo $$', 3)).toBe('12012\n13185')
  expect((await on('node01', 'crictl ps -q --no-trunc --label io.kubernetes.pod.name=adil-blog')).split('\n')).toEqual([
    'a3e5642359b3ee34a37aceee282b853ed25fc966f422a1afe89ffa60a66494b5', '8ffa2f39c9c37adf81e8bddeaa3e2e7d60889017dfcf3154f92288d55df15505',
  ])
  await on('node01', 'kill -9 12012')
  expect(await on('controlplane', 'kubectl get pod adil-blog | tail -1', 40)).toMatch(/^adil-blog +2\/2 +Running +2 /)
  const pods = await on('node01', 'crictl pods --name adil-blog')
  expect(pods.split('\n').slice(1).map((l) => [l.includes(' Ready '), /\s([01])\s+\(default\)/.exec(l)?.[1]])).toEqual([[true, '1'], [false, '0']])
  expect(machine.oopses()).toEqual([])
})

test('a boot takes few steps: who waits is woken by what concerns it', () => {
  const { steps } = boot().moment
  expect(steps).toBeLessThan(6000)
})
