/** lsns(8) of util-linux 2.38.1. Recording: query/namespaces. */
import { lateClosestream } from '../../closeout'
import type { Run } from '../../../kernel/run'
import { command } from '../command'
import type { Options } from '../../options'
import type { Given } from '../../options/parse'
import type { Io } from '../../program'
import { readNames, readText } from '../../procps/processes'
import { excluded } from '../exclusive'
import { chosenColumns, printTable, type SmartColumn, type SmartLine, symbolsFor, terminalWidth } from '../smartcols'
import { HELP } from './help'
import { addMissing, type Holder, type NamespaceEntry, readNamespaces, TYPES, type Type } from './namespaces'

const COLUMNS: Readonly<Record<string, SmartColumn>> = {
  NS: { name: 'NS', hint: 10, right: 'right', json: 'number' },
  TYPE: { name: 'TYPE', hint: 5 },
  PATH: { name: 'PATH', hint: 0 },
  NPROCS: { name: 'NPROCS', hint: 5, right: 'right', json: 'number' },
  PID: { name: 'PID', hint: 5, right: 'right', json: 'number' },
  PPID: { name: 'PPID', hint: 5, right: 'right', json: 'number' },
  COMMAND: { name: 'COMMAND', hint: 0, trunc: 'trunc' },
  UID: { name: 'UID', hint: 0, right: 'right', json: 'number' },
  USER: { name: 'USER', hint: 0 },
  NETNSID: { name: 'NETNSID', hint: 0, right: 'right' },
  NSFS: { name: 'NSFS', hint: 0, wrap: 'wrap' },
  PNS: { name: 'PNS', hint: 10, right: 'right', json: 'number' },
  ONS: { name: 'ONS', hint: 10, right: 'right', json: 'number' },
}
const NAMES = Object.keys(COLUMNS)

interface Look {
  readonly users: ReadonlyMap<number, string>
  /** Mount points of a namespace's file. */
  readonly nsfs: (entry: NamespaceEntry) => string
  readonly netnsid: (holder: Holder, id: number) => string
}

function* readNsfs(io: Io): Run<Map<string, string[]>> {
  const found = new Map<string, string[]>()
  for (const line of ((yield* readText(io.sys, '/proc/self/mountinfo')) ?? '').split('\n')) {
    const [, , , root = '', target = ''] = line.split(' ')
    if (!line.includes(' - nsfs ')) continue
    const list = found.get(root) ?? []
    if (!list.includes(target)) list.push(target)
    found.set(root, list)
  }
  return found
}

function cell(name: string, entry: NamespaceEntry, holder: Holder | undefined, look: Look): string | undefined {
  switch (name) {
    case 'NS':
      return String(entry.id)
    case 'TYPE':
      return entry.type
    case 'PATH':
      return holder && `/proc/${holder.pid}/ns/${entry.type}`
    case 'NPROCS':
      return String(entry.holders.length)
    case 'PID':
      return holder && String(holder.pid)
    case 'PPID':
      return holder && String(holder.ppid)
    case 'COMMAND':
      return holder?.command
    case 'UID':
      return String(holder?.uid ?? 0)
    case 'USER':
      return look.users.get(holder?.uid ?? 0) ?? String(holder?.uid ?? 0)
    case 'NETNSID':
      return holder && entry.type === 'net' ? look.netnsid(holder, entry.id) : undefined
    case 'NSFS':
      return look.nsfs(entry)
    case 'PNS':
      return String(entry.parent ?? 0)
    default:
      return String(entry.owner ?? 0)
  }
}

type Tree = 'none' | 'owner' | 'parent' | 'process'

/** Lines that come to stand below other lines, which are made first. */
class Outline {
  readonly roots: SmartLine[] = []
  private readonly byNamespace = new Map<NamespaceEntry, SmartLine>()
  /** The last line of a process: its children's lines stand below that. */
  private readonly byHolder = new Map<number, SmartLine>()
  private readonly tree: Tree
  private readonly names: readonly string[]
  private readonly look: Look
  private readonly entries: ReadonlyMap<number, NamespaceEntry>
  private readonly holders: ReadonlyMap<number, Holder>
  constructor(tree: Tree, names: readonly string[], look: Look, read: { entries: ReadonlyMap<number, NamespaceEntry>; holders: ReadonlyMap<number, Holder> }) {
    this.tree = tree
    this.names = names
    this.look = look
    this.entries = read.entries
    this.holders = read.holders
  }
  private add(entry: NamespaceEntry, holder: Holder | undefined): void {
    const line: SmartLine = { cells: this.names.map((name) => cell(name, entry, holder, this.look)), children: [] }
    const above = this.tree === 'process' ? holder && this.byHolder.get(holder.ppid)
      : this.tree === 'none' ? undefined : this.byNamespace.get(this.entries.get((this.tree === 'owner' ? entry.owner : entry.parent) ?? 0) ?? entry)
    ;(above?.children ?? this.roots).push(line)
    if (this.tree === 'owner' || this.tree === 'parent') this.byNamespace.set(entry, line)
    else if (holder) this.byHolder.set(holder.pid, line)
  }
  namespace(entry: NamespaceEntry): void {
    if (this.byNamespace.has(entry)) return
    const owner = this.entries.get(entry.owner ?? 0)
    const parent = this.entries.get(entry.parent ?? 0)
    const first = this.tree === 'owner' ? owner : this.tree === 'parent' ? (parent ?? owner) : undefined
    if (first && first !== entry) this.namespace(first)
    this.add(entry, entry.holders[0])
  }
  process(entry: NamespaceEntry, holder: Holder): void {
    if (this.byHolder.has(holder.pid)) return
    const parent = this.holders.get(holder.ppid)
    if (this.tree === 'process' && parent && parent.namespaces.get(entry.type) === entry.id) this.process(entry, parent)
    this.add(entry, holder)
  }
}

