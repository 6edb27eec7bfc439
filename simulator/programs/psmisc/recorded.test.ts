import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { bootTestNode } from '../../testing/node'

/** What the real programs of Debian 12 answered to calls whose answer does not hang on what else runs: mistakes, empty selections, parsing. */
const recorded = readFileSync(new URL('recorded.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as { cmd: string; stdout: string; stderr: string; code: number })

test('answers as the real programs do', () => {
  const lab = bootTestNode()
  lab.run(['mkdir', '/mnt'])
  const wrong: string[] = []
  for (const { cmd, ...real } of recorded) {
    const got = lab.bash(cmd, { cwd: '/' })
    for (const part of ['stdout', 'stderr', 'code'] as const) if (got[part] !== real[part]) wrong.push(`${cmd} ${part}\n- ${JSON.stringify(real[part])}\n+ ${JSON.stringify(got[part])}`)
  }
  expect(wrong.join('\n')).toBe('')
})
