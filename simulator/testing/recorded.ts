/** What real programs answered, line by line, and what the simulated ones answer otherwise. */
import type { Session } from '../machine/session'
import { bootTestNode } from './node'

interface Recorded {
  readonly cmd: string
  readonly stdout: string
  readonly stderr: string
  readonly code: number
}

/**
 * Plays recorded lines (JSON, one a line) on a bare node; what it answers otherwise, empty when nothing. For calls whose answer does not hang on what else
 * runs: mistakes, empty selections, parsing.
 */
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

/** The time of Go's log lines, and klog's with its pid: they were taken out of recordings. */
export const timeless = (text: string): string => text.replace(/time="[^"]*"/g, 'time="T"').replace(/^([EWI])\d{4} [\d:.]+ +\d+ /gm, '$1 ')

/** Plays recorded lines, one after the other, in a session on a node; `masked` takes out of the answers what was taken out of the recording. */
export async function differencesIn(session: Session, jsonl: string, masked: (text: string) => string = timeless): Promise<string> {
  const wrong: string[] = []
  for (const line of jsonl.split('\n').filter(Boolean)) {
    const { cmd, ...real } = JSON.parse(line) as Recorded
    const { stdout, stderr, code } = await session.run({ cmd })
    const got = { stdout: masked(stdout), stderr: masked(stderr), code }
    for (const part of ['stdout', 'stderr', 'code'] as const) if (got[part] !== real[part]) wrong.push(`${cmd} ${part}\n- ${JSON.stringify(real[part])}\n+ ${JSON.stringify(got[part])}`)
  }
  return wrong.join('\n')
}
