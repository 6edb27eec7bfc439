// A plugin for the worker's bundle: modules that no prompt needs are fetched when they are first run. A stand-in takes the module's place; each of its
// functions is a generator that fetches the module and goes on in it (simulator/kernel/later.ts). So only modules can be listed that export generators or
// programs, and types; another export stops the build.
import fs from 'node:fs'
import path from 'node:path'
import { parseAst } from 'vite'
import { root } from './bundle.mjs'

const NOW = '?now'

/** By path below simulator/. A program that boots nodes is needed from the start. */
const PROGRAM = /(?:^|\/)programs\/(?!lab\/)[^/]+\/[^/]+\/index\.ts$/
const LATER = [PROGRAM]
const RESIDENT = /^programs\/(bash\/bash|openssh-[^/]+\/[^/]+|containerd\/containerd(-shim-runc-v2)?|kubernetes\/kube(-.*|let)|containernetworking-plugins\/[^/]+|pause\/pause|webserver\/[^/]+|runc\/runc)\//

const isLater = (file) => LATER.some((pattern) => pattern.test(file)) && !RESIDENT.test(file)

/** The names that a module exports, with whether each is a generator; types do not count. */
function exportsOf(source, file) {
  const names = new Map()
  for (const node of source.body) {
    if (node.type === 'ExportDefaultDeclaration') names.set('default', PROGRAM.test(file) ? 'program' : node.declaration.generator ? 'generator' : 'other')
    if (node.type !== 'ExportNamedDeclaration' || node.exportKind === 'type') continue
    const { declaration } = node
    if (declaration?.type === 'FunctionDeclaration') names.set(declaration.id.name, declaration.generator ? 'generator' : 'other')
    else if (declaration?.type === 'VariableDeclaration') for (const { id, init } of declaration.declarations) names.set(id.name, init?.type === 'FunctionExpression' && init.generator ? 'generator' : 'other')
    else if (declaration && !/^TS/.test(declaration.type)) names.set(declaration.id?.name, 'other')
  }
  for (const [name, kind] of names) if (kind === 'other') throw new Error(`${file}: ${name} is no generator, so this module cannot come later`)
  return names
}

function standIn(names, file) {
  const load = `const load = () => import(${JSON.stringify(file + NOW)})\n`
  const parts = [...names].map(([name, kind]) => {
    if (kind === 'generator') return `export ${name === 'default' ? 'default ' : ''}function* ${name === 'default' ? '' : name}(...all) { return yield* (yield* later(load)).${name}(...all) }\n`
    return `export default { *run(io) { return yield* (yield* later(load)).default.run(io) }, *main(sys) { return yield* (yield* later(load)).default.main(sys) } }\n`
  })
  return `import { later } from ${JSON.stringify(path.join(root, 'simulator/kernel/later.ts'))}\n${load}${parts.join('')}`
}

export function laterPlugin() {
  const simulator = `${path.join(root, 'simulator')}/`
  return {
    name: 'later',
    enforce: 'pre',
    load(id) {
      if (!id.startsWith(simulator) || !isLater(id.slice(simulator.length))) return undefined
      const names = exportsOf(parseAst(fs.readFileSync(id, 'utf8'), { lang: 'ts' }), id)
      return { code: standIn(names, id), moduleType: 'js' }
    },
  }
}
