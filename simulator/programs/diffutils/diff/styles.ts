/** How differences are written: normal, context, unified, ed, RCS, side by side, merged (diff(1), POSIX diff). */
import type { Change } from './compare'

/** A file as diff sees it. */
export interface Text {
  readonly name: string
  /** What the head of a context or unified diff calls it: label, or name and time. */
  readonly head: string
  readonly lines: readonly string[]
  /** False when the last line has no newline. */
  readonly complete: boolean
}

export interface Look {
  readonly context: number
  readonly paint: (code: string, text: string) => string
  /** The marks of a line are followed by a tab, not a blank (-T). */
  readonly initialTab: boolean
  readonly expandTabs: boolean
  readonly tabsize: number
  readonly width: number
  readonly leftColumn: boolean
  readonly suppressCommon: boolean
  readonly showFunction: ((line: string) => boolean) | null
  /** The macro of -D. */
  readonly macro: string
  /** A change that -B or -I passes over. */
  readonly ignorable: (change: Change) => boolean
}

export type Style = (changes: readonly Change[], a: Text, b: Text, look: Look) => string

const RED = '31'
const GREEN = '32'
const CYAN = '36'
const BOLD = '1'
const MISSING = '\\ No newline at end of file\n'

/** Lines `from` to `to` (not included), each with its mark. */
function marked(text: Text, from: number, to: number, mark: string, color: string | null, look: Look): string {
  let out = ''
  for (let i = from; i < to; i++) {
    const line = look.expandTabs ? expand(text.lines[i] ?? '', look.tabsize) : (text.lines[i] ?? '')
    const whole = mark + line
    out += `${color === null ? whole : look.paint(color, whole)}\n`
    if (i === text.lines.length - 1 && !text.complete) out += MISSING
  }
  return out
}

function expand(line: string, tabsize: number): string {
  let out = ''
  for (const c of line) out += c === '\t' ? ' '.repeat(tabsize - (out.length % tabsize)) : c
  return out
}

/** `3,5` or `4`; an empty range is the line before it. */
const range = (from: number, count: number): string => (count === 0 ? String(from) : count === 1 ? String(from + 1) : `${from + 1},${from + count}`)

export const normal: Style = (changes, a, b, look) => {
  const blank = look.initialTab ? '\t' : ' '
  let out = ''
  for (const c of changes) {
    if (look.ignorable(c)) continue
    const letter = c.deleted === 0 ? 'a' : c.inserted === 0 ? 'd' : 'c'
    out += `${look.paint(CYAN, range(c.from, c.deleted) + letter + range(c.to, c.inserted))}\n`
    out += marked(a, c.from, c.from + c.deleted, `<${blank}`, RED, look)
    if (letter === 'c') out += '---\n'
    out += marked(b, c.to, c.to + c.inserted, `>${blank}`, GREEN, look)
  }
  return out
}

/** Changes whose surroundings touch, with the lines shown around them. */
interface Hunk {
  readonly changes: readonly Change[]
  readonly a: readonly [from: number, to: number]
  readonly b: readonly [from: number, to: number]
}

function hunks(changes: readonly Change[], a: Text, b: Text, look: Look): Hunk[] {
  const groups: Change[][] = []
  let last: Change | null = null
  for (const change of changes) {
    // Surroundings of what is passed over count once only.
    const threshold = look.ignorable(change) ? look.context : 2 * look.context + 1
    if (last && change.from - (last.from + last.deleted) < threshold) groups.at(-1)?.push(change)
    else groups.push([change])
    last = change
  }
  return groups.filter((group) => group.some((c) => !look.ignorable(c))).map((group) => {
    const first = group[0] as Change
    const end = group.at(-1) as Change
    return {
      changes: group,
      a: [Math.max(0, first.from - look.context), Math.min(a.lines.length, end.from + end.deleted + look.context)],
      b: [Math.max(0, first.to - look.context), Math.min(b.lines.length, end.to + end.inserted + look.context)],
    }
  })
}

/** The last line before a hunk that a function begins with, for -p and -F. */
function functionOf(a: Text, hunk: Hunk, look: Look): string {
  if (!look.showFunction) return ''
  for (let i = hunk.a[0] - 1; i >= 0; i--) {
    const line = a.lines[i] ?? ''
    if (look.showFunction(line)) return ` ${line.replace(/^\s+/, '').slice(0, 40).trimEnd()}`
  }
  return ''
}

