// Bundles the worker that runs the lab into public/lab/: what every prompt needs in one file, and each program, with what programs share, in files that
// are fetched when it is first run. With Vite, not with Next: Turbopack repeats what chunks share, and loads a worker's files one after the other.
import fs from 'node:fs'
import path from 'node:path'
import { root } from './bundle.mjs'
import { laterPlugin, wholeRoom } from './later.mjs'

const OUT = path.join(root, 'public/lab')

/** What a prompt needs: it and all that it imports. */
const ROOM = path.join(root, 'lib/lab/room.ts')

/** The worker's beginning needs it too. */
const SOURCES = path.join(root, 'lib/lab/sources.ts')

/** Of V8: compile all functions at once, while the page is on its way; most of them are called to boot a node. */
const ALL_CALLED = '//# allFunctionsCalledOnLoad'

const needed = new Set()
function neededFrom(id, infoOf) {
  if (needed.has(id)) return needed
  needed.add(id)
  for (const next of infoOf(id)?.importedIds ?? []) neededFrom(next, infoOf)
  return needed
}

/** Gives the files as Vite does. */
async function buildWorker() {
  const { build } = await import('vite')
  fs.rmSync(OUT, { recursive: true, force: true })
  const result = await build({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    plugins: [laterPlugin(), wholeRoom()],
    build: {
      ssr: path.join(root, 'lib/lab/worker.ts'),
      outDir: OUT,
      target: 'es2022',
      minify: true,
      rollupOptions: {
        preserveEntrySignatures: false,
        onwarn: (warning, warn) => warning.code !== 'INEFFECTIVE_DYNAMIC_IMPORT' && warn(warning),
        output: {
          entryFileNames: 'worker-[hash].js',
          chunkFileNames: '[name]-[hash].js',
          postBanner: ({ name }) => (name === 'room' ? ALL_CALLED : ''),
          codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: (id, bundle) => (id.includes('rolldown/runtime') || (id !== SOURCES && neededFrom(ROOM, (file) => bundle.getModuleInfo(file)).has(id)) ? 'room' : null) }] },
        },
      },
    },
    ssr: { noExternal: true, target: 'webworker' },
  })
  const { output } = Array.isArray(result) ? result[0] : result
  return output
}

/** Builds it, and gives its path below the site's. */
export const workerPath = async () => `/lab/${(await buildWorker()).find((file) => file.isEntry).fileName}`

/** The one that was built last. */
export const lastWorker = () => `/lab/${fs.readdirSync(OUT).find((name) => /^worker-.*\.js$/.test(name))}`

if (process.argv[1]?.endsWith('worker.mjs')) {
  const { gzipSync } = await import('node:zlib')
  const output = await buildWorker()
  const size = (code) => gzipSync(code).length
  const all = new Map()
  const add = (file) => {
    if (all.has(file.fileName)) return
    all.set(file.fileName, file)
    for (const name of file.imports) add(output.find((other) => other.fileName === name))
  }
  add(output.find((file) => file.isEntry))
  add(output.find((file) => file.name === 'room'))
  console.log([...all.values()].map((file) => `${file.fileName} ${size(file.code)}`).join(', '))
  console.log(`${output.length} files, ${output.reduce((n, file) => n + size(file.code ?? ''), 0)} bytes`)
  if (process.argv.includes('-v')) {
    const modules = [...all.values()].flatMap((file) => Object.entries(file.modules)).map(([id, { code }]) => [size(code ?? ''), path.relative(root, id)])
    for (const [n, id] of modules.sort(([a], [b]) => b - a)) console.log(String(n).padStart(8), id)
  }
}
