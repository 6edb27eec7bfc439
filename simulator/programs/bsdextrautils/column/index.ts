/** column(1) of util-linux 2.38.1: lists in columns, tables, JSON. */
import { lateClosestream } from '../../closeout'
import { allLines, reason } from '../../coreutils/files'
import { command } from '../../util-linux/command'
import type { Options } from '../../options'
import { Exit, type Io } from '../../program'
import { HELP, VERSION } from './help'
import { isErrno } from '../../../kernel/errno'
import { widthOf } from './width'

const TAB = 8
const NOT_SIMULATED = ['E', 'T', 'W', 'r', 'i', 'p', 'e']

export default command({
  unwritten: lateClosestream,
  summary: 'columnate lists', help: HELP, version: VERSION, size: 55_616,
  *run(io, options) {
    if (options.has(...NOT_SIMULATED)) {
      io.err(`${io.name}: not simulated in this lab\n`)
      return 125
    }
    const width = outputWidth(io, options)
    let status = 0
    const lines: string[] = []
    for (const path of options.operands.length > 0 ? options.operands : ['-']) {
      try {
        if (path !== '-') io.sys.stat(path)
      } catch (error) {
        if (!isErrno(error)) throw error
        io.err(`${io.name}: ${path}: ${reason(error)}\n`)
        status = 1
        continue
      }
      const read = yield* allLines(io, [path])
      lines.push(...read.lines)
      if (read.status !== 0) status = 1
    }
    const kept = options.has('L') ? lines : lines.filter((l) => l.trim() !== '')
    if (kept.length === 0) return status
    if (io.sys.spend(kept.length)) yield 'preempted'
    if (options.has('t', 'J')) table(io, options, kept)
    else if (options.has('x')) rows(io, kept, width)
    else columns(io, kept, width)
    return status
  },
})

function outputWidth(io: Io, options: Options): number {
  const given = options.value('c')
  if (given !== undefined) {
    if (given === 'unlimited') return 0xffff_ffff
    if (/^\d+$/.test(given)) return Number(given)
    io.err(`${io.name}: invalid columns argument: '${given}'\n`)
    throw new Exit(1)
  }
  if (io.sys.isatty(1)) return io.sys.getWindowSize(1).cols || 80
  return Number(io.env('COLUMNS')) || 80
}

/** Tabs from a column to the next stops, up to `end`. */
function tabs(from: number, end: number): string {
  let out = ''
  for (let at = from, next = Math.floor((at + TAB) / TAB) * TAB; next <= end; at = next, next = Math.floor((at + TAB) / TAB) * TAB) out += '\t'
  return out
}

const cellWidth = (lines: readonly string[]): number => Math.floor((Math.max(...lines.map(widthOf)) + TAB) / TAB) * TAB

/** Down first, then across. */
function columns(io: Io, lines: readonly string[], width: number): void {
  const cell = cellWidth(lines)
  const across = Math.max(1, Math.floor(width / cell))
  const down = Math.ceil(lines.length / across)
  for (let row = 0; row < down; row++) {
    let out = ''
    for (let i = row, end = cell; i < lines.length; i += down, end += cell) {
      const line = lines[i] ?? ''
      out += line
      if (i + down < lines.length) out += tabs(end - cell + widthOf(line), end)
    }
    io.out(`${out}\n`)
  }
}

/** Across first, then down. */
function rows(io: Io, lines: readonly string[], width: number): void {
  const cell = cellWidth(lines)
  const across = Math.max(1, Math.floor(width / cell))
  for (let row = 0; row < lines.length; row += across) {
    const part = lines.slice(row, row + across)
    io.out(`${part.map((line, i) => line + (i < part.length - 1 ? tabs(i * cell + widthOf(line), (i + 1) * cell) : '')).join('')}\n`)
  }
}

function cells(line: string, separators: string | undefined, limit: number): string[] {
  const found: string[] = []
  let rest = line
  if (separators === undefined) {
    rest = rest.replace(/^[ \t]+/, '')
    while (rest !== '') {
      if (found.length === limit - 1) {
        found.push(rest.replace(/[ \t]+$/, ''))
        break
      }
      const cut = /[ \t]+/.exec(rest)
      found.push(cut ? rest.slice(0, cut.index) : rest)
      rest = cut ? rest.slice(cut.index + cut[0].length) : ''
    }
    return found
  }
  for (let i = 0; ; ) {
    while (i < rest.length && !separators.includes(rest[i] ?? '')) i++
    if (i >= rest.length || found.length === limit - 1) {
      found.push(rest)
      return found
    }
    found.push(rest.slice(0, i))
    rest = rest.slice(i + 1)
    i = 0
  }
}

function table(io: Io, options: Options, lines: readonly string[]): void {
  const limit = options.value('l')
  const body = lines.map((l) => cells(l, options.value('s'), limit === undefined ? Infinity : Number(limit)))
  const names = (options.value('N') ?? '').split(',').filter((_, i, all) => all.length > 1 || all[i] !== '')
  const count = Math.max(names.length, ...body.map((r) => r.length))
  const indexes = (name: string): number[] =>
    (options.value(name) ?? '').split(',').filter((w) => w !== '').map((word) => {
      const at = names.indexOf(word)
      const index = at >= 0 ? at : /^\d+$/.test(word) ? Number(word) - 1 : -1
      if (index >= 0 && index < count) return index
      io.err(`${io.name}: undefined column name '${word}'\n`)
      throw new Exit(1)
    })
  const hidden = new Set(indexes('H'))
  const right = new Set(indexes('R'))
  const first = indexes('O')
  const order = [...first, ...Array.from({ length: count }, (_, i) => i).filter((i) => !first.includes(i))].filter((i) => !hidden.has(i))
  if (options.has('J')) {
    const rowsText = body.map((row) => `{\n${order.map((i) => `         ${JSON.stringify((names[i] ?? '').toLowerCase())}: ${row[i] ? JSON.stringify(row[i]) : 'null'}`).join(',\n')}\n      }`)
    io.out(`{\n   ${JSON.stringify(options.value('n') ?? 'table')}: [\n      ${rowsText.join(',')}\n   ]\n}\n`)
    return
  }
  const shown = names.length > 0 && !options.has('d') ? [names, ...body] : body
  const separator = options.value('o') ?? '  '
  const widths = order.map((i) => Math.max(0, ...shown.map((row) => widthOf(row[i] ?? ''))))
  for (const row of shown) {
    const line = order.map((i, k) => {
      const text = row[i] ?? ''
      const missing = (widths[k] ?? 0) - widthOf(text)
      if (right.has(i)) return ' '.repeat(missing) + text
      return k === order.length - 1 ? text : text + ' '.repeat(missing)
    })
    io.out(`${line.join(separator)}\n`)
  }
}
