/** POSIX regular expressions, basic and extended, with GNU's extensions, parsed to a tree (regex(7), glibc's regcomp). */
import { type CharSet, className, rangeSet, singleSet } from './charset'

export type Node =
  | { readonly type: 'set'; readonly set: CharSet }
  | { readonly type: 'sequence'; readonly items: readonly Node[] }
  | { readonly type: 'choice'; readonly items: readonly Node[] }
  | { readonly type: 'repeat'; readonly item: Node; readonly min: number; readonly max: number }
  | { readonly type: 'group'; readonly item: Node; readonly index: number }
  | { readonly type: 'back'; readonly index: number }
  | { readonly type: 'assert'; readonly at: Assertion }

export type Assertion = 'line-start' | 'line-end' | 'text-start' | 'text-end' | 'word' | 'not-word' | 'word-start' | 'word-end'

/** A pattern that regcomp(3) refuses; `message` is regerror(3)'s text. */
export class RegexError extends Error {}

export interface Syntax {
  readonly syntax: 'bre' | 'ere'
  readonly icase?: boolean
  /** `.` and `[^…]` stop at newlines, `^` and `$` match around them (REG_NEWLINE). */
  readonly newline?: boolean
  /** `posix`: an operator of an extended expression needs something before it, and a brace begins an interval (regcomp(3)); else both may stand for themselves. */
  readonly operators?: 'posix' | 'lenient'
}

const MAX_REPEAT = 32767
const ASSERTIONS: Readonly<Record<string, Assertion>> = {
  '<': 'word-start', '>': 'word-end', b: 'word', B: 'not-word', '`': 'text-start', "'": 'text-end',
}

export function parsePattern(pattern: string, options: Syntax): { root: Node; groups: number; hasBack: boolean } {
  return new Parser(pattern, options).parse()
}

