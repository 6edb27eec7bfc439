/** The many-per-line layouts of ls(1): as few rows as fit the width, tabs between columns of eight as ls writes them. */
export interface Cell {
  readonly text: string
  readonly width: number
}

export function columns(cells: readonly Cell[], lineWidth: number, order: 'down' | 'across', tab: number): string {
  if (cells.length === 0) return ''
  const n = cells.length
  const max = Math.max(1, Math.min(n, Math.floor(lineWidth / 3)))
  let best: number[] = []
  let count = 1
  for (let c = max; c >= 1; c--) {
    const rows = Math.ceil(n / c)
    const widths = new Array<number>(c).fill(3)
    cells.forEach((cell, i) => {
      const at = order === 'down' ? Math.floor(i / rows) : i % c
      const real = cell.width + (at === c - 1 ? 0 : 2)
      if (real > (widths[at] ?? 0)) widths[at] = real
    })
    if (widths.reduce((a, b) => a + b, 0) < lineWidth || c === 1) {
      best = widths
      count = c
      break
    }
  }
  const rows = Math.ceil(n / count)
  let out = ''
  for (let r = 0; r < rows; r++) {
    let at = 0
    for (let c = 0; c < count; c++) {
      const index = order === 'down' ? c * rows + r : r * count + c
      const cell = cells[index]
      if (!cell) break
      out += cell.text
      const next = order === 'down' ? index + rows : c + 1 < count ? index + 1 : n
      if (next >= n) break
      const from = at + cell.width
      at += best[c] ?? 0
      out += gap(from, at, tab)
    }
    out += '\n'
  }
  return out
}

function gap(from: number, to: number, tab: number): string {
  let out = ''
  let at = from
  while (at < to) {
    if (tab > 0 && Math.floor(to / tab) > Math.floor((at + 1) / tab)) {
      out += '\t'
      at += tab - (at % tab)
    } else {
      out += ' '
      at++
    }
  }
  return out
}
