/**
 * Sessions at a terminal 80x24 into containers, as ctr and containerd 1.6.20, runc 1.1.5 and crictl 1.26.0 with busybox 1.35.0 showed them, byte
 * for byte, on a node with the captured node's pods: keys that were sent, sizes that the window took, what came back. A shell begins after
 * a little sleep, so that whether the window's first size comes before its prompt or after is not left to chance.
 */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type Typist, Session } from '../../machine/session'
import { PROGRAMS } from '../../programs/registry'
import { loadCapture } from '../../scenarios/capture/load'
import { parseCapture } from '../../scenarios/capture/schema'

interface Opened {
  readonly open: { readonly cols: number; readonly rows: number }
  readonly name: string
}
interface Exchange {
  readonly keys?: string
  readonly resize?: { readonly cols: number; readonly rows: number }
  readonly raw: string
}

const read = (name: string): string => readFileSync(new URL(`../../../content/recordings/cri-node/${name}`, import.meta.url), 'utf8')
const hostNow = (): number => performance.now()

/** The node had busybox in the namespace `default` too. */
const BEFORE = 'ctr -n k8s.io i export /tmp/b.tar docker.io/library/busybox:latest; ctr i import /tmp/b.tar; rm /tmp/b.tar\n'

/** Ids, times, numbers of pipes and seconds in log lines are each node's own. */
const masked = (text: string): string =>
  text.replace(/\b[0-9a-f]{64}\b/g, 'ID').replace(/\d{4}-\d\d-\d\d[T ][\d:.]+Z?/g, 'STAMP').replace(/pipe:\[\d+\]/g, 'pipe:[N]').replace(/\[\d{4}\]/g, '[0000]')
    .replace(/^(\[1\] )\d+/gm, '$1PID')

async function openTerminal(size: Opened['open']): Promise<Typist> {
  const { machine, node, loginOf } = loadCapture(parseCapture(JSON.parse(read('capture.json'))), {
    rootfs: read('rootfs.txt'), etc: JSON.parse(read('etc.json')), home: JSON.parse(read('home.json')), hostNow, programs: PROGRAMS, load: () => Promise.reject(new Error('none')),
  })
  const terminal = await new Session(machine, { host: node.name, hostNow, loginOf }).openTerminal(size)
  await terminal.type(BEFORE)
  return terminal
}

const isOpened = (row: Opened | Exchange): row is Opened => 'open' in row
const sessions: { readonly opened: Opened; readonly exchanges: Exchange[] }[] = []
for (const line of readFileSync(new URL('recorded.jsonl', import.meta.url), 'utf8').split('\n').filter(Boolean)) {
  const row: Opened | Exchange = JSON.parse(line)
  if (isOpened(row)) sessions.push({ opened: row, exchanges: [] })
  else sessions.at(-1)?.exchanges.push(row)
}

test.each(sessions.map((session): [string, typeof session] => [session.opened.name, session]))('%s', { timeout: 120_000 }, async (_, { opened, exchanges }) => {
  const terminal = await openTerminal(opened.open)
  const wrong: string[] = []
  for (const { keys = '', resize, raw } of exchanges) {
    const got = resize ? await terminal.resize(resize) : await terminal.type(keys)
    if (masked(got) !== masked(raw)) wrong.push(`${JSON.stringify(keys || resize)}\n- ${JSON.stringify(raw)}\n+ ${JSON.stringify(got)}`)
  }
  expect(exchanges.length).toBeGreaterThan(0)
  expect(wrong.join('\n')).toBe('')
})
