/**
 * The words of a filter (containerd filters/scanner.go). Blanks before a word count for nothing, what follows an operator is a value,
 * and `/` and `|` quote as `"` does.
 */
export type TokenKind = 'field' | 'value' | 'quoted' | 'operator' | 'separator' | 'illegal' | 'other'

export interface Token {
  readonly kind: TokenKind
  readonly text: string
  readonly at: number
}

const SPACE = /\s/
const FIELD = /[A-Za-z0-9_]/
const QUOTES = '"/|'
const OPERATORS = '=!~'
const SEPARATORS = ',.'
const SIMPLE_ESCAPES = 'abfnrtv\\'
/** Escapes with digits: how many, of which base. */
const DIGITS: Readonly<Record<string, readonly [number, RegExp]>> = { x: [2, /[\da-fA-F]/], u: [4, /[\da-fA-F]/], U: [8, /[\da-fA-F]/] }
const OCTAL = /[0-7]/

export class Scanner {
  readonly input: string
  /** Where the next word begins, blanks included. */
  at = 0
  /** Why the last word is illegal. */
  error = ''
  private expectsValue = false
  constructor(input: string) {
    this.input = input
  }
  /** The next letter, '' at the end. */
  peek(): string {
    return this.input[this.at] ?? ''
  }
  scan(): Token {
    this.while((c) => SPACE.test(c))
    const at = this.at
    const c = this.peek()
    const token = (kind: TokenKind): Token => ({ kind, text: this.input.slice(at, this.at), at })
    if (c === '') return token('other')
    this.at++
    if (QUOTES.includes(c)) return token(this.quoted(c) ? 'quoted' : 'illegal')
    if (SEPARATORS.includes(c)) {
      this.expectsValue = false
      return token('separator')
    }
    if (OPERATORS.includes(c)) {
      this.while((next) => OPERATORS.includes(next))
      this.expectsValue = true
      return token('operator')
    }
    if (this.expectsValue) {
      this.while((next) => next !== ',' && !SPACE.test(next))
      this.expectsValue = false
      return token('value')
    }
    if (!FIELD.test(c)) return token('other')
    this.while((next) => FIELD.test(next))
    return token('field')
  }
  private while(holds: (c: string) => boolean): void {
    while (this.at < this.input.length && holds(this.peek())) this.at++
  }
  /** Reads up to the closing quote; false when the literal is not one, for the first reason found. */
  private quoted(quote: string): boolean {
    let isLegal = true
    const refuse = (why: string): void => {
      if (isLegal) this.error = why
      isLegal = false
    }
    for (;;) {
      const c = this.peek()
      if (c === '' || c === '\n') {
        refuse('quoted literal not terminated')
        return false
      }
      this.at++
      if (c === quote) return isLegal
      if (c === '\\') this.escape(quote, refuse)
    }
  }
  private escape(quote: string, refuse: (why: string) => void): void {
    const c = this.peek()
    if (c === quote || (c !== '' && SIMPLE_ESCAPES.includes(c))) {
      this.at++
      return
    }
    const [count, digit] = DIGITS[c] ?? [3, OCTAL]
    if (c in DIGITS) this.at++
    else if (!OCTAL.test(c)) {
      this.at++
      return refuse('illegal escape sequence')
    }
    for (let i = 0; i < count; i++, this.at++) if (!digit.test(this.peek())) return refuse('illegal numeric escape sequence')
  }
}

const ESCAPED: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }

/** What stands between the quotes of a legal literal. */
export const unquoted = (literal: string): string =>
  literal.slice(1, -1).replace(/\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{3})|(.))/g, (_, x?: string, u?: string, U?: string, octal?: string, c = '') => {
    const hex = x ?? u ?? U
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16))
    return octal === undefined ? (ESCAPED[c] ?? c) : String.fromCodePoint(Number.parseInt(octal, 8))
  })
