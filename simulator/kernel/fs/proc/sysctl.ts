/**
 * /proc/sys (sysctl(8), admin-guide/sysctl): tables of names with their first values, which are kept where they belong: with the machine, or
 * with the reader's namespace. A line is `name[:letters] value [min max]`. Letters: r read only, w write only, p for root only, a written by
 * all, 1 in the machine's first network namespace only. `|` stands for a new line.
 */
import { Errno } from '../../errno'
import { type Entry, type FileEntry, type FolderEntry, line, type Look, systemFile } from './entry'

interface Setting {
  readonly name: string
  readonly mode: number
  readonly initial: string
  readonly range: readonly [min: bigint, max: bigint] | undefined
  readonly firstOnly: boolean
}

const MODES: Readonly<Record<string, number>> = { r: 0o444, w: 0o200, p: 0o600, a: 0o666 }

export function parseTable(text: string): Setting[] {
  return text.trim().split('\n').map((row) => {
    const [, name = '', letters = '', value = '', min, max] = /^([^ :]+)(?::(\w+))?(?: (.*?))?(?: ?\[(-?\d+) (-?\d+)\])?$/.exec(row) ?? []
    return {
      name, mode: MODES[letters.replace('1', '')] ?? 0o644, firstOnly: letters.includes('1'), initial: value.replaceAll('|', '\n'),
      range: min === undefined || max === undefined ? undefined : [BigInt(min), BigInt(max)],
    }
  })
}

const VALUES = new WeakMap<object, Map<string, string>>()

/** What has been written to settings of a machine or a namespace, by their paths. */
export function written(owner: object): Map<string, string> {
  let found = VALUES.get(owner)
  if (!found) {
    found = new Map()
    VALUES.set(owner, found)
  }
  return found
}

const INTEGER = /^-?(0x[\da-f]+|\d+)$/i
const integer = (word: string): bigint => (word.startsWith('-') ? -BigInt(word.slice(1)) : BigInt(word))
const words = (text: string): string[] => text.split(/\s+/).filter((w) => w !== '')

/** A vector of numbers takes as many as it holds (proc_dointvec_minmax); a string is taken as it is. EINVAL. */
export function accepted(setting: Pick<Setting, 'initial' | 'range'>, before: string, text: string): string {
  const old = words(setting.initial)
  if (setting.range === undefined && (old.length === 0 || !old.every((w) => INTEGER.test(w)))) return text.split('\n')[0] ?? ''
  const size = Math.max(1, old.length)
  const given = words(text).slice(0, size)
  if (given.length === 0 && text.trim() !== '') throw new Errno('EINVAL')
  for (const word of given) {
    if (!INTEGER.test(word)) throw new Errno('EINVAL')
    const value = integer(word)
    if (setting.range && (value < setting.range[0] || value > setting.range[1])) throw new Errno('EINVAL')
    if (!setting.range && size === 1 && old[0] !== undefined && old[0].length < 10 && (value > 2_147_483_647n || value < -2_147_483_648n)) throw new Errno('EINVAL')
  }
  const now = words(before)
  return Array.from({ length: size }, (_, i) => given[i]?.replace(/^0x.*/i, (hex) => String(integer(hex))) ?? now[i] ?? '0').join('\t')
}

/** Modes of /proc/sys hold for root too (proc_sys_permission). */
const strict = (entry: FileEntry<null>): FileEntry<null> => ({ ...entry, modes: 'strict' })

const shown = (value: string): string => (/^-?\d+( -?\d+)+$/.test(value) ? value.replaceAll(' ', '\t') : value)

/** One setting, kept with `owner` under `key`. */
export function stored(setting: Setting, key: string, owner: (look: Look) => object, initial: (look: Look) => string = () => setting.initial): FileEntry<null> {
  return strict(systemFile((look) => line(shown(written(owner(look)).get(key) ?? initial(look))), {
    mode: setting.mode,
    write: (text, look) => {
      const values = written(owner(look))
      values.set(key, accepted(setting, values.get(key) ?? initial(look), text))
    },
  }))
}

type Tree = Map<string, Entry<null> | Tree>

function insert(tree: Tree, path: readonly string[], entry: Entry<null>): void {
  const [name = '', ...rest] = path
  if (rest.length === 0) return void tree.set(name, entry)
  let below = tree.get(name)
  if (!(below instanceof Map)) {
    below = new Map()
    tree.set(name, below)
  }
  insert(below, rest, entry)
}

/** A folder of /proc/sys: what the table tells, and entries of their own by their paths. The table is read when somebody lists the folder or looks for what is in it alone. */
export function sysctlFolder(
  table: () => string,
  { own = {}, owner = ({ kernel }: Look) => kernel, base = '' }: { readonly own?: Readonly<Record<string, Entry<null>>>; readonly owner?: (look: Look) => object; readonly base?: string } = {},
): FolderEntry<null> {
  const entries = Object.entries(own).map(([path, entry]) => [path.split('/'), entry.kind === 'file' ? strict(entry) : entry] as const)
  const insertOwn = (tree: Tree): Tree => {
    for (const [path, entry] of entries) insert(tree, path, entry)
    return tree
  }
  const firstOnly = new Set<Entry<null>>()
  let all: Tree | undefined
  const read = (): Tree => {
    if (all) return all
    const tree: Tree = new Map()
    for (const setting of parseTable(table())) {
      const entry = stored(setting, base + setting.name, owner)
      if (setting.firstOnly) firstOnly.add(entry)
      insert(tree, setting.name.split('/'), entry)
    }
    all = insertOwn(tree)
    return all
  }
  return folderOf(insertOwn(new Map()), read, firstOnly)
}

const below = (tree: Tree, name: string): Tree => {
  const found = tree.get(name)
  return found instanceof Map ? found : new Map()
}

/** `own` is what is known without the whole. */
function folderOf(own: Tree, all: () => Tree, firstOnly: ReadonlySet<Entry<null>>): FolderEntry<null> {
  const made = new Map<string, Entry<null>>()
  const entryOf = (name: string): Entry<null> | undefined => {
    const known = made.get(name)
    if (known) return known
    const found = own.get(name) ?? all().get(name)
    const entry = found instanceof Map ? folderOf(below(own, name), () => below(all(), name), firstOnly) : found
    if (entry) made.set(name, entry)
    return entry
  }
  const find = (name: string, { kernel, viewer }: Look): Entry<null> | undefined => {
    const entry = entryOf(name)
    return entry && firstOnly.has(entry) && viewer.ns.net !== kernel.pidNamespace.init?.ns.net ? undefined : entry
  }
  return {
    kind: 'folder', mode: 0o555, links: 1,
    names: (_none, look) => [...all().keys()].sort().filter((name) => find(name, look)),
    lookup: (name, _none, look) => find(name, look),
  }
}

export const fixed = (value: string | number) => systemFile(() => line(value))

/** A number that lives in the state itself. */
export const numeric = (read: (look: Look) => number, write: (value: number, look: Look) => void, mode = 0o644) =>
  systemFile((look) => line(read(look)), {
    mode,
    write: (text, look) => {
      if (!/^-?\d+\n?$/.test(text)) throw new Errno('EINVAL')
      write(Number(text), look)
    },
  })
