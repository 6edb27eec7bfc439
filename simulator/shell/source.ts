/**
 * Shell text cut into complete commands, one after the other as bash reads them: line 1 runs before line 2's syntax error is
 * told, and an alias holds from the next line on. Aliases are spliced in where a command's name stands, and the result is
 * parsed again.
 */
import { forEachChild, parse, type ParsedScript, type Statement, type SyntaxNode } from 'unbash'
import type { Run } from '../kernel/run'
import { incomplete, type SyntaxProblem, syntaxProblem } from './syntax'

/** A complete command: the text that was parsed, the number of its first line, its statements. */
export interface Unit {
  readonly source: string
  readonly line: number
  readonly statements: readonly Statement[]
  /** Here documents that the end of the text closed: warnings. */
  readonly warnings: readonly { readonly line: number; readonly startLine: number; readonly delimiter: string }[]
}

export interface Failure {
  readonly problem: SyntaxProblem
  readonly line: number
  readonly source: string
}

/** Gives lines with their newline; null at the end. `more`: a command has begun and goes on (PS2). */
export interface LineSource {
  readonly firstLine: number
  next(want: 'first' | 'more'): Run<string | null>
  /** All text at once, where it is there. */
  readonly whole?: string
}

export const linesOf = (text: string, firstLine = 1): LineSource => {
  let at = 0
  return {
    firstLine,
    whole: text,
    *next() {
      if (at >= text.length) return null
      const end = text.indexOf('\n', at)
      const line = end < 0 ? text.slice(at) : text.slice(at, end + 1)
      at += line.length
      return line
    },
  }
}

export interface AliasTable {
  readonly aliases: ReadonlyMap<string, string>
  /** Whether aliases are expanded now. */
  readonly on: boolean
  /** Lines are shown as they are read. */
  readonly verbose?: boolean
}

const parsed = new Map<string, ParsedScript>()
const CACHE_LIMIT = 1000

export function parseText(text: string): ParsedScript {
  const known = parsed.get(text)
  if (known) return known
  const script = parse(text)
  if (parsed.size >= CACHE_LIMIT) parsed.clear()
  parsed.set(text, script)
  return script
}

export class Reader {
  private line: number
  private readonly source: LineSource
  private readonly table: () => AliasTable
  private done = false
  /** `seen` is told each line as it is read (set -v). */
  private readonly seen: ((line: string) => Run) | undefined
  constructor(source: LineSource, table: () => AliasTable, seen?: (line: string) => Run) {
    this.seen = seen
    this.source = source
    this.line = source.firstLine
    this.table = table
  }
  /** The next complete command, a failure, or null at the end. */
  *next(): Run<Unit | Failure | null> {
    if (this.done) return null
    const { whole } = this.source
    if (whole !== undefined && this.line === this.source.firstLine) {
      const fast = this.wholeUnit(whole)
      if (fast) {
        this.done = true
        return fast
      }
    }
    let text = ''
    const line = this.line
    for (;;) {
      const more = yield* this.source.next(text === '' ? 'first' : 'more')
      if (more === null) {
        this.done = true
        if (text === '') return null
        return this.finish(text, line, 'end') ?? null
      }
      if (this.seen) yield* this.seen(more)
      text += more
      this.line++
      const result = this.finish(text, line, 'more')
      if (result) return result
    }
  }
  private wholeUnit(text: string): Unit | undefined {
    const table = this.table()
    if (/\balias\b|expand_aliases|\bset -\w*v|verbose/.test(text) && text.includes('\n')) return undefined
    if (this.seen && this.table().verbose) return undefined
    const source = table.on && table.aliases.size > 0 ? spliceAliases(text, table.aliases) : text
    const script = parseText(source)
    if (script.errors || text.endsWith('\\') || unclosed(script, source).length > 0 || syntaxProblem(source, script)) return undefined
    return { source, line: this.line, statements: script.commands, warnings: [] }
  }
  /** The unit or failure that `text` makes; undefined when more lines must come. */
  private finish(text: string, line: number, what: 'more' | 'end'): Unit | Failure | undefined {
    if (what === 'more' && /(?:^|[^\\])(?:\\\\)*\\\n$/.test(text) && !/#[^\n'"]*\\\n$/.test(text)) return undefined
    const table = this.table()
    const source = table.on && table.aliases.size > 0 ? spliceAliases(text, table.aliases) : text
    const script = parseText(source)
    const problem = syntaxProblem(source, script)
    if (problem) {
      if (what === 'more' && incomplete(problem)) return undefined
      return { problem, line, source }
    }
    const open = unclosed(script, source)
    if (open.length > 0 && what === 'more') return undefined
    return { source, line, statements: script.commands, warnings: open.map((doc) => ({ line: line + countLines(source) - 1, startLine: line + countLines(source.slice(0, doc.pos + 1)) - 1, delimiter: doc.delimiter })) }
  }
}

const countLines = (text: string): number => {
  let count = text.endsWith('\n') ? 0 : 1
  for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) count++
  return Math.max(count, 1)
}

