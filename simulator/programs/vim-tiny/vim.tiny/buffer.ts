/** The text that is edited, with the cursor and what can be undone. */
export class Buffer {
  lines: string[]
  row = 0
  column = 0
  changed = false
  private readonly past: { lines: string[]; row: number; column: number }[] = []
  constructor(text: string) {
    this.lines = text === '' ? [''] : text.replace(/\n$/, '').split('\n')
  }
  get line(): string {
    return this.lines[this.row] ?? ''
  }
  get text(): string {
    return this.lines.length === 1 && this.lines[0] === '' ? '' : `${this.lines.join('\n')}\n`
  }
  /** Keeps the text as it is, for undo. */
  remember(): void {
    this.past.push({ lines: [...this.lines], row: this.row, column: this.column })
    if (this.past.length > 100) this.past.shift()
  }
  undo(): boolean {
    const last = this.past.pop()
    if (!last) return false
    this.lines = last.lines
    this.row = last.row
    this.column = last.column
    this.changed = true
    return true
  }
  /** Puts the cursor where there is text; in insert mode behind the last character too. */
  clamp(mode: 'command' | 'insert'): void {
    this.row = Math.max(0, Math.min(this.lines.length - 1, this.row))
    this.column = Math.max(0, Math.min(mode === 'insert' ? this.line.length : this.line.length - 1, this.column))
  }
  replaceLine(text: string): void {
    this.lines[this.row] = text
    this.changed = true
  }
  insert(text: string): void {
    this.replaceLine(this.line.slice(0, this.column) + text + this.line.slice(this.column))
    this.column += text.length
  }
  split(): void {
    const rest = this.line.slice(this.column)
    this.replaceLine(this.line.slice(0, this.column))
    this.lines.splice(++this.row, 0, rest)
    this.column = 0
  }
  backspace(): void {
    if (this.column > 0) {
      this.replaceLine(this.line.slice(0, this.column - 1) + this.line.slice(this.column))
      this.column--
    } else if (this.row > 0) {
      const rest = this.line
      this.lines.splice(this.row--, 1)
      this.column = this.line.length
      this.replaceLine(this.line + rest)
    }
  }
  remove(count: number): string {
    const gone = this.line.slice(this.column, this.column + count)
    this.replaceLine(this.line.slice(0, this.column) + this.line.slice(this.column + count))
    return gone
  }
  /** Whole lines from the cursor's. */
  removeLines(count: number): string[] {
    const gone = this.lines.splice(this.row, count)
    if (this.lines.length === 0) this.lines = ['']
    this.changed = true
    this.clamp('command')
    return gone
  }
  open(at: number): void {
    this.lines.splice(at, 0, '')
    this.row = at
    this.column = 0
    this.changed = true
  }
}
