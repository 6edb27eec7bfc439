/** Commands written out again, as `declare -f` and `jobs` show them (bash's print_cmd.c). */
import type { AndOr, CommandNode, CompoundList, PipelineNode, Redirection, Statement, Word } from 'unbash'
import type { FunctionDefinition } from './execute/function'

type Node = PipelineNode | AndOr

/** On one line, for job listings. */
export const commandText = (node: Node): string => print(node, 0, 'line')

/** `name () \n{ \n    …\n}`. */
export function functionText(definition: FunctionDefinition): string {
  const { body } = definition.node
  const inner = body.type === 'Redirected' ? body.command : body
  const redirects = body.type === 'Redirected' ? ` ${body.redirects.map(redirection).join(' ')}` : ''
  const list = inner.type === 'BraceGroup' ? inner.body : undefined
  const text = list ? statements(list.commands, 4, 'block', '') : `    ${inner.type === 'CompoundList' ? '' : print(inner, 4, 'block')}`
  return `${definition.name} () \n{ \n${text}\n}${redirects}`
}

type Style = 'line' | 'block'
const pad = (n: number): string => ' '.repeat(n)

function statements(list: readonly Statement[], indent: number, style: Style, end: ';' | ''): string {
  const texts = list.map((statement, i) => {
    const text = print(statement.command, indent, style)
    const last = i === list.length - 1
    const mark = statement.background ? ' &' : last ? end : ';'
    return style === 'block' ? `${pad(indent)}${text}${mark}` : text + mark
  })
  return texts.join(style === 'block' ? '\n' : ' ')
}

const block = (list: CompoundList, indent: number, style: Style): string => (style === 'block' ? `\n${statements(list.commands, indent + 4, style, ';')}\n${pad(indent)}` : ` ${statements(list.commands, indent, style, ';')} `)
const blockOpen = (list: CompoundList, indent: number, style: Style): string => (style === 'block' ? `\n${statements(list.commands, indent + 4, style, '')}\n${pad(indent)}` : ` ${statements(list.commands, indent, style, ';')} `)
const words = (list: readonly Word[]): string => list.map((word) => word.text).join(' ')
const head = (list: CompoundList, indent: number, style: Style): string => statements(list.commands, indent, 'line', '').trimStart() + (style === 'block' ? '' : '')

function print(node: Node, indent: number, style: Style): string {
  switch (node.type) {
    case 'AndOr':
      return node.commands.map((command, i) => (i === 0 ? '' : ` ${node.operators[i - 1]} `) + print(command, indent, style)).join('')
    case 'Pipeline': {
      const lead = node.prefixes.map((prefix) => (prefix.type === 'Negation' ? '! ' : prefix.posix ? 'time -p ' : 'time ')).join('')
      return lead + node.commands.map((command, i) => (i === 0 ? '' : node.operators[i - 1] === '|&' ? ' 2>&1 | ' : ' | ') + print(command, indent, style)).join('')
    }
    default:
      return printCommand(node, indent, style)
  }
}

function printCommand(node: CommandNode, indent: number, style: Style): string {
  switch (node.type) {
    case 'Command': {
      const parts = [...node.prefix.filter((item) => item.type === 'Assignment').map((item) => item.text), ...(node.name ? [node.name.text] : []), ...node.args.map((arg) => arg.text)]
      return [...parts, ...node.redirects.map(redirection)].join(' ')
    }
    case 'Redirected':
      return `${printCommand(node.command, indent, style)} ${node.redirects.map(redirection).join(' ')}`
    case 'Subshell':
      return `( ${statements(node.body.commands, indent, 'line', '')} )`
    case 'BraceGroup':
      return style === 'line' ? `{ ${statements(node.body.commands, indent, style, ';')} }` : `{ ${blockOpen(node.body, indent, style)}}`
    case 'If': {
      let text = `if ${head(node.clause, indent, style)}; then${block(node.then, indent, style)}`
      let close = 'fi'
      let depth = indent
      for (const elif of node.elif) {
        text += style === 'block' ? `else\n${pad(depth + 4)}if ${head(elif.clause, indent, style)}; then${block(elif.then, depth + 4, style)}` : `else if ${head(elif.clause, indent, style)}; then${block(elif.then, indent, style)}`
        depth += 4
      }
      if (node.else) text += `else${block(node.else, depth, style)}`
      for (; depth > indent; depth -= 4) close = style === 'block' ? `fi;\n${pad(depth - 4)}${close}` : `fi; ${close}`
      return text + close
    }
    case 'While':
      return `${node.kind} ${head(node.clause, indent, style)}; do${block(node.body, indent, style)}done`
    case 'For':
      return `for ${node.name.text} in ${node.wordlist ? words(node.wordlist) : '"$@"'}${style === 'block' ? `;\n${pad(indent)}do` : '; do'}${block(node.body, indent, style)}done`
    case 'Select':
      return `select ${node.name.text} in ${node.wordlist ? words(node.wordlist) : '"$@"'}${style === 'block' ? `;\n${pad(indent)}do` : '; do'}${block(node.body, indent, style)}done`
    case 'ArithmeticFor':
      return `for ((…))${style === 'block' ? `\n${pad(indent)}do` : '; do'}${block(node.body, indent, style)}done`
    case 'Case': {
      const items = node.items.map((item) => {
        const patterns = item.pattern.map((pattern) => pattern.text).join(' | ')
        if (style === 'line') return `${patterns}) ${statements(item.body.commands, indent, style, '')} ${item.terminator ?? ';;'} `
        return `${pad(indent + 4)}${patterns})\n${statements(item.body.commands, indent + 8, style, '')}\n${pad(indent + 4)}${item.terminator ?? ';;'}\n`
      })
      return `case ${node.word.text} in ${style === 'block' ? '\n' : ''}${items.join('')}${style === 'block' ? pad(indent) : ''}esac`
    }
    case 'TestCommand':
      return '[[ … ]]'
    case 'ArithmeticCommand':
      return `((${node.body}))`
    case 'Function':
      return `function ${functionText({ name: node.name.text, node, unit: null, source: '', exported: false, readonly: false })}`
    case 'Coproc':
      return `coproc ${node.name?.text ?? 'COPROC'} ${node.body.type === 'CompoundList' ? '' : print(node.body, indent, style)}`
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