/** Here documents whose end has not come. */
function unclosed(script: ParsedScript, source: string): { pos: number; delimiter: string }[] {
  if (!source.includes('<<')) return []
  const found: { pos: number; delimiter: string }[] = []
  const visit = (node: SyntaxNode): void => {
    if (node.type === 'HereDoc' && !node.closing) found.push({ pos: node.pos, delimiter: node.delimiter?.value ?? '' })
    if (node.type !== 'Word') forEachChild(node, visit)
  }
  visit(script)
  return found
}

interface Span {
  start: number
  end: number
  readonly names: ReadonlySet<string>
}

const MAX_SPLICES = 200

/** Replaces names at command position by their aliases; a name is not replaced again within its own text (bash(1), ALIASES). */
export function spliceAliases(text: string, aliases: ReadonlyMap<string, string>): string {
  let source = text
  let spans: Span[] = []
  for (let round = 0; round < MAX_SPLICES; round++) {
    const found = firstAlias(source, aliases, spans)
    if (!found) return source
    const { pos, name, value } = found
    const shift = value.length - name.length
    const covering = new Set([name, ...spans.filter((span) => span.start <= pos && pos < span.end).flatMap((span) => [...span.names])])
    source = source.slice(0, pos) + value + source.slice(pos + name.length)
    spans = spans.map((span) => ({ names: span.names, start: span.start > pos ? span.start + shift : span.start, end: span.end > pos ? span.end + shift : span.end }))
    spans.push({ start: pos, end: pos + value.length, names: covering })
  }
  return source
}

function firstAlias(source: string, aliases: ReadonlyMap<string, string>, spans: readonly Span[]): { pos: number; name: string; value: string } | undefined {
  let found: { pos: number; name: string; value: string } | undefined
  const offer = (pos: number, name: string): boolean => {
    const value = aliases.get(name)
    if (value === undefined || spans.some((span) => span.start <= pos && pos < span.end && span.names.has(name))) return false
    if (!found || pos < found.pos) found = { pos, name, value }
    return true
  }
  const visit = (node: SyntaxNode): void => {
    if (node.type === 'Word') return
    if (node.type === 'Command' && node.name && source.startsWith(node.name.text, node.name.pos)) {
      offer(node.name.pos, node.name.text)
      // After an alias that ends in a blank the next word is looked up too.
      for (const arg of node.args) {
        const before = spans.find((span) => span.end <= arg.pos && /[ \t]$/.test(source.slice(span.start, span.end)) && /^[ \t]*$/.test(source.slice(span.end, arg.pos)))
        if (before && arg.type === 'Word') offer(arg.pos, arg.text)
      }
    }
    forEachChild(node, visit)
  }
  visit(parseText(source))
  return found
}
