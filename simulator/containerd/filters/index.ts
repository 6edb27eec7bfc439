/**
 * The filter grammar of containerd's list calls (containerd filters/filter.go, parser.go): `field`, `field==value`, `field!=value`,
 * `field~=regexp`, several joined by commas (all must hold); of several filters one is enough. Quoted parts are Go strings.
 */
import { invalidArgument } from '../grpc'
import { goPattern } from './pattern'
import { Scanner, type Token, unquoted } from './scanner'

/** Reads a field of an object by its path; undefined when it is not there. */
export type Adaptor = (path: readonly string[]) => string | undefined
export type Filter = (adaptor: Adaptor) => boolean

const OPERATORS: Readonly<Record<string, (value: string) => (found: string | undefined) => boolean>> = {
  '==': (value) => (found) => found === value,
  '!=': (value) => (found) => (found ?? '') !== value,
  '~=': (value) => {
    const pattern = goPattern(value)
    // What does not compile matches nothing.
    return (found) => pattern?.test(found ?? '') ?? false
  },
}

class Parser {
  private readonly scanner: Scanner
  constructor(input: string) {
    this.scanner = new Scanner(input)
  }
  selectors(): Filter {
    const all = [this.selector()]
    while (this.scanner.peek() === ',') {
      this.scanner.scan()
      all.push(this.selector())
    }
    const left = this.scanner.peek()
    if (left !== '') throw this.error(this.scanner.at, `unexpected input: ${left}`)
    return (adaptor) => all.every((holds) => holds(adaptor))
  }
  private selector(): Filter {
    const path = [this.field()]
    while (this.scanner.peek() === '.') {
      this.scanner.scan()
      path.push(this.field())
    }
    if (['', ','].includes(this.scanner.peek())) return (adaptor) => adaptor(path) !== undefined
    const word = this.expected(this.scanner.scan(), ['operator'], 'expected an operator ("=="|"!="|"~=")')
    const operator = OPERATORS[word.text]
    if (operator === undefined) throw this.error(word.at, `unsupported operator "${word.text}"`)
    const value = this.expected(this.scanner.scan(), ['value', 'field', 'quoted'], 'expected value or quoted')
    const holds = operator(this.textOf(value, word.text === '~=' ? '"/|' : '"'))
    return (adaptor) => holds(adaptor(path))
  }
  private field(): string {
    return this.textOf(this.expected(this.scanner.scan(), ['field', 'quoted'], 'expected field or quoted'), '"')
  }
  private expected(token: Token, kinds: readonly Token['kind'][], words: string): Token {
    if (token.kind === 'illegal') throw this.error(token.at, this.scanner.error)
    if (!kinds.includes(token.kind)) throw this.error(token.at, words)
    return token
  }
  private textOf({ kind, text, at }: Token, quotes: string): string {
    if (kind !== 'quoted') return text
    if (!quotes.includes(text.charAt(0))) throw this.error(at, 'invalid quote encountered')
    return unquoted(text)
  }
  /** The letter at fault is marked, if it is not the end. */
  private error(at: number, words: string): Error {
    const { input } = this.scanner
    const place = at < input.length ? `${input.slice(0, at)} >|${input.charAt(at)}|< ${input.slice(at + 1)}` : input
    return invalidArgument(`filters: parse error: [${place}]: ${words}`)
  }
}

/** All of `filters`; none: everything matches. InvalidArgument `filters: parse error: …`. */
export function parseFilters(filters: readonly string[] = []): Filter {
  if (filters.length === 0) return () => true
  const parsed = filters.map((text): Filter => (text === '' ? () => true : new Parser(text).selectors()))
  return (adaptor) => parsed.some((f) => f(adaptor))
}

/** As the stores of containers, images and leases word it, which say a second time what kind of failure it is. */
export function storeFilters(filters: readonly string[] = []): Filter {
  try {
    return parseFilters(filters)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    throw invalidArgument(error.message)
  }
}

/** `labels."a.b"` and `labels.a.b` both name the label `a.b`. */
export const labelAt = (labels: Readonly<Record<string, string>>, path: readonly string[]): string | undefined => labels[path.join('.')]
