/** What the real programs of Debian 12 answered to calls whose answer does not hang on what else runs: mistakes, empty selections, parsing. */
import { bootTestNode } from './node'

interface Recorded {
  readonly cmd: string
  readonly stdout: string
  readonly stderr: string
  readonly code: number
}

/** Plays recorded lines (JSON, one a line) on a bare node; what it answers otherwise, empty when nothing. */
export function differencesFrom(jsonl: string): string {
  const lab = bootTestNode()
  lab.run(['mkdir', '/mnt'])
  const wrong: string[] = []
  for (const line of jsonl.split('\n').filter(Boolean)) {
    const { cmd, ...real } = JSON.parse(line) as Recorded
    const got = lab.bash(cmd, { cwd: '/' })
    for (const part of ['stdout', 'stderr', 'code'] as const) if (got[part] !== real[part]) wrong.push(`${cmd} ${part}\n- ${JSON.stringify(real[part])}\n+ ${JSON.stringify(got[part])}`)
  }
  return wrong.join('\n')
}
