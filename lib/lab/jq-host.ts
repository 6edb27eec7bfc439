/** jq's WebAssembly for the page's worker: fetched when jq is first run (simulator/programs/jq/host.md). */
import type { JqModule } from '../../simulator/programs/jq/runtime'

export async function loadJq(basePath: string): Promise<JqModule> {
  const response = await fetch(`${basePath}/assets/jq.wasm`)
  if (!response.ok) throw new Error(`jq.wasm: ${response.status}`)
  const module = await WebAssembly.compile(await response.arrayBuffer())
  return { instantiate: (imports) => new WebAssembly.Instance(module, imports).exports }
}
