/**
 * Coreutils beside the real ones: scripts that try each command's options and errors, with what coreutils 9.1 of Debian 12 printed
 * (content/recordings/shell/coreutils.jsonl). All are equal, so none may differ.
 */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { loadAsset } from './cli/assets'
import { Session } from './machine/session'
import { PROGRAMS } from './programs/registry'
import { loadCapture } from './scenarios/capture/load'
import { parseCapture } from './scenarios/capture/schema'

const BASE = new URL('../content/recordings/', import.meta.url)
const text = (path: string): string => readFileSync(new URL(path, BASE), 'utf8')

interface Row {
  readonly cmd: string
  readonly stdout: string
  readonly stderr: string
  readonly code: number
}

const rows = text('shell/coreutils.jsonl').split('\n').filter(Boolean).map((line) => JSON.parse(line) as Row)
const captureText = text('cri-node/capture.json')
const rootfs = text('cri-node/rootfs.txt')
const etc = JSON.parse(text('cri-node/etc.json')) as Record<string, string>

function freshSession(): Session {
  const capture = parseCapture(JSON.parse(captureText))
  const { machine, node, loginOf } = loadCapture(capture, { rootfs, etc, now: capture.recorded_at, hostNow: () => performance.now(), load: loadAsset, programs: PROGRAMS })
  return new Session(machine, { host: node.name, hostNow: () => performance.now(), loginOf })
}

test.each(rows.map((row) => [row.cmd.slice(0, 60), row] as const))('%s', { timeout: 60_000 }, async (_name, row) => {
  const { stdout, stderr, code } = await freshSession().runFresh({ cmd: row.cmd })
  expect({ stdout, stderr, code }).toEqual({ stdout: row.stdout, stderr: row.stderr, code: row.code })
})
