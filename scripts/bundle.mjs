// Bundles a TypeScript entry for Node (import.meta.glob works) when its sources are not those the bundle was made of, and gives its address.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')

/** Which sources there are, with size and date: a clock that was set back must not hide a change. */
function state(directory, seen) {
  for (const entry of fs.readdirSync(directory, { withFileTypes: true })) {
    const file = path.join(directory, entry.name)
    if (entry.isDirectory()) state(file, seen)
    else if (/\.(ts|json)$/.test(entry.name) && !/\.test\.ts$/.test(entry.name)) {
      const { mtimeMs, size } = fs.statSync(file)
      seen.update(`${file} ${mtimeMs} ${size}\n`)
    }
  }
  return seen
}

/** What Vite makes of a configuration and of nothing else. Loaded when it is needed: most calls of the command line bundle nothing. */
export async function built(config) {
  const { build } = await import('vite')
  const result = await build({ root, configFile: false, logLevel: 'error', ...config })
  return [result].flat()[0].output
}

/** `entry` relative to the project, `sources` the folders it is made of. */
export async function bundle(name, entry, sources) {
  const cache = path.join(root, 'node_modules/.cache/pause-lab', name)
  const file = path.join(cache, `${name}.mjs`)
  const stamp = path.join(cache, 'sources')
  const seen = createHash('sha256')
  for (const source of sources) state(path.join(root, source), seen)
  const now = seen.digest('hex')
  if (!fs.existsSync(file) || !fs.existsSync(stamp) || fs.readFileSync(stamp, 'utf8') !== now) {
    await built({
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
    fs.writeFileSync(stamp, now)
  }
  return pathToFileURL(file).href
}