class Parser {
  private at = 0
  private groups = 0
  private readonly closed = new Set<number>()
  private hasBack = false
  private depth = 0
  private readonly ere: boolean
  private readonly strict: boolean
  private readonly pattern: string
  private readonly options: Syntax
  constructor(pattern: string, options: Syntax) {
    this.pattern = pattern
    this.options = options
    this.ere = options.syntax === 'ere'
    this.strict = this.ere && options.operators === 'posix'
  }
  parse(): { root: Node; groups: number; hasBack: boolean } {
    const root = this.choice()
    if (this.at < this.pattern.length) throw new RegexError('Unmatched ) or \\)')
    return { root, groups: this.groups, hasBack: this.hasBack }
  }
  private looking(text: string): boolean {
    return this.pattern.startsWith(text, this.at)
  }
  private get bar(): string {
    return this.ere ? '|' : '\\|'
  }
  private get close(): string {
    return this.ere ? ')' : '\\)'
  }
  private choice(): Node {
    const items = [this.sequence()]
    while (this.looking(this.bar)) {
      this.at += this.bar.length
      items.push(this.sequence())
    }
    return items.length === 1 ? (items[0] as Node) : { type: 'choice', items }
  }
  private sequence(): Node {
    const items: Node[] = []
    let first = true
    while (this.at < this.pattern.length && !this.looking(this.bar)) {
      if (this.looking(this.close) && (this.depth > 0 || !this.ere)) break
      const atom = this.atom(first)
      items.push(atom.type === 'assert' && (!this.ere || (this.strict && atom.at === 'line-start')) ? atom : this.repeats(atom))
      first = (!this.ere || this.strict) && atom.type === 'assert' && atom.at === 'line-start'
    }
    return items.length === 1 ? (items[0] as Node) : { type: 'sequence', items }
  }
  private atom(first: boolean): Node {
    const c = this.take()
    if (this.strict && first && /[*+?{]/.test(c)) throw new RegexError('Invalid preceding regular expression')
    if (c === '[') return this.bracket()
    if (c === '.') return { type: 'set', set: this.fold({ negated: true, ranges: [], classes: [], stopsAtNewline: this.options.newline === true }) }
    if (c === '*' && (first || this.ere)) {
      if (!this.ere || first) return this.literal('*')
    }
    if (c === '^' && (this.ere || first)) return { type: 'assert', at: 'line-start' }
    if (c === '$' && (this.ere || this.at === this.pattern.length || this.looking('\\)') || this.looking('\\|'))) return { type: 'assert', at: 'line-end' }
    if (this.ere) {
      if (c === '(') return this.group()
      if ((c === '+' || c === '?') && first) return this.literal(c)
      if (c === '{' && first && /^\d+(,\d*)?\}/.test(this.pattern.slice(this.at))) throw new RegexError('Invalid preceding regular expression')
    }
    if (c === '\\') return this.escape()
    return this.literal(c)
  }
  private take(): string {
    const c = String.fromCodePoint(this.pattern.codePointAt(this.at) as number)
    this.at += c.length
    return c
  }
  private group(): Node {
    const index = ++this.groups
    this.depth++
    const item = this.choice()
    this.depth--
    if (!this.looking(this.close)) throw new RegexError('Unmatched ( or \\(')
    this.at += this.close.length
    this.closed.add(index)
    return { type: 'group', item, index }
  }
  private escape(): Node {
    if (this.at >= this.pattern.length) throw new RegexError('Trailing backslash')
    const c = this.take()
    if (!this.ere && c === '(') return this.group()
    if (!this.ere && c === '{') throw new RegexError('Invalid preceding regular expression')
    if (c >= '1' && c <= '9') {
      const index = Number(c)
      if (!this.closed.has(index)) throw new RegexError('Invalid back reference')
      this.hasBack = true
      return { type: 'back', index }
    }
    const assertion = ASSERTIONS[c]
    if (assertion) return { type: 'assert', at: assertion }
    if (c === 'w' || c === 'W') return { type: 'set', set: { negated: c === 'W', ranges: [[95, 95]], classes: [className('alnum')] } }
    if (c === 's' || c === 'S') return { type: 'set', set: { negated: c === 'S', ranges: [], classes: [className('space')] } }
    return this.literal(c)
  }
  private literal(c: string): Node {
    return { type: 'set', set: this.fold(singleSet(c.codePointAt(0) as number)) }
  }
  private repeats(atom: Node): Node {
    let item = atom
    for (;;) {
      const range = this.quantifier()
      if (!range) return item
      item = { type: 'repeat', item, min: range[0], max: range[1] }
    }
  }
  private quantifier(): [number, number] | undefined {
    if (this.looking('*')) {
      this.at++
      return [0, Infinity]
    }
    const plus = this.ere ? '+' : '\\+'
    const optional = this.ere ? '?' : '\\?'
    if (this.looking(plus)) {
      this.at += plus.length
      return [1, Infinity]
    }
    if (this.looking(optional)) {
      this.at += optional.length
      return [0, 1]
    }
    const brace = this.ere ? '{' : '\\{'
    if (!this.looking(brace)) return undefined
    const rest = this.pattern.slice(this.at + brace.length)
    const found = (this.ere ? /^(\d*)(,?)(\d*)\}/ : /^(\d*)(,?)(\d*)\\\}/).exec(rest)
    if (!found || (found[1] === '' && found[2] === '')) {
      if (this.ere && !this.strict) return undefined
      throw new RegexError(/^[\d,]*$/.test(rest) ? 'Unmatched \\{' : 'Invalid content of \\{\\}')
    }
    const min = Number(found[1] || 0)
    const max = found[2] === '' ? min : found[3] === '' ? Infinity : Number(found[3])
    if (max < min) throw new RegexError('Invalid content of \\{\\}')
    if (min > MAX_REPEAT || (max !== Infinity && max > MAX_REPEAT)) throw new RegexError('Regular expression too big')
    this.at += brace.length + found[0].length
    return [min, max]
  }
  private bracket(): Node {
    let negated = false
    if (this.looking('^')) {
      negated = true
      this.at++
    }
    const ranges: [number, number][] = []
    const classes: CharSet['classes'][number][] = []
    for (let first = true; ; first = false) {
      // glibc tells a bracket that nothing follows from one that is not closed.
      if (this.at >= this.pattern.length) throw new RegexError(first ? 'Invalid regular expression' : 'Unmatched [, [^, [:, [., or [=')
      if (this.looking(']') && !first) {
        this.at++
        break
      }
      if (this.looking('[:')) {
        const end = this.pattern.indexOf(':]', this.at + 2)
        if (end < 0) throw new RegexError('Unmatched [, [^, [:, [., or [=')
        const name = this.pattern.slice(this.at + 2, end)
        try {
          classes.push(className(this.options.icase && (name === 'upper' || name === 'lower') ? 'alpha' : name))
        } catch {
          throw new RegexError('Invalid character class name')
        }
        this.at = end + 2
        continue
      }
      const low = this.bracketChar()
      if (this.looking('-') && this.pattern[this.at + 1] !== ']' && this.at + 1 < this.pattern.length) {
        this.at++
        const high = this.bracketChar()
        if (high < low) throw new RegexError('Invalid range end')
        ranges.push([low, high])
      } else ranges.push([low, low])
    }
    return { type: 'set', set: this.fold({ ...rangeSet(ranges), negated, classes, stopsAtNewline: negated && this.options.newline === true }) }
  }
  private bracketChar(): number {
    for (const mark of ['.', '=']) {
      if (!this.looking(`[${mark}`)) continue
      const end = this.pattern.indexOf(`${mark}]`, this.at + 2)
      if (end < 0) throw new RegexError('Unmatched [, [^, [:, [., or [=')
      const text = this.pattern.slice(this.at + 2, end)
      if ([...text].length !== 1) throw new RegexError('Invalid collation character')
      this.at = end + 2
      return text.codePointAt(0) as number
    }
    return this.take().codePointAt(0) as number
  }
  private fold(set: CharSet): CharSet {
    return this.options.icase ? { ...set, folds: true } : set
  }
}
