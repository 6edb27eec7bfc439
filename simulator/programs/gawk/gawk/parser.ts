/** From tokens to the tree, by gawk's grammar (gawk.info, "Precedence", "Action Overview"). */
import { RegexError } from '../../../regex'
import { ARGUMENTS } from './arguments'
import { matcher } from './regexp'
import { Lexer, type Piece, type Token } from './lexer'
import { type Arithmetic, type Case, type Expression, type Field, type FunctionDefinition, type Indexed, ProgramError, type ProgramTree, type Redirection, type Relation, type Rule, type Section, type Statement, type Target, type Variable } from './syntax'

const ASSIGNMENTS: { readonly [token: string]: Arithmetic | '=' } = { '=': '=', '+=': '+', '-=': '-', '*=': '*', '/=': '/', '%=': '%', '^=': '^', '**=': '^' }
const RELATIONS = new Set(['<', '<=', '==', '!=', '>', '>='])
const SECTIONS = new Set(['BEGIN', 'END', 'BEGINFILE', 'ENDFILE'])
const isRelation = (text: string): text is Relation => RELATIONS.has(text)
const isSection = (text: string): text is Section => SECTIONS.has(text)
export const isTarget = (e: Expression): e is Target => e.type === 'variable' || e.type === 'index' || e.type === 'field'

/** What surrounds an expression: in a print's list `>` redirects; in a condition of `for` it may be an `in` loop. */
type Context = 'plain' | 'print'

export interface Parsed {
  readonly tree: ProgramTree
  readonly warnings: readonly string[]
  /** `cmd. line:1` of a line number of the tree. */
  where(line: number): string
}

export function parse(pieces: readonly Piece[], name: string): Parsed {
  return new Parser(pieces, name).parse()
}

class Parser {
  private readonly lexer: Lexer
  private readonly name: string
  private token: Token
  private ahead: Token[] = []
  private readonly sections = new Map<Section, Statement[]>()
  private readonly rules: Rule[] = []
  private readonly functions = new Map<string, FunctionDefinition>()
  private loops = 0
  private place: Section | 'rule' | 'function' = 'rule'
  private last: Token | null = null
  constructor(pieces: readonly Piece[], name: string) {
    this.lexer = new Lexer(pieces)
    this.name = name
    this.token = this.lexer.next(name)
  }
  parse(): Parsed {
    this.ends()
    while (this.token.type !== 'end') {
      this.item()
      this.ends()
    }
    const tree = { sections: this.sections, rules: this.rules, functions: this.functions }
    return { tree, warnings: this.lexer.warnings, where: (at) => this.lexer.where(at) }
  }

  // ── tokens ────────────────────────────────────────────────────────────────────────────────────────────
  private advance(): Token {
    const token = this.token
    this.last = token
    this.token = this.ahead.shift() ?? this.lexer.next(this.name)
    return token
  }
  /** The token after the current one. */
  private peek(): Token {
    if (this.ahead.length === 0) this.ahead.push(this.lexer.next(this.name))
    return this.ahead[0] as Token
  }
  private is(text: string): boolean {
    return (this.token.type === 'punctuation' || this.token.type === 'keyword') && this.token.text === text
  }
  private accept(text: string): boolean {
    if (!this.is(text)) return false
    this.advance()
    return true
  }
  private expect(text: string): void {
    if (!this.accept(text)) this.fail()
  }
  private fail(message?: string, at = this.token.at): never {
    throw this.lexer.syntaxError(at, message ?? (this.atEnd() ? 'unexpected newline or end of string' : 'syntax error'), this.name, this.token.type === 'newline' && message === undefined ? 'met' : 'none')
  }
  private atEnd(): boolean {
    return this.token.type === 'newline' || this.token.type === 'end'
  }
  private error(message: string, at = this.token.at): never {
    throw new ProgramError(`${this.name}: ${this.lexer.where(at)}: error: ${message}\n`)
  }
  private newlines(): void {
    while (this.token.type === 'newline') this.advance()
  }
  /** Newlines and semicolons. */
  private ends(): void {
    while (this.token.type === 'newline' || this.is(';')) this.advance()
  }

