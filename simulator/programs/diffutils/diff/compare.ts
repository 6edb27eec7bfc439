/**
 * Which lines differ: Myers' algorithm from both ends (E. W. Myers, "An O(ND) Difference Algorithm and Its Variations"), with
 * what GNU diff does around it, because among scripts of equal length it decides: lines that the other file has not are set
 * aside first, and runs of changes slide to where those of the other file are.
 */
import type { Run } from '../../../kernel/run'
import type { Sys } from '../../../kernel/sys'

/** A run of lines of the first file that gives way to a run of the second; both count from 0. */
export interface Change {
  readonly from: number
  readonly to: number
  readonly deleted: number
  readonly inserted: number
}

type Flags = Uint8Array

/** Lines at both ends that are the same byte for byte and are not looked at: changes do not slide into them. */
export interface Ends {
  readonly prefix: number
  readonly suffix: number
}

export function* compareLines(sys: Sys, first: readonly string[], second: readonly string[], ends: Ends): Run<Change[]> {
  const ids = new Map<string, number>()
  const number = (line: string): number => {
    let id = ids.get(line)
    if (id === undefined) {
      id = ids.size
      ids.set(line, id)
    }
    return id
  }
  const a = first.slice(ends.prefix, first.length - ends.suffix).map(number)
  const b = second.slice(ends.prefix, second.length - ends.suffix).map(number)
  // One place more: the slides below look behind the last line.
  const changedA = new Uint8Array(a.length + 1)
  const changedB = new Uint8Array(b.length + 1)
  const keptA = keep(a, counts(b, ids.size), changedA)
  const keptB = keep(b, counts(a, ids.size), changedB)
  const x = keptA.map((i) => a[i] ?? -1)
  const y = keptB.map((i) => b[i] ?? -1)
  yield* new Comparison(sys, x, y, (i) => {
    changedA[keptA[i] ?? 0] = 1
  }, (i) => {
    changedB[keptB[i] ?? 0] = 1
  }).run(0, x.length, 0, y.length)
  slide(a, changedA, changedB)
  slide(b, changedB, changedA)
  return script(changedA, changedB, a.length, b.length).map((c) => ({ ...c, from: c.from + ends.prefix, to: c.to + ends.prefix }))
}

function counts(lines: readonly number[], size: number): Int32Array {
  const of = new Int32Array(size)
  for (const line of lines) of[line] = (of[line] ?? 0) + 1
  return of
}

const MATCHED = 0
const UNMATCHED = 1
const FREQUENT = 2

/** The lines worth comparing. Those without a match are changes; so are, in the middle of such, lines with very many matches. */
function keep(lines: readonly number[], others: Int32Array, changed: Flags): number[] {
  const size = lines.length
  let many = 5
  for (let rest = size >> 6; (rest >>= 2) > 0; ) many *= 2
  const kind = new Uint8Array(size)
  for (let i = 0; i < size; i++) {
    const matches = others[lines[i] ?? 0] ?? 0
    kind[i] = matches === 0 ? UNMATCHED : matches > many ? FREQUENT : MATCHED
  }
  for (let i = 0; i < size; i++) {
    if (kind[i] === FREQUENT) kind[i] = MATCHED
    else if (kind[i] === UNMATCHED) i = settle(kind, i, size)
  }
  const kept: number[] = []
  for (let i = 0; i < size; i++) {
    if (kind[i] === MATCHED) kept.push(i)
    else changed[i] = 1
  }
  return kept
}

/** A run of lines to set aside that begins at `low`: frequent ones stay in it only well inside. Gives the run's last place. */
function settle(kind: Uint8Array, low: number, size: number): number {
  let high = low
  while (high < size && kind[high] !== MATCHED) high++
  while (high > low && kind[high - 1] === FREQUENT) kind[--high] = MATCHED
  const length = high - low
  let frequent = 0
  for (let i = low; i < high; i++) if (kind[i] === FREQUENT) frequent++
  if (frequent * 4 > length) {
    for (let i = low; i < high; i++) if (kind[i] === FREQUENT) kind[i] = MATCHED
    return Math.max(low, high - 1)
  }
  let most = 1
  for (let rest = length >> 2; (rest >>= 2) > 0; ) most *= 2
  most++
  for (let i = low; i < high; ) {
    let run = i
    while (run < high && kind[run] === FREQUENT) run++
    if (run - i >= most) for (let k = i; k < run; k++) kind[k] = MATCHED
    i = Math.max(run, i + 1)
  }
  trim(kind, low, length, 1)
  trim(kind, high - 1, length, -1)
  return high - 1
}

/** From an end of the run: frequent lines go until three others in a row have been met, or eight lines have passed. */
function trim(kind: Uint8Array, from: number, length: number, step: 1 | -1): void {
  let row = 0
  for (let k = 0; k < length; k++) {
    const i = from + k * step
    if (k >= 8 && kind[i] === UNMATCHED) return
    if (kind[i] === FREQUENT) {
      kind[i] = MATCHED
      row = 0
    } else if (kind[i] === MATCHED) row = 0
    else row++
    if (row === 3) return
  }
}

