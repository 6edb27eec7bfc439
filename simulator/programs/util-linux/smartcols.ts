/**
 * Tables as libsmartcols of util-linux 2.38 prints them: columns with least widths, trees, and the forms raw, pairs and JSON. On a
 * terminal, columns that may be cut give way until a line fits.
 */
import { encode } from '../../kernel/bytes'
import type { Sys } from '../../kernel/sys'
import { isErrno } from '../../kernel/errno'

export interface SmartColumn {
  readonly name: string
  /** At least so many characters; below 1, a share of the terminal. */
  readonly hint: number
  readonly right?: 'right'
  /** May be cut on a terminal. */
  readonly trunc?: 'trunc'
  readonly tree?: 'tree'
  /** Lines of a cell go on below it. */
  readonly wrap?: 'wrap'
  /** One overlong cell does not make the column wide, on a terminal. */
  readonly noExtremes?: 'no-extremes'
  readonly json?: 'string' | 'number' | 'boolean' | 'list'
}

export interface SmartLine {
  readonly cells: readonly (string | undefined)[]
  readonly children: SmartLine[]
}

export interface SmartTable {
  /** The key of the list in JSON. */
  readonly name: string
  readonly columns: readonly SmartColumn[]
  readonly lines: readonly SmartLine[]
  readonly form: 'human' | 'raw' | 'pairs' | 'json'
  readonly headings: 'shown' | 'hidden'
  readonly symbols: 'ascii' | 'utf8'
  /** Columns of the terminal; undefined where the output is none. */
  readonly terminal: number | undefined
  /** Names that a shell takes as variables. */
  readonly shellNames?: 'shell'
}

const TREE = {
  ascii: { branch: '|-', vertical: '| ', last: '`-' },
  utf8: { branch: '├─', vertical: '│ ', last: '└─' },
}

/** The terminal's width, when standard output is one. */
export function terminalWidth(sys: Sys): number | undefined {
  try {
    return sys.isatty(1) ? sys.getWindowSize(1).cols || 80 : undefined
  } catch (error) {
    if (!isErrno(error)) throw error
    return undefined
  }
}

export const symbolsFor = (env: ReadonlyMap<string, string>): SmartTable['symbols'] =>
  /utf-?8/i.test(env.get('LC_ALL') || env.get('LC_CTYPE') || env.get('LANG') || '') ? 'utf8' : 'ascii'

interface Row {
  readonly line: SmartLine
  readonly art: string
}

function flatten(table: SmartTable): Row[] {
  const s = TREE[table.symbols]
  const rows: Row[] = []
  const visit = (line: SmartLine, own: string, below: string): void => {
    rows.push({ line, art: own })
    line.children.forEach((child, i) => {
      const last = i === line.children.length - 1
      visit(child, below + (last ? s.last : s.branch), below + (last ? '  ' : s.vertical))
    })
  }
  for (const line of table.lines) visit(line, '', '')
  return rows
}

