/**
 * Commands written out again, as `declare -f`, `jobs` and BASH_COMMAND show them (bash's print_cmd.c): inside a function one
 * command a line, elsewhere all on one line. Here documents come after the line that names them, and swallow a semicolon.
 */
import type { AndOr, CommandNode, CompoundList, HereDoc, If, PipelineNode, Redirection, Statement, TestExpression } from 'unbash'
import type { FunctionDefinition } from './execute/function'
import { arithmeticEnd } from './lexing/skip'

type Node = PipelineNode | AndOr

/** On one line, for job listings. */
export function commandText(node: Node, source = ''): string {
  const printer = new Printer('line', source)
  printer.node(node)
  printer.documents('end')
  return printer.text
}

/** `name () \n{ \n    …\n}`. */
export function functionText(definition: FunctionDefinition): string {
  const printer = new Printer('block', definition.unit?.source ?? '')
  printer.definition(definition.name, definition.node)
  return printer.text
}

/** The first line of a `for`, `case` or `((`, as DEBUG traps see it. */
export function headText(node: CommandNode): string {
  switch (node.type) {
    case 'For':
    case 'Select':
      return `${node.type === 'For' ? 'for' : 'select'} ${node.name.text} in ${wordList(node.wordlist)}`
    case 'Case':
      return `case ${node.word.text} in `
    default:
      return commandText(node)
  }
}

const wordList = (words: readonly { readonly text: string }[] | undefined): string => (words ? words.map((word) => word.text).join(' ') : '"$@"')
const INDENT = 4

class Printer {
  text = ''
  private readonly style: 'line' | 'block'
  private depth = 0
  private waiting: HereDoc[] = []
  /** A here document has been written: the next semicolon is left out. */
  private swallows = false
  /** What was parsed: the expressions of `for ((…))` are read from it. */
  private readonly source: string
  constructor(style: 'line' | 'block', source: string) {
    this.style = style
    this.source = source
  }
  definition(name: string, node: Extract<CommandNode, { type: 'Function' }>): void {
    const { body } = node
    const inner = body.type === 'Redirected' ? body.command : body
    const pad = this.pad()
    this.text += `${name} () \n${pad}{ \n`
    this.depth += INDENT
    if (inner.type === 'BraceGroup') this.list(inner.body)
    else if (inner.type === 'CompoundList') this.list(inner)
    else {
      this.text += this.pad()
      this.node(inner)
    }
    this.documents('end')
    this.depth -= INDENT
    this.text += `\n${this.pad()}}`
    if (body.type === 'Redirected') this.redirects(body.redirects)
  }
  node(node: Node): void {
    switch (node.type) {
      case 'AndOr':
        node.commands.forEach((command, i) => {
          if (i > 0) {
            this.text += ` ${node.operators[i - 1]} `
            this.documents('middle')
          }
          this.node(command)
        })
        return
      case 'Pipeline':
        for (const prefix of node.prefixes) this.text += prefix.type === 'Negation' ? '! ' : prefix.posix ? 'time -p ' : 'time '
        node.commands.forEach((command, i) => {
          if (i > 0) this.text += node.operators[i - 1] === '|&' ? ' 2>&1 | ' : ' | '
          this.node(command)
        })
        return
      default:
        this.command(node)
    }
  }
  /** What has been put off is written: here documents. */
  documents(where: 'end' | 'middle'): void {
    if (this.waiting.length === 0) return
    const documents = this.waiting
    this.waiting = []
    this.text += '\n'
    for (const { operator, body, delimiter } of documents) this.text += `${operator === '<<-' ? body.text.replace(/^\t+/gm, '') : body.text}${delimiter?.value ?? ''}\n`
    this.swallows = where === 'middle'
  }
  private pad(): string {
    return this.style === 'block' ? ' '.repeat(this.depth) : ''
  }
  /** Between two commands of a list. */
  private separator(): void {
    if (this.waiting.length > 0) this.documents('middle')
    else if (this.swallows) this.swallows = false
    else this.text += ';'
    this.text += this.style === 'block' ? `\n${this.pad()}` : ' '
  }
  private list(list: CompoundList | readonly Statement[], lead: 'padded' | 'bare' = 'padded'): void {
    const statements = 'commands' in list ? list.commands : list
    if (lead === 'padded') this.text += this.pad()
    statements.forEach((statement, i) => {
      this.node(statement.command)
      const last = i === statements.length - 1
      if (statement.background) this.text += last ? ' &' : ' & '
      else if (!last) this.separator()
    })
  }
  /** A body between two keywords: on lines of its own in a function, with a semicolon at its end. */
  private body(list: CompoundList): void {
    this.text += this.style === 'block' ? '\n' : ' '
    this.depth += INDENT
    this.list(list)
    const background = list.commands.at(-1)?.background
    if (this.waiting.length > 0) this.documents('end')
    else if (!background) this.text += ';'
    this.depth -= INDENT
    this.text += this.style === 'block' ? `\n${this.pad()}` : ' '
  }
  /** A condition: commands up to `; then` or `; do`. */
  private head(list: CompoundList): void {
    this.list(list, 'bare')
    if (!list.commands.at(-1)?.background) this.text += ';'
    this.text += ' '
  }
  /** `do … done` of for and select begins on a line of its own. */
  private loop(list: CompoundList): void {
    this.text += this.style === 'block' ? `;\n${this.pad()}do` : '; do'
    this.body(list)
    this.text += 'done'
  }
  private command(node: CommandNode): void {
    switch (node.type) {
      case 'Command': {
        const words = [...node.prefix.filter((item) => item.type === 'Assignment').map((item) => item.text), ...(node.name ? [node.name.text] : []), ...node.args.map((arg) => arg.text)]
        this.text += words.join(' ')
        this.redirects(node.redirects, words.length === 0 ? '' : ' ')
        return
      }
      case 'Redirected':
        this.command(node.command)
        this.redirects(node.redirects)
        return
      case 'Subshell':
        this.text += '( '
        this.list(node.body, 'bare')
        this.text += ' )'
        return
      case 'BraceGroup':
        if (this.style === 'line') {
          this.text += '{ '
          this.list(node.body)
          if (!node.body.commands.at(-1)?.background) this.text += ';'
          this.text += ' }'
          return
        }
        this.text += '{ \n'
        this.depth += INDENT
        this.list(node.body)
        this.documents('end')
        this.depth -= INDENT
        this.text += `\n${this.pad()}}`
        return
      case 'If':
        this.conditional([node, ...node.elif], node.else)
        return
      case 'While':
        this.text += `${node.kind} `
        this.head(node.clause)
        this.text += 'do'
        this.body(node.body)
        this.text += 'done'
        return
      case 'For':
      case 'Select':
        this.text += headText(node)
        this.loop(node.body)
        return
      case 'ArithmeticFor': {
        const [start, test, step] = arithmeticParts(this.source, node.pos)
        this.text += `for ((${start || '1'}; ${test || '1'}; ${step || '1'}))${this.style === 'block' ? `\n${this.pad()}do` : '; do'}`
        this.body(node.body)
        this.text += 'done'
        return
      }
      case 'Case':
        this.cases(node)
        return
      case 'TestCommand':
        this.text += `[[ ${testText(node.expression)} ]]`
        return
      case 'ArithmeticCommand':
        this.text += `((${node.body}))`
        return
      case 'Function':
        this.text += 'function '
        this.definition(node.name.text, node)
        return
      case 'Coproc':
        this.text += `coproc ${node.name?.text ?? 'COPROC'} `
        if (node.body.type !== 'CompoundList') this.node(node.body)
    }
  }
  private conditional(branches: readonly Pick<If, 'clause' | 'then'>[], otherwise: CompoundList | undefined): void {
    const [first, ...others] = branches
    if (!first) return
    this.text += 'if '
    this.head(first.clause)
    this.text += 'then'
    this.body(first.then)
    if (others.length > 0) {
      // What was written as elif is an `if` inside the `else`.
      this.text += this.style === 'block' ? `else\n${' '.repeat(this.depth + INDENT)}` : 'else '
      this.depth += INDENT
      this.conditional(others, otherwise)
      this.depth -= INDENT
      this.text += `;${this.style === 'block' ? `\n${this.pad()}` : ' '}`
    } else if (otherwise) {
      this.text += 'else'
      this.body(otherwise)
    }
    this.text += 'fi'
  }
  private cases(node: Extract<CommandNode, { type: 'Case' }>): void {
    this.text += `case ${node.word.text} in ${this.style === 'block' ? '\n' : ''}`
    this.depth += INDENT
    for (const item of node.items) {
      const patterns = item.pattern.map((pattern) => pattern.text).join(' | ')
      const end = item.terminator ?? ';;'
      if (this.style === 'line') {
        this.text += `${patterns}) `
        this.list(item.body)
        this.text += ` ${end} `
        continue
      }
      this.text += `${this.pad()}${patterns})\n`
      this.depth += INDENT
      if (item.body.commands.length > 0) this.list(item.body)
      this.documents('end')
      this.depth -= INDENT
      this.text += `\n${this.pad()}${end}\n`
    }
    this.depth -= INDENT
    this.text += `${this.pad()}esac`
  }
  private redirects(redirections: readonly Redirection[], lead = ' '): void {
    redirections.forEach((item, i) => {
      this.text += `${i === 0 ? lead : ' '}${redirection(item)}`
      if (item.type === 'HereDoc') this.waiting.push(item)
    })
  }
}

