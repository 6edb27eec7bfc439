/** findmnt(8) of util-linux 2.38.1. Watching (--poll) and checking (--verify) are not simulated. Recording: query/namespaces. */
import { lateClosestream } from '../../closeout'
import { isErrno } from '../../../kernel/errno'
import type { StatFs, Sys } from '../../../kernel/sys'
import { command } from '../command'
import type { Given } from '../../options/parse'
import { excluded } from '../exclusive'
import { humanSize, isPseudo, matchesOptions, matchesType, type MountEntry, propagationOf, readMounts, readTable } from '../mounts'
import { chosenColumns, printTable, type SmartColumn, type SmartLine, symbolsFor, terminalWidth } from '../smartcols'
import { HELP } from './help'

const COLUMNS: Readonly<Record<string, SmartColumn>> = {
  ACTION: { name: 'ACTION', hint: 10 },
  AVAIL: { name: 'AVAIL', hint: 5, right: 'right' },
  FREQ: { name: 'FREQ', hint: 1, right: 'right', json: 'number' },
  FSROOT: { name: 'FSROOT', hint: 0.25, noExtremes: 'no-extremes' },
  FSTYPE: { name: 'FSTYPE', hint: 0.1, trunc: 'trunc' },
  'FS-OPTIONS': { name: 'FS-OPTIONS', hint: 0.1, trunc: 'trunc' },
  ID: { name: 'ID', hint: 2, right: 'right', json: 'number' },
  LABEL: { name: 'LABEL', hint: 0.1 },
  'MAJ:MIN': { name: 'MAJ:MIN', hint: 6 },
  'OLD-OPTIONS': { name: 'OLD-OPTIONS', hint: 0.1, trunc: 'trunc' },
  'OLD-TARGET': { name: 'OLD-TARGET', hint: 0.3 },
  OPTIONS: { name: 'OPTIONS', hint: 0.1, trunc: 'trunc' },
  'OPT-FIELDS': { name: 'OPT-FIELDS', hint: 0.1, trunc: 'trunc' },
  PARENT: { name: 'PARENT', hint: 2, right: 'right', json: 'number' },
  PARTLABEL: { name: 'PARTLABEL', hint: 0.1 },
  PARTUUID: { name: 'PARTUUID', hint: 36 },
  PASSNO: { name: 'PASSNO', hint: 1, right: 'right', json: 'number' },
  PROPAGATION: { name: 'PROPAGATION', hint: 0.1 },
  SIZE: { name: 'SIZE', hint: 5, right: 'right' },
  SOURCE: { name: 'SOURCE', hint: 0.25, noExtremes: 'no-extremes' },
  SOURCES: { name: 'SOURCES', hint: 0.25, wrap: 'wrap', json: 'list' },
  TARGET: { name: 'TARGET', hint: 0.3, noExtremes: 'no-extremes' },
  TID: { name: 'TID', hint: 4, right: 'right', json: 'number' },
  USED: { name: 'USED', hint: 5, right: 'right' },
  'USE%': { name: 'USE%', hint: 3, right: 'right' },
  UUID: { name: 'UUID', hint: 36 },
  'VFS-OPTIONS': { name: 'VFS-OPTIONS', hint: 0.2, trunc: 'trunc' },
}
const NAMES = Object.keys(COLUMNS)
const DF = ['SOURCE', 'FSTYPE', 'SIZE', 'USED', 'AVAIL', 'USE%', 'TARGET']

interface Look {
  readonly sys: Sys
  readonly roots: 'shown' | 'hidden'
  readonly sizes: 'human' | 'bytes'
  /** `253:0` as it is read by machines, or in columns. */
  readonly numbers: 'plain' | 'padded'
  /** Whose mounts are shown. */
  readonly task: number | undefined
}

function room(sys: Sys, target: string): StatFs | undefined {
  try {
    return sys.statfs(target)
  } catch (error) {
    if (!isErrno(error)) throw error
    return undefined
  }
}

function cell(name: string, m: MountEntry, look: Look): string | undefined {
  const size = (blocks: (f: StatFs) => number): string | undefined => {
    const f = room(look.sys, m.target)
    if (!f) return undefined
    const bytes = blocks(f) * f.blockSize
    return look.sizes === 'bytes' ? String(bytes) : bytes === 0 ? '0' : humanSize(bytes)
  }
  switch (name) {
    case 'TARGET':
      return m.target
    case 'SOURCE':
    case 'SOURCES':
      return m.root !== '/' && look.roots === 'shown' ? `${m.source}[${m.root}]` : m.source
    case 'FSTYPE':
      return m.type
    case 'OPTIONS':
      return m.options
    case 'VFS-OPTIONS':
      return m.vfsOptions
    case 'FS-OPTIONS':
      return m.fsOptions
    case 'OPT-FIELDS':
      return m.optional
    case 'ID':
      return m.id > 0 ? String(m.id) : undefined
    case 'PARENT':
      return m.parent > 0 ? String(m.parent) : undefined
    case 'MAJ:MIN':
      return look.numbers === 'plain' ? m.device : m.device.replace(/^(\d+):(\d+)$/, (_, major: string, minor: string) => `${major.padStart(3)}:${minor.padEnd(3)}`)
    case 'FSROOT':
      return m.root
    case 'PROPAGATION':
      return m.id > 0 ? propagationOf(m) : undefined
    case 'FREQ':
      return m.id > 0 ? undefined : m.freq
    case 'PASSNO':
      return m.id > 0 ? undefined : m.pass
    case 'TID':
      return look.task === undefined ? undefined : String(look.task)
    case 'SIZE':
      return size((f) => f.blocks)
    case 'USED':
      return size((f) => f.blocks - f.free)
    case 'AVAIL':
      return size((f) => f.available)
    case 'USE%': {
      const f = room(look.sys, m.target)
      if (!f) return undefined
      return f.blocks === 0 ? '-' : `${Math.round(((f.blocks - f.free) / f.blocks) * 100)}%`
    }
    default:
      return undefined
  }
}

