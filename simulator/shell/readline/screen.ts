/**
 * What stands on the screen between prompt and cursor, and the fewest bytes that make it what it should be: readline(3)'s
 * redisplay. A line of text is cut into screen rows of cells; each row is compared with the one shown, and only what differs is
 * written. The choices (insert or overwrite, carriage return or backspaces) are those of readline 8.2, found by watching it.
 */
import type { Capabilities } from './terminal'
import { columnsOf } from './width'

export interface Region {
  readonly from: number
  readonly to: number
}

/** What is to be shown: a prompt (with invisible parts between \x01 and \x02), a text, the cursor's offset in it, a highlighted region. */
export interface View {
  readonly prompt: string
  readonly text: string
  readonly point: number
  readonly region?: Region | undefined
  /** Draw rows anew rather than in part: a search that begins. */
  readonly style?: 'whole' | 'least'
}

interface Cell {
  readonly text: string
  readonly columns: number
  readonly bytes: number
  readonly standout: boolean
}

interface Row {
  cells: Cell[]
  /** More text follows directly, without a newline. */
  goesOn: boolean
}

const EMPTY_ROW: Row = { cells: [], goesOn: false }
const SPACE: Cell = { text: ' ', columns: 1, bytes: 1, standout: false }
const TAB = 8

const same = (a: Cell | undefined, b: Cell | undefined): boolean => a !== undefined && b !== undefined && a.text === b.text && a.standout === b.standout
const widthOf = (cells: readonly Cell[], from: number, to: number): number => {
  let width = 0
  for (let i = from; i < to; i++) width += cells[i]?.columns ?? 0
  return width
}
const bytesOf = (cells: readonly Cell[], from: number, to: number): number => {
  let bytes = 0
  for (let i = from; i < to; i++) bytes += cells[i]?.bytes ?? 0
  return bytes
}

export class Screen {
  private readonly terminal: Capabilities
  private width: number
  private height: number
  private rows: Row[] = [EMPTY_ROW]
  private column = 0
  private row = 0
  private out = ''
  /** The first column of a line that scrolls sideways, on a terminal that cannot go up. */
  private margin = 0
  /** Cells of the prompt's last line, and their visible width. */
  private promptCells: Cell[] = []
  constructor(terminal: Capabilities, size: { readonly cols: number; readonly rows: number }) {
    this.terminal = terminal
    this.width = 80
    this.height = 24
    this.resize(size)
  }
  resize({ cols, rows }: { readonly cols: number; readonly rows: number }): void {
    this.width = (cols > 0 ? cols : 80) - (this.terminal.wraps ? 0 : 1)
    this.height = rows > 0 ? rows : 24
  }
  get columns(): number {
    return this.width
  }
  get lines(): number {
    return this.height
  }
  /** The cursor is at the start of an empty line. */
  onNewLine(): void {
    this.rows = [EMPTY_ROW]
    this.column = 0
    this.row = 0
    this.margin = 0
  }
  /** Shows the whole anew from the cursor's line on. Lines of the prompt before its last come first. */
  redraw(view: View): string {
    this.onNewLine()
    const cut = view.prompt.lastIndexOf('\n')
    const lead = cut < 0 ? '' : view.prompt.slice(0, cut + 1).replace(/[\x01\x02]/g, '')
    return lead + this.show(view)
  }
  /** The bytes that turn what is shown into `view`. */
  show(view: View): string {
    this.out = ''
    const last = view.prompt.slice(view.prompt.lastIndexOf('\n') + 1)
    this.promptCells = promptCells(last)
    if (this.terminal.up === undefined) this.showSideways(view)
    else this.showRows(view)
    return this.out
  }
  /** The cursor goes below the text: what stands after it is a command's. */
  finish(): string {
    this.out = ''
    let bottom = this.rows.length - 1
    const lastRow = this.rows[bottom] as Row
    const wrapped = bottom > 0 && this.column === 0 && lastRow.cells.length === 0
    if (wrapped) bottom--
    this.moveToRow(bottom)
    const { cells } = this.rows[bottom] as Row
    const length = widthOf(cells, 0, cells.length)
    if (wrapped && this.terminal.wraps && length === this.width) {
      this.moveTo(cells.length - 1, cells)
      this.clearToEnd(0)
      this.put(cells.slice(-1))
    }
    if (length > 0 || this.column > 0) this.out += '\n'
    this.onNewLine()
    return this.out
  }
  /** To the start of the last row: where an interrupted line is left. */
  leave(): string {
    this.out = ''
    if (this.rows.length > 1) this.moveToRow(this.rows.length - 1)
    return this.out
  }
  /** The window has another size: everything shown is wiped, the cursor goes to where the prompt began. */
  wipe(size: { readonly cols: number; readonly rows: number }): string {
    if (this.terminal.clearToEndOfLine === undefined) this.resize(size)
    this.out = '\r'
    this.column = 0
    this.moveToRow(this.rows.length - 1)
    for (let row = this.row; row >= 0; row--) {
      this.moveToRow(row)
      this.clearToEnd(this.width)
      this.out += '\r'
      this.column = 0
    }
    return this.out
  }

