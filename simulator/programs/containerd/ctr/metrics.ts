/** `ctr tasks metrics` from figures of control groups, those of version 1 in the words of github.com/containerd/cgroups stats/v1 (its JSON names; zero fields are left out). */
import type { Metrics } from '../../../containerd/services'
import { tabulate } from '../../go/tabwriter'

/** The kernel's names in memory.stat, and protobuf's. Order of the message's fields. */
const STAT: readonly (readonly [string, string])[] = [
  ['cache', 'cache'], ['rss', 'rss'], ['rss_huge', 'rss_huge'], ['mapped_file', 'mapped_file'], ['dirty', 'dirty'], ['writeback', 'writeback'],
  ['pgpgin', 'pg_pg_in'], ['pgpgout', 'pg_pg_out'], ['pgfault', 'pg_fault'], ['pgmajfault', 'pg_maj_fault'],
  ['inactive_anon', 'inactive_anon'], ['active_anon', 'active_anon'], ['inactive_file', 'inactive_file'], ['active_file', 'active_file'], ['unevictable', 'unevictable'],
  ['hierarchical_memory_limit', 'hierarchical_memory_limit'], ['hierarchical_memsw_limit', 'hierarchical_swap_limit'],
  ['total_cache', 'total_cache'], ['total_rss', 'total_rss'], ['total_rss_huge', 'total_rss_huge'], ['total_mapped_file', 'total_mapped_file'],
  ['total_dirty', 'total_dirty'], ['total_writeback', 'total_writeback'], ['total_pgpgin', 'total_pg_pg_in'], ['total_pgpgout', 'total_pg_pg_out'],
  ['total_pgfault', 'total_pg_fault'], ['total_pgmajfault', 'total_pg_maj_fault'], ['total_inactive_anon', 'total_inactive_anon'],
  ['total_active_anon', 'total_active_anon'], ['total_inactive_file', 'total_inactive_file'], ['total_active_file', 'total_active_file'],
  ['total_unevictable', 'total_unevictable'],
]

const some = (value: number): number | undefined => (value === 0 ? undefined : value)
/** PAGE_COUNTER_MAX in bytes, which a double cannot hold. */
const exact = (value: number): number | bigint | undefined => (value >= 2 ** 63 - 8192 ? 9223372036854771712n : some(value))
const entry = (m: { limit: number; usage: number; max: number; failcnt: number }): object => ({
  limit: exact(m.limit), usage: some(m.usage), max: some(m.max), failcnt: some(m.failcnt),
})

export function metricsJson(metrics: Metrics): object {
  const { pids, cpu, memory, kernelMemory, memoryStat } = metrics
  return {
    pids: { current: some(pids.current), limit: some(pids.limit) },
    cpu: { usage: { total: some(cpu.total), kernel: some(cpu.kernel), user: some(cpu.user), per_cpu: cpu.perCpu }, throttling: {} },
    memory: {
      ...Object.fromEntries(STAT.map(([kernel, name]) => [name, exact(memoryStat[kernel] ?? 0)])),
      usage: entry(memory), swap: entry(memory), kernel: entry(kernelMemory), kernel_tcp: entry({ limit: memory.limit >= 2 ** 62 ? memory.limit : 2 ** 63, usage: 0, max: 0, failcnt: 0 }),
    },
    blkio: {},
    memory_oom_control: {},
  }
}

export function metricsTable({ id, timestamp, pids, cpu, memory, memoryStat, unified }: Metrics): string {
  const rows: readonly (readonly [string, unknown])[] = unified ?? [
    ['memory.usage_in_bytes', memory.usage], ['memory.limit_in_bytes', exact(memory.limit) ?? 0], ['memory.stat.cache', memoryStat.total_cache ?? 0],
    ['cpuacct.usage', cpu.total], ['cpuacct.usage_percpu', `[${cpu.perCpu.join(' ')}]`], ['pids.current', pids.current], ['pids.limit', pids.limit],
  ]
  const time = timestamp.replace('T', ' ').replace('Z', ' +0000 UTC')
  const text = `ID\tTIMESTAMP\t\n${id}\t${time}\t\n\nMETRIC\tVALUE\t\n${rows.map(([name, value]) => `${name}\t${value}\t\n`).join('')}`
  return tabulate(text, { minWidth: 1, tabWidth: 8, padding: 4, padChar: ' ' })
}
