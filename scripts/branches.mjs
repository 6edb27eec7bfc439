// What of a function was not run to show a prompt, though the function was: arms of an `if`, cases, what comes after an early `return`. Each that can stand
// as a function of its own is one: it is given the values of the names around it, which is why no one else may change those while it runs.
import { assignedIn, children, contains, declared, freeIn, hoisted, isFunction, scopeOf } from './scopes.mjs'

/** Characters that a call in its place costs, and with each value that it is given: shorter ones are not worth it. */
const CALL = 22
const VALUE = 4

/** Whether nothing of a node was run, by the gaps in what was (coverage.mjs). */
export function coverOf(gaps, length) {
  const before = new Uint32Array(length + 1)
  for (const [start, end] of gaps) before.fill(1, start + 1, end + 1)
  for (let i = 1; i <= length; i++) before[i] += before[i - 1]
  return ({ start, end }) => before[end] - before[start] === end - start
}

const isOther = (node) => isFunction(node) || node.type === 'ClassBody'

/** Whether in a node, but for the functions in it, something `is` so. */
const hasOwn = (node, is) => contains(node, is, isOther)

/** What works only where it stands. (`this` and `yield` are handed on.) */
const isBound = ({ type, name, await: awaits }) => awaits === true || type === 'PrivateIdentifier' || type === 'Super' || type === 'MetaProperty' || type === 'AwaitExpression' || (type === 'Identifier' && name === 'arguments')

const isLoop = ({ type }) => /^(For|ForOf|ForIn|While|DoWhile)Statement$/.test(type)

/** Whether a jump in a node goes out of it. */
function jumpsOut(node, { loop = false, breakable = false, labels = [] } = {}) {
  if (isOther(node)) return false
  if (node.type === 'BreakStatement') return node.label ? !labels.includes(node.label.name) : !breakable
  if (node.type === 'ContinueStatement') return node.label ? !labels.includes(node.label.name) : !loop
  const inside = {
    loop: loop || isLoop(node),
    breakable: breakable || isLoop(node) || node.type === 'SwitchStatement',
    labels: node.type === 'LabeledStatement' ? [...labels, node.label.name] : labels,
  }
  return [...children(node)].some((child) => jumpsOut(child, inside))
}

/** Whether what comes after a statement is never reached. */
function leaves(node) {
  switch (node?.type) {
    case 'ReturnStatement': case 'ThrowStatement': return true
    case 'BlockStatement': return leaves(node.body.at(-1))
    case 'IfStatement': return leaves(node.consequent) && leaves(node.alternate)
    default: return false
  }
}

/** Where each name of a node's own is declared; in a switch, that is not known. */
function bindingsOf(node) {
  const at = new Map(scopeOf(node).map((name) => [name, node.start]))
  if (node.type === 'BlockStatement') for (const statement of node.body) for (const name of declared([statement])) at.set(name, statement.type === 'FunctionDeclaration' ? node.start : statement.end)
  if (node.type === 'SwitchStatement') for (const name of at.keys()) at.set(name, Number.POSITIVE_INFINITY)
  return at
}

/** Names that functions within a function mention. */
const mentions = new WeakMap()
function mentionedWithin(fn) {
  let names = mentions.get(fn)
  if (!names) {
    names = new Set()
    const look = (node) => {
      for (const child of children(node)) {
        if (isFunction(child)) for (const name of freeIn(child).names) names.add(name)
        else look(child)
      }
    }
    look(fn)
    mentions.set(fn, names)
  }
  return names
}

/**
 * The branches in a top-level statement that can leave it: where each stands, what it names at the top, and how it reads as a function and as its call.
 * `taken` are functions that leave anyhow, `changing` the names at the top that change.
 */