export const unified: Style = (changes, a, b, look) => {
  const list = hunks(changes, a, b, look)
  if (list.length === 0) return ''
  const blank = look.initialTab ? '\t' : ''
  const span = ([from, to]: readonly [number, number]): string => (to - from === 1 ? String(to) : to === from ? `${from},0` : `${from + 1},${to - from}`)
  let out = `${look.paint(BOLD, `--- ${a.head}`)}\n${look.paint(BOLD, `+++ ${b.head}`)}\n`
  for (const hunk of list) {
    out += `${look.paint(CYAN, `@@ -${span(hunk.a)} +${span(hunk.b)} @@`)}${functionOf(a, hunk, look)}\n`
    let at = hunk.a[0]
    for (const c of hunk.changes) {
      out += marked(a, at, c.from, look.initialTab ? '\t' : ' ', null, look)
      out += marked(a, c.from, c.from + c.deleted, `-${blank}`, RED, look)
      out += marked(b, c.to, c.to + c.inserted, `+${blank}`, GREEN, look)
      at = c.from + c.deleted
    }
    out += marked(a, at, hunk.a[1], look.initialTab ? '\t' : ' ', null, look)
  }
  return out
}

export const context: Style = (changes, a, b, look) => {
  const list = hunks(changes, a, b, look)
  if (list.length === 0) return ''
  const blank = look.initialTab ? '\t' : ' '
  const span = ([from, to]: readonly [number, number]): string => (to <= from + 1 ? String(to) : `${from + 1},${to}`)
  let out = `${look.paint(BOLD, `*** ${a.head}`)}\n${look.paint(BOLD, `--- ${b.head}`)}\n`
  for (const hunk of list) {
    out += `***************${functionOf(a, hunk, look)}\n${look.paint(CYAN, `*** ${span(hunk.a)} ****`)}\n`
    for (const [text, side, color, sign] of [[a, 'a', RED, '-'], [b, 'b', GREEN, '+']] as const) {
      if (side === 'b') out += `${look.paint(CYAN, `--- ${span(hunk.b)} ----`)}\n`
      if (!hunk.changes.some((c) => (side === 'a' ? c.deleted : c.inserted) > 0)) continue
      let at = hunk[side][0]
      for (const c of hunk.changes) {
        const from = side === 'a' ? c.from : c.to
        const count = side === 'a' ? c.deleted : c.inserted
        out += marked(text, at, from, ` ${blank}`, color, look)
        out += marked(text, from, from + count, `${c.deleted > 0 && c.inserted > 0 ? '!' : sign}${blank}`, color, look)
        at = from + count
      }
      out += marked(text, at, hunk[side][1], ` ${blank}`, color, look)
    }
  }
  return out
}

/** A script for ed: last change first; a line that is only a dot is written as two and mended. */
export const ed: Style = (changes, _a, b, look) => {
  let out = ''
  for (const c of [...changes].reverse()) {
    if (look.ignorable(c)) continue
    const letter = c.deleted === 0 ? 'a' : c.inserted === 0 ? 'd' : 'c'
    out += `${range(c.from, c.deleted)}${letter}\n`
    if (c.inserted === 0) continue
    let open = true
    for (let i = c.to; i < c.to + c.inserted; i++) {
      const line = b.lines[i] ?? ''
      if (!open) out += `${letter === 'a' ? '' : ''}a\n`
      open = true
      if (line === '.') {
        out += '..\n.\ns/.//\n'
        open = false
      } else out += `${line}\n`
    }
    if (open) out += '.\n'
  }
  return out
}

export const forwardEd: Style = (changes, _a, b, look) => {
  let out = ''
  for (const c of changes) {
    if (look.ignorable(c)) continue
    const letter = c.deleted === 0 ? 'a' : c.inserted === 0 ? 'd' : 'c'
    out += `${letter}${range(c.from, c.deleted).replace(',', ' ')}\n`
    if (c.inserted > 0) out += `${b.lines.slice(c.to, c.to + c.inserted).map((l) => `${l}\n`).join('')}.\n`
  }
  return out
}