  // ── rows ────────────────────────────────────────────────────────────────────────────────────────
  private showRows(view: View): void {
    const { rows, cursorRow, cursorCell } = this.layOut(view)
    const bottom = rows.length - 1
    const quick = view.style === 'whole' && bottom === 0
    for (let i = 0; i <= bottom; i++) this.updateRow(i, rows, quick)
    for (let i = bottom + 1; i < this.rows.length; i++) {
      const { cells } = this.rows[i] as Row
      this.moveToRow(i)
      this.moveTo(0, cells)
      this.clearToEnd(i === this.rows.length - 1 ? cells.length : this.width)
    }
    this.rows = rows
    this.moveToRow(cursorRow)
    const { cells } = rows[cursorRow] as Row
    // A cursor inside a prompt with invisible parts: it is written again, for its colours must hold.
    if (cursorRow === 0 && this.promptHasInvisible && this.column > 0 && this.column < this.promptWidth) this.writePrompt()
    if (cursorRow === 0 && this.promptHasInvisible && bytesOf(cells, 0, cursorCell) < this.column) {
      const wanted = widthOf(cells, 0, cursorCell)
      this.out += '\b'.repeat(Math.max(0, this.column - wanted))
      this.column = Math.min(this.column, wanted)
    }
    this.moveTo(cursorCell, cells)
  }
  private get promptWidth(): number {
    return widthOf(this.promptCells, 0, this.promptCells.length)
  }
  private get promptHasInvisible(): boolean {
    return this.promptCells.some((cell) => cell.columns === 0 && cell.bytes > 0)
  }
  private get lastInvisible(): number {
    return this.promptCells.findLastIndex((cell) => cell.columns === 0)
  }
  private writePrompt(): void {
    this.out += '\r'
    this.put(this.promptCells)
    this.column = this.promptWidth
  }
  /** Cuts prompt and text into rows; where the cursor is in them. */
  private layOut(view: View): { rows: Row[]; cursorRow: number; cursorCell: number } {
    let row: Row = { cells: [], goesOn: false }
    const rows = [row]
    let column = 0
    let cursorRow = -1
    let cursorCell = 0
    const wrap = (): void => {
      row.goesOn = true
      row = { cells: [], goesOn: false }
      rows.push(row)
      column = 0
    }
    const add = (cell: Cell): void => {
      row.cells.push(cell)
      column += cell.columns
      if (column >= this.width && cell.columns > 0) wrap()
    }
    for (const cell of this.promptCells) add(cell)
    const { text, point, region } = view
    for (let at = 0; at < text.length; ) {
      const character = String.fromCodePoint(text.codePointAt(at) as number)
      const standout = region !== undefined && at >= region.from && at < region.to
      const mark = (): void => {
        if (at !== point) return
        cursorRow = rows.length - 1
        cursorCell = row.cells.length
      }
      mark()
      if (character === '\t') {
        for (let n = TAB - (column % TAB); n > 0; n--) add({ ...SPACE, standout })
      } else if (character === '\n') {
        row = { cells: [], goesOn: false }
        rows.push(row)
        column = 0
      } else if (character < ' ' || character === '\x7f') {
        add({ text: '^', columns: 1, bytes: 1, standout })
        add({ text: character === '\x7f' ? '?' : String.fromCharCode(character.charCodeAt(0) + 64), columns: 1, bytes: 1, standout })
      } else {
        const columns = columnsOf(character)
        if (column + columns > this.width) {
          while (column < this.width && column > 0) add({ ...SPACE, standout })
          mark()
        }
        add({ text: character, columns, bytes: utf8Length(character), standout })
      }
      at += character.length
    }
    if (cursorRow < 0) {
      cursorRow = rows.length - 1
      cursorCell = row.cells.length
    }
    // More than a screenful: rows that do not fit are not shown.
    return { rows, cursorRow, cursorCell }
  }
  private updateRow(index: number, rows: readonly Row[], quick: boolean): void {
    const shown = this.rows[index] ?? EMPTY_ROW
    const next = rows[index] as Row
    const fresh = next.cells
    let old = shown.cells
    if (this.column === this.width && this.terminal.wraps && this.row === index - 1) {
      const wrapped = this.wrapInto(index, old, fresh)
      if (wrapped === undefined) return
      old = wrapped
    }
    if (quick) {
      this.writeWhole(old, fresh)
      return
    }
    // The first cell that differs, and the last that is the same.
    let first = 0
    while (first < old.length && same(old[first], fresh[first])) first++
    if (first === old.length && first === fresh.length) return
    if (first < old.length && old[first]?.columns === 0 && first > 0) first--
    let tail = commonTail(old, fresh, first)
    // A prompt with invisible parts that others had not is written to its end.
    const end = fresh.length - tail
    const prompt = this.promptCells.length
    if (index === 0 && first === 0 && end > this.lastInvisible && end < prompt && prompt <= fresh.length && invisibles(old) !== invisibles(fresh)) tail -= prompt - end
    if (this.row !== index) this.moveToRow(index)
    if (index === 0 && this.promptHasInvisible && this.column > 0) {
      if ((first > 0 && first <= this.lastInvisible) || (first >= prompt && this.column < this.promptWidth)) {
        this.writePrompt()
        if (first < prompt) {
          this.dumbUpdate(old, fresh, prompt, index, rows.length - 1)
          return
        }
      }
    }
    this.moveTo(first, old)
    this.change(index, rows.length - 1, old, fresh, first, tail, shown.goesOn)
  }
  /** The cursor hangs at the right edge: the first character of the next row makes the terminal wrap. Undefined when all is done. */
  private wrapInto(index: number, old: Cell[], fresh: Cell[]): Cell[] | undefined {
    const [head] = fresh
    this.row = index
    if (!head) {
      this.out += ' '
      this.column = 1
      return old
    }
    this.put([head])
    this.column = head.columns
    const [before] = old
    if (!before || before.columns !== head.columns || head.bytes > before.bytes) {
      this.dumbUpdate(old, fresh, 1, index, index)
      return undefined
    }
    return [head, ...old.slice(1)]
  }
  private writeWhole(old: readonly Cell[], fresh: readonly Cell[]): void {
    this.moveTo(0, old)
    this.put(fresh)
    this.column = widthOf(fresh, 0, fresh.length)
    if (fresh.length < old.length) this.clearRest(old, fresh, 0, 0)
  }
  /** Everything from `from` on is written; what is left of the old row is cleared. */
  private dumbUpdate(old: readonly Cell[], fresh: readonly Cell[], from: number, index: number, bottom: number): void {
    this.put(fresh.slice(from))
    this.column += widthOf(fresh, from, fresh.length)
    if (bytesOf(fresh, 0, fresh.length) < bytesOf(old, 0, old.length)) this.clearRest(old, fresh, index, bottom)
  }
  private clearRest(old: readonly Cell[], fresh: readonly Cell[], index: number, bottom: number): void {
    const less = widthOf(old, 0, old.length) - widthOf(fresh, 0, fresh.length)
    if (less === 0 || this.column >= this.width) return
    if (this.terminal.wraps && index < bottom) {
      this.out += ' '.repeat(Math.max(0, less))
      this.column += Math.max(0, less)
    } else this.clearToEnd(less)
  }
  /** Turns `old` from `first` on into `fresh`; `tail` cells at the end are the same in both. */
  private change(index: number, bottom: number, old: Cell[], fresh: Cell[], first: number, tail: number, oldGoesOn: boolean): void {
    const oldEnd = old.length - tail
    const freshEnd = fresh.length - tail
    const wider = widthOf(fresh, first, freshEnd) - widthOf(old, first, oldEnd)
    const longer = bytesOf(fresh, first, freshEnd) - bytesOf(old, first, oldEnd)
    const rest = widthOf(fresh, first, fresh.length)
    const writeRest = (): void => {
      this.put(fresh.slice(first))
      this.column += rest
    }
    if (wider > 0) {
      const grows = index >= this.rows.length - 1 && bottom > this.rows.length - 1
      const { insert } = this.terminal
      const somethingFollows = oldEnd < old.length || oldGoesOn
      if (longer < 0 || !insert || (this.terminal.wraps && grows) || !somethingFollows) {
        writeRest()
        return
      }
      this.out += insert(wider)
      this.put(fresh.slice(first, freshEnd))
      this.column += widthOf(fresh, first, freshEnd)
      return
    }
    const { remove } = this.terminal
    if (remove && 2 * rest >= -wider) {
      if (wider < 0 && -wider <= this.width) this.out += remove(-wider)
      if (freshEnd > first) {
        this.put(fresh.slice(first, freshEnd))
        this.column += widthOf(fresh, first, freshEnd)
      }
      return
    }
    if (fresh.length > first) writeRest()
    this.clearRest(old, fresh, index, bottom)
  }

