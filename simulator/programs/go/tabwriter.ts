/**
 * Go's text/tabwriter: elastic tabstops. A cell ends at a tab; a column is a run of lines that have a cell at that place,
 * and is as wide as its widest cell plus padding. Text after a line's last tab is no cell and stays as it is.
 */
export interface TabLayout {
  readonly minWidth: number
  readonly tabWidth: number
  readonly padding: number
  /** `'\t'` pads with tabs: widths are then multiples of `tabWidth`. */
  readonly padChar: ' ' | '\t'
}

const ASCII = /^[\x20-\x7e]*$/

const widthOf = (cell: string): number => (ASCII.test(cell) ? cell.length : [...cell].length)

class Formatter {
  private readonly layout: TabLayout
  private readonly lines: readonly (readonly string[])[]
  private readonly widths: number[] = []
  /** Paddings by width: a long table has the same few again and again. */
  private readonly blanks = new Map<number, string>()
  private text = ''
  constructor(lines: readonly (readonly string[])[], layout: TabLayout) {
    this.lines = lines
    this.layout = layout
  }

  run(): string {
    this.format(0, this.lines.length)
    return this.text
  }

  /** The column after those in `widths`, for the lines from `first` to before `last`; each block of it is formatted by itself. */
  private format(first: number, last: number): void {
    const column = this.widths.length
    let pending = first
    for (let at = first; at < last; at++) {
      if (column >= this.cells(at).length - 1) continue
      this.write(pending, at)
      pending = at
      let width = this.layout.minWidth
      let discardable = true
      for (; at < last; at++) {
        const line = this.cells(at)
        const here = line[column]
        if (here === undefined || column >= line.length - 1) break
        width = Math.max(width, widthOf(here) + this.layout.padding)
        if (here !== '') discardable = false
      }
      // A column of empty cells has no width (DiscardEmptyColumns is not set, so only its padding counts).
      if (discardable && this.layout.minWidth === 0 && this.layout.padding === 0) width = 0
      this.widths.push(width)
      this.format(pending, at)
      this.widths.pop()
      pending = at
      at--
    }
    this.write(pending, last)
  }

  private cells(line: number): readonly string[] {
    return this.lines[line] ?? []
  }

  private write(first: number, last: number): void {
    for (let at = first; at < last; at++) {
      const line = this.cells(at)
      line.forEach((cell, j) => {
        const width = this.widths[j]
        this.text += cell
        if (width !== undefined && j < line.length - 1) this.text += this.padding(widthOf(cell), width)
      })
      if (at + 1 < this.lines.length) this.text += '\n'
    }
  }

  private padding(textWidth: number, cellWidth: number): string {
    const { padChar, tabWidth } = this.layout
    if (padChar === ' ') return this.blank(Math.max(0, cellWidth - textWidth))
    if (tabWidth === 0) return ''
    const rounded = Math.ceil(cellWidth / tabWidth) * tabWidth
    return '\t'.repeat(Math.ceil((rounded - textWidth) / tabWidth))
  }

  private blank(count: number): string {
    let text = this.blanks.get(count)
    if (text === undefined) {
      text = ' '.repeat(count)
      this.blanks.set(count, text)
    }
    return text
  }
}

/** Aligns text whose cells end at tabs. A line without a tab ends all columns above it. */
export const tabulate = (text: string, layout: TabLayout): string =>
  new Formatter(text.split('\n').map((line) => line.split('\t')), layout).run()
