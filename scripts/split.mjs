// Parts a bundle in two: what it needs to show a prompt, and the rest. What that takes is found by showing one (coverage.mjs); other functions leave
// the file, each with a stand-in in its place, other branches of those that stay too (branches.mjs), and with them what only they name. The first call of any fetches the rest, all at once, and waits: a worker
// has `importScripts` for that. The machine stands still meanwhile in the middle of a step, so nothing on it can tell.
import { parseAst } from 'vite'
import { branchesOf, coverOf } from './branches.mjs'
import { assignedIn, children, contains, declared, freeIn, isFunction, scopeOf } from './scopes.mjs'

/** Shorter ones are no longer than their stand-ins: at the top, and in another function, from which a stand-in hands on what they name. */
const SHORTEST = 15
const SHORTEST_WITHIN = 120

/** Private names and `super` work only in their class, `import.meta` only in a module. (`import()` finds what lies beside both parts.) */
const isBoundToItsPlace = (node) => node.type === 'PrivateIdentifier' || node.type === 'Super' || node.type === 'MetaProperty'

/** The outermost functions in a statement that are `wanted`: each with its parent, the class that it is in, whether it is within a function, and the names that are bound around it. */
function* outermost(node, wanted, { parent = null, around = null, within = false, scope = [] } = {}) {
  const found = { node, parent, around, within, scope }
  if (isFunction(node) && wanted(found)) yield found
  else for (const child of children(node)) yield* outermost(child, wanted, { parent: node, around: node.type === 'ClassBody' ? node : around, within: within || isFunction(node), scope: [...scope, ...scopeOf(node)] })
}

/** The class that a statement gives a name to. */
function classIn(statement) {
  if (statement.type === 'ClassDeclaration') return { name: statement.id.name, body: statement.body }
  const [only, ...others] = statement.type === 'VariableDeclaration' ? statement.declarations : []
  return only?.init?.type === 'ClassExpression' && others.length === 0 ? { name: only.id.name, body: only.init.body } : undefined
}

/** How a function is taken out: `declaration`, `method` of the statement's class, `member` (a method in an object literal), `value`; undefined when it stays. */
function formOf({ node, parent, around, within }, ofClass) {
  if (node.end - node.start < (within ? SHORTEST_WITHIN : SHORTEST) || contains(node, isBoundToItsPlace)) return undefined
  if (within && (node.type === 'FunctionDeclaration' || parent?.type === 'MethodDefinition')) return undefined
  if (parent?.type === 'MethodDefinition') return parent.kind === 'method' && !parent.computed && !parent.static && around === ofClass?.body ? 'method' : undefined
  if (parent?.type === 'Property' && parent.method) return parent.computed ? undefined : 'member'
  if (parent?.type === 'Property' && parent.kind !== 'init') return undefined
  // One that may be called with `new`, or has its `this` from around it.
  if ((around && !within) || contains(node, ({ type }) => type === 'ThisExpression')) return undefined
  return node.type === 'FunctionDeclaration' ? 'declaration' : 'value'
}

/** Of a function at the top that leaves, nothing else is looked at. */
const isWhole = ({ taken: [found] }) => found?.form === 'declaration' && !found.within

/** Stands before all else in the first file. No name in the sources begins so. */
const help = (address) => `
var __rest, __shown, __methods = []
function __fetchRest() {
  if (!self.theRest) importScripts(new URL(${JSON.stringify(address)}, import.meta.url).href)
  const { functions, shown } = self.theRest(__given())
  __rest = functions
  __shown = shown
  for (const [of, name, i] of __methods) Object.defineProperty(of, name, { value: __rest[i], configurable: true, writable: true })
  return __rest
}
function ${GIVER}() { return __rest ? __shown : (__fetchRest(), __shown) }
function __standIn(i) { return function () { return (__rest || __fetchRest())[i].apply(this, arguments) } }
function __within(i, given) { return function () { return (__rest || __fetchRest())[i](...given()).apply(this, arguments) } }
function __branch(i, ...given) { return (__rest || __fetchRest())[i].apply(this, given) }
function __standIns(i, n) { return Array.from({ length: n }, (_, k) => __standIn(i + k)) }
function __standInMethods({ prototype }, i, names) {
  for (const name of names) {
    __methods.push([prototype, name, i])
    Object.defineProperty(prototype, name, { value: __standIn(i++), configurable: true, writable: true })
  }
}
`

/** How other files get what the rest gives them: the name of a function that the first part exports. */
export const GIVER = '__fromRest'

/**
 * Parts the code of a module: what of it is `unrun` (coverage.mjs) comes with `rest`. `address` is where that will lie, seen from `first`. Of what
 * the module exports, `isKept` names what the first part shows itself; the rest
 * gives what is `left` (GIVER). `places` is where in `code` the functions of the rest stood.
 */
