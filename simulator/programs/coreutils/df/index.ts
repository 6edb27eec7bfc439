/** df(1) of coreutils 9.1: the mounts of /proc/self/mountinfo with the figures of statfs(2), as columns of a table. */
import { isErrno } from '../../../kernel/errno'
import type { StatFs } from '../../../kernel/sys'
import type { Io } from '../../program'
import { command, fail, type Options, wrongCall } from '../command'
import { locale, reason, shown } from '../files'
import { type MountEntry, mountPointOf, mounts } from '../mounts'
import { type BlockSize, blocksHeader, HUMAN, inBlocks, parseBlockSize, SI } from '../numbers'
import { characters } from '../quoting'
import { HELP, VERSION } from './help'

interface Row {
  readonly source: string
  readonly type: string
  readonly target: string
  readonly file: string
  /** Null where the file system does not say. */
  readonly figures: Figures | null
}

interface Figures {
  readonly total: number
  readonly used: number
  readonly available: number
  readonly files: number
  readonly filesUsed: number
  readonly filesFree: number
}

interface Column {
  readonly header: (unit: BlockSize, mode: Mode) => string
  readonly least: number
  readonly side: 'left' | 'right'
  readonly show: (row: Row, unit: BlockSize) => string
}

type Mode = 'default' | 'human' | 'posix' | 'inodes' | 'output'

const size = (pick: (f: Figures) => number) => (row: Row, unit: BlockSize): string => (row.figures ? inBlocks(pick(row.figures), unit) : '-')
const files = (pick: (f: Figures) => number) => (row: Row, unit: BlockSize): string => (row.figures ? (unit.human ? inBlocks(pick(row.figures), unit) : String(pick(row.figures))) : '-')
const percent = (used: (f: Figures) => number, free: (f: Figures) => number) => ({ figures }: Row): string => {
  if (!figures) return '-'
  const [u, f] = [used(figures), free(figures)]
  return u + f === 0 ? '-' : `${Math.ceil((u * 100) / (u + f))}%`
}

const COLUMNS: { readonly [field: string]: Column } = {
  source: { header: () => 'Filesystem', least: 14, side: 'left', show: (r) => r.source },
  fstype: { header: () => 'Type', least: 4, side: 'left', show: (r) => r.type },
  itotal: { header: () => 'Inodes', least: 5, side: 'right', show: files((f) => f.files) },
  iused: { header: () => 'IUsed', least: 5, side: 'right', show: files((f) => f.filesUsed) },
  iavail: { header: () => 'IFree', least: 5, side: 'right', show: files((f) => f.filesFree) },
  ipcent: { header: () => 'IUse%', least: 4, side: 'right', show: percent((f) => f.filesUsed, (f) => f.filesFree) },
  size: { header: (unit, mode) => (unit.human ? 'Size' : mode === 'posix' ? `${unit.size}-blocks` : blocksHeader(unit)), least: 5, side: 'right', show: size((f) => f.total) },
  used: { header: () => 'Used', least: 5, side: 'right', show: size((f) => f.used) },
  avail: { header: (_unit, mode) => (mode === 'human' || mode === 'output' ? 'Avail' : 'Available'), least: 5, side: 'right', show: size((f) => f.available) },
  pcent: { header: (_unit, mode) => (mode === 'posix' ? 'Capacity' : 'Use%'), least: 4, side: 'right', show: percent((f) => f.used, (f) => f.available) },
  file: { header: () => 'File', least: 0, side: 'left', show: (r) => r.file },
  target: { header: () => 'Mounted on', least: 0, side: 'left', show: (r) => r.target },
}
const KIB: BlockSize = { size: 1024, suffix: '', human: undefined }
const ALL_FIELDS = ['source', 'fstype', 'itotal', 'iused', 'iavail', 'ipcent', 'size', 'used', 'avail', 'pcent', 'file', 'target']
/** Types that hold no files of their own (gnulib's mountlist). */
const DUMMIES = new Set(['autofs', 'proc', 'subfs', 'debugfs', 'devpts', 'fusectl', 'fuse.portal', 'mqueue', 'rpc_pipefs', 'sysfs', 'devfs', 'kernfs', 'ignore'])

