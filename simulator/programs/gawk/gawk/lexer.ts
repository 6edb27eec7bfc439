/** From text to tokens. Whether `/` begins a regular expression is the parser's knowledge: it asks with `regexp()`. */
import { ProgramError } from './syntax'

export type TokenType = 'number' | 'string' | 'name' | 'function-name' | 'builtin' | 'keyword' | 'punctuation' | 'newline' | 'end' | 'pattern'

export interface Token {
  readonly type: TokenType
  readonly text: string
  readonly value?: number
  readonly at: number
  readonly end: number
}

/** One piece of the program: the command line, a file. */
export interface Piece {
  readonly name: string
  readonly text: string
  /** The number of its first line, where it is the rest of a file. */
  readonly line?: number
}

export const KEYWORDS = new Set(['BEGIN', 'END', 'BEGINFILE', 'ENDFILE', 'function', 'func', 'if', 'else', 'while', 'for', 'do', 'break', 'continue', 'next', 'nextfile', 'exit', 'return', 'delete', 'in', 'getline', 'print', 'printf', 'switch', 'case', 'default'])
export const BUILTINS = new Set([
  'length', 'substr', 'index', 'split', 'patsplit', 'sub', 'gsub', 'gensub', 'match', 'sprintf', 'tolower', 'toupper', 'sin', 'cos', 'atan2', 'exp', 'log', 'sqrt', 'int', 'rand', 'srand', 'system', 'close', 'fflush',
  'systime', 'strftime', 'mktime', 'and', 'or', 'xor', 'compl', 'lshift', 'rshift', 'strtonum', 'asort', 'asorti', 'typeof', 'isarray', 'mkbool', 'bindtextdomain', 'dcgettext', 'dcngettext', 'intdiv',
])
/** Longest first. */
const PUNCTUATION = ['**=', '>>', '**', '|&', '&&', '||', '++', '--', '+=', '-=', '*=', '/=', '%=', '^=', '==', '<=', '>=', '!=', '!~', '{', '}', '(', ')', '[', ']', ';', ',', '+', '-', '*', '/', '%', '^', '!', '<', '>', '|', '?', ':', '~', '$', '=', '@']
const CONTROL: { readonly [letter: string]: string } = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\', '"': '"' }

const byte = (code: number): string => String.fromCharCode(code < 128 ? code : 0xdc00 | code)

/** The escapes of a string constant; unknown ones lose their backslash and are told to `warn`. */
export function unescape(body: string, warn: (message: string) => void = () => {}): string {
  if (!body.includes('\\')) return body
  let out = ''
  for (let i = 0; i < body.length; i++) {
    const c = body[i] ?? ''
    if (c !== '\\') {
      out += c
      continue
    }
    const n = body[++i]
    if (n === undefined) return `${out}\\`
    if (n === '\n') continue
    const control = CONTROL[n]
    const octal = /^[0-7]{1,3}/.exec(body.slice(i))?.[0]
    const hex = /^x([0-9a-fA-F]{1,2})/.exec(body.slice(i))
    if (control !== undefined) out += control
    else if (octal) {
      out += byte(Number.parseInt(octal, 8) & 255)
      i += octal.length - 1
    } else if (hex) {
      out += byte(Number.parseInt(hex[1] ?? '0', 16))
      i += hex[0].length - 1
    } else {
      warn(`warning: escape sequence \`\\${n}' treated as plain \`${n}'`)
      out += n
    }
  }
  return out
}