/** What it is asked for is found by its canonical path. */
function canonical(sys: Sys, path: string): string {
  try {
    return sys.realpath(path)
  } catch (error) {
    if (!isErrno(error)) throw error
    return path
  }
}

/** The mount that a file lies in: the longest target that its path begins with, the last of those mounted there. */
function holding(all: readonly MountEntry[], path: string): MountEntry | undefined {
  let found: MountEntry | undefined
  for (const m of all) {
    const inside = path === m.target || path.startsWith(m.target === '/' ? '/' : `${m.target}/`)
    if (inside && m.target.length >= (found?.target.length ?? 0)) found = m
  }
  return found
}

/** These show a list. */
const FLAT = ['mtab', 'list', 'raw', 'pairs', 'df']

const EXCLUSIVE = [
  ['nocanonicalize', 'canonicalize'], ['nocanonicalize', 'evaluate'], ['json', 'pairs', 'raw', 'verify'], ['mountpoint', 'target'], ['task', 'kernel', 'mtab', 'fstab'], ['pairs', 'list', 'raw', 'verify'],
  ['poll', 'verify'], ['mtab', 'poll', 'fstab'], ['pseudo', 'real'],
]

/** What is wrong with one option. */
function fault({ name, value = '' }: Given): string | undefined {
  if (name === 'direction' && value !== 'forward' && value !== 'backward') return `unknown direction '${value}'`
  if (name === 'task' && !/^\s*[+-]?\d+$/.test(value)) return `invalid TID argument: '${value}'`
  return undefined
}

