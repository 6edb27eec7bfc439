/** Lines of ps out of cells: widths, a wide cell that eats the blanks of its neighbours, the cut at the screen's edge. */
import type { Align } from './columns'

export interface Cell {
  readonly header: string
  readonly width: number
  readonly align: Align
}

/** One line. `behind` is by how much earlier cells were too wide; blanks of later cells make up for it. */
export function line(cells: readonly Cell[], values: readonly string[], screen: number, kind: 'header' | 'row' = 'row'): string {
  let text = ''
  let behind = 0
  cells.forEach((cell, i) => {
    const last = i === cells.length - 1
    const value = values[i] ?? ''
    const over = value.length - cell.width
    // In rows only columns that stand to the left give up blanks; a right one keeps its pad.
    const gives = kind === 'header' || cell.align !== 'right'
    const pad = Math.max(0, -over - (gives ? behind : 0))
    behind = gives ? Math.max(0, behind + over) : behind + Math.max(0, over)
    if (cell.align === 'right') text += ' '.repeat(pad) + value
    else text += last ? value : value + ' '.repeat(pad)
    if (!last) text += ' '
  })
  return text.slice(0, screen)
}
