/** Parses a Go template, with the complaints of text/template (parse.go of Go 1.19). */
import { quote } from '../strconv'
import { TemplateError } from './error'
import { type Word, type WordKind, words, wordText } from './lex'
import { type Command, type Constant, Float, type Node, type Operand, operandText, type Pipe, type Template } from './nodes'
import { unquote } from './quoting'

const OPERANDS: readonly WordKind[] = ['bool', 'character', 'dot', 'field', 'identifier', 'number', 'raw', 'string', 'variable', 'open']
/** Nothing of these can be run, so they stand first in a pipeline or not at all. */
const NOT_EXECUTABLE: readonly Operand['kind'][] = ['bool', 'dot', 'nil', 'number', 'string']

type Ending = { readonly kind: 'end' } | { readonly kind: 'else'; readonly at: number; readonly isIf: boolean }

export function parse(source: string, name: string, functions: ReadonlySet<string>): Template {
  const list = words(source)
  const defined = new Map<string, readonly Node[]>()
  let next = 0
  let variables = ['$']
  let ranges = 0
  let actionLine = 0

  const here = (): Word => list[Math.min(next, list.length - 1)] ?? { kind: 'end', at: source.length, line: 1, text: '' }
  const take = (): Word => {
    const word = here()
    next++
    return word
  }
  const skipSpace = (): void => {
    while (here().kind === 'space') next++
  }
  const peek = (): Word => {
    skipSpace()
    return here()
  }
  const takeWord = (): Word => {
    skipSpace()
    return take()
  }
  const isKeyword = (word: Word, text: string): boolean => word.kind === 'keyword' && word.text === text
  const fail = (message: string, word: Word = list[Math.max(0, Math.min(next, list.length) - 1)] ?? here()): never => {
    throw new TemplateError('parse', `template: ${name}:${word.line}: ${message}`)
  }
  const unexpected = (word: Word, context: string): never => {
    if (word.kind !== 'error') return fail(`unexpected ${wordText(word)} in ${context}`, word)
    const started = actionLine !== 0 && actionLine !== word.line ? ` in action started at ${name}:${actionLine}` : ''
    return fail(word.text + (word.text.endsWith(' action') ? started.replace(' in action', '') : started), word)
  }
  const expect = (kind: WordKind, context: string): Word => {
    const word = takeWord()
    return word.kind === kind ? word : unexpected(word, context)
  }
  const stringOf = (word: Word): string => unquote(word.text) ?? fail('invalid syntax', word)

  function node(): Node | Ending {
    const word = takeWord()
    if (word.kind === 'text') return { kind: 'text', at: word.at, text: word.text }
    if (word.kind !== 'left') return unexpected(word, 'input')
    actionLine = word.line
    const made = action()
    actionLine = 0
    return made
  }

  function action(): Node | Ending {
    const word = peek()
    if (word.kind === 'keyword' && word.text !== 'nil') {
      next++
      switch (word.text) {
        case 'end':
          expect('right', 'end')
          return { kind: 'end' }
        case 'else': {
          const after = peek()
          if (isKeyword(after, 'if')) return { kind: 'else', at: after.at, isIf: true }
          return { kind: 'else', at: expect('right', 'else').at, isIf: false }
        }
        case 'if':
        case 'with':
        case 'range': return control(word.text)
        case 'template': return templateCall(word)
        case 'block': return block()
        case 'break':
        case 'continue': {
          const close = takeWord()
          if (close.kind !== 'right') unexpected(close, `{{${word.text}}}`)
          if (ranges === 0) fail(`{{${word.text}}} outside {{range}}`)
          return { kind: word.text, at: word.at }
        }
        default: return unexpected(word, 'command')
      }
    }
    return { kind: 'action', at: word.at, pipe: pipeline('command', 'right') }
  }

  function items(): { body: Node[]; ending: Ending } {
    const body: Node[] = []
    while (peek().kind !== 'end') {
      const made = node()
      if (made.kind === 'end' || made.kind === 'else') return { body, ending: made }
      body.push(made)
    }
    return fail('unexpected EOF', here())
  }

  function control(kind: 'if' | 'with' | 'range'): Node {
    const known = variables.length
    const pipe = pipeline(kind, 'right')
    if (kind === 'range') ranges++
    const { body, ending } = items()
    if (kind === 'range') ranges--
    let otherwise: Node[] | undefined
    if (ending.kind === 'else') {
      if (ending.isIf && kind === 'if') {
        next++
        otherwise = [control('if')]
      } else {
        const rest = items()
        if (rest.ending.kind !== 'end') fail('expected end; found {{else}}')
        otherwise = rest.body
      }
    }
    variables = variables.slice(0, known)
    return { kind, at: pipe.at, pipe, body, otherwise }
  }

  function templateName(context: string): string {
    const word = takeWord()
    return word.kind === 'string' || word.kind === 'raw' ? stringOf(word) : unexpected(word, context)
  }

  function templateCall(word: Word): Node {
    const called = templateName('template clause')
    const isBare = peek().kind === 'right'
    if (isBare) next++
    return { kind: 'template', at: word.at, name: called, pipe: isBare ? undefined : pipeline('template clause', 'right') }
  }

  function definition(called: string, context: string): void {
    const outer = variables
    variables = ['$']
    const { body, ending } = items()
    if (ending.kind !== 'end') fail(`unexpected {{else}} in ${context}`)
    variables = outer
    defined.set(called, body)
  }

  function block(): Node {
    const { at } = peek()
    const called = templateName('block clause')
    const pipe = pipeline('block clause', 'right')
    definition(called, 'block clause')
    return { kind: 'template', at, name: called, pipe }
  }

  function pipeline(context: string, close: 'right' | 'close'): Pipe {
    const { at } = peek()
    const declared: string[] = []
    let sets: Pipe['sets'] = 'new'
    while (peek().kind === 'variable') {
      const start = next
      const variable = take()
      const after = peek()
      if (after.kind === 'assign' || after.kind === 'declare') {
        next++
        if (after.kind === 'assign') sets = 'old'
        declared.push(variable.text)
        variables.push(variable.text)
        break
      }
      if (after.kind !== 'char' || after.text !== ',') {
        next = start
        break
      }
      next++
      declared.push(variable.text)
      variables.push(variable.text)
      if (context !== 'range' || declared.length >= 2) fail(`too many declarations in ${context}`)
      if (!['variable', 'right', 'close'].includes(peek().kind)) fail('range can only initialize variables')
    }
    const commands: Command[] = []
    for (;;) {
      const word = takeWord()
      if (word.kind === close) break
      if (!OPERANDS.includes(word.kind) && !isKeyword(word, 'nil')) return unexpected(word, context)
      next--
      commands.push(command())
    }
    if (commands.length === 0) fail(`missing value for ${context}`)
    commands.forEach((stage, i) => {
      const first = stage.args[0]
      if (i > 0 && first && NOT_EXECUTABLE.includes(first.kind)) fail(`non executable command in pipeline stage ${i + 1}`)
    })
    return { kind: 'pipe', at, variables: declared, sets, commands }
  }

  function command(): Command {
    const { at } = peek()
    const args: Operand[] = []
    for (;;) {
      skipSpace()
      const made = operand()
      if (made) args.push(made)
      const word = take()
      if (word.kind === 'space') continue
      if (word.kind === 'right' || word.kind === 'close') next--
      else if (word.kind !== 'pipe') unexpected(word, 'operand')
      break
    }
    if (args.length === 0) fail('empty command')
    return { kind: 'command', at, args }
  }

  function operand(): Operand | undefined {
    const made = term()
    if (made === undefined || here().kind !== 'field') return made
    const { at } = here()
    const names: string[] = []
    while (here().kind === 'field') names.push(take().text.slice(1))
    if (made.kind === 'field' || made.kind === 'variable') return { ...made, at, names: [...made.names, ...names] }
    if (NOT_EXECUTABLE.includes(made.kind)) return fail(`unexpected . after term ${quote(operandText(made))}`)
    return { kind: 'chain', at, of: made, names }
  }

  function term(): Operand | undefined {
    const word = takeWord()
    const { at, text } = word
    switch (word.kind) {
      case 'keyword':
        if (text === 'nil') return { kind: 'nil', at }
        break
      case 'identifier':
        if (!functions.has(text)) fail(`function ${quote(text)} not defined`, word)
        return { kind: 'identifier', at, name: text }
      case 'dot': return { kind: 'dot', at }
      case 'variable':
        if (!variables.includes(text)) fail(`undefined variable ${quote(text)}`, word)
        return { kind: 'variable', at, names: [text] }
      case 'field': return { kind: 'field', at, names: [text.slice(1)] }
      case 'bool': return { kind: 'bool', at, value: text === 'true' }
      case 'number':
      case 'character': return { kind: 'number', at, text, value: constant(text) ?? fail(`bad number syntax: ${quote(text)}`, word) }
      case 'open': return pipeline('parenthesized pipeline', 'close')
      case 'string':
      case 'raw': return { kind: 'string', at, text, value: stringOf(word) }
      default: break
    }
    next--
    return undefined
  }

  const body: Node[] = []
  while (here().kind !== 'end') {
    const start = next
    if (here().kind === 'left') {
      next++
      if (isKeyword(takeWord(), 'define')) {
        const called = templateName('define clause')
        expect('right', 'define clause')
        definition(called, 'define clause')
        continue
      }
      next = start
    }
    const made = node()
    if (made.kind === 'end' || made.kind === 'else') fail(`unexpected {{${made.kind}}}`)
    else body.push(made)
  }
  return { name, source, body, defined }
}

function constant(text: string): Constant | undefined {
  if (text.startsWith("'")) {
    const value = unquote(`"${text.slice(1, -1)}"`)
    return value === undefined ? undefined : BigInt(value.codePointAt(0) ?? 0)
  }
  const plain = text.replaceAll('_', '')
  if (/^[+-]?\d+$/.test(plain) && !/^[+-]?0\d/.test(plain)) return BigInt(plain.replace('+', ''))
  const based = /^([+-]?)(0[xX][\da-fA-F]+|0[oO]?[0-7]+|0[bB][01]+)$/.exec(plain)
  if (based) {
    const digits = based[2]?.replace(/^0[oO]?(?=[0-7])/, '0o') ?? ''
    return based[1] === '-' ? -BigInt(digits) : BigInt(digits)
  }
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(plain) ? new Float(Number(plain)) : undefined
}