/** What is not printable is shown by its code. */
const safe = (text: string): string => text.replace(/[\0-\x1f\x7f]/g, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`)
const byteCodes = (text: string): string => [...encode(text)].map((b) => `\\x${b.toString(16).padStart(2, '0')}`).join('')
const rawSafe = (text: string): string => text.replace(/[\0-\x20\x7f\\]/g, byteCodes)
/** The branches of a tree are no letters to a machine. */
const rawArt = (art: string): string => art.replace(/[^\x21-\x7e]/gu, byteCodes)
const quoted = (text: string): string => text.replace(/["\\`$\0-\x1f\x7f]/g, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`)
const lengthOf = (text: string): number => [...text].length

/** The lines of a cell as they are printed. */
const pieces = (column: SmartColumn, text: string): string[] => (column.wrap ? text.split('\n').map(safe) : [safe(text)])

function widths(table: SmartTable, texts: readonly (readonly string[][])[]): number[] {
  const { columns, terminal } = table
  const least = columns.map((c) => Math.max(1, lengthOf(c.name)))
  const longest = columns.map((_, i) => Math.max(0, ...texts.map((row) => Math.max(0, ...(row[i] ?? []).map(lengthOf)))))
  const width = columns.map((c, i) => {
    const own = longest[i] ?? 0
    const min = least[i] ?? 1
    if (own < min) return min
    return c.hint >= 1 && own < c.hint && min < c.hint ? c.hint : own
  })
  if (terminal === undefined) return width
  const total = (): number => width.reduce((a, b) => a + b, 0) + columns.length - 1
  const cut = (may: (c: SmartColumn, i: number) => boolean): void => {
    for (let changed = true; changed && total() > terminal; ) {
      changed = false
      for (const [i, c] of columns.entries()) {
        if (total() <= terminal) return
        if ((width[i] ?? 0) <= (least[i] ?? 1) || !may(c, i)) continue
        width[i] = (width[i] ?? 0) - 1
        changed = true
      }
    }
  }
  cut((c, i) => c.trunc !== undefined && c.hint > 0 && c.hint < 1 && (width[i] ?? 0) >= Math.floor(c.hint * terminal))
  cut((c) => c.trunc !== undefined)
  cut((c) => c.hint > 0 && c.hint < 1)
  return width
}

function human(table: SmartTable): string {
  const { columns } = table
  const rows = flatten(table)
  const hasTree = columns.some((c) => c.tree)
  const texts = rows.map(({ line, art }) => columns.map((c, i) => pieces(c, (hasTree && c.tree ? art : '') + (line.cells[i] ?? ''))))
  const width = widths(table, texts)
  const render = (cells: readonly string[]): string =>
    cells.map((text, i) => {
      const column = columns[i]
      const w = width[i] ?? 0
      const shown = column?.trunc && lengthOf(text) > w ? [...text].slice(0, w).join('') : text
      const missing = ' '.repeat(Math.max(0, w - lengthOf(shown)))
      if (shown !== '' && column?.right) return missing + shown
      return i === columns.length - 1 ? shown : shown + missing
    }).join(' ')
  const out: string[] = []
  if (table.headings === 'shown') out.push(render(columns.map((_, i) => nameOf(table, i))))
  for (const cells of texts) {
    const height = Math.max(1, ...cells.map((parts) => parts.length))
    for (let k = 0; k < height; k++) out.push(render(cells.map((parts) => parts[k] ?? '')))
  }
  return out.map((l) => `${l}\n`).join('')
}

function json(table: SmartTable): string {
  const { columns } = table
  const object = (line: SmartLine, depth: number): string => {
    const pad = ' '.repeat(depth)
    const fields = columns.map((c, i) => {
      const value = line.cells[i]
      const text = value === undefined || value === '' ? 'null' : c.json === 'number' ? value : c.json === 'boolean' ? String(!/^(0|N|n)/.test(value)) : c.json === 'list' ? `[\n${value.split('\n').map((one) => `${pad}       ${JSON.stringify(one)}`).join(',\n')}\n${pad}   ]` : JSON.stringify(value)
      return `${pad}   "${c.name.toLowerCase()}": ${text}`
    })
    if (line.children.length > 0) fields.push(`${pad}   "children": [\n${pad}      ${line.children.map((child) => object(child, depth + 6)).join(',')}\n${pad}   ]`)
    return `{\n${fields.join(',\n')}\n${pad}}`
  }
  return `{\n   "${table.name}": [\n      ${table.lines.map((line) => object(line, 6)).join(',')}\n   ]\n}\n`
}

const shellName = (name: string): string => name.replace(/[^A-Za-z0-9_]/g, (c) => (c === '%' ? '_PCT' : '_'))

const nameOf = ({ columns, shellNames }: SmartTable, i: number): string => (shellNames ? shellName(columns[i]?.name ?? '') : (columns[i]?.name ?? ''))

export function printTable(table: SmartTable): string {
  if (table.lines.length === 0) return table.form === 'json' ? `{\n   "${table.name}": [\n\n   ]\n}\n` : ''
  if (table.form === 'json') return json(table)
  if (table.form === 'human') return human(table)
  const rows = flatten(table)
  const hasTree = table.columns.some((c) => c.tree)
  const cells = (show: (text: string) => string, drawn: (art: string) => string): string[][] =>
    rows.map(({ line, art }) => table.columns.map((c, i) => (hasTree && c.tree ? drawn(art) : '') + show(line.cells[i] ?? '')))
  if (table.form === 'pairs') return cells(quoted, quoted).map((row) => `${row.map((v, i) => `${nameOf(table, i)}="${v}"`).join(' ')}\n`).join('')
  const head = table.headings === 'shown' ? [table.columns.map((_, i) => rawSafe(nameOf(table, i)))] : []
  return [...head, ...cells(rawSafe, rawArt)].map((row) => `${row.join(' ')}\n`).join('')
}

/** `-o` of a tool: names replace the columns that are shown at first, `+NAME` adds to them. The first unknown name otherwise. */
export function chosenColumns<T extends string>(text: string | undefined, known: readonly T[], defaults: readonly T[]): readonly T[] | { readonly unknown: string } {
  if (text === undefined) return defaults
  const added = text.startsWith('+')
  const chosen: T[] = []
  for (const word of (added ? text.slice(1) : text).split(',')) {
    const found = known.find((name) => name.toLowerCase() === word.toLowerCase())
    if (found === undefined) return { unknown: word }
    chosen.push(found)
  }
  return added ? [...defaults, ...chosen] : chosen
}
