/** qsort(3) of much: runs are sorted, then merged pair by pair, and the thread is given back in between. Stable. */
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'

/** Items that are sorted in one go. */
const RUN = 256
/** Items merged between two looks at the slice. */
const BATCH = 64

/** Without `compare`: strings by their UTF-16 units, as Array.prototype.sort has them. */
export function* sortedInSlices<T>(sys: Sys, items: readonly T[], compare: ((a: T, b: T) => number) | undefined): Run<T[]> {
  const above = compare ? (a: T, b: T): boolean => compare(a, b) > 0 : (a: T, b: T): boolean => a > b
  let runs: T[][] = []
  for (let at = 0; at < items.length; at += RUN) {
    const run = items.slice(at, at + RUN).sort(compare)
    runs.push(run)
    if (sys.spend(run.length >> 1, run.length)) yield 'preempted'
  }
  while (runs.length > 1) {
    const merged: T[][] = []
    for (let i = 0; i < runs.length; i += 2) {
      const left = runs[i] ?? []
      const right = runs[i + 1]
      merged.push(right ? yield* merge(sys, left, right, above) : left)
    }
    runs = merged
  }
  return runs[0] ?? []
}

function* merge<T>(sys: Sys, left: readonly T[], right: readonly T[], above: (a: T, b: T) => boolean): Run<T[]> {
  const out: T[] = []
  let l = 0
  let r = 0
  while (l < left.length && r < right.length) {
    const a = left[l] as T
    const b = right[r] as T
    if (above(a, b)) {
      out.push(b)
      r++
    } else {
      out.push(a)
      l++
    }
    if (out.length % BATCH === 0 && sys.spend(0, BATCH >> 2)) yield 'preempted'
  }
  for (; l < left.length; l++) out.push(left[l] as T)
  for (; r < right.length; r++) out.push(right[r] as T)
  return out
}
