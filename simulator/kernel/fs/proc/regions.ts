/** A process's address space, as much as its figures tell: program text and data, heap, stack (proc(5), maps). */
import type { Task } from '../../task'
import { majorOf, minorOf } from '../../vfs/filesystem'
import { pathOf } from '../../vfs/location'
import { type Layout, layoutOf } from './task'

export interface Region {
  readonly start: number
  readonly end: number
  readonly access: string
  readonly offset: number
  readonly device: string
  readonly inode: number
  readonly name: string
  /** kB in memory. */
  readonly resident: number
}

const PAGE = 4096
const down = (address: number): number => Math.floor(address / PAGE) * PAGE
const up = (address: number): number => Math.ceil(address / PAGE) * PAGE

export function regionsOf(task: Task): Region[] {
  if (task.isZombie || !task.exe) return []
  const at = layoutOf(task)
  const address = (field: keyof Layout): number => Number(at[field])
  const { inode } = task.exe
  const file = { device: `${majorOf(inode.fs.dev).toString(16).padStart(2, '0')}:${minorOf(inode.fs.dev).toString(16).padStart(2, '0')}`, inode: inode.ino, name: pathOf(task.exe, task.root) }
  const none = { device: '00:00', inode: 0, offset: 0 }
  const text = down(address('startcode'))
  const textEnd = up(address('endcode'))
  const data = down(address('start_data'))
  const dataEnd = up(address('end_data'))
  const heap = down(address('start_brk'))
  const stackEnd = up(address('env_end') + 1)
  const m = task.memory
  return [
    { start: text - PAGE, end: text, access: 'r--p', offset: 0, ...file, resident: 4 },
    { start: text, end: textEnd, access: 'r-xp', offset: PAGE, ...file, resident: Math.max(0, m.rssFile - 8) },
    { start: data, end: dataEnd, access: 'rw-p', offset: data - text + PAGE, ...file, resident: 4 },
    { start: heap, end: heap + up(Math.max(4, m.vmData) * 1024), access: 'rw-p', ...none, name: '[heap]', resident: m.rssAnon },
    { start: stackEnd - m.vmStk * 1024, end: stackEnd, access: 'rw-p', ...none, name: '[stack]', resident: 8 },
  ]
}

const hex = (n: number, width: number): string => n.toString(16).padStart(width, '0')

export function regionLine(r: Region): string {
  const head = `${hex(r.start, 8)}-${hex(r.end, 8)} ${r.access} ${hex(r.offset, 8)} ${r.device} ${r.inode}`
  return `${r.name ? `${`${head} `.padEnd(73)}${r.name}` : `${head} `}\n`
}

const kB = (name: string, value: number): string => `${`${name}:`.padEnd(16)}${String(value).padStart(8)} kB\n`

/** What smaps adds to a region. */
export const regionDetail = (r: Region): string =>
  kB('Size', (r.end - r.start) / 1024) + kB('KernelPageSize', 4) + kB('MMUPageSize', 4) + kB('Rss', r.resident) + kB('Pss', r.resident)
