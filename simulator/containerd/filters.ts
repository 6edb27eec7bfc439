/**
 * The filter grammar of containerd's list calls (containerd filters/filter.go, parser.go): `field`, `field==value`, `field!=value`,
 * `field~=regexp`, several joined by commas (all must hold); of several filters one is enough. Quoted parts are Go strings.
 */
import { invalidArgument } from './grpc'

/** Reads a field of an object by its path; undefined when it is not there. */
export type Adaptor = (path: readonly string[]) => string | undefined
export type Filter = (adaptor: Adaptor) => boolean

interface Token {
  readonly kind: 'field' | 'value' | 'quoted' | 'operator' | 'separator' | 'illegal' | 'end'
  readonly text: string
  readonly at: number
}

const isField = (c: string): boolean => /[A-Za-z0-9_]/.test(c)

class Scanner {
  private readonly input: string
  at = 0
  constructor(input: string) {
    this.input = input
  }
  next(expect: 'value' | 'pattern' | 'any'): Token {
    const expectValue = expect === 'any' ? 'any' : 'value'
    const start = this.at
    const c = this.input[start]
    if (c === undefined) return { kind: 'end', text: '', at: start }
    // A pattern may be quoted as in sed.
    if (c === '"' || (expect === 'pattern' && (c === '/' || c === '|'))) return this.quoted(c, start)
    if (expectValue === 'value' && c !== ',') {
      while (this.at < this.input.length && this.input[this.at] !== ',') this.at++
      return { kind: 'value', text: this.input.slice(start, this.at), at: start }
    }
    if (c === '.' || c === ',') {
      this.at++
      return { kind: 'separator', text: c, at: start }
    }
    if ('=!~'.includes(c)) {
      while (this.at < this.input.length && '=!~'.includes(this.input[this.at] ?? '')) this.at++
      return { kind: 'operator', text: this.input.slice(start, this.at), at: start }
    }
    if (isField(c)) {
      while (this.at < this.input.length && isField(this.input[this.at] ?? '')) this.at++
      return { kind: 'field', text: this.input.slice(start, this.at), at: start }
    }
    this.at++
    return { kind: 'illegal', text: c, at: start }
  }
  private quoted(quote: string, start: number): Token {
    let text = ''
    for (this.at++; this.at < this.input.length; this.at++) {
      const c = this.input[this.at]
      if (c === quote) {
        this.at++
        return { kind: 'quoted', text, at: start }
      }
      if (c === '\\' && quote === '"') text += this.input[++this.at] ?? ''
      else text += c
    }
    return { kind: 'illegal', text, at: start }
  }
}

function parse(input: string): Filter {
  const scanner = new Scanner(input)
  // The parser's place is marked as the real one does: `[`labels.` >|`]` with what was read before and after.
  const marked = (at: number): string => `${input.slice(0, at)} >|${input.slice(at, scanner.at)}|< ${input.slice(scanner.at)}`
  const fail = (at: number, words: string): never => {
    throw invalidArgument(`parse error: [${at >= input.length ? input : marked(at)}]: ${words}`)
  }
  if (input === '') return () => true
  const selectors: Filter[] = []
  for (;;) {
    const path: string[] = []
    let token = scanner.next('any')
    for (;;) {
      if (token.kind !== 'field' && token.kind !== 'quoted') fail(token.at, 'expected field or quoted')
      path.push(token.text)
      token = scanner.next('any')
      if (token.kind !== 'separator' || token.text !== '.') break
      token = scanner.next('any')
    }
    if (token.kind === 'operator') {
      const operator = token.text
      if (!['==', '!=', '~='].includes(operator)) fail(token.at, `unsupported operator ${JSON.stringify(operator)}`)
      const value = scanner.next(operator === '~=' ? 'pattern' : 'value')
      if (value.kind !== 'value' && value.kind !== 'quoted') fail(value.at, 'expected value or quoted')
      selectors.push(selector(path, operator, value.text))
      token = scanner.next('any')
    } else {
      if (token.kind !== 'end' && token.text !== ',') throw new Error(`parse error: [${marked(token.at)}]: expected an operator ("=="|"!="|"~=")`)
      selectors.push((adaptor) => adaptor(path) !== undefined)
    }
    if (token.kind === 'end') return (adaptor) => selectors.every((s) => s(adaptor))
    if (token.kind !== 'separator' || token.text !== ',') fail(token.at, 'expected a separator')
  }
}

function selector(path: readonly string[], operator: string, value: string): Filter {
  if (operator === '==') return (adaptor) => adaptor(path) === value
  if (operator === '!=') return (adaptor) => adaptor(path) !== value
  let pattern: RegExp
  try {
    pattern = new RegExp(value)
  } catch {
    // A pattern that does not compile matches nothing.
    return () => false
  }
  return (adaptor) => {
    const found = adaptor(path)
    return found !== undefined && pattern.test(found)
  }
}

/** All of `filters`; none: everything matches. InvalidArgument `filters: parse error: …`. */
export function parseFilters(filters: readonly string[] = []): Filter {
  if (filters.length === 0) return () => true
  const parsed = filters.map((text) => {
    try {
      return parse(text)
    } catch (error) {
      if (!(error instanceof Error)) throw error
      throw invalidArgument(`filters: ${error.message}`)
    }
  })
  return (adaptor) => parsed.some((f) => f(adaptor))
}

/** `labels."a.b"` and `labels.a.b` both name the label `a.b`. */
export const labelAt = (labels: Readonly<Record<string, string>>, path: readonly string[]): string | undefined => labels[path.join('.')]
