/** jq's WebAssembly for the page's worker: fetched when jq is first run (simulator/programs/jq/host.md). */
import type { JqModule } from '../../simulator/programs/jq/runtime'

export async function loadJq(wasm: () => Promise<Response>): Promise<JqModule> {
  const response = await wasm()
  const module = await WebAssembly.compile(await response.arrayBuffer())
  return { instantiate: (imports) => new WebAssembly.Instance(module, imports).exports }
}
