/**
 * A process's address space (proc(5), maps and smaps), as much as its figures tell: the segments of a static program, its heap, the kernel's
 * pages and its stack. What is in memory of each adds up to RssFile and RssAnon, as a static program of Debian 12 has them.
 */
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
  /** kB in memory that the file holds, and those that are the process's own. */
  readonly file: number
  readonly anonymous: number
  /** VmFlags of smaps. */
  readonly flags: string
  /** How many processes share the file's pages. */
  readonly sharers: number
}

const PAGE = 4096
const KIB = 1024
/** Read only after relocation, and uninitialised data, of a small C program. */
const RELRO = 4 * PAGE
const BSS = 5 * PAGE

const down = (address: number): number => Math.floor(address / PAGE) * PAGE
const up = (address: number): number => Math.ceil(address / PAGE) * PAGE

interface Segment {
  readonly start: number
  readonly end: number
  readonly access: string
  readonly name?: string
  readonly isFile?: boolean
  /** kB of the process's own pages in it. */
  readonly own?: number
  /** kB of the file's pages at most; otherwise all of it. */
  readonly most?: number
}

function segmentsOf(task: Task): Segment[] {
  const at = layoutOf(task)
  const address = (field: keyof Layout): number => Number(at[field])
  const m = task.memory
  const text = down(address('startcode'))
  const textEnd = up(address('endcode'))
  const data = down(address('start_data'))
  const dataEnd = Math.max(up(address('end_data')), data + PAGE)
  const relroEnd = Math.min(data + RELRO, dataEnd)
  const heap = down(address('start_brk'))
  const heapSize = Math.max(33 * PAGE, up(m.vmData * KIB - (dataEnd - relroEnd) - BSS))
  const stackEnd = up(address('env_end') + 1)
  const stack = stackEnd - m.vmStk * KIB
  // The kernel's pages lie where mmap(2) begins, somewhere below the stack.
  const kernel = down(stack - 2 ** 32 - (address('env_end') % 65_536) * 2 ** 20)
  return [
    { start: text - PAGE, end: text, access: 'r--p', isFile: true },
    { start: text, end: textEnd, access: 'r-xp', isFile: true },
    ...(data > textEnd ? [{ start: textEnd, end: data, access: 'r--p', isFile: true }] : []),
    { start: data, end: relroEnd, access: 'r--p', isFile: true, own: 8 },
    ...(dataEnd > relroEnd ? [{ start: relroEnd, end: dataEnd, access: 'rw-p', isFile: true, own: (dataEnd - relroEnd) / KIB, most: 0 }] : []),
    { start: dataEnd, end: dataEnd + BSS, access: 'rw-p', own: 4 },
    { start: heap, end: heap + heapSize, access: 'rw-p', name: '[heap]' },
    { start: kernel, end: kernel + 4 * PAGE, access: 'r--p', name: '[vvar]' },
    { start: kernel + 4 * PAGE, end: kernel + 6 * PAGE, access: 'r--p', name: '[vvar_vclock]' },
    { start: kernel + 6 * PAGE, end: kernel + 8 * PAGE, access: 'r-xp', name: '[vdso]' },
    { start: stack, end: stackEnd, access: 'rw-p', name: '[stack]', own: 12 },
    { start: Number.NaN, end: Number.NaN, access: '--xp', name: '[vsyscall]' },
  ]
}

const FLAGS: Readonly<Record<string, string>> = {
  '[vvar]': 'rd mr pf io de dd', '[vvar_vclock]': 'rd mr pf io de dd', '[vdso]': 'rd ex mr mw me de', '[stack]': 'rd wr mr mw me gd ac', '[vsyscall]': 'ex',
}

const flagsOf = ({ access, name, isFile, own }: Segment): string =>
  FLAGS[name ?? ''] ?? ['rd', ...(access[1] === 'w' ? ['wr'] : []), ...(access[2] === 'x' ? ['ex'] : []), 'mr', 'mw', 'me', ...(!isFile || own !== undefined ? ['ac'] : [])].join(' ')

const VDSO_KB = 4

export function regionsOf(task: Task): Region[] {
  if (task.isZombie || !task.exe) return []
  const { inode } = task.exe
  const file = { device: `${majorOf(inode.fs.dev).toString(16).padStart(2, '0')}:${minorOf(inode.fs.dev).toString(16).padStart(2, '0')}`, inode: inode.ino, name: pathOf(task.exe, task.root) }
  const segments = segmentsOf(task)
  let left = task.memory.rssFile - VDSO_KB
  let ownLeft = task.memory.rssAnon
  const sizeOf = ({ start, end }: Segment): number => (end - start) / KIB
  const take = (want: number): number => {
    const taken = Math.max(0, Math.min(want, left))
    left -= taken
    return taken
  }
  const own = segments.map((segment) => {
    const taken = Math.max(0, Math.min(segment.own ?? 0, ownLeft))
    ownLeft -= taken
    return taken
  })
  const sharers = [...task.kernel.pidNamespace.tasks.values()].filter((other) => other.exe?.inode === inode).length
  return segments.map((segment, i): Region => ({
    start: segment.start, end: segment.end, access: segment.access, offset: segment.isFile ? segment.start - (segments[0]?.start ?? 0) : 0,
    device: segment.isFile ? file.device : '00:00', inode: segment.isFile ? file.inode : 0, name: segment.isFile ? file.name : (segment.name ?? ''),
    file: segment.name === '[vdso]' ? VDSO_KB : segment.isFile ? take(segment.most ?? sizeOf(segment) - (own[i] ?? 0)) : 0,
    anonymous: segment.name === '[heap]' ? Math.max(0, Math.min(ownLeft, sizeOf(segment))) : (own[i] ?? 0),
    flags: flagsOf(segment), sharers: segment.name === '[vdso]' ? 2 : sharers,
  }))
}

