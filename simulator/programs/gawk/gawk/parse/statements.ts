/** Statements, and where each may stand (gawk.info, "Action Overview"). */
import type { Token } from '../lexer'
import { type Case, type Expression, isTarget, ProgramError, type Redirection, type Section, type Statement } from '../syntax'
import { Expressions } from './expressions'

export class Statements extends Expressions {
  private loops = 0
  /** What is being read: it decides whether `next` or `return` may stand. */
  protected place: Section | 'rule' | 'function' = 'rule'
  protected block(): Statement {
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
  protected close(): void {
    if (this.token.type === 'newline' || this.is(';')) {
      this.advance()
      return
    }
    if (this.is('}')) return
    if (this.token.type === 'end') this.fail()
    this.fail()
  }
  protected statement(): Statement {
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
  protected body(): Statement {
    this.newlines()
    return this.statement()
  }
  protected loop(): Statement {
    this.loops++
    const body = this.body()
    this.loops--
    return body
  }
  protected condition(): Expression {
    this.expect('(')
    const test = this.expression('plain')
    this.expect(')')
    return test
  }
  protected ifStatement(line: number): Statement {
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
  protected whileStatement(line: number): Statement {
    this.advance()
    const test = this.condition()
    if (this.accept(';')) return { type: 'while', test, body: { type: 'block', body: [], line }, line }
    return { type: 'while', test, body: this.loop(), line }
  }
  protected doStatement(line: number): Statement {
    this.advance()
    const body = this.loop()
    this.ends()
    this.expect('while')
    const test = this.condition()
    this.close()
    return { type: 'do', test, body, line }
  }
  protected forStatement(line: number): Statement {
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
  protected switchStatement(line: number): Statement {
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
  protected simple(): Statement {
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
  protected optional(): Expression | undefined {
    return this.token.type === 'newline' || this.token.type === 'end' || this.is(';') || this.is('}') ? undefined : this.expression('plain')
  }
  protected remove(line: number): Statement {
    this.advance()
    const wrapped = this.accept('(')
    if (this.token.type !== 'name') this.fail()
    const target = this.variable()
    if (wrapped) this.expect(')')
    if (target.type === 'index') return { type: 'delete', array: target.base, subscripts: target.subscripts, line }
    return { type: 'delete', array: target, line }
  }
  protected print(line: number): Statement {
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
  protected printed(): readonly Expression[] {
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
  protected parenthesized(): readonly Expression[] | null {
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
  protected lookaheadInParentheses(k: number): Token | null {
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
}
