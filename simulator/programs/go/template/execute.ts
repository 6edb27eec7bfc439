/**
 * Go's text/template over decoded JSON, whole: actions, variables, `define`, functions, and the errors of Go 1.19 word by word. It was run
 * beside the real one (template.test.ts). A program says which functions it adds, what a missing key means, and how it decodes numbers.
 */
import { encode } from '../../../kernel/bytes'
import { quote } from '../strconv'
import { CallError, TemplateError } from './error'
import { BUILTINS, type TemplateFunction, wrongText } from './functions'
import { type Command, type Node, type Operand, operandText, type Pipe, type Template } from './nodes'
import { parse } from './parse'
import { isMap, isTrue, keysOf, type Numbers, shown, typeName } from './values'

export { TemplateError } from './error'
export { textFunction, valueFunction } from './functions'

export interface Options {
  /** The template's own name, for its errors. */
  readonly name: string
  readonly functions?: Readonly<Record<string, TemplateFunction>>
  readonly missingKey: 'shown' | 'error'
  readonly numbers: Numbers
}

export function execute(source: string, value: unknown, options: Options): string {
  const functions = { ...BUILTINS, ...options.functions }
  const template = parse(source, options.name, new Set(Object.keys(functions)))
  return new Execution(template, functions, options).run(value)
}

/** A value, and whether Go sees it as an `interface {}` still: what a map or list holds is one until a pipeline ends. */
interface Box {
  readonly value: unknown
  readonly is: 'interface' | 'concrete'
}

const concrete = (value: unknown): Box => ({ value: value === null ? undefined : value, is: 'concrete' })
/** No value was handed on by a pipeline's earlier stage. */
const NOTHING = Symbol('nothing')

class Leave extends Error {
  readonly how: 'break' | 'continue'
  constructor(how: 'break' | 'continue') {
    super(how)
    this.how = how
  }
}

class Execution {
  private readonly template: Template
  private readonly functions: Readonly<Record<string, TemplateFunction>>
  private readonly options: Options
  private variables: { name: string; box: Box }[] = []
  private name: string
  private depth = 0
  private out = ''
  private looking = { at: 0, context: '' }

  constructor(template: Template, functions: Readonly<Record<string, TemplateFunction>>, options: Options) {
    this.template = template
    this.functions = functions
    this.options = options
    this.name = template.name
  }

  run(value: unknown): string {
    const dot = concrete(value)
    this.variables = [{ name: '$', box: dot }]
    this.walk(dot, this.template.body)
    return this.out
  }

  /** Go's errors name the node that was looked at last. */
  private fail(message: string): never {
    const { at, context } = this.looking
    const before = this.template.source.slice(0, at)
    const line = before.split('\n').length
    const column = encode(before.slice(before.lastIndexOf('\n') + 1)).length
    throw new TemplateError('execute', `template: ${this.template.name}:${line}:${column}: executing ${quote(this.name)} at <${context}>: ${message}`)
  }

  private look(node: Operand | Command): void {
    this.looking = { at: node.at, context: operandText(node) }
  }

  private walk(dot: Box, nodes: readonly Node[]): void {
    for (const node of nodes) this.step(dot, node)
  }

  private step(dot: Box, node: Node): void {
    switch (node.kind) {
      case 'text':
        this.out += node.text
        return
      case 'action': {
        const { value } = this.pipeline(dot, node.pipe)
        if (node.pipe.variables.length === 0) this.out += value === undefined ? '<no value>' : shown(value, this.options.numbers)
        return
      }
      case 'break':
      case 'continue': throw new Leave(node.kind)
      case 'template': return this.called(dot, node)
      default: return this.control(dot, node)
    }
  }

  private control(dot: Box, node: Extract<Node, { kind: 'if' | 'with' | 'range' }>): void {
    const known = this.variables.length
    const box = this.pipeline(dot, node.pipe)
    const { numbers } = this.options
    if (node.kind === 'range') {
      const items = this.items(box.value)
      if (items.length > 0) this.iterate(node, items)
      else this.walk(dot, node.otherwise ?? [])
    } else if (isTrue(box.value, numbers)) this.walk(node.kind === 'with' ? box : dot, node.body)
    else this.walk(dot, node.otherwise ?? [])
    this.variables.length = known
  }

  private items(value: unknown): [unknown, unknown][] {
    if (value === undefined) return []
    if (Array.isArray(value)) return value.map((item: unknown, i) => [BigInt(i), item])
    if (isMap(value)) return keysOf(value).map((key) => [key, value[key]])
    return this.fail(`range can't iterate over ${shown(value, this.options.numbers)}`)
  }

  private iterate(node: Extract<Node, { kind: 'range' | 'if' | 'with' }>, items: readonly [unknown, unknown][]): void {
    const mark = this.variables.length
    for (const [key, value] of items) {
      const element: Box = { value, is: 'interface' }
      const set = (back: number, box: Box): void => {
        const variable = this.variables[mark - back]
        if (variable) variable.box = box
      }
      if (node.pipe.variables.length > 0) set(1, element)
      if (node.pipe.variables.length > 1) set(2, concrete(key))
      try {
        this.walk(element, node.body)
      } catch (error) {
        if (!(error instanceof Leave)) throw error
        if (error.how === 'break') return
      } finally {
        this.variables.length = mark
      }
    }
  }