const hex = (n: number, width: number): string => n.toString(16).padStart(width, '0')

/** `00401000-00479000`; the page of the old system calls lies beyond what a number holds. */
const rangeOf = ({ start, end, name }: Region): string => (name === '[vsyscall]' ? 'ffffffffff600000-ffffffffff601000' : `${hex(start, 8)}-${hex(end, 8)}`)

export function regionLine(r: Region): string {
  const head = `${rangeOf(r)} ${r.access} ${hex(r.offset, 8)} ${r.device} ${r.inode}`
  return `${r.name ? `${`${head} `.padEnd(73)}${r.name}` : `${head} `}\n`
}

const kB = (name: string, value: number): string => `${`${name}:`.padEnd(16)}${String(value).padStart(8)} kB\n`

interface Sums {
  readonly rss: number
  readonly pss: number
  readonly anonymous: number
  readonly pssFile: number
  readonly sharedClean: number
  readonly privateClean: number
}

function sumsOf(regions: readonly Region[]): Sums {
  const sums = { rss: 0, pss: 0, anonymous: 0, pssFile: 0, sharedClean: 0, privateClean: 0 }
  for (const { file, anonymous, sharers } of regions) {
    sums.rss += file + anonymous
    sums.anonymous += anonymous
    sums.pssFile += file / Math.max(1, sharers)
    if (sharers > 1) sums.sharedClean += file
    else sums.privateClean += file
  }
  return { ...sums, pssFile: Math.floor(sums.pssFile), pss: Math.floor(sums.pssFile) + sums.anonymous }
}

/** What pages are, from Shared_Clean on. */
const kinds = (s: Sums): string =>
  kB('Shared_Clean', s.sharedClean) + kB('Shared_Dirty', 0) + kB('Private_Clean', s.privateClean) + kB('Private_Dirty', s.anonymous) + kB('Referenced', s.rss) + kB('Anonymous', s.anonymous) +
  ['KSM', 'LazyFree', 'AnonHugePages', 'ShmemPmdMapped', 'FilePmdMapped', 'Shared_Hugetlb', 'Private_Hugetlb', 'Swap', 'SwapPss', 'Locked'].map((name) => kB(name, 0)).join('')

/** What smaps adds to a region. */
export function regionDetail(r: Region): string {
  const s = sumsOf([r])
  const size = r.name === '[vsyscall]' ? PAGE : r.end - r.start
  return (
    kB('Size', size / KIB) + kB('KernelPageSize', 4) + kB('MMUPageSize', 4) + kB('Rss', s.rss) + kB('Pss', s.pss) + kB('Pss_Dirty', s.anonymous) + kinds(s) +
    `THPeligible:    ${'0'.padStart(8)}\nVmFlags: ${r.flags} \n`
  )
}

/** smaps_rollup: all regions together. */
export function rollup(regions: readonly Region[]): string {
  const first = regions[0]
  const last = regions.findLast((r) => r.name !== '[vsyscall]')
  if (!first || !last) return ''
  const s = sumsOf(regions)
  const range = `${hex(first.start, 8)}-${hex(last.end, 8)} ---p 00000000 00:00 0 `
  return (
    `${range.padEnd(73)}[rollup]\n${kB('Rss', s.rss)}${kB('Pss', s.pss)}${kB('Pss_Dirty', s.anonymous)}${kB('Pss_Anon', s.anonymous)}${kB('Pss_File', s.pssFile)}${kB('Pss_Shmem', 0)}${kinds(s)}`
  )
}

/** numa_maps: where pages lie; this machine has one node. */
export function numaLine(r: Region): string {
  if (r.name === '[vsyscall]') return ''
  const name = r.name === '[heap]' || r.name === '[stack]' ? ` ${r.name.slice(1, -1)}` : r.inode !== 0 ? ` file=${r.name}` : ''
  const pages = (r.file + r.anonymous) / 4
  const own = r.anonymous / 4
  if (pages === 0 || r.name === '[vdso]') return `${hex(r.start, 8)} default${name}\n`
  const kind = own > 0 ? ` anon=${own} dirty=${own}` : ''
  const mapped = r.file > 0 && pages > own ? ` mapped=${pages}${r.sharers > 1 ? ` mapmax=${r.sharers}` : ''}` : ''
  return `${hex(r.start, 8)} default${name}${kind}${mapped}${own > 0 ? ' active=0' : ''} N0=${pages} kernelpagesize_kB=4\n`
}
