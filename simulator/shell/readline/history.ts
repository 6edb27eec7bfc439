/** The list of what was typed (bash(1), HISTORY). */
export class History {
  readonly lines: string[] = []
  /** The number of the first line kept. */
  base = 1
  get length(): number {
    return this.lines.length
  }
  /** False when the line is not kept. */
  add(line: string, control = ''): boolean {
    if (line === '') return false
    const rules = control.split(':')
    if ((rules.includes('ignorespace') || rules.includes('ignoreboth')) && line.startsWith(' ')) return false
    if ((rules.includes('ignoredups') || rules.includes('ignoreboth')) && this.lines.at(-1) === line) return false
    this.lines.push(line)
    return true
  }
  clear(): void {
    this.lines.length = 0
  }
}
