/**
 * What ctr, containerd and the shim of later releases answered, built from the tags v1.7.28 and v2.2.0 and run beside a containerd of
 * the same build that had nothing in it: every help text, mistakes of every kind, plugins, namespaces, leases, snapshots, specifications.
 * Times were taken out. Those of 1.6 are of Debian's containerd 1.6.20 and runc 1.1.5 with the images of the recorded node: figures and limits of a container, events from
 * outside, hooks, a shim asked directly, content that comes in part, what is collected.
 */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { machineOf, sessionOn } from '../../testing/scenario'

interface Recorded {
  readonly cmd: string
  readonly stdout: string
  readonly stderr: string
  readonly code: number
}

const timeless = (text: string): string => text.replace(/time="[^"]*"/g, 'time="T"')

test.each([['recorded-1.6.jsonl', 'notes'], ['recorded-1.7.jsonl', 'lts'], ['recorded-2.jsonl', 'modern']])('%s', async (file, scenario) => {
  const session = sessionOn(machineOf(scenario), 'node01')
  const wrong: string[] = []
  for (const line of readFileSync(new URL(file, import.meta.url), 'utf8').split('\n').filter(Boolean)) {
    const { cmd, stdout, stderr, code }: Recorded = JSON.parse(line)
    const got = await session.run({ cmd })
    const [out, err] = [timeless(got.stdout), timeless(got.stderr)]
    if (out !== stdout || err !== stderr || got.code !== code) wrong.push(`${cmd}\n- ${JSON.stringify(stdout + stderr)} ${code}\n+ ${JSON.stringify(out + err)} ${got.code}`)
  }
  expect(wrong.join('\n')).toBe('')
})
