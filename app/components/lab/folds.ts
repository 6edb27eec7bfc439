/**
 * Folding what a command printed. xterm.js cannot hide lines, so the buffer is written anew without them: everything that stands in it is read
 * cell by cell, the screen and its history are cleared, and all is written back with one line in place of the folded ones. What is folded is kept
 * here, with its colours, and is put back in the same way. Marks say where commands are: one for each Enter (terminal.tsx).
 */
import type { IBufferCell, IBufferLine, IMarker, Terminal } from '@xterm/xterm'

/** Shorter outputs are not worth a button. */
const LONG = 12
const CLEAR = '\x1b[0m\x1b[H\x1b[2J\x1b[3J'
const BUTTON_CELLS = 13

interface Fold {
  /** The line that stands for it. */
  readonly marker: IMarker
  /** As it is written back. */
  readonly ansi: string
  readonly text: string
  readonly rows: number
}

/** A command line, and the rows that it printed: `from` up to, not including, `to`. */
interface Block {
  readonly mark: IMarker
  readonly from: number
  readonly to: number
  readonly fold: Fold | undefined
}

export class Folds {
  private readonly term: Terminal
  /** The marks of the terminal, in order; this object replaces them when it writes anew. */
  private readonly marks: IMarker[]
  private readonly folds = new Map<IMarker, Fold>()
  private readonly decorated = new Set<IMarker>()
  private target: IMarker | null = null

  constructor(term: Terminal, marks: IMarker[]) {
    this.term = term
    this.marks = marks
  }

  /** Gives long outputs their buttons. */
  offer(): void {
    for (const block of this.blocks()) if (this.isLong(block) && !this.decorated.has(block.mark)) this.decorate(block)
  }
  /** Folds or unfolds what was chosen by `step`, or the last long output. */
  toggle(): void {
    const long = this.blocks().filter((b) => this.isLong(b))
    const block = long.find((b) => b.mark === this.target) ?? long.at(-1)
    if (block) this.write(block.mark)
  }
  unfoldAll(): void {
    if (this.folds.size > 0) this.write('all')
  }
  /** Goes to the command before or after the one that is looked at. */
  step(direction: 'up' | 'down'): void {
    const blocks = this.blocks()
    const at = blocks.findIndex((b) => b.mark === this.target)
    const next = direction === 'up' ? blocks[at < 0 ? blocks.length - 1 : Math.max(0, at - 1)] : at < 0 ? undefined : blocks[at + 1]
    this.target = next?.mark ?? null
    this.term.clearSelection()
    if (!next) return this.term.scrollToBottom()
    this.term.scrollToLine(Math.max(0, next.mark.line - 1))
    this.term.selectLines(next.mark.line, next.mark.line)
  }
  /** What was there, before the terminal is cleared by others. */
  forget(): void {
    this.folds.clear()
    this.decorated.clear()
    this.target = null
  }
  /** The text that a line stands for, if it stands for some. */
  textAt(line: number): string | undefined {
    for (const fold of this.folds.values()) if (fold.marker.line === line) return fold.text
    return undefined
  }

  private isLong({ from, to, fold }: Block): boolean {
    return fold !== undefined || to - from > LONG
  }
  private blocks(): Block[] {
    const { active } = this.term.buffer
    if (active.type !== 'normal') return []
    const wrapped = (y: number) => active.getLine(y)?.isWrapped ?? false
    const live = this.marks.filter((m) => !m.isDisposed)
    return live.map((mark, i) => {
      let from = mark.line + 1
      while (wrapped(from)) from++
      let to = live[i + 1]?.line ?? active.baseY + active.cursorY
      while (to > from && wrapped(to)) to--
      return { mark, from: Math.min(from, to), to, fold: this.folds.get(mark) }
    })
  }
  /** A button at both ends of an output, or on the line that stands for it. */
  private decorate({ mark, from, to, fold }: Block): void {
    const { active } = this.term.buffer
    const rows = fold?.rows ?? to - from
    this.decorated.add(mark)
    mark.onDispose(() => this.decorated.delete(mark))
    // Below only where it covers nothing: on a narrow screen the last row may be full.
    const last = active.getLine(to - 1)
    const below = last && lengthOf(last, this.term.cols) <= this.term.cols - BUTTON_CELLS ? [this.term.registerMarker(to - 1 - active.baseY - active.cursorY)] : []
    for (const marker of fold ? [fold.marker] : [mark, ...below]) {
      this.term.registerDecoration({ marker, anchor: 'right', width: BUTTON_CELLS, height: 1, layer: 'top' })?.onRender((element) => {
        // At the right end: xterm.js leaves an offset of 0 out.
        element.style.right = '0'
        if (element.firstChild) return
        element.append(this.button(mark, rows, fold ? 'folded' : 'open'))
      })
    }
  }
  private button(mark: IMarker, rows: number, state: 'folded' | 'open'): HTMLButtonElement {
    const button = document.createElement('button')
    const does = state === 'folded' ? 'Show' : 'Fold'
    button.type = 'button'
    button.className = 'fold'
    button.textContent = `${state === 'folded' ? '+' : '−'} ${rows} lines`
    button.title = `${does} what was printed (Ctrl Shift F)`
    button.setAttribute('aria-expanded', String(state === 'open'))
    button.setAttribute('aria-label', `${does} the ${rows} lines that were printed here`)
    // No selection begins here.
    button.addEventListener('mousedown', (event) => event.stopPropagation())
    button.addEventListener('click', () => {
      this.write(mark)
      this.term.focus()
    })
    return button
  }

