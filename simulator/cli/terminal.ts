/** `lab`: a login shell of the scenario in the real terminal. The virtual clock follows the wall clock. */
import { loadScenario } from './load'
import type { Options } from './options'

const SLICE_MS = 8
const IDLE_MS = 1000

export async function openTerminal(options: Options): Promise<void> {
  const lab = loadScenario(options.scenario, options.node).lab()
  const { stdin, stdout } = process
  const size = (): { cols: number; rows: number } => ({ cols: stdout.columns ?? 80, rows: stdout.rows ?? 24 })
  const terminal = lab.open({ ...(options.node ? { node: options.node } : {}), ...size(), output: (bytes) => stdout.write(bytes) })
  if (stdin.isTTY) stdin.setRawMode(true)
  const offset = lab.now() - Date.now()
  let wake: () => void = () => {}
  stdin.on('data', (data: Buffer) => {
    terminal.input(new Uint8Array(data))
    wake()
  })
  let over = false
  stdin.on('end', () => {
    over = true
    terminal.close()
    wake()
  })
  stdout.on('resize', () => {
    const { cols, rows } = size()
    terminal.resize(cols, rows)
    wake()
  })
  while (!over && !terminal.ended) {
    const state = lab.run({ budget: SLICE_MS, until: Date.now() + offset + 20 })
    if (state.state === 'parked') await lab.loaded()
    const until = state.state === 'idle' ? Math.min((state.nextAt ?? Infinity) - offset - Date.now(), IDLE_MS) : 0
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, Math.max(0, until))
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
  if (stdin.isTTY) stdin.setRawMode(false)
  process.exit(0)
}
