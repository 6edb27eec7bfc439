// A plugin for the worker's bundle: modules that no prompt needs are fetched when they are first run. A stand-in takes the module's place; each of its
// functions is a generator that fetches the module and goes on in it (simulator/kernel/later.ts). So only modules come later that export generators,
// programs or builtins, and types; one with another export stops the build.
import fs from 'node:fs'
import path from 'node:path'
import { parseAst } from 'vite'
import { bundle, root } from './bundle.mjs'

const NOW = '?now'
const LIST = fs.readFileSync(path.join(root, 'scripts/later.txt'), 'utf8')

/** A path with stars as a pattern; one star is one name. */
const patternOf = (line) => new RegExp(`^${line.replaceAll('.', '\\.').replaceAll('*', '[^/]+')}$`)
const lines = LIST.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
const LATER = lines.filter((line) => !line.startsWith('!')).map(patternOf)
const STAYS = lines.filter((line) => line.startsWith('!')).map((line) => patternOf(line.slice(1)))

const isLater = (file) => LATER.some((pattern) => pattern.test(file)) && !STAYS.some((pattern) => pattern.test(file))

/** What the default export of a file is, by its place. */
const DEFAULTS = [
  [/^simulator\/programs\/[^/]+\/[^/]+\/index\.ts$/, 'program'],
  [/^simulator\/programs\/busybox\/applets\//, 'generator'],
  [/^simulator\/shell\/builtins\//, 'builtins'],
]

/** Exported values by name: how each is made. */
function exportsOf(source, file) {
  const found = new Map()
  const generator = (node) => (node?.generator === true ? 'generator' : 'other')
  for (const node of source.body) {
    if (node.type === 'ExportDefaultDeclaration') found.set('default', DEFAULTS.find(([place]) => place.test(file))?.[1] ?? generator(node.declaration))
    if (node.type === 'ExportAllDeclaration') found.set('*', 'other')
    if (node.type !== 'ExportNamedDeclaration' || node.exportKind === 'type') continue
    const { declaration } = node
    if (declaration?.type === 'FunctionDeclaration') found.set(declaration.id.name, generator(declaration))
    else if (declaration?.type === 'VariableDeclaration') for (const { id, init } of declaration.declarations) found.set(id.name, generator(init))
    else if (declaration && !/^TS(Interface|TypeAlias)/.test(declaration.type)) found.set(declaration.id?.name ?? '', 'other')
    for (const { exported } of node.specifiers) found.set(exported.name, 'other')
  }
  return found
}

let loaded
/** The builtins of a file but for what they do: known by loading them. */
async function builtinsOf(file) {
  loaded ??= bundle('builtins', 'simulator/shell/builtins.ts', ['simulator']).then((address) => import(address))
  const { FILES } = await loaded
  const module = FILES[`./builtins/${path.basename(file)}`].default
  return { many: Array.isArray(module), all: [module].flat().map(({ run: _, ...facts }) => facts) }
}

const ON = 'yield* (yield* later(load))'

async function standIn(exported, file) {
  const parts = []
  for (const [name, kind] of exported) {
    if (kind === 'generator') parts.push(`export ${name === 'default' ? 'default function*' : `function* ${name}`}(...all) { return ${ON}.${name}(...all) }\n`)
    else if (kind === 'program') parts.push(`export default { *run(io) { return ${ON}.default.run(io) }, *main(sys) { return ${ON}.default.main(sys) } }\n`)
    else {
      const { many, all } = await builtinsOf(file)
      const each = all.map((facts, i) => `{ ...${JSON.stringify(facts)}, *run(shell, given) { return ${ON}.default${many ? `[${i}]` : ''}.run(shell, given) } }`)
      parts.push(`export default ${many ? `[${each.join(', ')}]` : each[0]}\n`)
    }
  }
  return `import { later } from ${JSON.stringify(path.join(root, 'simulator/kernel/later.ts'))}\nconst load = () => import(${JSON.stringify(path.join(root, file) + NOW)})\n${parts.join('')}`
}

/** Puts the bundler's few lines of help into the file of what every prompt needs, which else would wait for one more file. */
export const wholeRoom = () => ({
  name: 'whole-room',
  generateBundle: {
    order: 'post',
    handler(_, files) {
      const all = Object.values(files)
      const help = all.find((file) => file.name === 'rolldown-runtime')
      const room = all.find((file) => file.name === 'room')
      const [, own, shown] = /^([\s\S]*)export \{([^}]*)\};?\s*$/.exec(help?.code ?? '') ?? []
      if (!room || own === undefined || shown === undefined) return
      const locals = new Map(shown.split(',').map((pair) => pair.trim().split(' as ')).map(([local, name = local]) => [name, local]))
      room.code = room.code.replace(new RegExp(`import \\{([^}]*)\\} from "\\./${help.fileName.replaceAll('.', '\\.')}";`), (_, wanted) =>
        wanted.split(',').map((pair) => pair.trim().split(' as ')).map(([name, local = name]) => `var ${local}=(()=>{${own};return ${locals.get(name)}})();`).join(''),
      )
      room.imports = room.imports.filter((name) => name !== help.fileName)
    },
  },
})

export const laterPlugin = () => ({
  name: 'later',
  enforce: 'pre',
  async load(id) {
    const file = path.relative(root, id)
    if (!isLater(file)) return undefined
    const exported = exportsOf(parseAst(fs.readFileSync(id, 'utf8'), { lang: 'ts' }), file)
    const other = [...exported].filter(([, kind]) => kind === 'other').map(([name]) => name)
    if (exported.size === 0 || other.length > 0) {
      this.error(`${file} cannot come later: ${other.join(', ') || 'nothing'} is no generator (scripts/later.txt)`)
    }
    return { code: await standIn(exported, file), moduleType: 'js' }
  },
})
