// Bundles the worker that runs the lab into public/lab/: what every prompt needs in one file, and each program, with what programs share, in files that
// are fetched when it is first run. What needs no prompt although it stands in its modules goes to a second file (scripts/split.mjs). With Vite, not with Next: Turbopack repeats what chunks share, and loads a worker's files one after the other.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { minifySync } from 'vite'
import { built, bundle, root } from './bundle.mjs'
import { without } from './coverage.mjs'
import { laterPlugin, wholeRoom } from './later.mjs'
import { GIVER, split } from './split.mjs'

/** Where its files lie, and those of the screen (scripts/screen.mjs). */
export const OUT = path.join(root, 'public/lab')

/** What a prompt needs: it and all that it imports. */
const ROOM = path.join(root, 'lib/lab/room.ts')

/** Of V8: compile all functions at once, while the page is on its way; most of them are called to boot a node. */
const ALL_CALLED = '//# allFunctionsCalledOnLoad'

const needed = new Set()
function neededFrom(id, infoOf) {
  if (needed.has(id)) return needed
  needed.add(id)
  for (const next of infoOf(id)?.importedIds ?? []) neededFrom(next, infoOf)
  return needed
}

const filesIn = (folder) => fs.readdirSync(path.join(root, folder), { withFileTypes: true }).filter((entry) => entry.isFile()).map(({ name }) => path.join(root, folder, name))

/** What the files are made by, beside their sources: their names change with it, since it says what lies in which. */
function madeBy({ scenarios }) {
  const hash = createHash('sha256').update(scenarios.join(' '))
  for (const file of ['scripts', 'content/scenarios', 'content/nodes'].flatMap(filesIn)) hash.update(fs.readFileSync(file))
  return hash.digest('hex')
}

/** What a lab is made of, in Node, and the scenarios whose prompts are shown: those of the lessons. What another needs besides, it fetches before its prompt. */
async function atHand() {
  const address = await bundle('at-hand', 'lib/lab/at-hand.ts', ['lib', 'simulator', 'content/nodes'])
  const { scenariosOfLessons } = await import(address)
  return { address, scenarios: scenariosOfLessons() }
}

/** Shows prompts with the code that every prompt needs, in Node (scripts/prompts.mjs). */
function prompts({ address, scenarios }, file, what) {
  const out = path.join(root, 'node_modules/.cache/pause-lab/prompts.json')
  const { status } = spawnSync(process.execPath, [path.join(root, 'scripts/prompts.mjs'), address, file, out, what, ...scenarios], { stdio: ['ignore', 'ignore', 'inherit'] })
  if (status !== 0) throw new Error('no prompt was shown')
  return JSON.parse(fs.readFileSync(out, 'utf8'))
}

/** Parts the code of a file in OUT so that no prompt fetches the rest. */
function partedIn(name, code, lab, isKept) {
  const [file, restFile] = [path.join(OUT, name), path.join(OUT, 'rest.js')]
  let unrun = prompts(lab, file, 'unrunIn')
  for (let again = 0; again < 4; again++) {
    const { first, rest, left, places } = split(code, unrun, './rest.js', isKept)
    fs.writeFileSync(file, first)
    fs.writeFileSync(restFile, rest)
    const called = prompts(lab, file, 'calledIn')
    fs.rmSync(restFile)
    if (called.length === 0) {
      const restName = `rest-${createHash('sha256').update(rest).digest('hex').slice(0, 8)}.js`
      return { restName, first: first.replace('./rest.js', `./${restName}`), rest, left }
    }
    unrun = without(unrun, called.map((i) => places[i]))
  }
  throw new Error('a prompt still fetches the rest')
}

/** The code of another file, which takes from the rest what `left` the first part. */
const withRest = (code, first, left) =>
  code.replace(new RegExp(`^import \\{([^}]*)\\} from "\\./${first.replaceAll('.', '\\.')}";$`, 'm'), (_, list) => {
    const names = list.split(',').map((pair) => pair.trim())
    const fromRest = names.filter((pair) => left.has(pair.split(' as ')[0]))
    const fromFirst = names.filter((pair) => !fromRest.includes(pair))
    if (fromRest.length === 0) return _
    return `import { ${[...fromFirst, GIVER].join(', ')} } from "./${first}";\nconst { ${fromRest.map((pair) => pair.replace(' as ', ': ')).join(', ')} } = ${GIVER}();`
  })

function minify(name, code, module) {
  const { code: small, errors } = minifySync(name, code, { module, mangle: { toplevel: module } })
  if (errors.length > 0) throw new Error(`${name}: ${errors[0].message}`)
  return small
}

/** Gives the files as Vite does, what every prompt needs being parted in two. */
async function buildWorker() {
  const lab = await atHand()
  const made = madeBy(lab)
  fs.rmSync(OUT, { recursive: true, force: true })
  const output = await built({
    publicDir: false,
    plugins: [laterPlugin(), wholeRoom(), { name: 'made-by', augmentChunkHash: () => made }],
    build: {
      ssr: path.join(root, 'lib/lab/worker.ts'),
      outDir: OUT,
      target: 'es2022',
      minify: false,
      rollupOptions: {
        preserveEntrySignatures: false,
        onwarn: (warning, warn) => warning.code !== 'INEFFECTIVE_DYNAMIC_IMPORT' && warn(warning),
        output: {
          entryFileNames: 'worker-[hash].js',
          chunkFileNames: '[name]-[hash].js',
          minifyInternalExports: true,
          codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: (id, bundle) => (id.includes('rolldown/runtime') || neededFrom(ROOM, (file) => bundle.getModuleInfo(file)).has(id) ? 'room' : null) }] },
        },
      },
    },
    ssr: { noExternal: true, target: 'webworker' },
  })
  const chunks = output.filter(({ type }) => type === 'chunk')
  const room = chunks.find(({ name }) => name === 'room')
  const entry = chunks.find(({ isEntry }) => isEntry)
  const { restName, first, rest, left } = partedIn(room.fileName, room.code, lab, (name) => entry.code.includes(`.${name})`))
  const codeOf = (chunk) => minify(chunk.fileName, chunk === room ? first : withRest(chunk.code, room.fileName, left), !chunk.isEntry)
  const parts = [
    ...chunks.map((chunk) => ({ ...chunk, code: chunk === room ? `${ALL_CALLED}\n${codeOf(chunk)}` : codeOf(chunk) })),
    { fileName: restName, name: 'rest', imports: [], modules: {}, code: minify(restName, rest, false) },
  ]
  for (const { fileName, code } of parts) fs.writeFileSync(path.join(OUT, fileName), code)
  return parts
}

/** Builds it, and gives its path below the site's. */
export const workerPath = async () => `/lab/${(await buildWorker()).find((file) => file.isEntry).fileName}`

/** The path of what was built last, `worker` or `screen`. */
export const lastBuilt = (name) => `/lab/${fs.readdirSync(OUT).find((file) => file.startsWith(`${name}-`))}`

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