export const rcs: Style = (changes, _a, b, look) => {
  let out = ''
  for (const c of changes) {
    if (look.ignorable(c)) continue
    if (c.deleted > 0) out += `d${c.from + 1} ${c.deleted}\n`
    if (c.inserted > 0) out += `a${c.from + c.deleted} ${c.inserted}\n${b.lines.slice(c.to, c.to + c.inserted).map((l, i) => l + (c.to + i === b.lines.length - 1 && !b.complete ? '' : '\n')).join('')}`
  }
  return out
}

export const merged: Style = (changes, a, b, look) => {
  const { macro } = look
  const lines = (text: Text, from: number, to: number): string => text.lines.slice(from, to).map((l) => `${l}\n`).join('')
  let out = ''
  let at = 0
  for (const c of changes) {
    out += lines(a, at, c.from)
    const old = lines(a, c.from, c.from + c.deleted)
    const added = lines(b, c.to, c.to + c.inserted)
    if (c.deleted > 0 && c.inserted > 0) out += `#ifndef ${macro}\n${old}#else /* ${macro} */\n${added}#endif /* ${macro} */\n`
    else if (c.deleted > 0) out += `#ifndef ${macro}\n${old}#endif /* ! ${macro} */\n`
    else out += `#ifdef ${macro}\n${added}#endif /* ${macro} */\n`
    at = c.from + c.deleted
  }
  return out + lines(a, at, a.lines.length)
}

const GUTTER = 3

/** Two columns with a mark between: `|` changed, `<` and `>` on one side only. */
export const sideBySide: Style = (changes, a, b, look) => {
  const tab = look.expandTabs ? 1 : look.tabsize
  const offset = Math.floor((look.width + tab + GUTTER) / (2 * tab)) * tab
  const half = Math.max(0, Math.min(offset - GUTTER, look.width - offset))
  const second = half > 0 ? offset : look.width
  const move = (from: number, to: number): string => {
    let out = ''
    let at = from
    if (!look.expandTabs) {
      for (let next = at + look.tabsize - (at % look.tabsize); next <= to; next += look.tabsize) {
        out += '\t'
        at = next
      }
    }
    return out + ' '.repeat(Math.max(0, to - at))
  }
  const row = (left: string | null, mark: string, right: string | null): string => {
    let out = ''
    let column = 0
    if (left !== null) {
      const shown = fitted(left, half, look)
      out += shown.text
      column = shown.width
    }
    if (mark !== ' ') {
      const at = Math.floor((half + second - 1) / 2)
      out += move(column, at) + mark
      column = at + 1
    }
    if (right !== null && right !== '') out += move(column, second) + fitted(right, half, look).text
    return `${out}\n`
  }
  let out = ''
  let i = 0
  let j = 0
  const common = (end: number): void => {
    for (; i < end; i++, j++) {
      if (!look.suppressCommon) out += look.leftColumn ? row(a.lines[i] ?? '', '(', null) : row(a.lines[i] ?? '', ' ', b.lines[j] ?? '')
    }
  }
  const unfinished = (text: Text, k: number): boolean => k === text.lines.length - 1 && !text.complete
  for (const c of changes) {
    common(c.from)
    for (let k = 0; k < Math.max(c.deleted, c.inserted); k++) {
      if (k < c.deleted && k < c.inserted) {
        const one = unfinished(a, i)
        const other = unfinished(b, j)
        out += row(a.lines[i++] ?? '', one && !other ? '\\' : other && !one ? '/' : '|', b.lines[j++] ?? '')
      } else if (k < c.deleted) out += row(a.lines[i++] ?? '', '<', null)
      else out += row(null, '>', b.lines[j++] ?? '')
    }
  }
  common(a.lines.length)
  return out
}

/** As much of a line as a column holds. */
function fitted(line: string, half: number, look: Look): { text: string; width: number } {
  let text = ''
  let width = 0
  let wanted = 0
  for (const c of line) {
    if (c === '\t') {
      const stop = wanted + look.tabsize - (wanted % look.tabsize)
      if (wanted === width) {
        if (look.expandTabs) {
          const end = Math.min(stop, half)
          text += ' '.repeat(Math.max(0, end - width))
          width = Math.max(width, end)
        } else if (stop < half) {
          text += c
          width = stop
        }
      }
      wanted = stop
    } else {
      if (wanted < half) {
        text += c
        width = wanted + 1
      }
      wanted++
    }
  }
  return { text, width }
}
