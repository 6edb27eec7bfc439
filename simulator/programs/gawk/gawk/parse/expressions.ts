/** Expressions, a method for each level of precedence (gawk.info, "Precedence"). */
import { RegexError } from '../../../../regex'
import { ARGUMENTS } from '../arguments'
import { matcher } from '../regexp'
import { type Arithmetic, type Expression, type Field, type Indexed, isTarget, type Relation, type Target, type Variable } from '../syntax'
import { Tokens } from './tokens'

const ASSIGNMENTS: { readonly [token: string]: Arithmetic | '=' } = { '=': '=', '+=': '+', '-=': '-', '*=': '*', '/=': '/', '%=': '%', '^=': '^', '**=': '^' }
const RELATIONS = new Set(['<', '<=', '==', '!=', '>', '>='])
const isRelation = (text: string): text is Relation => RELATIONS.has(text)

/** What surrounds an expression: in a print's list `>` redirects; in a condition of `for` it may be an `in` loop. */
type Context = 'plain' | 'print'

export class Expressions extends Tokens {
  protected expression(context: Context): Expression {
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
  protected choice(context: Context): Expression {
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
  protected or(context: Context): Expression {
    let left = this.and(context)
    while (this.accept('||')) {
      this.newlines()
      left = { type: 'or', left, right: this.assignedOr(context, () => this.and(context)) }
    }
    return left
  }
  protected and(context: Context): Expression {
    let left = this.membership(context)
    while (this.accept('&&')) {
      this.newlines()
      left = { type: 'and', left, right: this.assignedOr(context, () => this.membership(context)) }
    }
    return left
  }
  /** An operand that may be an assignment without parentheses: `a && b = c`. */
  protected assignedOr(context: Context, operand: () => Expression): Expression {
    const left = operand()
    const operator = this.token.type === 'punctuation' ? ASSIGNMENTS[this.token.text] : undefined
    const target = operator === undefined ? null : assignable(left)
    if (operator === undefined || !target) return left
    this.advance()
    this.newlines()
    const value = this.expression(context)
    return reassigned(left, target, (t) => ({ type: 'assign', operator, target: t, value }))
  }
  protected membership(context: Context): Expression {
    let left = this.matching(context)
    while (this.accept('in')) left = { type: 'in', subscripts: [left], array: this.arrayName() }
    return left
  }
  protected arrayName(): Variable | Indexed {
    if (this.token.type !== 'name') this.fail()
    return this.variable()
  }
  protected matching(context: Context): Expression {
    let text = this.comparison(context)
    while (this.is('~') || this.is('!~')) {
      const sense = this.advance().text === '~' ? '~' : '!~'
      text = { type: 'match', sense, text, pattern: this.comparison(context) }
    }
    return text
  }
  protected comparison(context: Context): Expression {
    const left = this.concatenation(context)
    const operator = this.token.text
    if (this.token.type !== 'punctuation' || !isRelation(operator) || (context === 'print' && operator === '>')) return left
    this.advance()
    return { type: 'compare', operator, left, right: this.concatenation(context) }
  }
  protected concatenation(context: Context): Expression {
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
  protected beginsOperand(): boolean {
    const { type, text } = this.token
    switch (type) {
      case 'number': case 'string': case 'name': case 'function-name': case 'builtin': case 'pattern': return true
      case 'punctuation': return /^(?:\$|!|\(|-|\+|\+\+|--|@)$/.test(text)
      default: return false
    }
  }
  protected additive(context: Context): Expression {
    let left = this.multiplicative(context)
    while (this.is('+') || this.is('-')) {
      const operator = this.advance().text === '+' ? '+' : '-'
      left = this.folded(operator, left, this.multiplicative(context))
    }
    return left
  }
  protected multiplicative(context: Context): Expression {
    let left = this.unary(context)
    while (this.is('*') || this.is('/') || this.is('%')) {
      const { text } = this.advance()
      left = this.folded(text === '*' ? '*' : text === '/' ? '/' : '%', left, this.unary(context))
    }
    return left
  }
  /** gawk computes constants at once, and complains then. */
  protected folded(operator: Arithmetic, left: Expression, right: Expression): Expression {
    if (right.type === 'number' && right.value === 0 && left.type === 'number') {
      if (operator === '/') this.error('division by zero attempted')
      if (operator === '%') this.error("division by zero attempted in `%'")
    }
    return { type: 'arithmetic', operator, left, right }
  }
  protected unary(context: Context): Expression {
    if (this.accept('!')) {
      const of = this.unary(context)
      return { type: 'not', of }
    }
    if (this.accept('-')) return { type: 'minus', of: this.unary(context) }
    if (this.accept('+')) return { type: 'plus', of: this.unary(context) }
    return this.power(context)
  }
  protected power(context: Context): Expression {
    const base = this.postfix(context)
    if (!this.is('^') && !this.is('**')) return base
    this.advance()
    const exponent = this.is('-') || this.is('+') || this.is('!') ? this.unary(context) : this.power(context)
    return { type: 'arithmetic', operator: '^', left: base, right: exponent }
  }
  protected postfix(context: Context): Expression {
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
  protected variable(): Variable | Indexed {
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
  protected list(close: string): Expression[] {
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
  protected getlineTarget(): Target | undefined {
    if (this.token.type === 'name') return this.variable()
    if (this.is('$')) return this.field()
    return undefined
  }
  protected field(): Field {
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
  protected primary(_context: Context): Expression {
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
  protected checked(source: string, at: number): string {
    try {
      matcher(source, 'exact')
    } catch (error) {
      if (!(error instanceof RegexError)) throw error
      this.error(`${error.message}: /${source}/`, at)
    }
    return source
  }
  protected builtin(): Expression {
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
