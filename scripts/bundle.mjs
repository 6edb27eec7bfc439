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

/** `entry` relative to the project, `sources` the folders it is made of. */
export async function bundle(name, entry, sources) {
  const cache = path.join(root, 'node_modules/.cache/pause-lab', name)
  const file = path.join(cache, `${name}.mjs`)
  const stamp = path.join(cache, 'sources')
  const seen = createHash('sha256')
  for (const source of sources) state(path.join(root, source), seen)
  const now = seen.digest('hex')
  if (!fs.existsSync(file) || !fs.existsSync(stamp) || fs.readFileSync(stamp, 'utf8') !== now) {
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
    fs.writeFileSync(stamp, now)
  }
  return pathToFileURL(file).href
}
