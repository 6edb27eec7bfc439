// Writes lib/lab/program-chunks/: a module for each package with all its programs, and a literal import() for each package, which is what makes
// a bundler cut a chunk for it. By package, because a chunk for each program would repeat what they share (the options of coreutils, the words of
// ctr) in every one of them. Made anew by every build and test run from the folders that are there; not kept in git.
import fs from 'node:fs'
import path from 'node:path'
import { root } from './bundle.mjs'

const HEAD = '// Made by scripts/program-chunks.mjs.\n'

function write(file, text) {
  if (!fs.existsSync(file) || fs.readFileSync(file, 'utf8') !== text) fs.writeFileSync(file, text)
}

export function writeProgramChunks() {
  const programs = path.join(root, 'simulator/programs')
  const out = path.join(root, 'lib/lab/program-chunks')
  const folders = (at) => fs.readdirSync(at, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort()
  const packages = folders(programs)
    .map((pkg) => ({ pkg, names: folders(path.join(programs, pkg)).filter((name) => fs.existsSync(path.join(programs, pkg, name, 'index.ts'))) }))
    .filter(({ names }) => names.length > 0)
  // What an earlier version wrote would come before the folder.
  fs.rmSync(`${out}.ts`, { force: true })
  fs.mkdirSync(out, { recursive: true })
  const files = new Set(['index.ts', ...packages.map(({ pkg }) => `${pkg}.ts`)])
  for (const name of fs.readdirSync(out)) if (!files.has(name)) fs.rmSync(path.join(out, name))
  for (const { pkg, names } of packages) {
    const imports = names.map((name, i) => `import p${i} from '../../../simulator/programs/${pkg}/${name}/index'\n`)
    const lines = names.map((name, i) => `  '${pkg}/${name}': p${i},\n`)
    write(path.join(out, `${pkg}.ts`), `${HEAD}import type { Chunk } from './index'\n${imports.join('')}\nexport const PROGRAMS: Chunk = {\n${lines.join('')}}\n`)
  }
  const lines = packages.map(({ pkg }) => `  '${pkg}': () => import('./${pkg}').then((module) => module.PROGRAMS),\n`)
  write(
    path.join(out, 'index.ts'),
    `${HEAD}import type { ProgramModule } from '../../../simulator/programs/program'\n\nexport type Chunk = Readonly<Record<string, Pick<ProgramModule, 'main'>>>\n\n/** By package. */\nexport const CHUNKS: Readonly<Record<string, () => Promise<Chunk>>> = {\n${lines.join('')}}\n`,
  )
}
