/**
 * Pods and containers of every kind of security context, limits, devices, mounts and sysctls, made with crictl 1.26.0 on containerd 1.6.20 and runc 1.1.5 beside the
 * captured node: what their specifications hold, what is refused and in which words, what is seen inside. Ids and times are masked.
 */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { Session } from '../../machine/session'
import { PROGRAMS } from '../../programs/registry'
import { loadCapture } from '../../scenarios/capture/load'
import { parseCapture } from '../../scenarios/capture/schema'

interface Recorded {
  readonly cmd: string
  readonly stdout: string
  readonly stderr: string
  readonly code: number
}

const recorded = readFileSync(new URL('recorded.jsonl', import.meta.url), 'utf8').split('\n').filter(Boolean).map((line): Recorded => JSON.parse(line))
const read = (name: string): string => readFileSync(new URL(`../../../content/recordings/cri-node/${name}`, import.meta.url), 'utf8')
const hostNow = (): number => 0

const masked = (text: string): string =>
  text.replace(/\b[0-9a-f]{64}\b/g, 'ID').replace(/containerd-mount\d+/g, 'containerd-mountN').replace(/\/proc\/\d+\/ns/g, '/proc/PID/ns').replace(/time="[^"]*"/g, 'time="T"').replace(/^([EWI])\d{4} [\d:.]+ +\d+ /gm, '$1 ')

test('pods and containers as they were made on the real node', async () => {
  const { machine } = loadCapture(parseCapture(JSON.parse(read('capture.json'))), {
    rootfs: read('rootfs.txt'), etc: JSON.parse(read('etc.json')), hostNow, programs: PROGRAMS, load: () => Promise.reject(new Error('none')),
  })
  const session = new Session(machine, { host: 'node01', hostNow })
  const wrong: string[] = []
  for (const { cmd, ...real } of recorded) {
    const { stdout, stderr, code } = await session.run({ cmd })
    const got = { stdout: masked(stdout), stderr: masked(stderr), code }
    if (JSON.stringify(got) !== JSON.stringify(real)) wrong.push(`${cmd}\n- ${JSON.stringify(real)}\n+ ${JSON.stringify(got)}`)
  }
  expect(wrong.join('\n')).toBe('')
}, 60_000)
