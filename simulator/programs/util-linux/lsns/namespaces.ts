/** Namespaces as the processes of /proc show them, each with its processes, parent and owner (lsns.c of util-linux 2.38.1). */
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import type { Sys } from '../../../kernel/sys'
import { numericNames, readLink, readText } from '../../procps/processes'

export const TYPES = ['mnt', 'net', 'ipc', 'user', 'pid', 'uts', 'cgroup', 'time'] as const
export type Type = (typeof TYPES)[number]

export interface Holder {
  readonly pid: number
  readonly ppid: number
  readonly uid: number
  readonly command: string
  readonly namespaces: ReadonlyMap<Type, number>
}

export interface NamespaceEntry {
  readonly id: number
  readonly type: Type
  readonly holders: Holder[]
  readonly parent: number | null
  readonly owner: number | null
}

function* readHolder(sys: Sys, pid: number, types: readonly Type[]): Run<Holder | undefined> {
  const stat = yield* readText(sys, `/proc/${pid}/stat`)
  if (stat === undefined) return undefined
  const line = ((yield* readText(sys, `/proc/${pid}/cmdline`)) ?? '').replace(/\0+$/, '').replaceAll('\0', ' ')
  const close = stat.lastIndexOf(')')
  const namespaces = new Map<Type, number>()
  for (const type of types) {
    const id = Number(/\[(\d+)\]/.exec(readLink(sys, `/proc/${pid}/ns/${type}`) ?? '')?.[1] ?? 0)
    if (id > 0) namespaces.set(type, id)
  }
  return { pid, ppid: Number(stat.slice(close + 2).split(' ')[1]), uid: sys.stat(`/proc/${pid}`).uid, command: line || stat.slice(stat.indexOf('(') + 1, close), namespaces }
}

function relations(sys: Sys, pid: number, type: Type): { parent: number | null; owner: number | null } {
  try {
    return sys.namespaceRelations(`/proc/${pid}/ns/${type}`)
  } catch (error) {
    if (!isErrno(error)) throw error
    return { parent: null, owner: null }
  }
}

/** By number. */
export function* readNamespaces(sys: Sys, types: readonly Type[]): Run<{ entries: Map<number, NamespaceEntry>; holders: Map<number, Holder> }> {
  const found = new Map<number, NamespaceEntry>()
  const holders = new Map<number, Holder>()
  for (const pid of numericNames(sys, '/proc')) {
    const holder = yield* readHolder(sys, pid, types)
    if (!holder) continue
    holders.set(pid, holder)
    for (const [type, id] of holder.namespaces) {
      let entry = found.get(id)
      if (!entry) {
        entry = { id, type, holders: [], ...relations(sys, pid, type) }
        found.set(id, entry)
      }
      entry.holders.push(holder)
    }
    if (sys.spend(30)) yield 'preempted'
  }
  const entries = new Map([...found].sort(([a], [b]) => a - b))
  return { entries, holders }
}

/** Owners and parents that no process is in: known only from what they own. */
export function addMissing(entries: Map<number, NamespaceEntry>, by: 'owner' | 'parent'): Map<number, NamespaceEntry> {
  const all = new Map(entries)
  for (const entry of entries.values())
    for (const [id, type] of [[entry.owner, 'user'], [by === 'parent' ? entry.parent : null, entry.type]] as const) {
      if (id !== null && !all.has(id)) all.set(id, { id, type, holders: [], parent: null, owner: null })
    }
  return new Map([...all].sort(([a], [b]) => a - b))
}
