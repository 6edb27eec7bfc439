#!/usr/bin/env node
// Runs simulator/cli from a bundle that is made anew when a source is newer. Nothing but the program's output goes to stdout.
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const cache = path.join(root, 'node_modules/.cache/pause-lab')
const bundle = path.join(cache, 'lab.mjs')

function newest(directory) {
  let time = 0
  for (const entry of fs.readdirSync(directory, { withFileTypes: true })) {
    const file = path.join(directory, entry.name)
    if (entry.isDirectory()) time = Math.max(time, newest(file))
    else if (/\.ts$/.test(entry.name) && !/\.test\.ts$/.test(entry.name)) time = Math.max(time, fs.statSync(file).mtimeMs)
  }
  return time
}

const built = fs.existsSync(bundle) ? fs.statSync(bundle).mtimeMs : 0
if (newest(path.join(root, 'simulator')) > built) {
  const { build } = await import('vite')
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: path.join(root, 'simulator/cli/main.ts'),
      outDir: cache,
      emptyOutDir: true,
      minify: false,
      target: 'node20',
      rollupOptions: { output: { entryFileNames: 'lab.mjs', chunkFileNames: '[name]-[hash].mjs' } },
    },
    ssr: { noExternal: true, external: ['jq-wasm'] },
  })
  fs.utimesSync(bundle, new Date(), new Date())
}
process.env.PAUSE_LAB_ROOT = root
await import(pathToFileURL(bundle).href)
