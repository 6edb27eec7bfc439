/**
 * What a real node printed, played through the headless door. The score of each topic is printed; floors.json keeps it from
 * falling. Equal means byte for byte, but for tokens that two real runs printed differently (`again`) and numbers just above
 * `last_pid`, the command's own pids (recordings/README.md).
 */
import { PROGRAMS } from './programs/registry'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { Session } from './machine/session'
import { loadAsset } from './cli/assets'
import { loadCapture } from './scenarios/capture/load'
import { parseCapture } from './scenarios/capture/schema'
import { pairTasks, sameButForStart } from './testing/masks'

const BASE = new URL('../content/recordings/', import.meta.url)
const text = (path: string): string => readFileSync(new URL(path, BASE), 'utf8')

interface Row {
  readonly cmd: string
  readonly stdout: string
  readonly stderr: string
  readonly code: number
  readonly t?: number
  readonly last_pid?: number
  readonly given?: string
  readonly again?: { readonly stdout: string; readonly stderr: string; readonly code: number }
}

const TOKEN = /\s+|[A-Za-z0-9_.]+|[^\sA-Za-z0-9_.]/g
const tokens = (s: string): string[] => s.match(TOKEN) ?? []
const shape = (token: string): 'space' | 'number' | 'word' => (/^\s/.test(token) ? 'space' : /^[0-9.]+$/.test(token) ? 'number' : 'word')
/** A command's own processes have numbers at most this far above the counter. */
const OWN_PIDS = 400

export function equal(want: string, again: string | undefined, got: string, lastPid: number | undefined): boolean {
  if (want === got) return true
  const a = tokens(want)
  const g = tokens(got)
  const free = new Set<number>()
  if (again !== undefined && again !== want) {
    const b = tokens(again)
    if (a.length !== b.length) {
      const form = (s: string): string => s.split('\n').map((l) => l.replace(/\d+/g, 'N').trim()).sort().join('\n')
      return form(want) === form(got) || form(again) === form(got)
    }
    a.forEach((token, i) => token !== b[i] && free.add(i))
  }
  if (lastPid !== undefined) a.forEach((token, i) => /^\d+$/.test(token) && Number(token) > lastPid && Number(token) <= lastPid + OWN_PIDS && free.add(i))
  return (
    a.length === g.length &&
    a.every((token, i) => {
      const other = g[i] ?? ''
      if (token === other || (free.has(i) && shape(token) === shape(other))) return true
      return /^[ \t]+$/.test(token) && /^[ \t]+$/.test(other) && (free.has(i - 1) || free.has(i + 1))
    })
  )
}

const rowsOf = (path: string): Row[] => text(path).split('\n').filter(Boolean).map((line) => JSON.parse(line) as Row)

const captureText = text('cri-node/capture.json')
const rootfs = text('cri-node/rootfs.txt')
const etc = JSON.parse(text('cri-node/etc.json')) as Record<string, string>
const home = JSON.parse(text('cri-node/home.json')) as Record<string, string>

function capturedSession(firstMoment: number | undefined): Session {
  const capture = parseCapture(JSON.parse(captureText))
  const { machine, node, loginOf } = loadCapture(capture, {
    rootfs, etc, home, now: Math.min(firstMoment ?? Infinity, capture.recorded_at), hostNow: () => performance.now(), load: loadAsset, programs: PROGRAMS,
  })
  return new Session(machine, { host: node.name, hostNow: () => performance.now(), loginOf })
}

async function play(session: Session, rows: readonly Row[]): Promise<{ passed: number; failed: string[] }> {
  const failed: string[] = []
  for (const row of rows) {
    const got = await session.run({ cmd: row.cmd, t: row.t, last_pid: row.last_pid })
    const fits = (key: 'stdout' | 'stderr'): boolean => equal(row[key], row.again?.[key], got[key], row.last_pid)
    const why = got.code !== row.code && got.code !== row.again?.code ? `code ${got.code}, not ${row.code}: ${got.stderr.slice(0, 200)}` : !fits('stdout') ? 'stdout' : !fits('stderr') ? 'stderr' : ''
    if (why !== '') failed.push(`${row.cmd.slice(0, 120)}: ${why}${why.startsWith('std') ? difference(row[why as 'stdout'], got[why as 'stdout']) : ''}`)
  }
  return { passed: rows.length - failed.length, failed }
}

/** The first line that differs. */
function difference(want: string, got: string): string {
  const a = want.split('\n')
  const b = got.split('\n')
  const i = a.findIndex((l, k) => l !== b[k])
  return `\n    want ${JSON.stringify(a[i] ?? '')?.slice(0, 260)}\n    got  ${JSON.stringify(b[i] ?? '(nothing)')?.slice(0, 260)}`
}

