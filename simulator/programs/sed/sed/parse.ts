/** A sed script into commands (POSIX sed and GNU's additions, sed.info "sed scripts"). */
import { compile, type Regex, RegexError } from '../../../regex'
import { escapeAt, regexEscapes } from './escapes'
import { replacementParts } from './replacement'
import { type Address, type Command, ScriptError, type Substitution } from './syntax'

export interface Rules {
  readonly syntax: 'bre' | 'ere'
  readonly sandbox: boolean
}

const ONE_ADDRESS = new Set(['=', 'a', 'i', 'q', 'Q', 'r'])
/** In GNU's sed these take a range all the same. */
const STRICTLY_ONE = new Set(['q', 'Q'])
const PLAIN = new Set(['=', 'd', 'D', 'g', 'G', 'h', 'H', 'n', 'N', 'p', 'P', 'x', 'z', 'F'])

export function parseScript(script: string, rules: Rules): Command[] {
  return new Parser(script, rules).parse()
}

class Parser {
  private readonly script: string
  private readonly rules: Rules
  private i = 0
  private readonly out: Command[] = []
  private readonly open: number[] = []
  private readonly labels = new Map<string, number>()
  constructor(script: string, rules: Rules) {
    this.script = script
    this.rules = rules
  }
  private get c(): string | undefined {
    return this.script[this.i]
  }
  private is(...wanted: string[]): boolean {
    return this.c !== undefined && wanted.includes(this.c)
  }
  private fail(message: string, at: number | 'nowhere' | 'whole' = Math.min(this.i, this.script.length)): never {
    throw new ScriptError(at, message)
  }
  private blanks(): void {
    while (/[ \t\r\f\v]/.test(this.c ?? '')) this.i++
  }
  parse(): Command[] {
    for (;;) {
      while (/[\s;]/.test(this.c ?? '')) this.i++
      if (this.c === undefined) break
      if (this.c === '#') {
        while (this.i < this.script.length && !this.is('\n')) this.i++
        continue
      }
      this.command()
    }
    if (this.open.length > 0) this.fail("unmatched `{'", 'whole')
    for (const command of this.out) {
      if (!'btT'.includes(command.name)) continue
      const target = command.text === '' ? this.out.length : this.labels.get(command.text)
      if (target === undefined) this.fail(`can't find label for jump to \`${command.text}'`, 'nowhere')
      command.target = target
    }
    return this.out
  }

  // ── addresses ─────────────────────────────────────────────────────────────────────────────────────────
  private number(): number | undefined {
    const digits = /^\d+/.exec(this.script.slice(this.i))?.[0]
    if (digits === undefined) return undefined
    this.i += digits.length
    return Number(digits)
  }
  private address(place: 'first' | 'second'): Address | undefined {
    const c = this.c ?? ''
    const n = this.number()
    if (n !== undefined) {
      this.blanks()
      if (this.c !== '~' || place === 'second') return { type: 'line', n }
      this.i++
      this.blanks()
      return { type: 'step', first: n, step: this.number() ?? 0 }
    }
    if (c === '$') {
      this.i++
      return { type: 'last' }
    }
    if (c === '+' || c === '~') {
      this.i++
      const count = this.number() ?? 0
      if (place === 'first') this.fail('invalid usage of +N or ~N as first address')
      return { type: c === '+' ? 'plus' : 'multiple', n: count }
    }
    if (c !== '/' && c !== '\\') return undefined
    let delimiter = '/'
    this.i++
    if (c === '\\') {
      delimiter = this.c ?? ''
      if (delimiter === '' || delimiter === '\n') this.fail('unterminated address regex')
      this.i++
    }
    const pattern = this.delimited(delimiter, 'regex', 'unterminated address regex')
    let icase = false
    let multi = false
    for (;;) {
      if (this.c === 'I') icase = true
      else if (this.c === 'M') multi = true
      else break
      this.i++
    }
    return { type: 'regex', regex: this.regex(pattern, icase ? 'folded' : 'exact', multi ? 'lines' : 'whole') }
  }
  private regex(pattern: string, letters: 'exact' | 'folded', newlines: 'lines' | 'whole'): Regex | null {
    if (pattern === '') {
      if (letters === 'folded' || newlines === 'lines') this.fail("cannot specify modifiers on empty regexp")
      return null
    }
    try {
      return compile(regexEscapes(pattern), { syntax: this.rules.syntax, operators: 'posix', icase: letters === 'folded', newline: newlines === 'lines' })
    } catch (error) {
      if (!(error instanceof RegexError)) throw error
      return this.fail(error.message)
    }
  }
  /** Text up to the delimiter; an escaped delimiter is the character itself. */
  private delimited(delimiter: string, kind: 'regex' | 'text', unfinished: string): string {
    let text = ''
    let bracket = false
    for (;;) {
      const c = this.c
      if (c === undefined) return this.fail(unfinished)
      if (c === '\n' && kind === 'regex') return this.fail(unfinished)
      if (c === delimiter && !bracket) {
        this.i++
        return text
      }
      if (c === '\\') {
        const next = this.script[this.i + 1]
        if (next === undefined) {
          this.i++
          return this.fail(unfinished)
        }
        this.i += 2
        if (next === delimiter && !bracket) text += kind === 'regex' && /[+?|(){}]/.test(delimiter) && this.rules.syntax === 'bre' ? delimiter : kind === 'regex' && /[.*[\]^$+?|(){}]/.test(delimiter) ? `\\${delimiter}` : kind === 'text' && delimiter === '&' ? '\\&' : delimiter
        else text += `\\${next}`
        continue
      }
      if (kind === 'regex') {
        if (!bracket && c === '[') {
          const head = /^\[\^?\]?/.exec(this.script.slice(this.i))?.[0] ?? c
          bracket = true
          text += head
          this.i += head.length
          continue
        } else if (bracket && c === '[' && /[:.=]/.test(this.script[this.i + 1] ?? '')) {
          const mark = this.script[this.i + 1] ?? ''
          const end = this.script.indexOf(`${mark}]`, this.i + 2)
          if (end > 0) {
            text += this.script.slice(this.i, end + 2)
            this.i = end + 2
            continue
          }
        } else if (bracket && c === ']') bracket = false
      }
      text += c
      this.i++
    }
  }