export default command({
  unwritten: lateClosestream,
  help: HELP,
  hidden: '  -p, --poll[=<list>]\n  -F, --tab-file <path>\n  -d, --direction <word>\n  -N, --task <tid>\n  -O, --options <list>\n  -o, --output <list>\n  -S, --source <string>\n  -T, --target <path>\n  -t, --types <list>\n  -w, --timeout <num>\n  -M, --mountpoint <dir>',
  version: 'findmnt from util-linux 2.38.1\n',
  paths: ['/bin/findmnt'],
  check: (option, before) => excluded(option, before, EXCLUSIVE) ?? fault(option),
  summary: 'find a filesystem',
  *run(io, options) {
    const { sys } = io
    const fail = (message: string): never => {
      io.err(`findmnt: ${message}\n`)
      return io.exit(1)
    }
    if (['poll', 'verify', 'vfs-all'].some((name) => options.has(name))) {
      io.err('findmnt: not simulated in this lab\n')
      return 125
    }
    const direction = options.value('direction')
    const names = chosenColumns(options.value('output'), NAMES, options.has('output-all') ? NAMES.filter((n) => !/^(ACTION|OLD-)/.test(n)) : options.has('df') ? DF : ['TARGET', 'SOURCE', 'FSTYPE', 'OPTIONS'])
    if ('unknown' in names) return fail(`unknown column: ${names.unknown}`)
    const polled = names.find((n) => /^(ACTION|OLD-)/.test(n))
    if (polled !== undefined) fail(`${polled} column is requested, but --poll is not enabled`)
    const [first, second] = options.operands
    let source = options.value('source')
    const strict = options.value('mountpoint')
    let target = strict ?? options.value('target')
    if (first !== undefined && (source !== undefined || target !== undefined)) fail("options --target and --source can't be used together with command line element that is not an option")
    // One word may be either.
    const either = first !== undefined && second === undefined ? first : undefined
    if (first !== undefined && second !== undefined) {
      source = first
      target = second
    }
    const task = options.value('task')
    const fstab = options.has('fstab')
    const file = options.value('tab-file')
    const kernel = task !== undefined ? `/proc/${Number(task)}/mountinfo` : file === undefined && !fstab ? '/proc/self/mountinfo' : undefined
    let read: MountEntry[] | undefined
    if (kernel === undefined) read = yield* readTable(sys, file ?? '/etc/fstab')
    else {
      try {
        sys.stat(kernel)
      } catch (error) {
        if (!isErrno(error)) throw error
        fail(`can't read ${kernel}: ${error.message}`)
      }
      read = yield* readMounts(sys, kernel)
    }
    if (!read || read.length === 0) return 1
    let all = direction === 'backward' ? [...read].reverse() : [...read]
    if (options.has('uniq')) all = all.filter((m) => read.findLast((other) => other.target === m.target) === m)
    const inverted = options.has('invert')
    const types = options.value('types')
    const wantedOptions = options.value('options')
    const shadowed = (m: MountEntry): boolean => read.some((other) => other.parent === m.id && other.target === m.target)
    const plainMatch = (m: MountEntry): boolean =>
      (types === undefined || matchesType(m.type, types)) && (wantedOptions === undefined || matchesOptions(m.options, wantedOptions)) &&
      !(options.has('df') && !options.has('all') && !m.type.includes('tmpfs') && isPseudo(m.type)) && !(options.has('real') && isPseudo(m.type)) &&
      !(options.has('pseudo') && !isPseudo(m.type)) && !(options.has('shadowed') && !shadowed(m))
    const bySource = (m: MountEntry, word: string): boolean => m.source === word || m.source === canonical(sys, word) || m.device === word
    const byTarget = (m: MountEntry, word: string): boolean => m.target === word || m.target === canonical(sys, word)
    const named = (m: MountEntry): boolean => (source === undefined || bySource(m, source)) && (target === undefined || byTarget(m, target))
    const match = (m: MountEntry): boolean => (plainMatch(m) && named(m)) !== inverted
    let found: MountEntry[]
    if (either !== undefined) {
      found = all.filter((m) => plainMatch(m) && bySource(m, either) !== inverted)
      if (found.length === 0) found = all.filter((m) => plainMatch(m) && byTarget(m, either) !== inverted)
    } else if (target !== undefined && strict === undefined && second === undefined) {
      const holder = holding(read, canonical(sys, target))
      found = all.filter((m) => (m === holder && plainMatch(m) && (source === undefined || bySource(m, source))) !== inverted)
    } else found = all.filter(match)
    // A list of everything asks nothing of its lines.
    const everything = !(types !== undefined || wantedOptions !== undefined || source !== undefined || target !== undefined || either !== undefined || ((options.has('df') || options.has('real') || options.has('pseudo')) && !options.has('all')))
    if (everything && FLAT.some((name) => options.has(name))) found = all
    if (options.has('first-only')) found = found.slice(0, 1)
    const restricted = source !== undefined || target !== undefined || either !== undefined || options.has('first-only')
    const flat = fstab || file !== undefined || FLAT.some((name) => options.has(name))
    const submounts = options.has('submounts') && !(everything && flat)
    const tree = (options.has('tree') && !fstab) || (!flat && (!restricted || submounts))
    const drawn = tree && names.includes('TARGET')
    const look: Look = {
      sys, roots: options.has('nofsroot') ? 'hidden' : 'shown', sizes: options.has('bytes') ? 'bytes' : 'human', numbers: ['json', 'raw', 'pairs'].some((form) => options.has(form)) ? 'plain' : 'padded',
      task: task !== undefined ? Number(task) : kernel === undefined ? undefined : sys.pid,
    }
    const lineOf = (m: MountEntry): SmartLine => ({ cells: names.map((name) => cell(name, m, look)), children: [] })
    const lines: SmartLine[] = []
    if (tree || submounts) {
      const done = new Set<MountEntry>()
      const wanted = new Set(found)
      const children = (m: MountEntry): MountEntry[] => read.filter((c) => c.parent === m.id && c !== m).sort((a, b) => a.id - b.id)
      const visit = (m: MountEntry, above: SmartLine[]): void => {
        if (done.has(m)) return
        done.add(m)
        let below = above
        if (submounts || wanted.has(m)) {
          const line = lineOf(m)
          above.push(line)
          below = drawn ? line.children : above
        }
        for (const child of children(m)) visit(child, below)
      }
      const ids = new Set(read.map((m) => m.id))
      for (const m of submounts ? found : read.filter((m) => !ids.has(m.parent) || m.parent === m.id)) visit(m, lines)
      if (!submounts) for (const m of read) visit(m, lines)
    } else for (const m of found) lines.push(lineOf(m))
    if (lines.length === 0) return tree ? 0 : 1
    const adjust = (c: SmartColumn): SmartColumn => {
      const { trunc, ...rest } = c
      const numeric = options.has('bytes') && ['SIZE', 'AVAIL', 'USED'].includes(c.name)
      return { ...rest, ...(trunc && !options.has('notruncate') ? { trunc } : {}), ...(drawn && c.name === 'TARGET' ? { tree: 'tree' as const } : {}), ...(numeric ? { json: 'number' as const } : {}) }
    }
    io.out(printTable({
      name: 'filesystems', columns: names.map((name) => adjust(COLUMNS[name] ?? { name, hint: 0 })), lines, form: options.has('raw') ? 'raw' : options.has('pairs') ? 'pairs' : options.has('json') ? 'json' : 'human',
      headings: options.has('noheadings') ? 'hidden' : 'shown', symbols: options.has('ascii') ? 'ascii' : symbolsFor(sys.env), terminal: terminalWidth(sys),
      ...(options.has('shell') ? { shellNames: 'shell' as const } : {}),
    }))
    return 0
  },
})