const treeName = (value: string | undefined): string => (value ?? 'owner').replace(/^=/, '')
const TREES = ['owner', 'parent', 'process'] as const

/** The last one asked for. */
function treeOf(options: Options, withDefault: boolean): Tree {
  const asked = options.given.findLast((g) => g.name === 'tree')
  if (asked) return TREES.find((t) => t === treeName(asked.value)) ?? 'owner'
  return withDefault && !options.has('list') ? 'process' : 'none'
}

const numeric = (text: string): boolean => /^\s*[+-]?\d+$/.test(text)

/** What is wrong with one option. */
function fault({ name, value = '' }: Given): string | undefined {
  if (name === 'type' && !TYPES.some((t) => t === value)) return `unknown namespace type: ${value}`
  if (name === 'task' && !numeric(value)) return `invalid PID argument: '${value}'`
  if (name === 'tree' && value !== '' && !TREES.some((t) => t === treeName(value))) return `unknown tree type: ${treeName(value)}`
  return undefined
}

export default command({
  unwritten: lateClosestream,
  help: HELP,
  hidden: '  -T, --tree[=<rel>]\n  -t, --type <name>\n  -p, --task <pid>\n  -o, --output <list>',
  version: 'lsns from util-linux 2.38.1\n',
  check: (option, before) => excluded(option, before, [['json', 'raw']]) ?? fault(option),
  summary: 'list namespaces',
  *run(io, options) {
    const { sys } = io
    const fail = (message: string): never => {
      io.err(`lsns: ${message}\n`)
      return io.exit(1)
    }
    const types = options.values('type')
    const wanted: Type[] = types.flatMap((name) => TYPES.find((t) => t === name) ?? [])
    const task = options.value('task')
    const [only] = options.operands
    if (only !== undefined && options.has('task')) fail('--task is mutually exclusive with <namespace>')
    if (only !== undefined && !/^\d+$/.test(only)) fail(`invalid namespace argument: '${only}'`)
    const all = options.has('output-all')
    const defaults = all ? NAMES : only !== undefined ? ['PID', 'PPID', 'USER', 'COMMAND'] : ['NS', 'TYPE', 'NPROCS', 'PID', 'USER', ...(types.includes('net') ? ['NETNSID', 'NSFS'] : []), 'COMMAND']
    const tree = treeOf(options, !all || only !== undefined)
    const names = chosenColumns(options.value('output'), NAMES, defaults)
    if ('unknown' in names) return fail(`unknown column: ${names.unknown}`)
    const read = yield* readNamespaces(sys, wanted.length > 0 ? TYPES.filter((t) => wanted.includes(t)) : TYPES)
    const entries = tree === 'owner' || tree === 'parent' ? addMissing(read.entries, tree) : read.entries
    const mounted = names.includes('NSFS') ? yield* readNsfs(io) : new Map<string, string[]>()
    const own = sys.stat('/proc/self/ns/net').ino
    const raw = options.has('raw')
    const look: Look = {
      users: yield* readNames(sys, '/etc/passwd'),
      nsfs: (entry) => (mounted.get(`${entry.type}:[${entry.id}]`) ?? []).join(raw || options.has('nowrap') ? ',' : '\n'),
      netnsid: (holder, id) => {
        const nsid = id === own ? undefined : sys.net.netnsId({ pid: holder.pid })
        return nsid === undefined ? 'unassigned' : String(nsid)
      },
    }
    const outline = new Outline(tree, names, look, { entries, holders: read.holders })
    if (only !== undefined) {
      const entry = entries.get(Number(only))
      if (!entry) return fail(`not found namespace: ${only}`)
      for (const holder of entry.holders) outline.process(entry, holder)
    } else
      for (const entry of entries.values()) if (task === undefined || Number(task) === 0 || entry.holders.some((h) => h.pid === Number(task))) outline.namespace(entry)
    const adjust = (c: SmartColumn): SmartColumn => {
      const { trunc, wrap, right, ...rest } = c
      const inTree = (tree === 'process' && c.name === 'COMMAND') || ((tree === 'owner' || tree === 'parent') && c.name === 'NS')
      return {
        ...rest, ...(trunc && !options.has('notruncate') ? { trunc } : {}), ...(wrap && !raw && !options.has('nowrap') ? { wrap } : {}),
        ...(right && !(inTree && c.name === 'NS') ? { right } : {}), ...(inTree ? { tree: 'tree' as const } : {}),
      }
    }
    io.out(printTable({
      name: 'namespaces', columns: names.map((name) => adjust(COLUMNS[name] ?? { name, hint: 0 })), lines: outline.roots, form: raw ? 'raw' : options.has('json') ? 'json' : 'human',
      headings: options.has('noheadings') ? 'hidden' : 'shown', symbols: symbolsFor(sys.env), terminal: terminalWidth(sys),
    }))
    return 0
  },
})
