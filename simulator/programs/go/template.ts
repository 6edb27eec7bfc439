/**
 * The part of Go's text/template that output formats use: fields (`{{.a.b}}`), `$`, `range`/`if`/`with`/`else`/`end`, `json`, `index`,
 * pipes into functions. Missing fields print `<no value>`, as a template over decoded JSON does.
 */
import { marshalLine, sorted } from './json'

export class TemplateError extends Error {}

type Node = { readonly text: string } | { readonly pipe: string } | Block
interface Block {
  readonly kind: 'range' | 'if' | 'with'
  readonly pipe: string
  readonly body: readonly Node[]
  readonly otherwise: readonly Node[]
}

/** What a field that is not there means (text/template, Option missingkey). */
type Missing = 'shown' | 'error'

/** A field that is not there, with the words that asked for it. */
class NoEntry extends TemplateError {
  readonly field: string
  /** Which of the words' fields, from 0. */
  readonly step: number
  constructor(field: string, key: string, step: number) {
    super(`map has no entry for key ${JSON.stringify(key)}`)
    this.field = field
    this.step = step
  }
}

/** Executes a template whose missing fields are errors. `name`: the template's own, for its errors; `stage` tells how far it came. */
export function executeStrictly(source: string, value: unknown, name: string): string {
  try {
    return execute(source, value, 'error')
  } catch (error) {
    if (error instanceof NoEntry) {
      const start = source.indexOf(error.field)
      const line = source.slice(0, start).split('\n').length
      // A chain of fields has the place of its second.
      const column = start - (source.lastIndexOf('\n', start) + 1) + (error.step === 0 ? 0 : (error.field.indexOf('.', 1) + error.field.length) % error.field.length)
      throw new TemplateError(`failed to template data: template: ${name}:${line}:${column}: executing "${name}" at <${error.field}>: ${error.message}`)
    }
    if (error instanceof TemplateError) throw new TemplateError(`failed to generate go-template: template: ${name}:1: ${error.message}`)
    throw error
  }
}

/** Executes `source` over decoded JSON. */
export function execute(source: string, value: unknown, missing: Missing = 'shown'): string {
  const open = source.lastIndexOf('{{')
  if (open >= 0 && !source.includes('}}', open)) throw new TemplateError('unclosed action')
  const tokens = source
    .replace(/\s*\{\{- /g, '{{')
    .replace(/ -\}\}\s*/g, '}}')
    .split(/(\{\{.*?\}\})/s)
  if (tokens.some((token) => !token.startsWith('{{') && token.includes('{{'))) throw new TemplateError('unclosed action')
  const nodes = parse(tokens, 'top')
  return render(nodes.body, value, value, missing)
}

function parse(tokens: string[], where: 'top' | 'block'): { body: Node[]; otherwise: Node[] } {
  const body: Node[] = []
  const otherwise: Node[] = []
  let into = body
  for (let token = tokens.shift(); token !== undefined; token = tokens.shift()) {
    if (!token.startsWith('{{')) {
      into.push({ text: token })
      continue
    }
    const code = token.slice(2, -2).trim()
    const open = /^(range|if|with)\s+(.*)$/s.exec(code)
    if (open) {
      const kind = open[1] === 'range' ? 'range' : open[1] === 'if' ? 'if' : 'with'
      into.push({ kind, pipe: open[2] ?? '', ...parse(tokens, 'block') })
    } else if (code === 'else') into = otherwise
    else if (code === 'end') {
      if (where === 'block') return { body, otherwise }
      throw new TemplateError('unexpected {{end}}')
    } else into.push({ pipe: code })
  }
  if (where === 'block') throw new TemplateError('unexpected EOF')
  return { body, otherwise }
}

const truth = (value: unknown): boolean => {
  if (Array.isArray(value)) return value.length > 0
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0
  return Boolean(value)
}

function render(nodes: readonly Node[], dot: unknown, root: unknown, missing: Missing): string {
  return nodes.map((node) => {
    if ('text' in node) return node.text
    if (!('kind' in node)) return show(evaluate(node.pipe, dot, root, missing))
    const value = evaluate(node.pipe, dot, root, missing)
    if (!truth(value)) return render(node.otherwise, dot, root, missing)
    if (node.kind === 'if') return render(node.body, dot, root, missing)
    if (node.kind === 'with') return render(node.body, value, root, missing)
    const items: unknown[] = Array.isArray(value) ? value : Object.values(Object(sorted(value)))
    return items.map((item) => render(node.body, item, root, missing)).join('')
  }).join('')
}

function evaluate(pipe: string, dot: unknown, root: unknown, missing: Missing): unknown {
  let value: unknown
  pipe.split('|').forEach((stage, i) => {
    const words = stage.trim().match(/"(?:[^"\\]|\\.)*"|`[^`]*`|\S+/g) ?? []
    const [head = '', ...rest] = words
    const given = rest.map((word) => operand(word, dot, root, missing))
    if (i > 0) given.push(value)
    value = /^[A-Za-z]/.test(head) && head !== 'true' && head !== 'false' ? call(head, given) : operand(head, dot, root, missing)
  })
  return value
}

function call(name: string, args: readonly unknown[]): unknown {
  switch (name) {
    case 'json': return marshalLine(sorted(args[0]))
    case 'len': return Array.isArray(args[0]) || typeof args[0] === 'string' ? args[0].length : Object.keys(Object(args[0])).length
    case 'index': return args.slice(1).reduce((value, key) => field(value, String(key)), args[0])
    case 'eq': return args[0] === args[1]
    case 'ne': return args[0] !== args[1]
    case 'not': return !truth(args[0])
    case 'print': return args.map(show).join('')
    case 'println': return `${args.map(show).join(' ')}\n`
    default: throw new TemplateError(`function "${name}" not defined`)
  }
}

function operand(word: string, dot: unknown, root: unknown, missing: Missing): unknown {
  if (word.startsWith('"')) return JSON.parse(word)
  if (word.startsWith('`')) return word.slice(1, -1)
  if (/^-?\d+$/.test(word)) return Number(word)
  if (word === 'true' || word === 'false') return word === 'true'
  const from = word.startsWith('$') ? root : dot
  return word.replace(/^\$/, '').split('.').filter(Boolean).reduce((value, name, step) => {
    const found = field(value, name)
    if (found === undefined && missing === 'error' && typeof value === 'object' && value !== null) throw new NoEntry(word, name, step)
    return found
  }, from)
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.entries(value).find(([key]) => key === name)?.[1]
}

function show(value: unknown): string {
  if (value === undefined || value === null) return '<no value>'
  if (Array.isArray(value)) return `[${value.map(show).join(' ')}]`
  if (typeof value === 'object') return `map[${Object.entries(Object(sorted(value))).map(([key, item]) => `${key}:${show(item)}`).join(' ')}]`
  return String(value)
}
