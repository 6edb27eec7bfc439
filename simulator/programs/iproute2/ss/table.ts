/** How ss(8) lays its columns out (misc/ss.c, render): as wide as their contents; on a terminal the room left over is shared out. */
interface Column {
  readonly right: boolean
  readonly header: string
  readonly before: string
  shown: boolean
  most: number
  width: number
}

const column = (header: string, before: string, align: 'left' | 'right' = 'left'): Column => ({ right: align === 'right', header, before, shown: true, most: 0, width: 0 })

type Visibility = 'shown' | 'hidden'

export class Table {
  private readonly columns: Column[] = [
    column('Netid', ''), column('State', ' '), column('Recv-Q', ' '), column('Send-Q', ' '), column('Local Address:', ' ', 'right'), column('Port', ''),
    column('Peer Address:', ' ', 'right'), column('Port', ''), column('Process', ''),
  ]
  private readonly rows: (readonly string[])[] = []
  constructor(how: { readonly netid: Visibility; readonly state: Visibility; readonly header: Visibility }) {
    const [netid, state] = this.columns
    if (netid) netid.shown = how.netid === 'shown'
    if (state) state.shown = how.state === 'shown'
    if (how.header === 'shown') this.row(this.columns.map((each) => each.header))
  }
  row(cells: readonly string[]): void {
    this.rows.push(cells)
  }
  render(screen: number): string {
    const compact = screen < 0
    this.measure(compact ? Number.MAX_SAFE_INTEGER : screen)
    if (!compact) this.spread(screen)
    return this.rows.map((cells) => `${this.line(cells)}\n`).join('')
  }
  private line(cells: readonly string[]): string {
    let text = ''
    let started = false
    this.columns.forEach((each, i) => {
      if (!each.shown) return
      const cell = cells[i] ?? ''
      let printed = started ? each.before : ''
      started = true
      if (each.right && each.width > 0) printed += ' '.repeat(Math.max(0, each.width - cell.length - printed.length))
      printed += cell
      if (!each.right && each.width > 0) printed += ' '.repeat(Math.max(0, each.width - printed.length))
      text += printed
    })
    return text
  }
  private measure(screen: number): void {
    // The very last field is still being written when the widths are taken.
    this.columns.forEach((each, i) => {
      const rows = i === this.columns.length - 1 ? this.rows.slice(0, -1) : this.rows
      each.most = each.shown ? rows.reduce((most, cells) => Math.max(most, cells[i]?.length ?? 0), 0) : 0
    })
    let first = true
    for (const each of this.columns) {
      if (!each.shown) continue
      each.width = Math.min(!first && each.most > 0 ? each.most + each.before.length : each.most, screen)
      if (each.width > 0) first = false
    }
  }
  /** Gives each line of columns that fits the screen an equal share of what is left, from the right. */
  private spread(screen: number): void {
    const visible = this.columns.filter((each) => each.width > 0)
    let start = 0
    let used = 0
    for (let i = 0; i < visible.length; i++) {
      const width = visible[i]?.width ?? 0
      const isLast = i === visible.length - 1
      used += width
      if (!isLast && used < screen) continue
      let end = i
      if (used > screen && i > start) {
        used -= width
        end = i - 1
      }
      if (used < screen) {
        const group = visible.slice(start, end + 1)
        const share = Math.trunc((screen - used) / group.length)
        let rest = (screen - used) % group.length
        for (const each of group.reverse()) {
          each.width += share
          if (rest > 0) {
            each.width++
            rest--
          }
        }
      }
      start = end + 1
      used = 0
      i = end
    }
  }
}
