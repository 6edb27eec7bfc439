/** jq's WebAssembly for Node: taken out of the package that carries it (simulator/programs/jq/host.md). */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { JqModule } from '../programs/jq/runtime'

/** The part of the WebAssembly API used here: Node's types leave it to the DOM's. */
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<object>
  Instance: new (module: object, imports: object) => { readonly exports: unknown }
}

const EMBEDDED = /[A-Za-z0-9+/]{100000,}={0,2}/

export async function loadJq(root: string = process.env.PAUSE_LAB_ROOT ?? process.cwd()): Promise<JqModule> {
  const script = await readFile(join(root, 'node_modules/jq-wasm/dist/build/jq.js'), 'utf8')
  const found = EMBEDDED.exec(script)
  if (!found) throw new Error('jq-wasm does not carry its wasm as expected')
  const module = await WebAssembly.compile(Buffer.from(found[0], 'base64'))
  return { instantiate: (imports) => new WebAssembly.Instance(module, imports).exports }
}
