/** `lab exec [FILE]`: types a script into a login shell and prints what the terminal shows. */
import { readFileSync } from 'node:fs'
import { encode } from '../kernel/bytes'
import { loadScenario } from './load'
import type { Options } from './options'

const COLS = 160
const ROWS = 40
const SLICE_MS = 50

export async function runScript(options: Options): Promise<void> {
  const lab = loadScenario(options.scenario, options.node).lab()
  const script = readFileSync(options.file ?? 0, 'utf8')
  let shown = ''
  const terminal = lab.open({ ...(options.node ? { node: options.node } : {}), cols: COLS, rows: ROWS, output: (bytes) => (shown += Buffer.from(bytes).toString('utf8')) })
  const settle = async (): Promise<void> => {
    for (let quiet = 0; quiet < 2; ) {
      const before = shown.length
      const state = lab.run({ budget: SLICE_MS, until: lab.now() + 1000 })
      if (state.state === 'parked') await lab.loaded()
      quiet = shown.length === before && state.state === 'idle' ? quiet + 1 : 0
      process.stdout.write(shown)
      shown = ''
    }
  }
  await settle()
  for (const line of script.split('\n')) {
    if (line === '') continue
    terminal.input(encode(`${line}\r`))
    await settle()
  }
  terminal.close()
}
