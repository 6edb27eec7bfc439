/** `lab tty`: {"keys"} in, {"raw"} out: the bytes that a terminal of 160x40 gets. */
import { createInterface } from 'node:readline'
import { loadScenario } from './load'
import type { Options } from './options'

export async function answerKeys(options: Options): Promise<void> {
  const session = loadScenario(options.scenario, options.node).session()
  const terminal = await session.openTerminal({ cols: 160, rows: 40 })
  for await (const text of createInterface({ input: process.stdin })) {
    if (text.trim() === '') continue
    const line: unknown = JSON.parse(text)
    if (typeof line !== 'object' || line === null || !('keys' in line) || typeof line.keys !== 'string') continue
    process.stdout.write(`${JSON.stringify({ keys: line.keys, raw: await terminal.type(line.keys) })}\n`)
  }
}