export default command({
  summary: 'report file system space usage',
  help: HELP, version: VERSION, hidden: '  --output[=FIELD_LIST]\n  -m\n',
  *run(io, options) {
    const variable = io.env('DF_BLOCK_SIZE') ?? io.env('BLOCK_SIZE')
    let unit: BlockSize = (variable === undefined ? undefined : parseBlockSize(variable)) ?? KIB
    for (const { name, value } of options.given) {
      if (name === 'human-readable') unit = HUMAN
      if (name === 'si') unit = SI
      if (name === 'k') unit = KIB
      if (name === 'm') unit = { size: 1048576, suffix: '', human: undefined }
      if (name === 'block-size') {
        const found = parseBlockSize(value ?? '')
        if (!found) return fail(io, `invalid -B argument '${value ?? ''}'`)
        unit = found
      }
    }
    const output = options.given.find((g) => g.name === 'output')
    if (output) {
      for (const [letter, name] of [['i', '-i'], ['P', '-P'], ['T', '-T']] as const) {
        if (options.has(letter)) return wrongCall(io, `options ${name} and --output are mutually exclusive`)
      }
    }
    const mode: Mode = output ? 'output' : options.has('i') ? 'inodes' : options.has('P') ? 'posix' : unit.human ? 'human' : 'default'
    const fields = fieldsOf(io, options, mode)
    for (const type of options.values('t')) if (options.values('x').includes(type)) return fail(io, `file system type ${locale(io, type)} both selected and excluded`)
    const entries = yield* mounts(io.sys)
    let status = 0
    const rows: Row[] = []
    const chosen = (type: string): boolean => (!options.has('t') || options.values('t').includes(type)) && !options.values('x').includes(type)
    if (options.operands.length > 0) {
      for (const path of options.operands) {
        try {
          io.sys.stat(path)
          const point = yield* mountPointOf(io.sys, path)
          const entry = entries.findLast((e) => e.point === point)
          if (entry && chosen(entry.type)) rows.push(row(io, entry, path))
        } catch (error) {
          io.err(`${io.name}: ${shown(path)}: ${reason(error)}\n`)
          status = 1
        }
      }
    } else {
      const all = options.has('a')
      for (const entry of all ? entries : distinct(io, entries)) {
        if (!chosen(entry.type) || (!all && DUMMIES.has(entry.type))) continue
        const made = row(io, entry, '-')
        if (all || (made.figures?.total ?? 0) > 0) rows.push(made)
      }
    }
    if (rows.length === 0) {
      if (status === 0) io.err(`${io.name}: no file systems processed\n`)
      return 1
    }
    if (options.has('total')) rows.push(totalOf(rows))
    print(io, rows, fields, unit, mode)
    return status
  },
})

function fieldsOf(io: Io, options: Options, mode: Mode): string[] {
  const output = options.given.filter((g) => g.name === 'output')
  if (mode === 'output') {
    const list = output.flatMap((g) => (g.value === undefined ? ALL_FIELDS : g.value.split(',')))
    for (const [i, field] of list.entries()) {
      if (!Object.hasOwn(COLUMNS, field)) return wrongCall(io, `option --output: field ${locale(io, field)} unknown`)
      if (list.indexOf(field) < i) return wrongCall(io, `option --output: field ${locale(io, field)} used more than once`)
    }
    return list
  }
  const figures = mode === 'inodes' ? ['itotal', 'iused', 'iavail', 'ipcent'] : ['size', 'used', 'avail', 'pcent']
  return ['source', ...(options.has('T') ? ['fstype'] : []), ...figures, 'target']
}

/** A file system that is mounted several times counts once: where it is mounted nearest to the root. */
function distinct(io: Io, entries: readonly MountEntry[]): MountEntry[] {
  const kept = new Map<string, MountEntry>()
  for (const entry of entries) {
    let key = entry.device
    try {
      key = String(io.sys.stat(entry.point).dev)
    } catch (error) {
      reason(error)
    }
    const seen = kept.get(key)
    const nearer = seen !== undefined && seen.point.length > entry.point.length
    const deeper = seen !== undefined && seen.root.length < entry.root.length
    if (!seen || (entry.source.includes('/') && !seen.source.includes('/')) || (nearer && !deeper) || (seen.source !== entry.source && seen.point === entry.point)) kept.set(key, entry)
  }
  return [...kept.values()]
}

function row(io: Io, entry: MountEntry, file: string): Row {
  const base = { source: entry.source, type: entry.type, target: entry.point, file }
  let fs: StatFs
  try {
    fs = io.sys.statfs(entry.point)
  } catch (error) {
    if (!isErrno(error)) throw error
    return { ...base, figures: null }
  }
  const block = fs.blockSize
  return {
    ...base,
    figures: { total: fs.blocks * block, used: (fs.blocks - fs.free) * block, available: fs.available * block, files: fs.files, filesUsed: fs.files - fs.filesFree, filesFree: fs.filesFree },
  }
}

function totalOf(rows: readonly Row[]): Row {
  const sum = (pick: (f: Figures) => number): number => rows.reduce((total, { figures }) => total + (figures ? pick(figures) : 0), 0)
  return {
    source: 'total', type: '-', target: '-', file: '-',
    figures: { total: sum((f) => f.total), used: sum((f) => f.used), available: sum((f) => f.available), files: sum((f) => f.files), filesUsed: sum((f) => f.filesUsed), filesFree: sum((f) => f.filesFree) },
  }
}

function print(io: Io, rows: readonly Row[], fields: readonly string[], unit: BlockSize, mode: Mode): void {
  const columns = fields.flatMap((field) => COLUMNS[field] ?? [])
  const lines = [columns.map((c) => c.header(unit, mode)), ...rows.map((r) => columns.map((c) => c.show(r, unit).replace(/[\0-\x1f\x7f]/g, '?')))]
  const length = (text: string): number => characters(text).length
  const widths = columns.map((c, i) => Math.max(c.least, ...lines.map((line) => length(line[i] ?? ''))))
  for (const line of lines) {
    const cells = columns.map((c, i) => {
      const text = line[i] ?? ''
      const blanks = ' '.repeat(Math.max(0, (widths[i] ?? 0) - length(text)))
      return c.side === 'right' ? blanks + text : i === columns.length - 1 ? text : text + blanks
    })
    io.out(`${cells.join(' ')}\n`)
  }
}