export function branchesOf(statement, code, { covers, taken, changing }) {
  const assigned = assignedIn(statement)
  const found = []

  /** A function of `nodes`, statements or one expression, if they can be one. */
  const attempt = (nodes, { fn, scopes, form }) => {
    const [start, end] = [nodes[0].start, nodes.at(-1).end]
    if (!fn || end - start < CALL || nodes.some((node) => contains(node, isBound))) return false
    const whole = { type: 'BlockStatement', body: nodes, start, end }
    const { names, assigned: sets } = freeIn(whole)
    const given = []
    const tops = []
    for (const name of names) {
      const scope = scopes.findLast(({ at }) => at.has(name))
      if (!scope) {
        if (changing.has(name)) return false
        tops.push(name)
        continue
      }
      if (scope.at.get(name) > start) return false
      const isOwn = scope.fn === fn && !mentionedWithin(fn).has(name)
      if (assigned.has(name) && !isOwn) return false
      given.push(name)
    }
    // What it sets is given back, unless nobody looks any more; where it could throw halfway and be caught, that would be lost.
    if (sets.size > 0 && (form === 'value' || contains(fn, ({ type }) => type === 'TryStatement'))) return false
    const back = form === 'goes on' ? [...sets] : []
    if (end - start < CALL + VALUE * (given.length + 2 * back.length)) return false
    const yields = nodes.some((node) => hasOwn(node, ({ type }) => type === 'YieldExpression'))
    const usesThis = nodes.some((node) => contains(node, ({ type }) => type === 'ThisExpression'))
    const text = code.slice(start, end)
    found.push({
      start, end, nodes, tops,
      body: `function${yields ? '*' : ''} (${given.join(', ')}) { ${form === 'value' ? `return (${text})` : text}${back.length > 0 ? `\nreturn [${back.join(', ')}]` : ''} }`,
      call: (i) => {
        const call = `${yields ? 'yield* ' : ''}__branch${usesThis ? '.call' : ''}(${[...(usesThis ? ['this'] : []), i, ...given].join(', ')})`
        return form === 'value' ? `(${call})` : form === 'leaves' ? `return ${call};` : `${back.length > 0 ? `[${back.join(', ')}] = ` : ''}${call};`
      },
    })
    return true
  }

  const attemptRun = (run, list, isBody, context) => {
    const end = run.findLastIndex(({ type }) => type !== 'BreakStatement' && type !== 'ContinueStatement') + 1
    const nodes = run.slice(0, end)
    if (nodes.length === 0 || nodes.some((node) => jumpsOut(node) || hoisted(node, []).length > 0)) return false
    const own = declared(nodes)
    const others = list.filter((node) => !nodes.includes(node))
    if (own.length > 0 && (context.inSwitch || others.some((node) => own.some((name) => freeIn(node).names.has(name))))) return false
    const isLast = isBody && nodes.at(-1) === list.at(-1)
    const returns = nodes.some((node) => hasOwn(node, ({ type }) => type === 'ReturnStatement'))
    const form = leaves(nodes.at(-1)) || isLast ? 'leaves' : returns ? undefined : 'goes on'
    return form !== undefined && attempt(nodes, { ...context, form })
  }

  const visitList = (list, isBody, context) => {
    for (let i = 0; i < list.length; i++) {
      let end = i
      while (end < list.length && covers(list[end]) && list[end].type !== 'FunctionDeclaration') end++
      if (end > i && attemptRun(list.slice(i, end), list, isBody, context)) i = end - 1
      else visit(list[i], context)
    }
  }

  /** Expressions stand where a call may stand in their place. */
  const visitValue = (node, context) => {
    if (!node) return
    if (covers(node) && !isFunction(node) && attempt([node], { ...context, form: 'value' })) return
    visit(node, context)
  }

  const visit = (node, context) => {
    if (taken.has(node)) return
    if (isFunction(node)) {
      // What asks for the time goes another way each time.
      if (freeIn(node).names.has('performance')) return
      const scopes = [...context.scopes, { at: bindingsOf(node), fn: node }]
      const inner = { fn: node, scopes, inSwitch: false }
      if (node.body.type !== 'BlockStatement') return visitValue(node.body, inner)
      return visitList(node.body.body, true, { ...inner, scopes: [...scopes, { at: bindingsOf(node.body), fn: node }] })
    }
    const at = bindingsOf(node)
    const inner = at.size > 0 ? { ...context, scopes: [...context.scopes, { at, fn: context.fn }] } : context
    const isIn = context.fn !== undefined
    switch (node.type) {
      case 'ClassBody':
        for (const child of node.body) visit(child, { ...inner, fn: undefined })
        return
      case 'BlockStatement': return visitList(node.body, false, { ...inner, inSwitch: false })
      case 'SwitchCase': return visitList(node.consequent, false, { ...inner, inSwitch: true })
      case 'IfStatement':
        visit(node.test, inner)
        for (const arm of [node.consequent, node.alternate]) if (arm) arm.type === 'BlockStatement' || !isIn ? visit(arm, inner) : visitList([arm], false, inner)
        return
    }
    const values = !isIn ? [] : valuesIn(node)
    for (const child of children(node)) values.includes(child) ? visitValue(child, inner) : visit(child, inner)
  }

  visit(statement, { fn: undefined, scopes: [], inSwitch: false })
  return found
}

/** Children of a node in whose place a call may stand. */
function valuesIn(node) {
  switch (node.type) {
    case 'ConditionalExpression': return [node.consequent, node.alternate]
    case 'LogicalExpression': case 'AssignmentExpression': return [node.right]
    case 'VariableDeclarator': return [node.init]
    case 'ReturnStatement': case 'ThrowStatement': return [node.argument]
    default: return []
  }
}
