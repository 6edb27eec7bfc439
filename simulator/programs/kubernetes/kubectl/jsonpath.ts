/** kubectl's JSONPath (client-go util/jsonpath): fields, indexes, slices, wildcards, `..`, filters, unions, range … end, quoted texts. */
import { marshalLine, sorted } from '../../go/json'

export class JsonPathError extends Error {}

type Node =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'path'; readonly steps: readonly Step[] }
  | { readonly kind: 'range'; readonly steps: readonly Step[]; readonly body: readonly Node[] }

type Step =
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'all' }
  | { readonly kind: 'deep'; readonly name: string }
  | { readonly kind: 'root' }
  | { readonly kind: 'slice'; readonly from: number | undefined; readonly to: number | undefined; readonly by: number }
  | { readonly kind: 'union'; readonly steps: readonly Step[] }
  | { readonly kind: 'filter'; readonly left: readonly Step[] | string; readonly operator: string; readonly right: readonly Step[] | string }

/** Prints `object` by the template. A missing field prints nothing, or is an error. */
export function jsonPath(template: string, object: unknown, missing: 'nothing' | 'error' = 'nothing'): string {
  return print(parse(template), object, object, missing)
}

export const valuesAt = (path: string, object: unknown): unknown[] => walk(steps(path), [object], object, 'nothing')