  // ── items ─────────────────────────────────────────────────────────────────────────────────────────────
  private item(): void {
    const line = this.token.at
    if (this.is('function') || this.is('func')) return this.define()
    if (this.token.type === 'keyword' && isSection(this.token.text)) {
      const section = this.token.text
      this.advance()
      this.place = section
      if (!this.is('{')) {
        if (this.atEnd()) throw new ProgramError(`${this.name}: ${this.lexer.where(line)}: ${section} blocks must have an action part\n`)
        this.fail()
      }
      const action = this.block()
      const list = this.sections.get(section)
      if (list) list.push(action)
      else this.sections.set(section, [action])
      return this.itemEnd()
    }
    this.place = 'rule'
    if (this.is('{')) {
      this.rules.push({ action: this.block(), line })
      return this.itemEnd()
    }
    const pattern = this.expression('plain')
    let until: Expression | undefined
    if (this.accept(',')) {
      this.newlines()
      until = this.expression('plain')
    }
    const action = this.is('{') ? this.block() : undefined
    this.rules.push({ pattern, until, action, line })
    this.itemEnd()
  }
  private itemEnd(): void {
    if (this.token.type === 'newline' || this.token.type === 'end' || this.is(';')) return
    // After a closing brace the next item may follow at once.
    if (this.last?.text === '}') return
    this.fail()
  }
  private define(): void {
    this.advance()
    const { type, text: name, at } = this.token
    if (type === 'builtin') this.fail(`\`${name}' is a built-in function, it cannot be redefined`)
    if (type !== 'name' && type !== 'function-name') this.fail()
    this.advance()
    this.expect('(')
    const parameters: string[] = []
    this.newlines()
    while (!this.is(')')) {
      if (this.token.type !== 'name') this.fail()
      const parameter = this.advance().text
      if (parameters.includes(parameter)) this.error(`function \`${name}': parameter #${parameters.length + 1}, \`${parameter}', duplicates parameter #${parameters.indexOf(parameter) + 1}`)
      parameters.push(parameter)
      this.newlines()
      if (!this.accept(',')) break
      this.newlines()
    }
    this.expect(')')
    this.newlines()
    if (this.functions.has(name)) this.error(`function name \`${name}' previously defined`, at)
    this.place = 'function'
    const body = this.block()
    this.functions.set(name, { name, parameters, body })
    this.itemEnd()
  }

