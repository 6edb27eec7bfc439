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
import { differencesIn, timeless } from '../../testing/recorded'

const read = (name: string): string => readFileSync(new URL(`../../../content/recordings/cri-node/${name}`, import.meta.url), 'utf8')
const hostNow = (): number => 0

const masked = (text: string): string =>
  timeless(text.replace(/\b[0-9a-f]{64}\b/g, 'ID').replace(/containerd-mount\d+/g, 'containerd-mountN').replace(/\/proc\/\d+\/ns/g, '/proc/PID/ns'))

test('pods and containers as they were made on the real node', async () => {
  const { machine } = loadCapture(parseCapture(JSON.parse(read('capture.json'))), {
    rootfs: read('rootfs.txt'), etc: JSON.parse(read('etc.json')), hostNow, programs: PROGRAMS, load: () => Promise.reject(new Error('none')),
  })
  const session = new Session(machine, { host: 'node01', hostNow })
  expect(await differencesIn(session, readFileSync(new URL('recorded.jsonl', import.meta.url), 'utf8'), masked)).toBe('')
}, 60_000)
