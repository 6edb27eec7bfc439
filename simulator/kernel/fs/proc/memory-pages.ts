/** The machine's memory in pages, from what /proc/meminfo says and what processes have done: for vmstat, zoneinfo, buddyinfo, pagetypeinfo. */
import type { Kernel } from '../../kernel'
import { machineOf } from './machine'
import { memoryNow } from './root/meminfo'

const FIELDS = {
  total: 'MemTotal', free: 'MemFree', available: 'MemAvailable', activeAnon: 'Active(anon)', inactiveAnon: 'Inactive(anon)', activeFile: 'Active(file)', inactiveFile: 'Inactive(file)',
  unevictable: 'Unevictable', mlocked: 'Mlocked', dirty: 'Dirty', anon: 'AnonPages', mapped: 'Mapped', shmem: 'Shmem', slabReclaimable: 'SReclaimable', slabUnreclaimable: 'SUnreclaim',
  pageTables: 'PageTables',
} as const

export type MemoryPages = Readonly<Record<keyof typeof FIELDS | 'file' | 'fileHuge' | 'anonHuge' | 'kernelStack' | 'faults' | 'majorFaults' | 'allocated' | 'read' | 'written', number>>

const PAGE = 4
const HUGE_PAGE = 2048

export function pagesOf(kernel: Kernel): MemoryPages {
  const now = memoryNow(kernel)
  const kB = (name: string): number => now.get(name) ?? 0
  const sum = { faults: 0, majorFaults: 0, read: 0, written: 0 }
  for (const { faults, io } of kernel.tasks()) {
    sum.faults += faults.minor + faults.major + faults.childMinor + faults.childMajor
    sum.majorFaults += faults.major + faults.childMajor
    sum.read += Math.ceil(io.readBytes / 1024)
    sum.written += Math.ceil(io.writeBytes / 1024)
  }
  const pages: Partial<Record<keyof typeof FIELDS, number>> = {}
  for (const [name, field] of Object.entries(FIELDS) as [keyof typeof FIELDS, string][]) pages[name] = Math.floor(kB(field) / PAGE)
  return {
    ...(pages as Record<keyof typeof FIELDS, number>), ...sum,
    file: Math.floor((kB('Buffers') + kB('Cached')) / PAGE), fileHuge: Math.floor(kB('FileHugePages') / HUGE_PAGE), anonHuge: Math.floor(kB('AnonHugePages') / HUGE_PAGE),
    kernelStack: kB('KernelStack'), allocated: sum.faults + machineOf(kernel).forks * 40,
  }
}

/** A zone of the machine's memory: what lies below 16 MiB, below 4 GiB, and above (mm/mm_init.c). */
export interface Zone {
  readonly name: string
  readonly managed: number
  readonly present: number
  readonly spanned: number
  readonly start: number
  readonly free: number
}

const DMA = { name: 'DMA', managed: 3840, present: 3998, spanned: 4095, start: 1 }
const DMA32 = { name: 'DMA32', managed: 772_917, present: 782_336, spanned: 1_044_480, start: 4096 }

/** The upper zones are used first, so the lower ones are as free as they began. */
export function zonesOf(pages: MemoryPages): Zone[] {
  const managed = Math.max(0, pages.total - DMA.managed - DMA32.managed)
  const free = Math.max(0, pages.free - DMA.managed - DMA32.managed)
  return [
    { ...DMA, free: DMA.managed }, { ...DMA32, free: DMA32.managed },
    { name: 'Normal', managed, present: managed + 10_000, spanned: managed + 10_000, start: 1_048_576, free },
  ]
}

const ORDERS = 11

/** Free pages as blocks of 1, 2, 4 … 1024: most in the largest, the smaller ones as much as is broken up. */
export function blocksOf(free: number): number[] {
  const blocks = Array.from({ length: ORDERS }, () => 0)
  let left = free
  const broken = Math.floor(free / 64)
  for (let order = 0; order < ORDERS - 1; order++) {
    const size = 2 ** order
    let count = Math.floor(broken / (ORDERS - 1) / size)
    if (((left - count * size) / size) % 2 !== 0) count++
    if (count * size > left) count = 0
    blocks[order] = count
    left -= count * size
  }
  blocks[ORDERS - 1] = Math.floor(left / 1024)
  return blocks
}