export function split(code, unrun, address, isKept = () => true) {
  const covers = coverOf(unrun.gaps, code.length)
  const starts = new Map()
  for (const [start, end] of unrun.functions) starts.set(end, [...(starts.get(end) ?? []), start])
  const isUncalled = ({ node, parent }) => (starts.get(node.end) ?? []).some((start) => start === node.start || (start === parent?.start && /^(MethodDefinition|Property)$/.test(parent.type)))
  const text = ({ start, end }) => code.slice(start, end)

  const top = new Map()
  const statements = parseAst(code).body.map((node) => {
    const statement = { node, names: node.type === 'ImportDeclaration' ? node.specifiers.map(({ local }) => local.name) : declared([node]), ofClass: classIn(node), taken: [], branches: [] }
    for (const name of statement.names) top.set(name, statement)
    return statement
  })
  // The parts share values, not variables: what names a variable that changes stays with it.
  const changing = new Set(statements.flatMap(({ node }) => [...freeIn(node).assigned]))
  for (const statement of statements) {
    if (/^(Import|Export)/.test(statement.node.type)) continue
    const assigned = assignedIn(statement.node)
    for (const found of outermost(statement.node, isUncalled)) {
      const form = formOf(found, statement.ofClass)
      const names = [...freeIn(found.node).names]
      const inner = names.filter((name) => found.scope.includes(name))
      const canBeHandedOn = found.within ? !inner.some((name) => assigned.has(name) || name === 'arguments') : inner.length === 0
      if (form && canBeHandedOn && !names.some((name) => changing.has(name))) statement.taken.push({ ...found, form, inner })
    }
    if (!isWhole(statement)) statement.branches = branchesOf(statement.node, code, { covers, changing, taken: new Set(statement.taken.map(({ node }) => node)) })
    statement.taken = statement.taken.filter(({ node }) => !statement.branches.some(({ start, end }) => start <= node.start && node.end <= end))
  }

  const isList = ({ node }) => node.type === 'ExportNamedDeclaration' && !node.declaration && !node.source
  const exported = statements.filter(isList).flatMap(({ node }) => node.specifiers).map(({ local, exported: { name } }) => ({ name, of: local.name }))

  /** All that is named, directly or not, by what stays of the statements that do something when the module begins. */
  const staying = new Set()
  const stay = (statement) => {
    if (!statement || staying.has(statement)) return
    staying.add(statement)
    const leaving = new Set([...statement.taken.map(({ node }) => node), ...statement.branches.flatMap(({ nodes }) => nodes)])
    for (const name of freeIn(statement.node, (node) => leaving.has(node)).names) stay(top.get(name))
  }
  for (const { name, of } of exported) if (isKept(name)) stay(top.get(of))
  for (const statement of statements) {
    if (isList(statement)) continue
    const onlyNames = /^(Function|Class|Variable)Declaration$/.test(statement.node.type)
    if (!onlyNames || statement.names.some((name) => changing.has(name))) stay(statement)
  }

  const functions = []
  const places = []
  const named = new Set()
  const take = ({ node, form, within, inner }) => {
    for (const name of freeIn(node, (each) => each === node.id).names) if (!inner.includes(name)) named.add(name)
    const head = `${node.async ? 'async ' : ''}function${node.generator ? '*' : ''} `
    const whole = form === 'value' ? text(node) : form === 'declaration' ? head + code.slice(code.indexOf('(', node.id.end), node.end) : head + text(node)
    places.push([node.start, node.end])
    functions.push(within ? `(${inner.join(', ')}) => (${whole})` : whole)
    return within ? `__within(${functions.length - 1}, () => [${inner.join(', ')}])` : `__standIn(${functions.length - 1})`
  }
  const takeBranch = ({ start, end, tops, body, call }) => {
    for (const name of tops) named.add(name)
    places.push([start, end])
    functions.push(body)
    return call(functions.length - 1)
  }
  const moved = []
  const imports = []
  const first = []
  const declarations = []
  for (const statement of statements) {
    const { node, names, taken, ofClass, branches } = statement
    if (isList(statement)) continue
    if (!staying.has(statement)) {
      moved.push(text(node))
      for (const name of freeIn(node).names) named.add(name)
    } else if (node.type === 'ImportDeclaration') imports.push(text(node))
    else if (isWhole(statement)) declarations.push([names[0], taken[0]])
    else {
      const methods = taken.filter(({ form }) => form === 'method')
      let at = node.start
      let out = ''
      const leaving = [...taken.map((found) => ({ ...found, whole: found.form === 'value' ? found.node : found.parent })), ...branches.map((branch) => ({ ...branch, whole: branch }))]
      for (const found of leaving.sort((a, b) => a.whole.start - b.whole.start)) {
        out += code.slice(at, found.whole.start)
        at = found.whole.end
        if (found.call) {
          out += takeBranch(found)
          continue
        }
        if (found.form === 'member') out += `${text(found.parent.key)}: `
        if (found.form !== 'method') out += take(found)
      }
      first.push(out + code.slice(at, node.end))
      if (methods.length > 0) first.push(`__standInMethods(${ofClass.name}, ${functions.length}, ${JSON.stringify(methods.map(({ parent }) => parent.key.name ?? parent.key.value))});`)
      for (const found of methods) take(found)
    }
  }
  const standIns = `var [${declarations.map(([name]) => name).join(', ')}] = __standIns(${functions.length}, ${declarations.length});`
  for (const [, found] of declarations) take(found)
  const left = exported.filter(({ name, of }) => !isKept(name) && !changing.has(of))
  for (const { of } of left) named.add(of)
  const given = [...named].filter((name) => staying.has(top.get(name))).join(', ')
  const pairs = (list, between) => list.map(({ name, of }) => (between === ' as ' ? of + between + name : name + between + of)).join(', ')
  const shown = [pairs(exported.filter((each) => !left.includes(each)), ' as '), ...(left.length > 0 ? [GIVER] : [])].join(', ')
  return {
    first: [...imports, help(address), standIns, `function __given() { return [${given}] }`, ...first, ...(exported.length > 0 ? [`export { ${shown} };`] : [])].join('\n'),
    rest: `'use strict'
self.theRest = ([${given}]) => {\n${moved.join('\n')}\nreturn { functions: [${functions.map((each) => `(${each})`).join(',\n')}], shown: { ${pairs(left, ': ')} } }\n}\n`,
    left: new Set(left.map(({ name }) => name)),
    places,
  }
}