class Comparison {
  private readonly sys: Sys
  private readonly x: readonly number[]
  private readonly y: readonly number[]
  private readonly remove: (i: number) => void
  private readonly insert: (i: number) => void
  /** The furthest x on each diagonal, from the start and from the end; diagonals are counted from `-y.length - 1`. */
  private readonly forward: Int32Array
  private readonly backward: Int32Array
  private readonly shift: number
  constructor(sys: Sys, x: readonly number[], y: readonly number[], remove: (i: number) => void, insert: (i: number) => void) {
    this.sys = sys
    this.x = x
    this.y = y
    this.remove = remove
    this.insert = insert
    this.shift = y.length + 1
    this.forward = new Int32Array(x.length + y.length + 3)
    this.backward = new Int32Array(x.length + y.length + 3)
  }
  *run(xLow: number, xHigh: number, yLow: number, yHigh: number): Run {
    const { x, y } = this
    let [x0, x1, y0, y1] = [xLow, xHigh, yLow, yHigh]
    while (x0 < x1 && y0 < y1 && x[x0] === y[y0]) {
      x0++
      y0++
    }
    while (x0 < x1 && y0 < y1 && x[x1 - 1] === y[y1 - 1]) {
      x1--
      y1--
    }
    if (x0 === x1) for (let i = y0; i < y1; i++) this.insert(i)
    else if (y0 === y1) for (let i = x0; i < x1; i++) this.remove(i)
    else {
      const middle = yield* this.middle(x0, x1, y0, y1)
      yield* this.run(x0, middle.x, y0, middle.y)
      yield* this.run(middle.x, x1, middle.y, y1)
    }
  }
  /** A point that a shortest script passes: where the searches from both ends meet. */
  private *middle(x0: number, x1: number, y0: number, y1: number): Run<{ x: number; y: number }> {
    const { x, y, forward, backward, shift, sys } = this
    const least = x0 - y1
    const most = x1 - y0
    const start = x0 - y0
    const end = x1 - y1
    const odd = ((start - end) & 1) !== 0
    let [fLow, fHigh, bLow, bHigh] = [start, start, end, end]
    forward[start + shift] = x0
    backward[end + shift] = x1
    for (;;) {
      if (sys.spend(1 + ((fHigh - fLow) >> 3))) yield 'preempted'
      if (fLow > least) forward[--fLow - 1 + shift] = -1
      else fLow++
      if (fHigh < most) forward[++fHigh + 1 + shift] = -1
      else fHigh--
      for (let d = fHigh; d >= fLow; d -= 2) {
        const below = forward[d - 1 + shift] ?? -1
        const above = forward[d + 1 + shift] ?? -1
        let i = below < above ? above : below + 1
        while (i < x1 && i - d < y1 && x[i] === y[i - d]) i++
        forward[d + shift] = i
        if (odd && bLow <= d && d <= bHigh && (backward[d + shift] ?? 0) <= i) return { x: i, y: i - d }
      }
      if (bLow > least) backward[--bLow - 1 + shift] = 0x7fffffff
      else bLow++
      if (bHigh < most) backward[++bHigh + 1 + shift] = 0x7fffffff
      else bHigh--
      for (let d = bHigh; d >= bLow; d -= 2) {
        const below = backward[d - 1 + shift] ?? 0x7fffffff
        const above = backward[d + 1 + shift] ?? 0x7fffffff
        let i = below < above ? below : above - 1
        while (x0 < i && y0 < i - d && x[i - 1] === y[i - d - 1]) i--
        backward[d + shift] = i
        if (!odd && fLow <= d && d <= fHigh && i <= (forward[d + shift] ?? 0)) return { x: i, y: i - d }
      }
    }
  }
}

/** Slides each run of changes back as far as equal lines allow, joining others, then forward; at last to a run of the other file. */
function slide(lines: readonly number[], changed: Flags, other: Flags): void {
  const end = lines.length
  let i = 0
  let j = 0
  for (;;) {
    while (i < end && !changed[i]) {
      while (other[j++]) {
        // Its changes have no line here.
      }
      i++
    }
    if (i === end) return
    let start = i
    while (changed[++i]) {
      // To the end of the run.
    }
    while (other[j]) j++
    let corresponding: number
    let length: number
    do {
      length = i - start
      while (start > 0 && lines[start - 1] === lines[i - 1]) {
        changed[--start] = 1
        changed[--i] = 0
        while (start > 0 && changed[start - 1]) start--
        while (other[--j]) {
          // The line before belongs to no change.
        }
      }
      corresponding = j > 0 && other[j - 1] ? i : end
      while (i !== end && lines[start] === lines[i]) {
        changed[start++] = 0
        changed[i++] = 1
        while (changed[i]) i++
        while (other[++j]) corresponding = i
      }
    } while (length !== i - start)
    while (corresponding < i) {
      changed[--start] = 1
      changed[--i] = 0
      while (other[--j]) {
        // As above.
      }
    }
  }
}

function script(changedA: Flags, changedB: Flags, sizeA: number, sizeB: number): Change[] {
  const changes: Change[] = []
  let i = 0
  let j = 0
  while (i < sizeA || j < sizeB) {
    if (!changedA[i] && !changedB[j]) {
      i++
      j++
      continue
    }
    const from = i
    const to = j
    while (i < sizeA && changedA[i]) i++
    while (j < sizeB && changedB[j]) j++
    changes.push({ from, to, deleted: i - from, inserted: j - to })
  }
  return changes
}
