/** The stories of a node with Docker (content/recordings/docker-node), each going on where the last ended; a pod built by hand stands on a node of its own. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import distribution from '../../content/nodes/debian-12.json'
import { loadAsset } from '../cli/assets'
import { Session } from '../machine/session'
import { PROGRAMS } from '../programs/registry'
import { loadWritten } from '../scenarios/written/load'
import { parseScenario } from '../scenarios/written/schema'
import { type Known, renewed, sameButForNames } from '../testing/loose'

interface Row {
  readonly cmd: string
  readonly stdout: string
  readonly stderr: string
  readonly code: number
  readonly t?: number
  readonly last_pid?: number
}

const read = (path: string): string => readFileSync(new URL(`../../content/${path}`, import.meta.url), 'utf8')
const rowsOf = (name: string): Row[] => read(`recordings/docker-node/${name}.jsonl`).split('\n').filter(Boolean).map((line): Row => JSON.parse(line))
const floors: Readonly<Record<string, number>> = JSON.parse(read('recordings/floors.json'))
const hostNow = (): number => performance.now()

function dockerNode(): Session {
  const machine = loadWritten(parseScenario(read('scenarios/docker.yaml'), 'docker.yaml'), { distribution, hostNow, programs: PROGRAMS, load: loadAsset })
  return new Session(machine, { host: 'docker01', hostNow })
}

/** The commands that answer otherwise than they were recorded. */
async function played(session: Session, name: string, known: Known): Promise<{ readonly passed: number; readonly failed: string[] }> {
  const rows = rowsOf(name)
  const failed: string[] = []
  for (const { cmd, stdout, stderr, code, t, last_pid } of rows) {
    const got = await session.run({ cmd: renewed(cmd, known), ...(t === undefined ? {} : { t }), ...(last_pid === undefined ? {} : { last_pid }) })
    if (got.code !== code || !sameButForNames(stdout, got.stdout, known) || !sameButForNames(stderr, got.stderr, known)) failed.push(cmd)
  }
  return { passed: rows.length - failed.length, failed }
}

test('the stories of a node with Docker', { timeout: 120_000 }, async () => {
  const session = dockerNode()
  const known: Known = new Map()
  for (const name of ['images', 'localhost-is-not-shared', 'the-notes-script', 'lifecycle']) {
    const { passed, failed } = await played(session, name, known)
    expect.soft(passed, failed.join('\n')).toBeGreaterThanOrEqual(floors[`docker/${name}`] ?? Number.POSITIVE_INFINITY)
  }
})

test('a pod built by hand', { timeout: 120_000 }, async () => {
  const session = dockerNode()
  await played(session, 'images', new Map())
  const { passed, failed } = await played(session, 'build-a-pod-by-hand', new Map())
  expect(passed, failed.join('\n')).toBeGreaterThanOrEqual(floors['docker/build-a-pod-by-hand'] ?? Number.POSITIVE_INFINITY)
})
