/** expr(1) of coreutils 9.1: recursive descent over the arguments, from `|` down to operands. */
import { closeout } from '../../closeout'
import { compile, RegexError } from '../../../regex'
import { program, type Io } from '../../program'
import { usageError } from '../command'
import { locale } from '../files'
import { characters } from '../quoting'
import { compareText } from '../sort/keys'
import { HELP, VERSION } from './help'

class SyntaxProblem extends Error {}

const WRONG = 2

const isInteger = (text: string): boolean => /^-?\d+$/.test(text)
/** What counts as false: nothing, and zero. */
const isNull = (text: string): boolean => text === '' || /^-?0+$/.test(text)

const ARITHMETIC: { readonly [operator: string]: (a: bigint, b: bigint) => bigint } = {
  '+': (a, b) => a + b, '-': (a, b) => a - b, '*': (a, b) => a * b, '/': (a, b) => a / b, '%': (a, b) => a % b,
}
const COMPARISONS: { readonly [operator: string]: (order: number) => boolean } = {
  '<': (o) => o < 0, '<=': (o) => o <= 0, '=': (o) => o === 0, '==': (o) => o === 0, '!=': (o) => o !== 0, '>=': (o) => o >= 0, '>': (o) => o > 0,
}

class Expression {
  private at = 0
  private readonly args: readonly string[]
  private readonly io: Io
  constructor(io: Io, args: readonly string[]) {
    this.io = io
    this.args = args
  }
  value(): string {
    const result = this.or()
    if (this.at < this.args.length) throw new SyntaxProblem(`syntax error: unexpected argument ${locale(this.io, this.args[this.at] ?? '')}`)
    return result
  }
  private next(word: string): boolean {
    if (this.args[this.at] !== word) return false
    this.at++
    return true
  }
  private operatorOf(table: object): string | undefined {
    const word = this.args[this.at]
    if (word === undefined || !Object.hasOwn(table, word)) return undefined
    this.at++
    return word
  }
  private needMore(): void {
    if (this.at >= this.args.length) throw new SyntaxProblem(`syntax error: missing argument after ${locale(this.io, this.args[this.at - 1] ?? '')}`)
  }
  private or(): string {
    let left = this.and()
    while (this.next('|')) {
      const right = this.and()
      if (isNull(left)) left = isNull(right) ? '0' : right
    }
    return left
  }
  private and(): string {
    let left = this.comparison()
    while (this.next('&')) {
      const right = this.comparison()
      if (isNull(left) || isNull(right)) left = '0'
    }
    return left
  }
  private comparison(): string {
    let left = this.arithmetic('+-')
    for (let operator = this.operatorOf(COMPARISONS); operator !== undefined; operator = this.operatorOf(COMPARISONS)) {
      const right = this.arithmetic('+-')
      const order = isInteger(left) && isInteger(right) ? Number(BigInt(left) - BigInt(right) > 0n) - Number(BigInt(left) - BigInt(right) < 0n) : compareText(left, right)
      left = COMPARISONS[operator]?.(order) ? '1' : '0'
    }
    return left
  }
  private arithmetic(level: '+-' | '*/%'): string {
    const operand = (): string => (level === '+-' ? this.arithmetic('*/%') : this.match())
    let left = operand()
    for (;;) {
      const operator = this.args[this.at]
      if (operator === undefined || operator.length !== 1 || !level.includes(operator)) return left
      this.at++
      const right = operand()
      if (!isInteger(left) || !isInteger(right)) throw new SyntaxProblem('non-integer argument')
      if ((operator === '/' || operator === '%') && BigInt(right) === 0n) throw new SyntaxProblem('division by zero')
      left = String(ARITHMETIC[operator]?.(BigInt(left), BigInt(right)) ?? 0n)
    }
  }
  private match(): string {
    let left = this.keyword()
    while (this.next(':')) left = this.matched(left, this.keyword())
    return left
  }
  /** The first group, or how many characters matched, from the start. */
  private matched(text: string, pattern: string): string {
    try {
      const regex = compile(pattern, { syntax: 'bre' })
      const found = regex.exec(text)
      const whole = found?.[0]
      const at0 = whole !== undefined && whole[0] === 0
      if (regex.groups > 0) {
        const [from = -1, to = -1] = found?.[1] ?? []
        return at0 && from >= 0 ? text.slice(from, to) : ''
      }
      return at0 ? String(characters(text.slice(0, whole[1])).length) : '0'
    } catch (error) {
      if (!(error instanceof RegexError)) throw error
      throw new SyntaxProblem(error.message)
    }
  }
  private keyword(): string {
    if (this.next('+')) {
      this.needMore()
      return this.args[this.at++] ?? ''
    }
    if (this.next('length')) return String(characters(this.keyword()).length)
    if (this.next('match')) {
      const text = this.keyword()
      return this.matched(text, this.keyword())
    }
    if (this.next('index')) {
      const text = characters(this.keyword())
      const wanted = characters(this.keyword())
      return String(text.findIndex((c) => wanted.includes(c)) + 1)
    }
    if (this.next('substr')) {
      const text = characters(this.keyword())
      const position = this.keyword()
      const length = this.keyword()
      if (!isInteger(position) || !isInteger(length) || Number(position) <= 0 || Number(length) <= 0) return ''
      return text.slice(Number(position) - 1, Number(position) - 1 + Number(length)).join('')
    }
    return this.operand()
  }
  private operand(): string {
    this.needMore()
    if (this.next('(')) {
      const value = this.or()
      const word = this.args[this.at]
      if (word === undefined) throw new SyntaxProblem(`syntax error: expecting ')' after ${locale(this.io, this.args[this.at - 1] ?? '')}`)
      if (!this.next(')')) throw new SyntaxProblem(`syntax error: expecting ')' instead of ${locale(this.io, word)}`)
      return value
    }
    if (this.next(')')) throw new SyntaxProblem("syntax error: unexpected ')'")
    return this.args[this.at++] ?? ''
  }
}

export default program({
  unwritten: closeout(3),
  summary: 'evaluate expressions',
  called: 'by-path',
  *run(io) {
    if (io.args.length === 1 && io.args[0] === '--help') return io.out(HELP)
    if (io.args.length === 1 && io.args[0] === '--version') return io.out(VERSION)
    const args = io.args[0] === '--' ? io.args.slice(1) : io.args
    if (args.length === 0) {
      io.err(`${io.name}: missing operand\n`)
      return usageError(io, WRONG)
    }
    try {
      const value = new Expression(io, args).value()
      io.out(`${value}\n`)
      return isNull(value) ? 1 : 0
    } catch (error) {
      if (!(error instanceof SyntaxProblem)) throw error
      io.err(`${io.name}: ${error.message}\n`)
      return WRONG
    }
  },
})
