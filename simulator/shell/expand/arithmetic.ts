/**
 * Arithmetic on 64-bit integers (bash(1), ARITHMETIC EVALUATION; error texts and the "error token" as in expr.c). The text
 * has been expanded before; a variable's value is evaluated as an expression in turn.
 */
import { bracketEnd } from '../lexing/word'

export interface ArithmeticScope {
  read(name: string, index: string | undefined): string | undefined
  write(name: string, index: string | undefined, value: string): void
}

/** `message` is what bash prints after the name of the command. */
export class ArithmeticError extends Error {}

/** bash allows 1024 levels; what comes here is a loop of variables, whatever the number. */
const MAX_DEPTH = 100
const wrap = (n: bigint): bigint => BigInt.asIntN(64, n)
const truth = (b: boolean): bigint => (b ? 1n : 0n)
const cache = new Map<string, bigint>()

export function evaluate(text: string, scope: ArithmeticScope, depth = 0): bigint {
  const known = cache.get(text)
  if (known !== undefined) return known
  if (/^-?\d{1,18}$/.test(text) && !/^-?0\d/.test(text)) {
    const value = BigInt(text)
    if (cache.size < 4096) cache.set(text, value)
    return value
  }
  return new Evaluator(text, scope, depth).run()
}

type Token = { readonly kind: 'number'; readonly value: bigint } | { readonly kind: 'name'; readonly name: string; readonly index: string | undefined } | { readonly kind: 'operator'; readonly text: string } | { readonly kind: 'end' }

const OPERATOR = /(?:<<=|>>=|\*\*|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&^|]=|[-+*/%<>=!~&^|?:,()])/y
const LEVELS: readonly (readonly string[])[] = [['|'], ['^'], ['&'], ['==', '!='], ['<=', '>=', '<', '>'], ['<<', '>>'], ['+', '-'], ['*', '/', '%']]
const ASSIGN = new Set(['=', '+=', '-=', '*=', '/=', '%=', '<<=', '>>=', '&=', '^=', '|='])