  // ── sideways ────────────────────────────────────────────────────────────────────────────────────
  /** A terminal that cannot go up: one row that scrolls (horizontal-scroll-mode). */
  private showSideways(view: View): void {
    const unlimited = this.width
    this.width = Number.MAX_SAFE_INTEGER
    const { rows, cursorCell } = this.layOut({ ...view, text: view.text.replaceAll('\n', '\x0a') })
    this.width = unlimited
    const all = (rows[0] as Row).cells
    const third = Math.floor(this.width / 3)
    const place = cursorCell - this.margin
    if (place > this.width - 2) this.margin = Math.max(0, cursorCell - 2 * third)
    else if (cursorCell < this.width - 2) this.margin = 0
    else if (place < 1) this.margin = Math.floor((cursorCell - 1) / third) * third
    const cells = all.slice(this.margin, this.margin + this.width)
    if (this.margin > 0) cells[0] = { text: '<', columns: 1, bytes: 1, standout: false }
    if (all.length > this.margin + this.width) cells[this.width - 1] = { text: '>', columns: 1, bytes: 1, standout: false }
    const row: Row = { cells, goesOn: false }
    this.updateRow(0, [row], false)
    this.rows = [row]
    this.moveTo(cursorCell - this.margin, cells)
  }

  // ── the cursor ──────────────────────────────────────────────────────────────────────────────────
  /** To the cell `index` of a row that holds `cells`. */
  private moveTo(index: number, cells: readonly Cell[]): void {
    if (this.column === 0 && index === 0) return
    const wanted = widthOf(cells, 0, index)
    if (this.column === wanted) return
    if (wanted === 0 || wanted + 1 < this.column - wanted || (this.terminal.wraps && this.column === this.width)) {
      this.out += '\r'
      this.column = 0
    }
    if (this.column < wanted) {
      const { forward } = this.terminal
      if (forward) this.out += forward.repeat(wanted - this.column)
      else {
        this.out += '\r'
        this.put(cells.slice(0, index))
      }
    } else this.out += '\b'.repeat(this.column - wanted)
    this.column = wanted
  }
  private moveToRow(row: number): void {
    if (this.row === row || row > this.height) return
    if (row > this.row) {
      this.out += `${'\n'.repeat(row - this.row)}\r`
      this.column = 0
    } else this.out += (this.terminal.up ?? '').repeat(this.row - row)
    this.row = row
  }
  private clearToEnd(columns: number): void {
    const { clearToEndOfLine } = this.terminal
    if (clearToEndOfLine) this.out += clearToEndOfLine
    else if (columns > 0) {
      this.out += ' '.repeat(columns)
      this.column += columns
    }
  }
  private put(cells: readonly Cell[]): void {
    let standout = false
    for (const cell of cells) {
      if (cell.standout !== standout) {
        this.out += cell.standout ? this.terminal.standout : this.terminal.normal
        standout = cell.standout
      }
      this.out += cell.text
    }
    if (standout) this.out += this.terminal.normal
  }
}

