/** Where expansion puts its results: words being built, split at IFS where they came from unquoted expansions, with a note of what was quoted. */
import { hasPattern, quotePattern } from './pattern'

export interface Field {
  value: string
  /** The same with a backslash before each special character that was quoted. */
  pattern: string
  /** Holds an unquoted pattern character. */
  globs: boolean
  /** Was quoted somewhere: stays although empty. */
  keep: boolean
}

/** `split`: arguments. `join`: one word. `regex`: one word whose quoted parts are quoted for a regular expression. */
export type FieldMode = 'split' | 'join' | 'regex'

const quoteRegex = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')

export class Fields {
  readonly list: Field[] = []
  private current: Field | null = null
  readonly mode: FieldMode
  private readonly ifs: string
  private afterBlank = false
  constructor(mode: FieldMode, ifs: string) {
    this.mode = mode
    this.ifs = ifs
  }
  get joins(): boolean {
    return this.mode !== 'split'
  }
  private get open(): Field {
    if (!this.current) this.current = { value: '', pattern: '', globs: false, keep: false }
    return this.current
  }
  quoted(text: string): void {
    const field = this.open
    field.value += text
    field.pattern += this.mode === 'regex' ? quoteRegex(text) : quotePattern(text)
    field.keep = true
    this.afterBlank = false
  }
  literal(text: string): void {
    if (text === '') return
    const field = this.open
    field.value += text
    field.pattern += text
    if (!field.globs && (hasPattern(text) || text.includes('('))) field.globs = true
    this.afterBlank = false
  }
  /** The result of an unquoted expansion. */
  split(text: string): void {
    const { ifs } = this
    if (this.joins || ifs === '') {
      this.unquoted(text)
      return
    }
    let from = 0
    for (let i = 0; i <= text.length; i++) {
      const c = text[i]
      if (c !== undefined && !ifs.includes(c)) continue
      if (i > from) this.unquoted(text.slice(from, i))
      from = i + 1
      if (c === undefined) return
      if (c === ' ' || c === '\t' || c === '\n') {
        if (this.current) {
          this.breakField()
          this.afterBlank = true
        }
      } else if (this.current) this.breakField()
      else if (this.afterBlank) this.afterBlank = false
      else this.list.push({ value: '', pattern: '', globs: false, keep: true })
    }
  }
  private unquoted(text: string): void {
    if (text === '') return
    const field = this.open
    field.value += text
    field.pattern += text.includes('\\') && this.mode !== 'regex' && !this.joins ? text.replaceAll('\\', '\\\\') : text
    if (!field.globs && hasPattern(text)) field.globs = true
    this.afterBlank = false
  }
  breakField(): void {
    if (this.current) this.list.push(this.current)
    this.current = null
    this.afterBlank = false
  }
  end(): Field[] {
    this.breakField()
    return this.list
  }
}
