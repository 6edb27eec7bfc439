// Writes lib/lab/program-chunks.ts: a literal import() for each program, which is what makes a bundler cut a chunk for it. Made anew by
// every build and test run from the folders that are there; not kept in git.
import fs from 'node:fs'
import path from 'node:path'
import { root } from './bundle.mjs'

export function writeProgramChunks() {
  const programs = path.join(root, 'simulator/programs')
  const folders = (at) => fs.readdirSync(at, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort()
  const ids = folders(programs).flatMap((pkg) => folders(path.join(programs, pkg)).filter((name) => fs.existsSync(path.join(programs, pkg, name, 'index.ts'))).map((name) => `${pkg}/${name}`))
  const lines = ids.map((id) => `  '${id}': () => import('../../simulator/programs/${id}/index'),\n`)
  const text = `// Made by scripts/program-chunks.mjs.\nimport type { ProgramModule } from '../../simulator/programs/program'\n\nexport const CHUNKS: Readonly<Record<string, () => Promise<{ readonly default: Pick<ProgramModule, 'main'> }>>> = {\n${lines.join('')}}\n`
  const file = path.join(root, 'lib/lab/program-chunks.ts')
  if (!fs.existsSync(file) || fs.readFileSync(file, 'utf8') !== text) fs.writeFileSync(file, text)
}