const floors = existsSync(new URL('floors.json', BASE)) ? (JSON.parse(text('floors.json')) as Record<string, number>) : {}
const verbose = (globalThis as { process?: { env: Record<string, string | undefined> } }).process?.env.VERBOSE !== undefined
const only = (globalThis as { process?: { env: Record<string, string | undefined> } }).process?.env.TOPIC

/** Stories that change the node, each going on where the last ended (recordings/README.md). */
const SESSIONS = [
  'ctr-run-lifecycle', 'ctr-create-start', 'ctr-run-foreground', 'join-a-pod', 'uts-and-ipc', 'a-new-pod-a-new-pause', 'app-dies-pause-stays',
  'pause-is-killed', 'image-tags', 'events', 'rm-everything-of-a-pod',
]

const report = (topic: string, passed: number, total: number, failed: readonly string[]): void =>
  console.log(`${topic} ${passed}/${total}${verbose ? `\n  - ${failed.join('\n  - ')}` : ''}`)

const topics = readdirSync(new URL('cri-node/query/', BASE)).map((name) => name.replace('.jsonl', ''))

test.each(topics.filter((topic) => !only || only === topic))('%s', { timeout: 120_000 }, async (topic) => {
  const rows = rowsOf(`cri-node/query/${topic}.jsonl`)
  const { passed, failed } = await play(capturedSession(rows[0]?.t), rows)
  report(topic, passed, rows.length, failed)
  expect(passed).toBeGreaterThanOrEqual(floors[topic] ?? 0)
})

test.skipIf(only !== undefined && only !== 'sessions')('sessions', { timeout: 300_000 }, async () => {
  const files = SESSIONS.map((name) => ({ name, rows: rowsOf(`cri-node/sessions/${name}.jsonl`) }))
  const session = capturedSession(files[0]?.rows[0]?.t)
  for (const { name, rows } of files) {
    const { passed, failed } = await play(session, rows)
    report(name, passed, rows.length, failed)
    expect.soft(passed, name).toBeGreaterThanOrEqual(floors[name] ?? 0)
  }
})

/** Each script has a machine of its own, where a `given` script ran first. */
test.each(['bash', 'bash-more', 'userland', 'userland-more', 'jq'].filter((topic) => !only || only === topic))('shell/%s', { timeout: 300_000 }, async (topic) => {
  const rows = rowsOf(`shell/${topic}.jsonl`)
  const failed: string[] = []
  for (const row of rows) {
    const got = await capturedSession(undefined).runFresh(row)
    if (got.code !== row.code || got.stdout !== row.stdout || got.stderr !== row.stderr) failed.push(`${row.cmd.slice(0, 120)}${difference(row.stdout + row.stderr, got.stdout + got.stderr)}`)
  }
  report(topic, rows.length - failed.length, rows.length, failed)
  expect(rows.length - failed.length).toBeGreaterThanOrEqual(floors[`shell/${topic}`] ?? 0)
})

interface Exchange {
  readonly keys: string
  readonly raw: string
}

/** Keys in, the bytes of the terminal out: another start of the same node, so ids, pids and times are masked. */
test.skipIf(only !== undefined && only !== 'tty/shell')('tty/shell', { timeout: 300_000 }, async () => {
  const rows = text('cri-node/tty/shell.jsonl').split('\n').filter(Boolean).map((line) => JSON.parse(line) as Exchange)
  const recordedTasks = rows.find((row) => /^ctr \S+ \S+ t ls\n$/.test(row.keys))?.raw ?? ''
  const first = await capturedSession(undefined).run({ cmd: 'ctr -n k8s.io t ls' })
  const pairs = pairTasks(recordedTasks, first.stdout)
  const terminal = await capturedSession(undefined).openTerminal({ cols: 160, rows: 40 })
  const failed: string[] = []
  for (const { keys, raw } of rows) {
    const typed = keys.replace(/\b[0-9a-f]{64}\b|(?<=\s)\d{4,6}\b/g, (id) => pairs.get(id) ?? id)
    const got = await terminal.type(typed)
    if (!sameButForStart(raw, got)) failed.push(`${JSON.stringify(keys).slice(0, 120)}${difference(raw, got)}`)
  }
  report('tty/shell', rows.length - failed.length, rows.length, failed)
  expect(rows.length - failed.length).toBeGreaterThanOrEqual(floors['tty/shell'] ?? 0)
})
