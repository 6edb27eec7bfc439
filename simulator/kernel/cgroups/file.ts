/** Kinds of files of a control group: how each is read, and what writing to it does. */
import { Errno } from '../errno'
import type { Task } from '../task'
import type { Cgroups } from './cgroups'
import type { Group } from './group'

export interface GroupFile {
  readonly mode: number
  /** On the root group too; limits are not. */
  readonly onRoot: boolean
  /** The controller that it comes with where version 2 has it; none: every group has it. */
  readonly controller?: string
  read(group: Group, viewer: Task): string
  write?(group: Group, text: string, viewer: Task, cgroups: Cgroups): void
}

export type Table = Readonly<Record<string, GroupFile>>

export const UNLIMITED = '9223372036854771712'

const invalid = (): never => {
  throw new Errno('EINVAL')
}

export const shown = (read: GroupFile['read'], onRoot = true): GroupFile => ({ mode: 0o444, onRoot, read })

/** Only to be written to. */
export const trigger = (write: NonNullable<GroupFile['write']>, onRoot = true): GroupFile => ({ mode: 0o200, onRoot, read: invalid, write })

/** A counter that writing sets back. */
export const counter = (read: GroupFile['read'], onRoot = true): GroupFile => ({ mode: 0o644, onRoot, read, write: () => {} })

/** A number (or a word) between two bounds; outside of them the write fails with `outside`. */
export function number(name: string, initial: string, { least = 0, most = Number.MAX_SAFE_INTEGER, words = [], outside = 'EINVAL', onRoot = true }: { readonly least?: number; readonly most?: number; readonly words?: readonly string[]; readonly outside?: 'EINVAL' | 'ERANGE'; readonly onRoot?: boolean } = {}): GroupFile {
  return {
    mode: 0o644, onRoot,
    read: (group) => `${group.value(name, initial)}\n`,
    write: (group, text) => {
      const value = text.trim()
      if (!words.includes(value)) {
        if (!/^-?\d+$/.test(value)) throw new Errno('EINVAL')
        if (Number(value) < least || Number(value) > most) throw new Errno(outside)
      }
      group.values.set(name, value)
    },
  }
}

/** On or off: any number but 0 is on. */
export const flag = (name: string, initial: '0' | '1', onRoot = true): GroupFile => ({
  mode: 0o644, onRoot,
  read: (group) => `${group.value(name, initial)}\n`,
  write: (group, text) => {
    if (!/^\d+$/.test(text.trim())) throw new Errno('EINVAL')
    group.values.set(name, Number(text.trim()) === 0 ? '0' : '1')
  },
})

const UNITS: Record<string, number> = { k: 1024, m: 1048576, g: 1073741824 }
/** `64M` in bytes, in whole pages; -1 and `max` lift the limit. */
export function bytes(text: string, none: string): string {
  const match = /^(-?\d+)([kmg]?)$/i.exec(text.trim())
  if (text.trim() === 'max' || match?.[1] === '-1') return none
  if (!match) throw new Errno('EINVAL')
  return String(Math.floor((Number(match[1]) * (UNITS[(match[2] ?? '').toLowerCase()] ?? 1)) / 4096) * 4096)
}
export const byteLimit = (name: string, none: string, onRoot = true): GroupFile => ({
  mode: 0o644,
  onRoot,
  read: (group) => `${group.value(name, none)}\n`,
  write: (group, text) => void group.values.set(name, bytes(text, none)),
})

/** Memory of these processes, in bytes. */
const memoryOf = (tasks: Iterable<Task>): number => [...tasks].reduce((sum, t) => sum + (t.memory.rssAnon + t.memory.rssShmem) * 1024, 0)
export const usage = (group: Group): number => memoryOf(group.tasksBelow())
export const ownUsage = (group: Group): number => memoryOf(group.members())

/** CPU time of all that are or were in the group and below, ns. */
export const cpuTime = (group: Group): { readonly user: number; readonly system: number } =>
  [...group.tasksBelow()].reduce((sum, t) => ({ user: sum.user + t.times.user, system: sum.system + t.times.system }), { user: group.spentNs, system: 0 })

const numbers = (group: Group, viewer: Task): string =>
  [...group.members()].map((t) => t.pidIn(viewer.ns.pid)).filter((pid) => pid > 0).sort((a, b) => a - b).map((pid) => `${pid}\n`).join('')

function moveHere(group: Group, text: string, viewer: Task, cgroups: Cgroups): void {
  const wanted = text.trim()
  if (!/^\d+$/.test(wanted)) throw new Errno('EINVAL')
  const task = Number(wanted) === 0 ? viewer : viewer.ns.pid.tasks.get(Number(wanted))
  if (!task || task.isZombie) throw new Errno('ESRCH')
  // Version 2: tasks are in leaves only ("no internal process constraint").
  if (group.hierarchy.version === 2 && group.parent && group.value('subtree', '') !== '') throw new Errno('EBUSY')
  cgroups.move(task, group)
}

export const procs: GroupFile = { mode: 0o644, onRoot: true, read: numbers, write: moveHere }
export const tasks: GroupFile = {
  ...procs,
  read: (group, viewer) =>
    [...group.members()].flatMap((t) => [t.pidIn(viewer.ns.pid), ...t.threads.map((x) => x.tidIn(viewer.ns.pid))]).filter((id) => id > 0).sort((a, b) => a - b).map((id) => `${id}\n`).join(''),
}

/** Pids never go beyond PID_MAX_LIMIT. */
const PID_MAX_LIMIT = 4194304

export const PIDS: Table = {
  'pids.current': shown((group) => `${group.count}\n`, false),
  'pids.events': shown((group) => `max ${group.refusals}\n`, false),
  'pids.max': number('pids.max', 'max', { words: ['max'], most: PID_MAX_LIMIT - 1, onRoot: false }),
  'pids.peak': shown((group) => `${group.peak}\n`, false),
}