  // ── statements ────────────────────────────────────────────────────────────────────────────────────────
  private block(): Statement {
    const line = this.token.at
    this.expect('{')
    const body: Statement[] = []
    this.ends()
    while (!this.is('}')) {
      if (this.token.type === 'end') this.fail()
      body.push(this.statement())
      this.ends()
    }
    this.advance()
    return { type: 'block', body, line }
  }
  /** The end of a simple statement: newline, `;`, or a brace that closes the block. */
  private close(): void {
    if (this.token.type === 'newline' || this.is(';')) {
      this.advance()
      return
    }
    if (this.is('}')) return
    if (this.token.type === 'end') this.fail()
    this.fail()
  }
  private statement(): Statement {
    const line = this.token.at
    if (this.is('{')) return this.block()
    if (this.accept(';')) return { type: 'block', body: [], line }
    if (this.token.type === 'keyword') {
      switch (this.token.text) {
        case 'if': return this.ifStatement(line)
        case 'while': return this.whileStatement(line)
        case 'do': return this.doStatement(line)
        case 'for': return this.forStatement(line)
        case 'switch': return this.switchStatement(line)
      }
    }
    const simple = this.simple()
    this.close()
    return simple
  }
  private body(): Statement {
    this.newlines()
    return this.statement()
  }
  private loop(): Statement {
    this.loops++
    const body = this.body()
    this.loops--
    return body
  }
  private condition(): Expression {
    this.expect('(')
    const test = this.expression('plain')
    this.expect(')')
    return test
  }
  private ifStatement(line: number): Statement {
    this.advance()
    const test = this.condition()
    const yes = this.body()
    // `else` may stand behind newlines and a semicolon; without it they end the statement.
    while (this.token.type === 'newline' || this.is(';')) {
      let k = 0
      let next = this.lookahead(k)
      while (next.type === 'newline' || (next.type === 'punctuation' && next.text === ';')) next = this.lookahead(++k)
      if (next.type !== 'keyword' || next.text !== 'else') return { type: 'if', test, yes, line }
      this.ends()
    }
    if (!this.accept('else')) return { type: 'if', test, yes, line }
    return { type: 'if', test, yes, no: this.body(), line }
  }
  private lookahead(k: number): Token {
    while (this.ahead.length <= k) this.ahead.push(this.lexer.next(this.name))
    return this.ahead[k] as Token
  }
  private whileStatement(line: number): Statement {
    this.advance()
    const test = this.condition()
    if (this.accept(';')) return { type: 'while', test, body: { type: 'block', body: [], line }, line }
    return { type: 'while', test, body: this.loop(), line }
  }
  private doStatement(line: number): Statement {
    this.advance()
    const body = this.loop()
    this.ends()
    this.expect('while')
    const test = this.condition()
    this.close()
    return { type: 'do', test, body, line }
  }
  private forStatement(line: number): Statement {
    this.advance()
    this.expect('(')
    this.newlines()
    let first: Statement | undefined
    if (!this.is(';')) {
      first = this.simple()
      if (first.type === 'expression' && first.value.type === 'in' && this.is(')')) {
        const [variable, more] = first.value.subscripts
        if (variable && !more && isTarget(variable)) {
          this.advance()
          const { array } = first.value
          return { type: 'for-in', variable, array, body: this.accept(';') ? { type: 'block', body: [], line } : this.loop(), line }
        }
      }
    }
    this.expect(';')
    this.newlines()
    const test = this.is(';') ? undefined : this.expression('plain')
    this.expect(';')
    this.newlines()
    const step = this.is(')') ? undefined : this.simple()
    this.expect(')')
    const body: Statement = this.accept(';') ? { type: 'block', body: [], line } : this.loop()
    return { type: 'for', first, test, step, body, line }
  }
  private switchStatement(line: number): Statement {
    this.advance()
    const value = this.condition()
    this.newlines()
    this.expect('{')
    this.ends()
    const cases: Case[] = []
    this.loops++
    while (!this.accept('}')) {
      let label: Expression | undefined
      if (this.accept('case')) label = this.primary('plain')
      else this.expect('default')
      this.expect(':')
      this.ends()
      const body: Statement[] = []
      while (!this.is('case') && !this.is('default') && !this.is('}')) {
        body.push(this.statement())
        this.ends()
      }
      cases.push({ label, body })
    }
    this.loops--
    return { type: 'switch', value, cases, line }
  }
  private simple(): Statement {
    const line = this.token.at
    if (this.token.type !== 'keyword') return { type: 'expression', value: this.expression('plain'), line }
    switch (this.token.text) {
      case 'print': case 'printf': return this.print(line)
      case 'break': case 'continue': {
        const type = this.token.text
        if (this.loops === 0) {
          // gawk says it twice.
          const message = `${this.name}: ${this.lexer.where(this.token.at)}: error: \`${type}' is not allowed outside a loop${type === 'break' ? ' or switch' : ''}\n`
          throw new ProgramError(message + message)
        }
        this.advance()
        return { type, line }
      }
      case 'next': case 'nextfile': {
        const type = this.token.text
        if (this.place !== 'rule' && this.place !== 'function' && !(this.place === 'BEGINFILE' && type === 'nextfile')) this.error(`\`${type}' used in ${this.place} action`)
        this.advance()
        return { type, line }
      }
      case 'return':
        if (this.place !== 'function') this.fail("`return' used outside function context")
        this.advance()
        return { type: 'return', value: this.optional(), line }
      case 'exit':
        this.advance()
        return { type: 'exit', value: this.optional(), line }
      case 'delete': return this.remove(line)
      case 'getline': return { type: 'expression', value: this.expression('plain'), line }
      default: return this.fail()
    }
  }
  private optional(): Expression | undefined {
    return this.token.type === 'newline' || this.token.type === 'end' || this.is(';') || this.is('}') ? undefined : this.expression('plain')
  }
  private remove(line: number): Statement {
    this.advance()
    const wrapped = this.accept('(')
    if (this.token.type !== 'name') this.fail()
    const target = this.variable()
    if (wrapped) this.expect(')')
    if (target.type === 'index') return { type: 'delete', array: target.base, subscripts: target.subscripts, line }
    return { type: 'delete', array: target, line }
  }
  private print(line: number): Statement {
    const type = this.advance().text === 'print' ? 'print' : 'printf'
    let args: readonly Expression[] = []
    if (!(this.token.type === 'newline' || this.token.type === 'end' || this.is(';') || this.is('}') || this.is('>') || this.is('>>') || this.is('|') || this.is('|&'))) args = this.printed()
    let redirection: Redirection | undefined
    for (const to of ['>', '>>', '|', '|&'] as const) {
      if (!this.is(to)) continue
      this.advance()
      redirection = { to, target: this.concatenation('print') }
      break
    }
    return { type, args, redirection, line }
  }
  /** What print lists: expressions, or one list in parentheses. */
  private printed(): readonly Expression[] {
    if (this.is('(')) {
      const list = this.parenthesized()
      if (list) return list
    }
    const args = [this.expression('print')]
    while (this.accept(',')) {
      this.newlines()
      args.push(this.expression('print'))
    }
    return args
  }
  /** `(a, b)` with nothing behind it but the statement's end or a redirection; null: it is part of an expression, nothing is taken. */
  private parenthesized(): readonly Expression[] | null {
    let depth = 0
    let commas = 0
    for (let k = -1; ; k++) {
      const token = k < 0 ? this.token : this.lookaheadInParentheses(k)
      if (!token || token.type === 'end') return null
      if (token.type !== 'punctuation') continue
      if (/^[([{]$/.test(token.text)) depth++
      else if (/^[)\]}]$/.test(token.text)) depth--
      else if (token.text === ',' && depth === 1) commas++
      if (depth > 0) continue
      const after = this.lookaheadInParentheses(k + 1)
      const ended = !after || after.type === 'newline' || after.type === 'end' || (after.type === 'punctuation' && /^(?:;|\}|>|>>|\||\|&)$/.test(after.text))
      if (commas === 0 || !ended) return null
      break
    }
    this.expect('(')
    this.newlines()
    const args = [this.expression('plain')]
    while (this.accept(',')) {
      this.newlines()
      args.push(this.expression('plain'))
    }
    this.newlines()
    this.expect(')')
    return args
  }
  /** Tokens ahead, with `/` read as a regular expression where an operand must stand. */
  private lookaheadInParentheses(k: number): Token | null {
    while (this.ahead.length <= k) {
      const before = this.ahead.at(-1) ?? this.token
      const token = this.lexer.next(this.name)
      const operand = before.type === 'number' || before.type === 'string' || before.type === 'name' || before.type === 'builtin' || (before.type === 'punctuation' && /^(?:\)|\]|\$|\+\+|--)$/.test(before.text))
      if (token.type === 'punctuation' && /^\/=?$/.test(token.text) && !operand) {
        const regexp = this.lexer.regexp(token.at, this.name)
        this.ahead.push({ ...regexp, type: 'pattern', text: `/${regexp.text}` })
      } else this.ahead.push(token)
    }
    return this.ahead[k] ?? null
  }

  // ── expressions ───────────────────────────────────────────────────────────────────────────────────────
  private expression(context: Context): Expression {
    const left = this.choice(context)
    const operator = this.token.type === 'punctuation' ? ASSIGNMENTS[this.token.text] : undefined
    if (operator === undefined) return left
    const target = assignable(left)
    if (!target) this.fail()
    this.advance()
    this.newlines()
    const value = this.expression(context)
    return reassigned(left, target, (t) => ({ type: 'assign', operator, target: t, value }))
  }
  private choice(context: Context): Expression {
    const test = this.or(context)
    if (!this.is('?')) return test
    this.advance()
    this.newlines()
    const yes = this.expression(context)
    this.newlines()
    this.expect(':')
    this.newlines()
    return { type: 'choose', test, yes, no: this.expression(context) }
  }
  private or(context: Context): Expression {
    let left = this.and(context)
    while (this.accept('||')) {
      this.newlines()
      left = { type: 'or', left, right: this.assignedOr(context, () => this.and(context)) }
    }
    return left
  }
  private and(context: Context): Expression {
    let left = this.membership(context)
    while (this.accept('&&')) {
      this.newlines()
      left = { type: 'and', left, right: this.assignedOr(context, () => this.membership(context)) }
    }
    return left
  }
  /** An operand that may be an assignment without parentheses: `a && b = c`. */
  private assignedOr(context: Context, operand: () => Expression): Expression {
    const left = operand()
    const operator = this.token.type === 'punctuation' ? ASSIGNMENTS[this.token.text] : undefined
    const target = operator === undefined ? null : assignable(left)
    if (operator === undefined || !target) return left
    this.advance()
    this.newlines()
    const value = this.expression(context)
    return reassigned(left, target, (t) => ({ type: 'assign', operator, target: t, value }))
  }
  private membership(context: Context): Expression {
    let left = this.matching(context)
    while (this.accept('in')) left = { type: 'in', subscripts: [left], array: this.arrayName() }
    return left
  }
  private arrayName(): Variable | Indexed {
    if (this.token.type !== 'name') this.fail()
    return this.variable()
  }
  private matching(context: Context): Expression {
    let text = this.comparison(context)
    while (this.is('~') || this.is('!~')) {
      const sense = this.advance().text === '~' ? '~' : '!~'
      text = { type: 'match', sense, text, pattern: this.comparison(context) }
    }
    return text
  }
  private comparison(context: Context): Expression {
    const left = this.concatenation(context)
    const operator = this.token.text
    if (this.token.type !== 'punctuation' || !isRelation(operator) || (context === 'print' && operator === '>')) return left
    this.advance()
    return { type: 'compare', operator, left, right: this.concatenation(context) }
  }
  private concatenation(context: Context): Expression {
    let left = this.additive(context)
    for (;;) {
      if ((this.is('|') || this.is('|&')) && this.peek().type === 'keyword' && this.peek().text === 'getline') {
        const from = this.advance().text === '|' ? 'command' : 'coprocess'
        this.advance()
        left = { type: 'getline', from, source: left, target: this.getlineTarget() }
      } else if (this.beginsOperand()) left = { type: 'concat', left, right: this.additive(context) }
      else return left
    }
  }
  private beginsOperand(): boolean {
    const { type, text } = this.token
    switch (type) {
      case 'number': case 'string': case 'name': case 'function-name': case 'builtin': case 'pattern': return true
      case 'punctuation': return /^(?:\$|!|\(|-|\+|\+\+|--|@)$/.test(text)
      default: return false
    }
  }
  private additive(context: Context): Expression {
    let left = this.multiplicative(context)
    while (this.is('+') || this.is('-')) {
      const operator = this.advance().text === '+' ? '+' : '-'
      left = this.folded(operator, left, this.multiplicative(context))
    }
    return left
  }
  private multiplicative(context: Context): Expression {
    let left = this.unary(context)
    while (this.is('*') || this.is('/') || this.is('%')) {
      const { text } = this.advance()
      left = this.folded(text === '*' ? '*' : text === '/' ? '/' : '%', left, this.unary(context))
    }
    return left
  }
  /** gawk computes constants at once, and complains then. */
  private folded(operator: Arithmetic, left: Expression, right: Expression): Expression {
    if (right.type === 'number' && right.value === 0 && left.type === 'number') {
      if (operator === '/') this.error('division by zero attempted')
      if (operator === '%') this.error("division by zero attempted in `%'")
    }
    return { type: 'arithmetic', operator, left, right }
  }
  private unary(context: Context): Expression {
    if (this.accept('!')) {
      const of = this.unary(context)
      return { type: 'not', of }
    }
    if (this.accept('-')) return { type: 'minus', of: this.unary(context) }
    if (this.accept('+')) return { type: 'plus', of: this.unary(context) }
    return this.power(context)
  }
  private power(context: Context): Expression {
    const base = this.postfix(context)
    if (!this.is('^') && !this.is('**')) return base
    this.advance()
    const exponent = this.is('-') || this.is('+') || this.is('!') ? this.unary(context) : this.power(context)
    return { type: 'arithmetic', operator: '^', left: base, right: exponent }
  }
  private postfix(context: Context): Expression {
    if (this.is('++') || this.is('--')) {
      const by = this.advance().text === '++' ? 1 : -1
      const target = this.primary(context)
      if (!isTarget(target)) this.fail()
      return { type: 'step', by, order: 'before', target }
    }
    const value = this.primary(context)
    if ((this.is('++') || this.is('--')) && isTarget(value)) {
      const by = this.advance().text === '++' ? 1 : -1
      return { type: 'step', by, order: 'after', target: value }
    }
    return value
  }
  private variable(): Variable | Indexed {
    const name = this.advance().text
    let base: Variable | Indexed = { type: 'variable', name }
    while (this.is('[')) {
      this.advance()
      const subscripts = this.list(']')
      if (subscripts.length === 0) this.fail()
      base = { type: 'index', base, subscripts }
    }
    return base
  }
  private list(close: string): Expression[] {
    const list: Expression[] = []
    this.newlines()
    while (!this.is(close)) {
      list.push(this.expression('plain'))
      this.newlines()
      if (!this.accept(',')) break
      this.newlines()
      if (this.is(close)) this.fail()
    }
    this.expect(close)
    return list
  }
  private getlineTarget(): Target | undefined {
    if (this.token.type === 'name') return this.variable()
    if (this.is('$')) return this.field()
    return undefined
  }
  private field(): Field {
    this.advance()
    if (this.is('++') || this.is('--')) {
      const by = this.advance().text === '++' ? 1 : -1
      const target = this.primary('plain')
      if (!isTarget(target)) this.fail()
      return { type: 'field', of: { type: 'step', by, order: 'before', target } }
    }
    if (this.is('-') || this.is('+') || this.is('!')) {
      const sign = this.advance().text
      const of = this.primary('plain')
      return { type: 'field', of: sign === '-' ? { type: 'minus', of } : sign === '!' ? { type: 'not', of } : of }
    }
    return { type: 'field', of: this.primary('plain') }
  }
  private primary(_context: Context): Expression {
    const { type, text, at } = this.token
    switch (type) {
      case 'number': return { type: 'number', value: this.advance().value ?? 0 }
      case 'string':
        this.advance()
        return { type: 'string', text }
      case 'pattern':
        this.advance()
        return { type: text.startsWith('/') ? 'regexp' : 'pattern', source: this.checked(text.slice(1), at) }
      case 'name': return this.variable()
      case 'function-name': {
        this.advance()
        this.advance()
        return { type: 'call', name: text, args: this.list(')'), line: at }
      }
      case 'builtin': return this.builtin()
      case 'keyword': {
        if (text !== 'getline') return this.fail()
        this.advance()
        const target = this.getlineTarget()
        if (!this.accept('<')) return { type: 'getline', from: 'main', target }
        return { type: 'getline', from: 'file', source: this.postfix('plain'), target }
      }
      case 'punctuation': break
      default: return this.fail()
    }
    if (text === '$') return this.field()
    if (text === '/' || text === '/=') {
      const regexp = this.lexer.regexp(at, this.name)
      this.ahead = []
      this.token = this.lexer.next(this.name)
      return { type: 'regexp', source: this.checked(regexp.text, at) }
    }
    if (text === '@' && (this.peek().type === 'function-name')) {
      this.advance()
      const name = this.advance().text
      this.advance()
      return { type: 'indirect', name: { type: 'variable', name }, args: this.list(')'), line: at }
    }
    if (text === '-' || text === '+' || text === '!') return this.unary('plain')
    if (text !== '(') return this.fail()
    this.advance()
    const of = this.expression('plain')
    if (this.is(',')) {
      const subscripts = [of]
      while (this.accept(',')) {
        this.newlines()
        subscripts.push(this.expression('plain'))
      }
      this.expect(')')
      if (!this.accept('in')) this.fail()
      return { type: 'in', subscripts, array: this.arrayName() }
    }
    this.expect(')')
    return { type: 'group', of }
  }
  /** A constant regular expression must be one. */
  private checked(source: string, at: number): string {
    try {
      matcher(source, 'exact')
    } catch (error) {
      if (!(error instanceof RegexError)) throw error
      this.error(`${error.message}: /${source}/`, at)
    }
    return source
  }
  private builtin(): Expression {
    const { text: name, at } = this.advance()
    if (!this.is('(')) {
      if (name === 'length') return { type: 'builtin', name, args: [], line: at }
      return this.fail()
    }
    this.advance()
    const args = this.list(')')
    const { least, most } = ARGUMENTS[name] ?? { least: 0, most: Infinity }
    if (args.length < least || args.length > most) this.fail(`${args.length} is invalid as number of arguments for ${name}`, this.last?.at)
    return { type: 'builtin', name, args, line: at }
  }
}

/** The rightmost operand, if a value can be put there: `!x = y` and `1 + x = y` assign to x. */
function assignable(e: Expression): Target | null {
  if (isTarget(e)) return e
  switch (e.type) {
    case 'not': case 'minus': case 'plus': return assignable(e.of)
    case 'arithmetic': case 'concat': case 'compare': case 'and': case 'or': return assignable(e.right)
    case 'match': return assignable(e.pattern)
    default: return null
  }
}

function reassigned(e: Expression, target: Target, make: (target: Target) => Expression): Expression {
  if (e === target) return make(target)
  switch (e.type) {
    case 'not': case 'minus': case 'plus': return { ...e, of: reassigned(e.of, target, make) }
    case 'arithmetic': case 'concat': case 'compare': case 'and': case 'or': return { ...e, right: reassigned(e.right, target, make) }
    case 'match': return { ...e, pattern: reassigned(e.pattern, target, make) }
    default: return e
  }
}