  /** Writes the buffer anew, with the output of one command folded or unfolded, or with all unfolded. */
  private write(change: IMarker | 'all'): void {
    const { term } = this
    const { active } = term.buffer
    const blocks = this.blocks()
    const cursor = { x: active.cursorX, y: active.baseY + active.cursorY }
    let last = active.length - 1
    while (last > cursor.y && active.getLine(last)?.translateToString(true) === '') last--
    const rows = (from: number, to: number): string => ansiOf(term, from, to)
    const { target } = this
    this.forget()
    this.marks.length = 0
    term.write(CLEAR)
    term.write(rows(0, blocks[0]?.from ?? last + 1))
    blocks.forEach((block, i) => {
      const changes = change === 'all' ? block.fold !== undefined : block.mark === change
      const folds = (block.fold !== undefined) !== changes
      const chosen = block.mark === target
      const fold = folds ? (block.fold ?? { rows: block.to - block.from, ansi: rows(block.from, block.to), text: linesOf(term, block.from, block.to).join('\n') }) : undefined
      // The cursor stands on the command's last row until the line end is written.
      term.write('', () => {
        const mark = term.registerMarker(0)
        this.marks.push(mark)
        if (chosen) this.target = mark
        if (changes) queueMicrotask(() => term.scrollToLine(Math.max(0, mark.line - 2)))
      })
      if (block.to > block.from) term.write('\r\n')
      if (fold) {
        term.write(`\x1b[0;2m… ${fold.rows} lines folded\x1b[0m`, () => {
          const mark = this.marks.at(-1)
          if (!mark) return
          this.folds.set(mark, { ...fold, marker: term.registerMarker(0) })
          mark.onDispose(() => this.folds.delete(mark))
        })
      } else if (block.fold) term.write(block.fold.ansi)
      else term.write(rows(block.from, block.to))
      const next = blocks[i + 1]?.from ?? last + 1
      if (next > block.to) term.write(`\r\n${rows(block.to, next)}`)
    })
    const up = last - cursor.y
    term.write(`\x1b[0m${up > 0 ? `\x1b[${up}A` : ''}\r${cursor.x > 0 ? `\x1b[${cursor.x}C` : ''}`, () => this.offer())
  }
}

// ── reading the buffer ────────────────────────────────────────────────────────────────────────────────────
/** Rows as they would be written: colours as SGR, a line end where a row does not go on in the next one. */
function ansiOf(term: Terminal, from: number, to: number): string {
  const { active } = term.buffer
  let text = ''
  let style = ''
  for (let y = from; y < to; y++) {
    const line = active.getLine(y)
    if (!line) continue
    const goesOn = y + 1 < to && active.getLine(y + 1)?.isWrapped === true
    const end = goesOn ? term.cols : lengthOf(line, term.cols)
    for (let x = 0; x < end; x++) {
      const cell = line.getCell(x)
      if (!cell || cell.getWidth() === 0) continue
      const next = styleOf(cell)
      if (next !== style) text += `\x1b[0${next}m`
      style = next
      text += cell.getChars() || ' '
    }
    if (!goesOn && y + 1 < to) text += '\r\n'
  }
  return style === '' ? text : `${text}\x1b[0m`
}

/** Rows as text, those that go on in the next one joined. */
function linesOf(term: Terminal, from: number, to: number): string[] {
  const { active } = term.buffer
  const lines: string[] = []
  for (let y = from; y < to; y++) {
    const text = active.getLine(y)?.translateToString(!active.getLine(y + 1)?.isWrapped) ?? ''
    if (y > from && active.getLine(y)?.isWrapped) lines.push((lines.pop() ?? '') + text)
    else lines.push(text)
  }
  return lines
}

/** Up to the last cell that shows something. */
function lengthOf(line: IBufferLine, cols: number): number {
  for (let x = cols - 1; x >= 0; x--) {
    const cell = line.getCell(x)
    if (cell && (cell.getChars().trim() !== '' || !cell.isBgDefault() || cell.isInverse() || cell.isUnderline())) return x + 1
  }
  return 0
}

const ATTRIBUTES: readonly (readonly [(cell: IBufferCell) => number, code: number])[] = [
  [(c) => c.isBold(), 1], [(c) => c.isDim(), 2], [(c) => c.isItalic(), 3], [(c) => c.isUnderline(), 4], [(c) => c.isBlink(), 5],
  [(c) => c.isInverse(), 7], [(c) => c.isInvisible(), 8], [(c) => c.isStrikethrough(), 9], [(c) => c.isOverline(), 53],
]

/** What of SGR makes a cell look as it does, each part with its semicolon. */
function styleOf(cell: IBufferCell): string {
  let style = ''
  for (const [is, code] of ATTRIBUTES) if (is(cell)) style += `;${code}`
  if (cell.isFgPalette()) style += `;38;5;${cell.getFgColor()}`
  else if (cell.isFgRGB()) style += `;38;2;${rgb(cell.getFgColor())}`
  if (cell.isBgPalette()) style += `;48;5;${cell.getBgColor()}`
  else if (cell.isBgRGB()) style += `;48;2;${rgb(cell.getBgColor())}`
  return style
}

const rgb = (color: number): string => [(color >> 16) & 255, (color >> 8) & 255, color & 255].join(';')
