/**
 * `lab tty`: {"keys"} in, {"raw"} out: the bytes that a terminal of 160x40 gets. `"open": {"cols", "rows"}` before the keys begins anew,
 * on a machine that has just booted and a terminal of that size; `"resize"` changes the size of the window.
 */
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { loadScenario } from './load'
import type { Options } from './options'

const size = z.object({ cols: z.number().int().positive(), rows: z.number().int().positive() })
const request = z.object({ keys: z.string().default(''), open: size.optional(), resize: size.optional() })

export async function answerKeys(options: Options): Promise<void> {
  const loaded = loadScenario(options.scenario, options.node)
  const openTerminal = (window: z.infer<typeof size>) => loaded.session().openTerminal(window)
  let terminal = await openTerminal({ cols: 160, rows: 40 })
  for await (const text of createInterface({ input: process.stdin })) {
    if (text.trim() === '') continue
    const { keys, open, resize } = request.parse(JSON.parse(text))
    if (open) terminal = await openTerminal(open)
    const raw = (resize ? await terminal.resize(resize) : '') + (await terminal.type(keys))
    process.stdout.write(`${JSON.stringify({ keys, raw })}\n`)
  }
}
