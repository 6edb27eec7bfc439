/** The list of what was typed (bash(1), HISTORY). */
export class History {
  readonly lines: string[] = []
  /** The number of the first line kept. */
  base = 1
  get length(): number {
    return this.lines.length
  }
  add(line: string, control = ''): void {
    if (line.trim() === '') return
    const rules = control.split(':')
    if ((rules.includes('ignorespace') || rules.includes('ignoreboth')) && line.startsWith(' ')) return
    if ((rules.includes('ignoredups') || rules.includes('ignoreboth')) && this.lines.at(-1) === line) return
    this.lines.push(line)
  }
  clear(): void {
    this.lines.length = 0
  }
}