/**
 * How many cells at the ends of two rows are the same. readline 8.2 takes the common end only if there is a blank in it: moving it
 * would not pay otherwise.
 */
function commonTail(old: readonly Cell[], fresh: readonly Cell[], first: number): number {
  let o = old.length - 1
  let f = fresh.length - 1
  let blank = false
  while (o > first && f > first && same(old[o], fresh[f])) {
    if (old[o]?.text === ' ') blank = true
    o--
    f--
  }
  if (!blank) return 0
  if (!same(old[o], fresh[f])) {
    o++
    f++
  }
  return old.length - Math.max(o, 0)
}

const invisibles = (cells: readonly Cell[]): number => cells.reduce((bytes, cell) => (cell.columns === 0 ? bytes + cell.bytes : bytes), 0)

const utf8Length = (character: string): number => {
  const code = character.codePointAt(0) as number
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
}

/** The prompt's last line as cells: what stands between \x01 and \x02 takes no column. */
function promptCells(prompt: string): Cell[] {
  const cells: Cell[] = []
  for (const [, invisible, character] of prompt.matchAll(/\x01([^\x02]*)\x02?|([\s\S])/gu)) {
    if (character !== undefined) cells.push({ text: character, columns: columnsOf(character), bytes: utf8Length(character), standout: false })
    else if (invisible) cells.push({ text: invisible, columns: 0, bytes: invisible.length, standout: false })
  }
  return cells
}
