/** Figures of /proc/meminfo in kB, and those that procps-ng 4.0.2 derives from them (library/meminfo.c). */
import type { Run } from '../../kernel/run'
import { type ProcReader, readText } from './processes'

export interface Memory {
  kb(name: string): number
  readonly used: number
  readonly cached: number
  readonly swapUsed: number
}

export function* readMemory(sys: ProcReader): Run<Memory> {
  const fields = new Map<string, number>()
  for (const line of ((yield* readText(sys, '/proc/meminfo')) ?? '').split('\n')) {
    const [name = '', value = '0'] = line.split(/:\s+/)
    fields.set(name, Number.parseInt(value, 10))
  }
  const kb = (name: string): number => fields.get(name) ?? 0
  const free = kb('MemTotal') - kb('MemAvailable')
  return {
    kb, cached: kb('Cached') + kb('SReclaimable'), swapUsed: kb('SwapTotal') - kb('SwapFree'),
    // What is available may be more than all there is (containers): then only what is not free counts.
    used: free < 0 ? kb('MemTotal') - kb('MemFree') : free,
  }
}
