/** Syntax errors in bash's words, from where the parser stumbled (bash's parse.y: report_syntax_error, parse_matched_pair). */
import { forEachChild, type ParsedScript, type SyntaxNode } from 'unbash'
import { skipParens } from './lexing/skip'

export type SyntaxProblem =
  | { readonly kind: 'token'; readonly token: string; readonly pos: number }
  /** The text ended inside a command. */
  | { readonly kind: 'end' }
  /** The text ended inside quotes or brackets that opened at `pos`; `late`: found when the next line was wanted. */
  | { readonly kind: 'match'; readonly wanted: string; readonly pos: number; readonly late: boolean }
  /** A message of its own. */
  | { readonly kind: 'message'; readonly message: string; readonly pos: number; readonly echo: boolean }

export const incomplete = (problem: SyntaxProblem): boolean => problem.kind === 'end' || problem.kind === 'match'

const OPERATOR = /^(?:;;&|;;|;&|&&|&>>|&>|\|\||\|&|<<<|<<-|<<|>>|<&|>&|<>|>\||[;&|()<>])/

export function syntaxProblem(source: string, script: ParsedScript): SyntaxProblem | undefined {
  const [first] = [...(script.errors ?? [])].sort((a, b) => a.pos - b.pos)
  if (!first) return emptyBody(source, script)
  const { message, pos } = first
  const tested = inTest(source, pos)
  if (tested) return tested
  const array = /(?:^|[\s;&|(])[A-Za-z_]\w*\+?=\($/.exec(source.slice(0, source.indexOf('(', pos) + 1))
  if (message.startsWith('unterminated')) {
    if (array) return inArray(source, source.indexOf('(', pos) + 1)
    return unterminated(message, source, pos)
  }
  const at = skipBlank(source, pos)
  const misplaced = misplacedKeyword(source, at)
  if (misplaced) return misplaced
  if (at >= source.replace(/\s+$/, '').length) return atEnd(source, pos)
  return { kind: 'token', token: tokenAt(source, at), pos: at }
}

/** Errors inside `[[ … ]]` have words of their own, and no second line. */
function inTest(source: string, pos: number): SyntaxProblem | undefined {
  const open = Math.max(source.lastIndexOf('[[ ', pos), source.lastIndexOf('[[\n', pos))
  if (open < 0 || (open > 0 && !/[\s;&|(!]/.test(source[open - 1] as string)) || /\s\]\](?:[\s;&|)]|$)/.test(source.slice(open, pos))) return undefined
  const end = /\s\]\]/.exec(source.slice(open))
  const tokens = [...source.slice(open + 2, end ? open + end.index + 1 : source.length).matchAll(/\n|&&|\|\||[();&]|[^\s();&]+/g)]
  const inner = tokens.map(([token]) => token)
  const say = (text: string, token?: number): SyntaxProblem => ({ kind: 'message', message: text, pos: token === undefined ? pos : open + 2 + (tokens[token]?.index ?? 0), echo: false })
  for (let i = 0; i < inner.length; ) {
    const word = inner[i] as string
    if (word === '\n' || word === '!' || word === '(' || word === ')' || word === '&&' || word === '||') {
      i++
      continue
    }
    const next = inner[i + 1]
    const token = next === '\n' ? 'newline' : next
    if (/^-[a-zA-Z]$/.test(word) && (token === 'newline' || next === undefined || next === '&&' || next === '||' || next === ')')) return say(next === undefined ? "unexpected argument `]]' to conditional unary operator" : `unexpected argument \`${token}' to conditional unary operator`)
    if (/^-[a-zA-Z]$/.test(word)) {
      i += 2
      continue
    }
    if (next === undefined || next === '&&' || next === '||' || next === ')') {
      i++
      continue
    }
    if (token === 'newline' || token === ';' || token === '&') return say(`unexpected token \`${token}', conditional binary operator expected`, i + 1)
    if (!/^(?:==?|!=|=~|<|>|-[a-z]{2})$/.test(next)) return say('conditional binary operator expected')
    if (inner[i + 3] === '(' && next !== '=~') return say('syntax error in conditional expression: unexpected token `(\'')
    if (inner[i + 2] === '\n') return say("unexpected argument `newline' to conditional binary operator", i + 2)
    if (inner[i + 2] === undefined) return say("unexpected argument `]]' to conditional binary operator")
    i += 3
  }
  return undefined
}

function unterminated(message: string, source: string, pos: number): SyntaxProblem {
  const substitution = message.includes('substitution')
  if (message.includes('double quote')) {
    const inner = source.indexOf('$(', pos)
    if (inner >= 0 && skipParens(source, inner + 2) < 0 && source[inner + 2] !== '(') return { kind: 'match', wanted: ')', pos, late: true }
    return { kind: 'match', wanted: '"', pos, late: false }
  }
  if (message.includes('single quote') || message.includes('ANSI')) return { kind: 'match', wanted: "'", pos, late: false }
  if (source[pos] === '`' || message.includes('backtick')) return { kind: 'match', wanted: '`', pos, late: false }
  if (message.includes('parameter') || source.startsWith('${', pos)) return { kind: 'match', wanted: '}', pos, late: false }
  if (message.includes('here')) return { kind: 'end' }
  return { kind: 'match', wanted: ')', pos, late: substitution && !source.startsWith('$((', pos) }
}

