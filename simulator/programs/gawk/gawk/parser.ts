/** From tokens to the tree: a program's rules, sections and functions; what is in them is of parse/. */
import type { Piece } from './lexer'
import { Statements } from './parse/statements'
import { type Expression, type FunctionDefinition, ProgramError, type ProgramTree, type Rule, type Section, type Statement } from './syntax'

const SECTIONS = new Set(['BEGIN', 'END', 'BEGINFILE', 'ENDFILE'])
const isSection = (text: string): text is Section => SECTIONS.has(text)

export interface Parsed {
  readonly tree: ProgramTree
  readonly warnings: readonly string[]
  /** `cmd. line:1` of a line number of the tree. */
  where(line: number): string
}

export function parse(pieces: readonly Piece[], name: string): Parsed {
  return new Parser(pieces, name).parse()
}

class Parser extends Statements {
  private readonly sections = new Map<Section, Statement[]>()
  private readonly rules: Rule[] = []
  private readonly functions = new Map<string, FunctionDefinition>()
  parse(): Parsed {
    this.ends()
    while (this.token.type !== 'end') {
      this.item()
      this.ends()
    }
    const tree = { sections: this.sections, rules: this.rules, functions: this.functions }
    return { tree, warnings: this.lexer.warnings, where: (at) => this.lexer.where(at) }
  }
  private item(): void {
    const line = this.token.at
    if (this.is('function') || this.is('func')) return this.define()
    if (this.token.type === 'keyword' && isSection(this.token.text)) {
      const section = this.token.text
      this.advance()
      this.place = section
      if (!this.is('{')) {
        if (this.atEnd()) throw new ProgramError(`${this.name}: ${this.lexer.where(line)}: ${section} blocks must have an action part\n`)
        this.fail()
      }
      const action = this.block()
      const list = this.sections.get(section)
      if (list) list.push(action)
      else this.sections.set(section, [action])
      return this.itemEnd()
    }
    this.place = 'rule'
    if (this.is('{')) {
      this.rules.push({ action: this.block(), line })
      return this.itemEnd()
    }
    const pattern = this.expression('plain')
    let until: Expression | undefined
    if (this.accept(',')) {
      this.newlines()
      until = this.expression('plain')
    }
    const action = this.is('{') ? this.block() : undefined
    this.rules.push({ pattern, until, action, line })
    this.itemEnd()
  }
  private itemEnd(): void {
    if (this.token.type === 'newline' || this.token.type === 'end' || this.is(';')) return
    // After a closing brace the next item may follow at once.
    if (this.last?.text === '}') return
    this.fail()
  }
  private define(): void {
    this.advance()
    const { type, text: name, at } = this.token
    if (type === 'builtin') this.fail(`\`${name}' is a built-in function, it cannot be redefined`)
    if (type !== 'name' && type !== 'function-name') this.fail()
    this.advance()
    this.expect('(')
    const parameters: string[] = []
    this.newlines()
    while (!this.is(')')) {
      if (this.token.type !== 'name') this.fail()
      const parameter = this.advance().text
      if (parameters.includes(parameter)) this.error(`function \`${name}': parameter #${parameters.length + 1}, \`${parameter}', duplicates parameter #${parameters.indexOf(parameter) + 1}`)
      parameters.push(parameter)
      this.newlines()
      if (!this.accept(',')) break
      this.newlines()
    }
    this.expect(')')
    this.newlines()
    if (this.functions.has(name)) this.error(`function name \`${name}' previously defined`, at)
    this.place = 'function'
    const body = this.block()
    this.functions.set(name, { name, parameters, body })
    this.itemEnd()
  }
}