export class Lexer {
  readonly warnings: string[] = []
  private readonly pieces: readonly Piece[]
  private readonly text: string
  private readonly starts: number[] = []
  private at = 0
  /** @namespace: names without `::` are of it, but for those in capitals. */
  private namespace = 'awk'
  constructor(pieces: readonly Piece[]) {
    this.pieces = pieces
    let text = ''
    for (const piece of pieces) {
      this.starts.push(text.length)
      text += piece.text.endsWith('\n') || pieces.length === 1 ? piece.text : `${piece.text}\n`
    }
    this.text = text
  }
  /** `cmd. line:3` or `prog.awk:3`. */
  where(at: number): string {
    const { piece, start } = this.pieceOf(at)
    return `${piece.name}:${this.lineOf(at, start) + (piece.line ?? 1) - 1}`
  }
  private pieceOf(at: number): { piece: Piece; start: number } {
    let k = 0
    while (k + 1 < this.starts.length && (this.starts[k + 1] ?? Infinity) <= at) k++
    return { piece: this.pieces[k] ?? { name: 'cmd. line', text: '' }, start: this.starts[k] ?? 0 }
  }
  private lineOf(at: number, start: number): number {
    let line = 1
    for (let i = start; i < at && i < this.text.length; i++) if (this.text[i] === '\n') line++
    return line
  }
  /** A complaint that shows the line and points at the place. */
  syntaxError(at: number, message: string, name: string, newline: 'met' | 'none' = 'none'): ProgramError {
    const start = this.text.lastIndexOf('\n', at - 1) + 1
    const end = this.text.indexOf('\n', start)
    const line = this.text.slice(start, end < 0 ? undefined : end)
    // A newline that surprises has been counted already.
    const where = `${name}: ${this.where(Math.min(at, start + line.length) + (newline === 'met' ? 1 : 0))}: `
    const blanks = this.text.slice(start, at).replace(/[^\t]/g, ' ')
    return new ProgramError(`${where}${line}\n${where}${blanks}^ ${message}\n`)
  }
  private blanks(): void {
    for (;;) {
      const c = this.text[this.at]
      if (c === ' ' || c === '\t' || c === '\r') this.at++
      else if (c === '\\' && /^\\\r?\n/.test(this.text.slice(this.at, this.at + 3))) this.at += this.text[this.at + 1] === '\r' ? 3 : 2
      else if (c === '#') while (this.at < this.text.length && this.text[this.at] !== '\n') this.at++
      else return
    }
  }
  next(name: string): Token {
    this.blanks()
    const { text } = this
    const at = this.at
    const done = (type: TokenType, end: number, shown = text.slice(at, end), value?: number): Token => {
      this.at = end
      return { type, text: shown, at, end, value }
    }
    const c = text[at]
    if (c === undefined) return done('end', at, '')
    if (c === '\n') return done('newline', at + 1)
    if (c === '"') return this.string(at, name, done)
    if (/[0-9.]/.test(c)) {
      const rest = text.slice(at, at + 400)
      const hex = /^0[xX][0-9a-fA-F]+/.exec(rest)?.[0]
      if (hex) return done('number', at + hex.length, hex, Number(hex))
      const decimal = /^(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/.exec(rest)?.[0]
      if (decimal) return done('number', at + decimal.length, decimal, /^0[0-7]+$/.test(decimal) ? Number.parseInt(decimal, 8) : Number(decimal))
    }
    if (/[A-Za-z_]/.test(c)) {
      const word = /^[A-Za-z_][A-Za-z_0-9]*(?:::[A-Za-z_][A-Za-z_0-9]*)?/.exec(text.slice(at))?.[0] ?? c
      const end = at + word.length
      if (KEYWORDS.has(word)) return done('keyword', end)
      if (BUILTINS.has(word)) return done('builtin', end)
      return done(text[end] === '(' ? 'function-name' : 'name', end, this.qualified(word))
    }
    if (c === '@' && text[at + 1] === '/') {
      this.at = at + 1
      const { source, end } = this.regexpFrom(at + 1, name)
      return done('pattern', end, `@${source}`)
    }
    const directive = c === '@' ? /^@namespace[ \t]+"([^"\n]*)"[ \t]*/.exec(text.slice(at)) : null
    if (directive) {
      const [whole, space = ''] = directive
      if (!/^[A-Za-z_]\w*$/.test(space)) throw new ProgramError(`${name}: ${this.where(at)}: error: namespace name \`${space}' must meet identifier naming rules\n`)
      this.namespace = space
      return done('newline', at + whole.length)
    }
    const mark = PUNCTUATION.find((p) => text.startsWith(p, at))
    if (mark) return done('punctuation', at + mark.length)
    throw this.syntaxError(at, `invalid char '${c}' in expression`, name)
  }
  private qualified(word: string): string {
    if (word.startsWith('awk::')) return word.slice('awk::'.length)
    return word.includes('::') || this.namespace === 'awk' || /^[A-Z_0-9]+$/.test(word) ? word : `${this.namespace}::${word}`
  }
  private string(at: number, name: string, done: (type: TokenType, end: number, shown: string) => Token): Token {
    const { text } = this
    for (let i = at + 1; i < text.length; i++) {
      const c = text[i]
      if (c === '\\') i++
      else if (c === '\n') break
      else if (c === '"') return done('string', i + 1, unescape(text.slice(at + 1, i), (message) => this.warnings.push(`${name}: ${this.where(at)}: ${message}\n`)))
    }
    throw this.syntaxError(at, 'unterminated string', name)
  }
  /** The token `/` or `/=` at `at` was the beginning of a regular expression. */
  regexp(at: number, name: string): Token {
    const { source, end } = this.regexpFrom(at, name)
    this.at = end
    return { type: 'string', text: source, at, end }
  }
  private regexpFrom(at: number, name: string): { source: string; end: number } {
    const { text } = this
    let depth = 0
    let source = ''
    for (let i = at + 1; i < text.length; i++) {
      const c = text[i] ?? ''
      if (c === '\n') break
      if (c === '\\') {
        const n = text[i + 1] ?? ''
        if (n === '\n') {
          i++
          continue
        }
        source += n === '/' ? '/' : `\\${n}`
        i++
        continue
      }
      if (c === '[' && depth === 0) {
        depth = 1
        // `[]…]` and `[^]…]`: the first bracket is a member.
        const head = /^\[\^?\]?/.exec(text.slice(i))?.[0] ?? '['
        source += head
        i += head.length - 1
        continue
      }
      if (c === '[' && depth === 1 && /[:.=]/.test(text[i + 1] ?? '')) {
        const mark = text[i + 1] ?? ''
        const end = text.indexOf(`${mark}]`, i + 2)
        if (end > 0) {
          source += text.slice(i, end + 2)
          i = end + 1
          continue
        }
      }
      if (c === ']' && depth === 1) depth = 0
      if (c === '/' && depth === 0) return { source, end: i + 1 }
      source += c
    }
    throw this.syntaxError(at + 1, 'unterminated regexp', name)
  }
}