  private called(dot: Box, node: Extract<Node, { kind: 'template' }>): void {
    const context = `{{template ${quote(node.name)}${node.pipe ? ` ${operandText(node.pipe)}` : ''}}}`
    const body = this.template.defined.get(node.name)
    this.looking = { at: node.at + 'template '.length, context }
    if (body === undefined) this.fail(`template ${quote(node.name)} not defined`)
    if (this.depth === 100_000) this.fail('exceeded maximum template depth (100000)')
    const inner = node.pipe ? this.pipeline(dot, node.pipe) : concrete(undefined)
    const outer = { variables: this.variables, name: this.name }
    this.variables = [{ name: '$', box: inner }]
    this.name = node.name
    this.depth++
    this.walk(inner, body)
    this.depth--
    this.variables = outer.variables
    this.name = outer.name
  }

  private pipeline(dot: Box, pipe: Pipe): Box {
    this.look(pipe)
    let value: unknown = NOTHING
    for (const command of pipe.commands) value = concrete(this.command(dot, command, value).value).value
    const box = concrete(value)
    for (const name of pipe.variables) {
      const old = pipe.sets === 'old' ? this.variables.findLast((variable) => variable.name === name) : undefined
      if (old) old.box = box
      else this.variables.push({ name, box })
    }
    return box
  }

  private command(dot: Box, command: Command, last: unknown): Box {
    const [first] = command.args
    if (first === undefined) return concrete(undefined)
    if (first.kind === 'identifier') return { value: this.call(dot, first.name, command, command.args.slice(1), last), is: 'interface' }
    const isGiven = command.args.length > 1 || last !== NOTHING
    if (first.kind === 'field' || first.kind === 'chain' || (first.kind === 'variable' && first.names.length > 1)) return this.operand(dot, first, isGiven)
    if (first.kind !== 'pipe') this.look(first)
    if (isGiven) this.fail(`can't give argument to non-function ${operandText(first)}`)
    if (first.kind === 'nil') return this.fail('nil is not a command')
    return this.operand(dot, first, false)
  }

  private operand(dot: Box, node: Operand, isGiven = false): Box {
    if (node.kind !== 'pipe') this.look(node)
    switch (node.kind) {
      case 'dot': return dot
      case 'nil': return concrete(undefined)
      case 'bool':
      case 'number':
      case 'string': return concrete(node.value)
      case 'identifier': return concrete(this.call(dot, node.name, node, [], NOTHING))
      case 'pipe': return this.pipeline(dot, node)
      case 'field': return this.fields(dot, node.names, isGiven)
      case 'variable': {
        const found = this.variables.findLast((variable) => variable.name === node.names[0])
        return this.fields(found?.box ?? concrete(undefined), node.names.slice(1), isGiven)
      }
      case 'chain':
        if (node.of.kind === 'nil') this.fail(`indirection through explicit nil in ${operandText(node)}`)
        return this.fields(this.operand(dot, node.of), node.names, isGiven)
    }
  }

  private fields(from: Box, names: readonly string[], isGiven: boolean): Box {
    return names.reduce((receiver: Box, name, i): Box => {
      const { value } = receiver
      if (value === undefined) return this.options.missingKey === 'error' ? this.fail(`nil data; no entry for key ${quote(name)}`) : receiver
      if (value === null) return this.fail(`nil pointer evaluating interface {}.${name}`)
      if (!isMap(value)) return this.fail(`can't evaluate field ${name} in type ${receiver.is === 'interface' ? 'interface {}' : typeName(value, this.options.numbers)}`)
      if (isGiven && i === names.length - 1) this.fail(`${name} is not a method but has arguments`)
      if (name in value) return { value: value[name], is: 'interface' }
      return this.options.missingKey === 'error' ? this.fail(`map has no entry for key ${quote(name)}`) : concrete(undefined)
    }, from)
  }

  private call(dot: Box, name: string, node: Operand | Command, given: readonly Operand[], last: unknown): unknown {
    const known = this.functions[name]
    this.looking = { at: node.at, context: name }
    if (known === undefined) return this.fail(`${quote(name)} is not a defined function`)
    const count = given.length + (last === NOTHING ? 0 : 1)
    const least = known.repeats ? known.takes.length - 1 : known.takes.length
    const needs = known.takes.length === 1 && known.repeats ? 0 : least
    if (known.repeats && count < needs) return this.fail(`wrong number of args for ${name}: want at least ${needs} got ${count}`)
    if (!known.repeats && count !== needs) return this.fail(`wrong number of args for ${name}: want ${needs} got ${count}`)
    const takes = (i: number): 'any' | 'string' => known.takes[Math.min(i, known.takes.length - 1)] ?? 'any'
    const { numbers } = this.options
    if (name === 'and' || name === 'or') {
      let value: unknown
      for (const operand of given) {
        value = this.operand(dot, operand).value
        if (isTrue(value, numbers) === (name === 'or')) return value
      }
      return last === NOTHING ? value : last
    }
    const args = given.map((operand, i) => this.argument(dot, operand, takes(i)))
    if (last !== NOTHING) {
      if (takes(args.length) === 'string' && typeof last !== 'string') this.fail(wrongText(last, numbers))
      args.push(last)
    }
    try {
      return known.call(args, numbers)
    } catch (error) {
      this.look(node)
      if (error instanceof CallError) return this.fail(`error calling ${name}: ${error.message}`)
      throw error
    }
  }

  private argument(dot: Box, operand: Operand, type: 'any' | 'string'): unknown {
    if (operand.kind !== 'pipe') this.look(operand)
    if (type === 'string' && operand.kind === 'nil') return this.fail('cannot assign nil to string')
    if (type === 'string' && (operand.kind === 'number' || operand.kind === 'bool')) return this.fail(`expected string; found ${operandText(operand)}`)
    const { value } = this.operand(dot, operand)
    if (type === 'string' && typeof value !== 'string') return this.fail(wrongText(value, this.options.numbers))
    return value
  }
}