  // ── commands ──────────────────────────────────────────────────────────────────────────────────────────
  private command(): void {
    const from = this.address('first')
    let to: Address | undefined
    if (from) {
      this.blanks()
      if (this.c === ',') {
        this.i++
        this.blanks()
        to = this.address('second')
        if (!to) {
          this.i++
          this.fail("unexpected `,'")
        }
        this.blanks()
      }
    }
    if (from?.type === 'line' && from.n === 0 && to?.type !== 'regex') {
      this.i++
      this.fail('invalid usage of line address 0')
    }
    let not = false
    this.blanks()
    while (this.c === '!') {
      this.i++
      if (not) this.fail("multiple `!'s")
      not = true
      this.blanks()
    }
    const name = this.c
    if (name === undefined || name === '\n' || name === ';') return this.fail('missing command')
    this.i++
    const command: Command = { from, to, not, name, text: '', target: 0, active: from?.type === 'line' && from.n === 0, closed: false, until: 0 }
    if (ONE_ADDRESS.has(name) && STRICTLY_ONE.has(name) && to) this.fail('command only uses one address')
    this.body(command)
  }
  /** What may stand behind a command: blanks, then `;`, a newline, `}`, `#` or the end. */
  private finish(): void {
    this.blanks()
    if (this.c === undefined || /[\n;}#]/.test(this.c)) return
    this.i++
    this.fail('extra characters after command')
  }
  private body(command: Command): void {
    const { name } = command
    if (this.rules.sandbox && /^[erRwW]$/.test(name)) this.fail('e/r/w commands disabled in sandbox mode')
    if (PLAIN.has(name)) this.finish()
    else {
      switch (name) {
        case '{':
          this.open.push(this.out.length)
          break
        case '}': {
          const start = this.open.pop()
          if (start === undefined) return this.fail("unexpected `}'")
          if (command.from) return this.fail("} doesn't want any addresses")
          const opener = this.out[start]
          if (opener) opener.target = this.out.length
          return this.finish()
        }
        case ':': {
          if (command.from) return this.fail(': doesn\'t want any addresses')
          const label = this.word(/[\s;]/)
          if (label === '') return this.fail('":" lacks a label')
          this.labels.set(label, this.out.length)
          return
        }
        case 'b': case 't': case 'T':
          command.text = this.word(/[\s;}]/)
          break
        case 'a': case 'i': case 'c':
          command.text = this.text()
          break
        case 's':
          command.substitution = this.substitution()
          break
        case 'y':
          command.map = this.transliteration()
          break
        case 'r': case 'R': case 'w': case 'W':
          command.text = this.fileName()
          break
        case 'e':
          this.blanks()
          command.text = this.restOfLine()
          break
        case 'q': case 'Q': case 'l': case 'L': {
          this.blanks()
          command.text = String(this.number() ?? '')
          this.finish()
          if (name === 'L') throw new ScriptError('nowhere', 'INTERNAL ERROR: Bad cmd L')
          break
        }
        case 'v': {
          this.blanks()
          const wanted = this.restOfLine()
          if (Number.parseFloat(wanted || '4') > 4.9) this.fail('expected newer version of sed')
          return
        }
        default: return this.fail(`unknown command: \`${name}'`)
      }
    }
    this.out.push(command)
  }
  private word(end: RegExp): string {
    this.blanks()
    let text = ''
    while (this.c !== undefined && !end.test(this.c)) {
      text += this.c
      this.i++
    }
    return text
  }
  private restOfLine(): string {
    const end = this.script.indexOf('\n', this.i)
    const text = this.script.slice(this.i, end < 0 ? undefined : end)
    this.i += text.length
    return text
  }
  private fileName(): string {
    this.blanks()
    const text = this.restOfLine()
    if (text === '') this.fail('missing filename in r/R/w/W commands')
    return text
  }
  /** The lines of a, i, c: behind a backslash and a newline, or on the same line. */
  private text(): string {
    this.blanks()
    if (this.c === undefined) return this.fail("expected \\ after `a', `c' or `i'")
    if (this.is('\\')) {
      this.i++
      const before = this.i
      this.blanks()
      if (this.is('\n')) this.i++
      else this.i = before
      if (this.i >= this.script.length) return ''
    }
    let text = ''
    for (let c = this.c; c !== undefined && !/\n/.test(c); c = this.c) {
      if (c === '\\') {
        const escape = text === '' && this.script[this.i + 1] !== 'n' ? null : escapeAt(this.script, this.i)
        if (escape) {
          text += escape.character
          this.i += escape.length
          continue
        }
        this.i++
      }
      text += this.c ?? ''
      this.i++
    }
    return `${text}\n`
  }
  private substitution(): Substitution {
    const unfinished = "unterminated `s' command"
    const delimiter = this.c
    if (delimiter === undefined || delimiter === '\n' || delimiter === '\\') return this.fail(unfinished)
    this.i++
    const pattern = this.delimited(delimiter, 'regex', unfinished)
    const replacement = this.delimited(delimiter, 'text', unfinished)
    let [global, print, evaluate, icase, multi] = [false, false, false, false, false]
    let nth: number | null = null
    let write: string | undefined
    flags: for (;;) {
      const c = this.c ?? ''
      switch (c) {
        case 'g':
          this.i++
          if (global) this.fail("multiple `g' options to `s' command")
          global = true
          break
        case 'p':
          this.i++
          if (print) this.fail("multiple `p' options to `s' command")
          print = true
          break
        case 'i': case 'I':
          this.i++
          icase = true
          break
        case 'm': case 'M':
          this.i++
          multi = true
          break
        case 'e':
          this.i++
          if (this.rules.sandbox) this.fail('e/r/w commands disabled in sandbox mode')
          evaluate = true
          break
        case 'w':
          this.i++
          if (this.rules.sandbox) this.fail('e/r/w commands disabled in sandbox mode')
          write = this.fileName()
          break flags
        default: {
          const n = this.number()
          if (n === undefined) break flags
          if (nth !== null) this.fail("multiple number options to `s' command")
          if (n === 0) this.fail("number option to `s' command may not be zero")
          nth = n
        }
      }
    }
    if (write === undefined) {
      this.blanks()
      if (this.c !== undefined && !/[\n;}#]/.test(this.c)) {
        this.i++
        this.fail("unknown option to `s'")
      }
    }
    const regex = this.regex(pattern, icase ? 'folded' : 'exact', multi ? 'lines' : 'whole')
    const parts = replacementParts(replacement)
    const highest = Math.max(0, ...parts.map((p) => (p.kind === 'group' ? p.n : 0)))
    if (regex && highest > regex.groups) this.fail(`invalid reference \\${highest} on \`s' command's RHS`)
    return { regex, parts, global, nth: nth ?? 1, print, evaluate, write }
  }
  private transliteration(): ReadonlyMap<string, string> {
    const unfinished = "unterminated `y' command"
    const delimiter = this.c
    if (delimiter === undefined || /[\n\\]/.test(delimiter)) return this.fail(unfinished)
    this.i++
    const [from, to] = [this.delimited(delimiter, 'text', unfinished), this.delimited(delimiter, 'text', unfinished)].map(letters)
    if (!from || !to || from.length !== to.length) return this.fail("strings for `y' command are different lengths")
    this.finish()
    return new Map(from.map((c, k) => [c, to[k] ?? '']).reverse() as [string, string][])
  }
}

/** The characters of one side of `y`. */
function letters(text: string): string[] {
  const out: string[] = []
  const all = Array.from(text)
  for (let i = 0; i < all.length; i++) {
    if (all[i] !== '\\') {
      out.push(all[i] ?? '')
      continue
    }
    const rest = all.slice(i).join('')
    const escape = escapeAt(rest, 0)
    if (escape) {
      out.push(escape.character)
      i += escape.length - 1
    } else if (all[i + 1] === '\\') {
      out.push('\\')
      i++
    } else if (all[i + 1] === 'b') {
      out.push('\b')
      i++
    } else out.push('\\')
  }
  return out
}