class Evaluator {
  private readonly text: string
  private readonly scope: ArithmeticScope
  private readonly depth: number
  private at = 0
  /** Where the current token starts: the rest from here is bash's "error token". */
  private from = 0
  private last = 0
  private token: Token = { kind: 'end' }
  /** Above 0 in a branch that is not taken. */
  private skipping = 0
  constructor(text: string, scope: ArithmeticScope, depth: number) {
    this.text = text
    this.scope = scope
    this.depth = depth
    if (depth > MAX_DEPTH) throw new ArithmeticError(`${text}: expression recursion level exceeded (error token is "${text}")`)
  }
  run(): bigint {
    this.next()
    if (this.token.kind === 'end') return 0n
    const value = this.comma()
    if (!this.atEnd) this.fail('syntax error in expression')
    return value
  }
  /** The "error token" is what the last token read begins with; the end of the text is none. */
  private fail(message: string, from = this.token.kind === 'end' ? this.last : this.from): never {
    const rest = this.text.slice(from).replace(/^\s+/, '')
    throw new ArithmeticError(`${this.text.replace(/^\s+/, '')}: ${message} (error token is "${rest}")`)
  }
  private next(): void {
    const { text } = this
    this.last = this.from
    while (/\s/.test(text[this.at] ?? '')) this.at++
    this.from = this.at
    const c = text[this.at]
    if (c === undefined) {
      this.token = { kind: 'end' }
      return
    }
    if (c >= '0' && c <= '9') {
      const word = /^[0-9a-zA-Z_@#]+/.exec(text.slice(this.at))?.[0] ?? c
      this.at += word.length
      this.token = { kind: 'number', value: this.number(word) }
      return
    }
    if (/[A-Za-z_]/.test(c)) {
      const name = /^\w+/.exec(text.slice(this.at))?.[0] ?? c
      this.at += name.length
      let index: string | undefined
      if (text[this.at] === '[') {
        const end = bracketEnd(text.slice(this.at))
        if (end < 0) this.fail('bad array subscript', this.from)
        index = text.slice(this.at + 1, this.at + end)
        this.at += end + 1
      }
      this.token = { kind: 'name', name, index }
      return
    }
    OPERATOR.lastIndex = this.at
    const operator = OPERATOR.exec(text)?.[0]
    if (operator === undefined) this.fail(this.at === 0 || this.token.kind === 'operator' || this.token.kind === 'end' ? 'syntax error: operand expected' : 'syntax error: invalid arithmetic operator', this.from)
    this.at += operator.length
    this.token = { kind: 'operator', text: operator }
  }
  private number(word: string): bigint {
    const based = /^(\d+)#([0-9a-zA-Z@_]*)$/.exec(word)
    const base = based ? Number(based[1]) : /^0[xX]/.test(word) ? 16 : /^0\d/.test(word) ? 8 : 10
    const digits = based ? (based[2] ?? '') : base === 16 ? word.slice(2) : word
    if (base < 2 || base > 64) this.badNumber('invalid arithmetic base')
    if (based && digits === '') this.badNumber('invalid integer constant')
    let value = 0n
    for (const c of digits) {
      const digit = digitOf(c, base)
      if (digit < 0) this.badNumber('invalid number')
      if (digit >= base) this.badNumber('value too great for base')
      value = value * BigInt(base) + BigInt(digit)
    }
    return wrap(value)
  }
  /** bash has cut the text after the number when it looks at it. */
  private badNumber(message: string): never {
    throw new ArithmeticError(`${this.text.slice(0, this.at).replace(/^\s+/, '')}: ${message} (error token is "${this.text.slice(this.from, this.at)}")`)
  }
  private get atEnd(): boolean {
    return this.token.kind === 'end'
  }
  private isOperator(text: string): boolean {
    return this.token.kind === 'operator' && this.token.text === text
  }
  private comma(): bigint {
    let value = this.assignment()
    while (this.isOperator(',')) {
      this.next()
      value = this.assignment()
    }
    return value
  }
  private assignment(): bigint {
    const { token } = this
    if (token.kind === 'name') {
      const saved = { at: this.at, from: this.from, last: this.last }
      this.next()
      const operator = this.token
      if (operator.kind === 'operator' && ASSIGN.has(operator.text)) {
        this.next()
        if (operator.text === '=') {
          const value = this.assignment()
          this.store(token.name, token.index, value)
          return value
        }
        const before = this.load(token.name, token.index)
        const right = this.assignment()
        const value = this.apply(operator.text.slice(0, -1), before, right, this.token.kind === 'end' ? this.last : this.from)
        this.store(token.name, token.index, value)
        return value
      }
      this.at = saved.at
      this.from = saved.from
      this.last = saved.last
      this.token = token
    }
    const value = this.ternary()
    if (this.token.kind === 'operator' && ASSIGN.has(this.token.text)) this.fail('attempted assignment to non-variable')
    return value
  }
  private ternary(): bigint {
    const test = this.either()
    if (!this.isOperator('?')) return test
    this.next()
    if (this.isOperator(':') || this.token.kind === 'end') this.fail('expression expected')
    const first = this.branch(test === 0n, () => this.comma())
    if (!this.isOperator(':')) this.fail("`:' expected for conditional expression")
    this.next()
    if (this.atEnd) this.fail('expression expected')
    const second = this.branch(test !== 0n, () => this.ternary())
    return test !== 0n ? first : second
  }
  private branch(skip: boolean, read: () => bigint): bigint {
    if (skip) this.skipping++
    const value = read()
    if (skip) this.skipping--
    return value
  }
  private either(): bigint {
    let value = this.both()
    while (this.isOperator('||')) {
      this.next()
      const right = this.branch(value !== 0n, () => this.both())
      value = truth(value !== 0n || right !== 0n)
    }
    return value
  }
  private both(): bigint {
    let value = this.binary(0)
    while (this.isOperator('&&')) {
      this.next()
      const right = this.branch(value === 0n, () => this.binary(0))
      value = truth(value !== 0n && right !== 0n)
    }
    return value
  }
  private binary(level: number): bigint {
    const operators = LEVELS[level]
    if (!operators) return this.power()
    let left = this.binary(level + 1)
    while (this.token.kind === 'operator' && operators.includes(this.token.text)) {
      const operator = this.token.text
      this.next()
      const at = this.from
      left = this.apply(operator, left, this.binary(level + 1), at)
    }
    return left
  }
  private power(): bigint {
    const base = this.unary()
    if (!this.isOperator('**')) return base
    this.next()
    const exponent = this.power()
    return this.apply('**', base, exponent, this.last)
  }
  private apply(operator: string, a: bigint, b: bigint, rightAt: number): bigint {
    switch (operator) {
      case '+':
        return wrap(a + b)
      case '-':
        return wrap(a - b)
      case '*':
        return wrap(a * b)
      case '/':
      case '%':
        if (b === 0n) {
          if (this.skipping > 0) return 0n
          this.fail('division by 0', rightAt)
        }
        return wrap(operator === '/' ? a / b : a % b)
      case '**': {
        if (b < 0n) this.fail('exponent less than 0', rightAt)
        let result = 1n
        for (let base = a, left = b; left > 0n; left >>= 1n) {
          if (left & 1n) result = wrap(result * base)
          base = wrap(base * base)
        }
        return result
      }
      case '<<':
        return wrap(a << (b & 63n))
      case '>>':
        return wrap(a >> (b & 63n))
      case '<':
        return truth(a < b)
      case '>':
        return truth(a > b)
      case '<=':
        return truth(a <= b)
      case '>=':
        return truth(a >= b)
      case '==':
        return truth(a === b)
      case '!=':
        return truth(a !== b)
      case '&':
        return a & b
      case '^':
        return a ^ b
      default:
        return a | b
    }
  }
  private unary(): bigint {
    const { token } = this
    if (token.kind !== 'operator') return this.postfix()
    switch (token.text) {
      case '!':
        this.next()
        return truth(this.unary() === 0n)
      case '~':
        this.next()
        return wrap(~this.unary())
      case '+':
        this.next()
        return this.unary()
      case '-':
        this.next()
        return wrap(-this.unary())
      case '++':
      case '--': {
        this.next()
        if (this.token.kind !== 'name') {
          const value = this.unary()
          return value
        }
        const { name, index } = this.token
        this.next()
        const value = wrap(this.load(name, index) + (token.text === '++' ? 1n : -1n))
        this.store(name, index, value)
        return value
      }
      case '(': {
        this.next()
        const value = this.comma()
        if (!this.isOperator(')')) this.fail("missing `)'", this.token.kind === 'end' ? this.last : this.from)
        this.next()
        return value
      }
      default:
        return this.fail('syntax error: operand expected')
    }
  }
  private postfix(): bigint {
    const { token } = this
    if (token.kind === 'end') this.fail('syntax error: operand expected', this.last)
    if (token.kind === 'number') {
      this.next()
      if (this.token.kind === 'number' || this.token.kind === 'name') this.fail('syntax error in expression')
      return token.value
    }
    if (token.kind === 'operator') return this.fail('syntax error: operand expected')
    this.next()
    if (this.isOperator('++') || this.isOperator('--')) {
      const value = this.load(token.name, token.index)
      this.store(token.name, token.index, wrap(value + (this.isOperator('++') ? 1n : -1n)))
      this.next()
      return value
    }
    return this.load(token.name, token.index)
  }
  private load(name: string, index: string | undefined): bigint {
    if (this.skipping > 0) return 0n
    const text = this.scope.read(name, index)
    return text === undefined || text === '' ? 0n : evaluate(text, this.scope, this.depth + 1)
  }
  private store(name: string, index: string | undefined, value: bigint): void {
    if (this.skipping === 0) this.scope.write(name, index, String(value))
  }
}

function digitOf(c: string, base: number): number {
  if (c >= '0' && c <= '9') return c.charCodeAt(0) - 48
  if (c >= 'a' && c <= 'z') return c.charCodeAt(0) - 87
  if (c >= 'A' && c <= 'Z') return base <= 36 ? c.charCodeAt(0) - 55 : c.charCodeAt(0) - 29
  return c === '@' ? 62 : c === '_' ? 63 : -1
}
