/** `lab exec --json`: one line of JSON for each command, answered before the next is read. */
import { createInterface } from 'node:readline'
import type { Command, Session } from '../machine/session'
import { loadScenario } from './load'
import type { Options } from './options'

/** `given` is a script that a fresh machine runs first. */
type Line = Command & { readonly given?: string }

const isLine = (value: unknown): value is Line => typeof value === 'object' && value !== null && 'cmd' in value && typeof value.cmd === 'string'

export async function answerJson(options: Options): Promise<void> {
  const loaded = loadScenario(options.scenario, options.node)
  let session: Session | null = null
  for await (const text of createInterface({ input: process.stdin })) {
    if (text.trim() === '') continue
    let line: unknown
    try {
      line = JSON.parse(text)
    } catch (error) {
      process.stderr.write(`lab: not JSON: ${error instanceof Error ? error.message : String(error)}\n`)
      continue
    }
    if (!isLine(line)) {
      process.stderr.write('lab: a line needs "cmd"\n')
      continue
    }
    if (options.fresh) {
      session = await loaded.equipped()
      process.stdout.write(`${JSON.stringify(await session.runFresh(line))}\n`)
    } else {
      // A capture is dated by its end; what was recorded before that is played from its own time on.
      session ??= loaded.session(line.t)
      process.stdout.write(`${JSON.stringify(await session.run(line))}\n`)
    }
  }
}