/** The three expressions of the `for ((…;…;…))` at `pos`. */
export function arithmeticParts(source: string, pos: number): [start: string, test: string, step: string] {
  const open = source.indexOf('((', pos) + 2
  const parts = source.slice(open, arithmeticEnd(source, open) - 2).split(';').map((part) => part.trim())
  return [parts[0] ?? '', parts[1] ?? '', parts[2] ?? '']
}

function testText(node: TestExpression): string {
  switch (node.type) {
    case 'TestGroup':
      return `( ${testText(node.expression)} )`
    case 'TestNot':
      return `${'! '.repeat(node.negations.length)}${testText(node.operand)}`
    case 'TestLogical':
      return node.operands.map(testText).join(` ${node.operator} `)
    case 'TestUnary':
      return `${node.operator} ${node.operand.text}`
    default:
      return `${node.left.text} ${node.operator} ${node.right.text}`
  }
}

function redirection(item: Redirection): string {
  const fd = item.descriptor?.type === 'FileDescriptor' ? String(item.descriptor.value) : item.descriptor ? `{${item.descriptor.name}}` : ''
  if (item.type === 'HereDoc') return `${fd}${item.operator}${item.delimiter?.text ?? ''}`
  const target = item.target?.text ?? ''
  if (item.type === 'HereString') return `${fd}<<< ${target}`
  if (item.operator === '>&' || item.operator === '<&') return `${fd || (item.operator === '>&' ? '1' : '0')}${item.operator}${target}`
  return `${fd}${item.operator} ${target}`
}
