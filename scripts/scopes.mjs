// What names stand for in a piece of code: what a node binds, what it names of the outside, what it assigns to. For scripts/split.mjs and scripts/branches.mjs.

/** Names that a pattern binds. */
export function bound(pattern, names = []) {
  switch (pattern?.type) {
    case 'Identifier': names.push(pattern.name); break
    case 'ObjectPattern': for (const property of pattern.properties) bound(property.value ?? property.argument, names); break
    case 'ArrayPattern': for (const element of pattern.elements) bound(element, names); break
    case 'AssignmentPattern': bound(pattern.left, names); break
    case 'RestElement': bound(pattern.argument, names); break
  }
  return names
}

export const isFunction = (node) => /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type)

export function* children(node) {
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) yield* value.filter((each) => typeof each?.type === 'string')
    else if (typeof value?.type === 'string') yield value
  }
}

/** Names that `var` binds in a function. */
export function hoisted(node, names) {
  if (node.type === 'VariableDeclaration' && node.kind === 'var') for (const { id } of node.declarations) bound(id, names)
  for (const child of children(node)) if (!isFunction(child)) hoisted(child, names)
  return names
}

/** Names that a list of statements binds for itself. */
export const declared = (body) =>
  body.flatMap((node) => {
    if (node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration') return [node.id.name]
    return node.type === 'VariableDeclaration' ? node.declarations.flatMap(({ id }) => bound(id)) : []
  })

/** What a node binds for what is in it. */
export function scopeOf(node) {
  if (isFunction(node)) return [...node.params.flatMap((parameter) => bound(parameter)), ...hoisted(node.body, []), ...(node.id && node.type === 'FunctionExpression' ? [node.id.name] : []), ...(node.type === 'ArrowFunctionExpression' ? [] : ['arguments'])]
  switch (node.type) {
    case 'BlockStatement': case 'StaticBlock': return declared(node.body)
    case 'SwitchStatement': return declared(node.cases.flatMap(({ consequent }) => consequent))
    case 'ForStatement': return node.init ? declared([node.init]) : []
    case 'ForOfStatement': case 'ForInStatement': return declared([node.left])
    case 'CatchClause': return bound(node.param)
    case 'ClassExpression': return node.id ? [node.id.name] : []
    default: return []
  }
}

/** Names that a node assigns to by itself, whatever is in it. */
function assignedBy({ type, left, argument }) {
  if (type === 'AssignmentExpression' || (/^For(Of|In)Statement$/.test(type) && left.type !== 'VariableDeclaration')) return bound(left)
  return type === 'UpdateExpression' ? bound(argument) : []
}

/** What a node names of the outside, and what of that it assigns to. `leave` says of what is in it that it does not count. */
export function freeIn(node, leave = () => false) {
  const names = new Set()
  const assigned = new Set()
  const look = (at, scopes) => {
    if (leave(at)) return
    const isOut = (name) => !scopes.some((scope) => scope.has(name))
    if (at.type === 'Identifier') {
      if (isOut(at.name)) names.add(at.name)
      return
    }
    for (const name of assignedBy(at)) if (isOut(name)) assigned.add(name)
    const own = scopeOf(at)
    const inner = own.length > 0 ? [...scopes, new Set(own)] : scopes
    const isName = (child) =>
      (at.type === 'MemberExpression' && child === at.property && !at.computed) ||
      (/^(Property|MethodDefinition|PropertyDefinition)$/.test(at.type) && child === at.key && child !== at.value && !at.computed) ||
      (/^(LabeledStatement|BreakStatement|ContinueStatement)$/.test(at.type) && child === at.label) ||
      at.type === 'MetaProperty'
    for (const child of children(at)) if (!isName(child)) look(child, inner)
  }
  look(node, [])
  return { names, assigned }
}

/** Whether something in a node passes the test. `leave` as above. */
export const contains = (node, test, leave = () => false) => !leave(node) && (test(node) || [...children(node)].some((child) => contains(child, test, leave)))

/** Names that anything in a node assigns to, whatever they are there. */
export function assignedIn(node, names = new Set()) {
  for (const name of assignedBy(node)) names.add(name)
  for (const child of children(node)) assignedIn(child, names)
  return names
}
