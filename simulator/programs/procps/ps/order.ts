/** Sorting and the forest (display.c of procps-ng). */
import type { SortKey } from './formats'
import { type Machine, ORDERS, ppid, type Subject } from './values'

const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0)

/** Stable, by one key. */
function sortBy(all: Subject[], { order, direction }: SortKey, m: Machine): void {
  const value = ORDERS[order]
  if (!value) return
  const keyed = all.map((p) => ({ p, key: value(p, m) }))
  keyed.sort((a, b) => (direction === 'up' ? compare(a.key, b.key) : compare(b.key, a.key)))
  keyed.forEach(({ p }, i) => {
    all[i] = p
  })
}

export function sortAll(all: Subject[], keys: readonly SortKey[], m: Machine): void {
  for (const key of [...keys].reverse()) sortBy(all, key, m)
}

/** Sorts by start, then by parent or by the given keys; of equal parents only those that stand together count as one family. */
export function forest(all: Subject[], keys: readonly SortKey[], kind: 'art' | 'indent', m: Machine): Subject[] {
  sortBy(all, { order: 'tics_began', direction: 'up' }, m)
  sortAll(all, keys.length > 0 ? keys : [{ order: 'id_ppid', direction: 'up' }], m)
  const present = new Set(all.map((p) => p.pid))
  const firstChild = new Map<number, number>()
  all.forEach((p, i) => {
    if (!firstChild.has(ppid(p))) firstChild.set(ppid(p), i)
  })
  const draw: Readonly<Record<string, string>> = kind === 'indent' ? { '+': '  ', L: '  ', '|': '  ', ' ': '  ' } : { '+': ' \\_ ', L: ' \\_ ', '|': ' |  ', ' ': '    ' }
  const out: Subject[] = []
  const visit = (p: Subject, above: string, siblings: 'more' | 'last', level: number): void => {
    p.prefix = [...(level > 0 ? above + (siblings === 'more' ? '+' : 'L') : '')].map((c) => draw[c] ?? '').join('')
    out.push(p)
    const below = level > 0 ? above + (siblings === 'more' ? '|' : ' ') : ''
    // Children of init are not set in, but in the indented form.
    const setIn = p.pid === 1 && kind === 'art' ? 0 : 1
    for (let i = firstChild.get(p.pid) ?? all.length; i < all.length; i++) {
      const child = all[i]
      const next = all[i + 1]
      if (!child) break
      const more = next !== undefined && ppid(next) === p.pid
      if (child !== p) visit(child, setIn === 1 ? below : above, more ? 'more' : 'last', level + setIn)
      if (!more) break
    }
  }
  for (let i = all.length - 1; i >= 0; i--) {
    const p = all[i]
    if (p && !present.has(ppid(p))) visit(p, '', 'last', 0)
  }
  return out
}