/** Within `a=(…` an operator ends the array at once. */
function inArray(source: string, at: number): SyntaxProblem {
  const operator = /[;&|<>]/.exec(source.slice(at).replace(/'[^']*'|"[^"]*"|\\./g, (text) => '_'.repeat(text.length)))
  if (!operator) return { kind: 'match', wanted: ')', pos: at, late: false }
  const pos = at + operator.index
  return { kind: 'token', token: tokenAt(source, pos), pos }
}

/** Where bash stumbles sooner than the parser: after the words of `for`, after `f(`, at a `done` whose `do` was an argument. */
function misplacedKeyword(source: string, at: number): SyntaxProblem | undefined {
  const before = source.slice(0, at)
  const afterWords = /\b(?:for|select)\s+\w+\s+in\b[^;\n]*[;\n]\s*(\S+)\s+$/.exec(before)
  if (afterWords?.[1] && afterWords[1] !== 'do') {
    const pos = before.lastIndexOf(afterWords[1])
    return { kind: 'token', token: tokenAt(source, pos), pos }
  }
  const opened = /(?:^|[\s;&|])[A-Za-z_]\w*\(\s*/.exec(source)
  if (opened && opened.index + opened[0].length <= at && source[opened.index + opened[0].length] !== ')') {
    const pos = opened.index + opened[0].length
    if (pos < source.length) return { kind: 'token', token: tokenAt(source, pos), pos }
  }
  const done = /\b(?:while|until)\s+[^;\n]*\bdo\s*[;\n][^\n]*?;\s*(done)\b/.exec(source)
  if (done && !/;\s*do\b/.test(done[0]) && at >= source.trimEnd().length) {
    const pos = done.index + done[0].length - 4
    return { kind: 'token', token: 'done', pos }
  }
  return undefined
}

function atEnd(source: string, pos: number): SyntaxProblem {
  const text = source.replace(/\s+$/, '')
  const newline = { kind: 'token' as const, token: 'newline', pos: Math.max(0, text.length - 1) }
  if (/(?:^|[\s;&|(])(?:for|select|function|case)$/.test(text)) return newline
  if (/(?:[<>]|>&|<&|&>|>\||<<-?|<<<)$/.test(text)) return newline
  if (/\w\($/.test(text)) return newline
  void pos
  return { kind: 'end' }
}

const skipBlank = (source: string, at: number): number => {
  let i = at
  while (source[i] === ' ' || source[i] === '\t') i++
  return i
}

function tokenAt(source: string, at: number): string {
  if (source[at] === '\n' || source[at] === undefined) return 'newline'
  const rest = source.slice(at)
  const operator = OPERATOR.exec(rest)?.[0]
  if (operator) return operator
  return /^[^\s;&|()<>]+/.exec(rest)?.[0] ?? rest
}

/** What the parser lets pass and bash does not: an empty list between keywords, `&;`. */
function emptyBody(source: string, script: ParsedScript): SyntaxProblem | undefined {
  let problem: SyntaxProblem | undefined
  const visit = (node: SyntaxNode): void => {
    if (problem || node.type === 'Word') return
    if (node.type === 'CompoundList' && node.commands.length === 0) {
      const parentIsCase = false
      const at = skipSpace(source, node.pos)
      const token = tokenAt(source, at)
      if (!parentIsCase && !/^;;|^;&|^esac$/.test(token)) problem = { kind: 'token', token, pos: at }
    }
    if (node.type === 'CaseItem') {
      if (node.body.commands.length > 0) visit(node.body)
      return
    }
    forEachChild(node, visit)
  }
  visit(script)
  if (problem) return problem
  const background = script.commands.find((statement) => statement.background)
  if (background) {
    const doubled = /&[ \t]*(;|&)/.exec(source.slice(background.end - 1, background.end + 8))
    if (doubled && doubled.index === 0 && source[background.end - 1] === '&') {
      const pos = background.end - 1 + doubled[0].length - 1
      return { kind: 'token', token: doubled[1] as string, pos }
    }
  }
  return undefined
}

function skipSpace(source: string, at: number): number {
  let i = at
  while (/\s/.test(source[i] ?? '')) i++
  return i
}

/** The lines that bash prints, each with its line number. `last`: the number of the last line read. */
export function describe(problem: SyntaxProblem, source: string, line: number): { line: number; text: string }[] {
  const lines = source.replace(/\n$/, '').split('\n')
  const lineOf = (pos: number): number => source.slice(0, pos).split('\n').length - 1
  const end = line + lines.length
  switch (problem.kind) {
    case 'end':
      return [{ line: end, text: 'syntax error: unexpected end of file' }]
    case 'match':
      return [{ line: problem.late ? end : line + lineOf(problem.pos), text: `unexpected EOF while looking for matching \`${problem.wanted}'` }]
    case 'message':
      return [{ line: line + lineOf(problem.pos), text: problem.message }, ...(problem.echo ? [{ line: line + lineOf(problem.pos), text: `\`${lines[lineOf(problem.pos)] ?? ''}'` }] : [])]
    default: {
      const at = lineOf(problem.pos)
      return [
        { line: line + at, text: `syntax error near unexpected token \`${problem.token}'` },
        { line: line + at, text: `\`${lines[at] ?? ''}'` },
      ]
    }
  }
}
