/** The tokens that a parser stands among: the current one, those ahead, and complaints about them in gawk's words. */
import { Lexer, type Piece, type Token } from '../lexer'
import { ProgramError } from '../syntax'

export class Tokens {
  protected readonly lexer: Lexer
  protected readonly name: string
  protected token: Token
  protected ahead: Token[] = []
  /** The token before the current one. */
  protected last: Token | null = null
  constructor(pieces: readonly Piece[], name: string) {
    this.lexer = new Lexer(pieces)
    this.name = name
    this.token = this.lexer.next(name)
  }
  protected advance(): Token {
    const token = this.token
    this.last = token
    this.token = this.ahead.shift() ?? this.lexer.next(this.name)
    return token
  }
  /** The token after the current one. */
  protected peek(): Token {
    if (this.ahead.length === 0) this.ahead.push(this.lexer.next(this.name))
    return this.ahead[0] as Token
  }
  protected lookahead(k: number): Token {
    while (this.ahead.length <= k) this.ahead.push(this.lexer.next(this.name))
    return this.ahead[k] as Token
  }
  protected is(text: string): boolean {
    return (this.token.type === 'punctuation' || this.token.type === 'keyword') && this.token.text === text
  }
  protected accept(text: string): boolean {
    if (!this.is(text)) return false
    this.advance()
    return true
  }
  protected expect(text: string): void {
    if (!this.accept(text)) this.fail()
  }
  protected fail(message?: string, at = this.token.at): never {
    throw this.lexer.syntaxError(at, message ?? (this.atEnd() ? 'unexpected newline or end of string' : 'syntax error'), this.name, this.token.type === 'newline' && message === undefined ? 'met' : 'none')
  }
  protected atEnd(): boolean {
    return this.token.type === 'newline' || this.token.type === 'end'
  }
  protected error(message: string, at = this.token.at): never {
    throw new ProgramError(`${this.name}: ${this.lexer.where(at)}: error: ${message}\n`)
  }
  protected newlines(): void {
    while (this.token.type === 'newline') this.advance()
  }
  /** Newlines and semicolons. */
  protected ends(): void {
    while (this.token.type === 'newline' || this.is(';')) this.advance()
  }
}
