// Bundles a TypeScript entry for Node (import.meta.glob works) when a source is newer than the bundle, and gives its address.
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')

function newest(directory) {
  let time = 0
  for (const entry of fs.readdirSync(directory, { withFileTypes: true })) {
    const file = path.join(directory, entry.name)
    if (entry.isDirectory()) time = Math.max(time, newest(file))
    else if (/\.(ts|json)$/.test(entry.name) && !/\.test\.ts$/.test(entry.name)) time = Math.max(time, fs.statSync(file).mtimeMs)
  }
  return time
}

/** `entry` relative to the project, `sources` the folders it is made of. */
export async function bundle(name, entry, sources) {
  const cache = path.join(root, 'node_modules/.cache/pause-lab', name)
  const file = path.join(cache, `${name}.mjs`)
  const built = fs.existsSync(file) ? fs.statSync(file).mtimeMs : 0
  if (Math.max(...sources.map((source) => newest(path.join(root, source)))) > built) {
    const begun = new Date()
    const { build } = await import('vite')
    await build({
      root,
      configFile: false,
      logLevel: 'error',
      build: {
        ssr: path.join(root, entry),
        outDir: cache,
        emptyOutDir: true,
        minify: false,
        target: 'node20',
        rollupOptions: { output: { entryFileNames: `${name}.mjs`, chunkFileNames: '[name]-[hash].mjs' } },
      },
      ssr: { noExternal: true, external: ['jq-wasm'] },
    })
    fs.utimesSync(file, begun, begun)
  }
  return pathToFileURL(file).href
}