function parse(template: string): Node[] {
  const parts = template.match(/\{(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^}"'])*\}|[^{]+/g) ?? []
  if (parts.join('') !== template) throw new JsonPathError(/\[[^\]]*$/.test(template) ? 'unterminated array' : 'unclosed action')
  const stack: { nodes: Node[]; steps: readonly Step[] }[] = [{ nodes: [], steps: [] }]
  for (const part of parts) {
    const top = stack.at(-1)
    if (!top) break
    if (!part.startsWith('{')) {
      top.nodes.push({ kind: 'text', text: part })
      continue
    }
    for (const word of part.slice(1, -1).trim().match(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|range\s+|end\b|(?:\[(?:"[^"]*"|'[^']*'|\([^)]*\)|[^\]])*\]|[^\s[\]"'])+/g) ?? []) {
      if (word === 'end') {
        const range = stack.pop()
        if (!range || stack.length === 0) throw new JsonPathError('not in range, nothing to end')
        stack.at(-1)?.nodes.push({ kind: 'range', steps: range.steps, body: range.nodes })
      } else if (/^range\s+$/.test(word)) stack.push({ nodes: [], steps: [] })
      else if (/^["']/.test(word)) stack.at(-1)?.nodes.push({ kind: 'text', text: unquote(word) })
      else {
        const inner = stack.at(-1)
        if (inner && stack.length > 1 && inner.steps.length === 0 && inner.nodes.length === 0 && /range\s/.test(part)) inner.steps = steps(word)
        else inner?.nodes.push({ kind: 'path', steps: steps(word) })
      }
    }
  }
  if (stack.length > 1) throw new JsonPathError('range not closed')
  return stack[0]?.nodes ?? []
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' }
const unquote = (text: string): string => text.slice(1, -1).replace(/\\(.)/g, (_, c: string) => ESCAPES[c] ?? c)

function steps(path: string): Step[] {
  const found: Step[] = []
  const tokens = path.match(/^[$@]|\.\.(?:[\w-]+|\*)|\.(?:\\.|[^.[\]\\])+|\[(?:\?\((?:"[^"]*"|'[^']*'|[^)"'])*\)|"[^"]*"|'[^']*'|[^\]])*\]|^[A-Za-z_][\w-]*|^\.$/g) ?? []
  if (tokens.join('') !== path) throw new JsonPathError(`unrecognized character in action: U+${(path.codePointAt(tokens.join('').length) ?? 0).toString(16).toUpperCase().padStart(4, '0')} '${path.charAt(tokens.join('').length)}'`)
  for (const token of tokens) {
    if (token === '$') found.push({ kind: 'root' })
    else if (token === '@' || token === '.') continue
    else if (token.startsWith('..')) found.push({ kind: 'deep', name: token.slice(2) })
    else if (token.startsWith('[')) found.push(bracket(token.slice(1, -1).trim()))
    else {
      const name = token.replace(/^\./, '').replace(/\\(.)/g, '$1')
      found.push(name === '*' ? { kind: 'all' } : { kind: 'field', name })
    }
  }
  return found
}

function bracket(inner: string): Step {
  if (inner === '*') return { kind: 'all' }
  const filter = /^\?\(\s*(.*?)\s*(?:(==|!=|<=|>=|<|>)\s*(.*?)\s*)?\)$/s.exec(inner)
  if (filter) {
    const side = (text: string): readonly Step[] | string => (/^[@$]/.test(text) ? steps(text) : text)
    return { kind: 'filter', left: side(filter[1] ?? ''), operator: filter[2] ?? 'exists', right: side(filter[3] ?? '') }
  }
  if (/^["'].*["']$/.test(inner) && !inner.includes(',')) return { kind: 'field', name: unquote(inner) }
  if (inner.includes(',')) return { kind: 'union', steps: inner.split(',').map((part) => bracket(part.trim())) }
  const slice = /^(-?\d+)?(:(-?\d+)?(?::(-?\d+))?)?$/.exec(inner)
  if (!slice) throw new JsonPathError(`invalid array index ${inner}`)
  const number = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text))
  const from = number(slice[1])
  if (slice[2] !== undefined) return { kind: 'slice', from, to: number(slice[3]), by: number(slice[4]) ?? 1 }
  return { kind: 'slice', from, to: from === undefined ? undefined : from === -1 ? undefined : from + 1, by: 0 }
}

const entries = (value: unknown): [string, unknown][] => (typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [])

function walk(path: readonly Step[], from: readonly unknown[], root: unknown, missing: 'nothing' | 'error'): unknown[] {
  let at: unknown[] = [...from]
  for (const step of path) at = at.flatMap((value) => take(step, value, root, missing))
  return at
}

function take(step: Step, value: unknown, root: unknown, missing: 'nothing' | 'error'): unknown[] {
  switch (step.kind) {
    case 'root': return [root]
    case 'field': {
      const found = entries(value).find(([key]) => key === step.name)
      if (found) return [found[1]]
      if (missing === 'error') throw new JsonPathError(`${step.name} is not found`)
      return []
    }
    case 'all': return Array.isArray(value) ? value : entries(value).map(([, inner]) => inner)
    case 'deep': return deep(step.name, value)
    case 'union': return step.steps.flatMap((inner) => take(inner, value, root, missing))
    case 'slice': {
      if (!Array.isArray(value)) {
        if (missing === 'error') throw new JsonPathError(`${JSON.stringify(value)} is not array or slice`)
        return []
      }
      const index = (n: number): number => (n < 0 ? n + value.length : n)
      const first = index(step.from ?? 0)
      if (step.by === 0) {
        if (first < 0 || first >= value.length) {
          if (missing === 'error') throw new JsonPathError(`array index out of bounds: index ${first}, length ${value.length}`)
          return []
        }
        return [value[first]]
      }
      const part: unknown[] = value.slice(Math.max(0, first), step.to === undefined ? undefined : index(step.to))
      return part.filter((_, i) => i % step.by === 0)
    }
    case 'filter': return (Array.isArray(value) ? value : []).filter((item) => holds(step, item, root))
  }
}

function deep(name: string, value: unknown): unknown[] {
  const inner = Array.isArray(value) ? value.map((item): [string, unknown] => ['', item]) : entries(value)
  return inner.flatMap(([key, item]) => [...(key === name || name === '*' ? [item] : []), ...deep(name, item)])
}

function holds(step: Extract<Step, { kind: 'filter' }>, item: unknown, root: unknown): boolean {
  const side = (of: readonly Step[] | string): unknown => {
    if (typeof of !== 'string') return walk(of, [item], root, 'nothing')[0]
    if (/^["']/.test(of)) return unquote(of)
    return of === 'true' ? true : of === 'false' ? false : Number(of)
  }
  const left = side(step.left)
  if (step.operator === 'exists') return left !== undefined
  if (left === undefined) return false
  const right = side(step.right)
  const [a, b] = typeof left === 'number' && typeof right === 'number' ? [left, right] : [String(left), String(right)]
  switch (step.operator) {
    case '==': return a === b
    case '!=': return a !== b
    case '<': return a < b
    case '<=': return a <= b
    case '>': return a > b
    default: return a >= b
  }
}

export const shown = (value: unknown): string => (typeof value === 'object' && value !== null ? marshalLine(sorted(value)) : value === null || value === undefined ? '' : String(value))

function print(nodes: readonly Node[], at: unknown, root: unknown, missing: 'nothing' | 'error'): string {
  return nodes
    .map((node) => {
      if (node.kind === 'text') return node.text
      const values = walk(node.steps, [at], root, missing)
      if (node.kind === 'path') return values.map(shown).join(' ')
      return values.map((value) => print(node.body, value, root, missing)).join('')
    })
    .join('')
}
