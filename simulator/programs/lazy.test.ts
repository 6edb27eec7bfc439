/** A host that loads programs as they are run sees the same machine as one that has them at hand: the same bytes, pids and times. */
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { Lab, type LabHost } from '../lab'
import { Session } from '../machine/session'
import { parseScenario } from '../scenarios/written/schema'
import { factsOf, lazyPrograms, programOfAsset } from './lazy'
import { PROGRAMS } from './registry'
import { RESIDENT } from './resident'

const read = (path: string): string => readFileSync(new URL(`../../content/${path}`, import.meta.url), 'utf8')
const scenario = parseScenario(read('scenarios/notes.yaml'), 'notes.yaml')
const host: Omit<LabHost, 'programs' | 'load'> = { now: () => performance.now(), distribution: JSON.parse(read('nodes/debian-12.json')) }

const COMMANDS = [
  'ls -la /root | sort | tail -2; cat /proc/$$/status | grep ctxt; echo $$ $!',
  'for i in 1 2 3; do (seq $i 50 | grep 7 | wc -l) & done; wait; ps -ef | tail -4',
  'ctr -n k8s.io c ls | grep -c pause; crictl pods -q | wc -l; date +%s.%N; ls -l /proc/self/ns | tail -2',
]

async function story(lab: Lab): Promise<unknown[]> {
  const session = new Session(lab.machine, { host: 'node01', hostNow: host.now })
  const told: unknown[] = []
  for (const cmd of COMMANDS) told.push(await session.run({ cmd }), lab.now(), lab.machine.node('node01').kernel.pidNamespace.lastPid)
  return told
}

test('a session played twice in one host is the same', { timeout: 60_000 }, async () => {
  const play = (): Promise<unknown[]> => story(Lab.of(scenario, { ...host, load: () => Promise.reject(new Error('no asset')), programs: PROGRAMS }))
  expect(await play()).toEqual(await play())
})

test('loading a program leaves no trace on the machine', { timeout: 60_000 }, async () => {
  const loaded: string[] = []
  const load = async (name: string): Promise<unknown> => {
    const id = programOfAsset(name)
    if (id === undefined) throw new Error(`no asset ${name}`)
    loaded.push(id)
    await new Promise((resolve) => setTimeout(resolve, 3))
    return PROGRAMS.get(id)
  }
  const eager = await story(Lab.of(scenario, { ...host, load, programs: PROGRAMS }))
  expect(loaded).toEqual([])
  const lazy = await story(await Lab.begin(scenario, { ...host, load, programs: lazyPrograms(factsOf(PROGRAMS)) }))
  expect(loaded).toContain('procps/ps')
  expect(lazy).toEqual(eager)
})

/** Daemons that one scenario alone has come when its node boots: the other prompts need not wait for them. */
const FETCHED: Readonly<Record<string, readonly string[]>> = { 'docker.yaml': ['program docker.io/dockerd'] }

test.each(readdirSync(new URL('../../content/scenarios', import.meta.url)))('what a boot of %s runs is resident', async (file) => {
  const loaded: string[] = []
  const load = async (name: string): Promise<unknown> => {
    loaded.push(name)
    return PROGRAMS.get(programOfAsset(name) ?? '')
  }
  await Lab.begin(parseScenario(read(`scenarios/${file}`), file), { ...host, load, programs: lazyPrograms(factsOf(PROGRAMS)) })
  expect(loaded).toEqual(FETCHED[file] ?? [])
  expect([...RESIDENT.keys()].every((id) => PROGRAMS.has(id))).toBe(true)
})
