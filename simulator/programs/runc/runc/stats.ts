/** What `runc events` tells of a container: the figures of its groups (libcontainer/cgroups/fs GetStats), under the names of runc's own types (types/events.go). */
import { readOrEmpty } from '../../../containerd/runc/cgroups'
import type { Run } from '../../../kernel/run'
import type { Sys } from '../../../kernel/sys'

type Paths = Readonly<Record<string, string>>

/** A figure that is left out when it is none; kernel numbers may be larger than a double holds. */
const some = (value: bigint): bigint | undefined => (value === 0n ? undefined : value)

export function* statsOf(sys: Sys, paths: Paths): Run<object> {
  const text = function* (controller: string, file: string): Run<string> {
    return ((yield* readOrEmpty(sys, `${paths[controller] ?? ''}/${file}`)) ?? '').trim()
  }
  const figure = function* (controller: string, file: string): Run<bigint> {
    const found = yield* text(controller, file)
    return /^-?\d+$/.test(found) ? BigInt(found) : 0n
  }
  const row = function* (controller: string, file: string): Run<bigint[]> {
    return (yield* text(controller, file)).split(/\s+/).filter(Boolean).map(BigInt)
  }
  const table = function* (controller: string, file: string): Run<Map<string, bigint>> {
    return new Map((yield* text(controller, file)).split('\n').filter(Boolean).map((line): [string, bigint] => [line.split(' ')[0] ?? '', BigInt(line.split(' ')[1] ?? 0)]))
  }
  const memory = function* (name: string): Run<object> {
    return {
      limit: yield* figure('memory', `${name}.limit_in_bytes`), usage: some(yield* figure('memory', `${name}.usage_in_bytes`)),
      max: some(yield* figure('memory', `${name}.max_usage_in_bytes`)), failcnt: yield* figure('memory', `${name}.failcnt`),
    }
  }
  const modes = (yield* text('cpuacct', 'cpuacct.usage_all')).split('\n').slice(1).map((line) => line.split(' ').map(BigInt))
  const ticks = yield* table('cpuacct', 'cpuacct.stat')
  const throttled = yield* table('cpu', 'cpu.stat')
  const raw = yield* table('memory', 'memory.stat')
  return {
    cpu: {
      usage: {
        total: some(yield* figure('cpuacct', 'cpuacct.usage')), percpu: yield* row('cpuacct', 'cpuacct.usage_percpu'),
        percpu_kernel: modes.map(([, , system]) => system ?? 0n), percpu_user: modes.map(([, user]) => user ?? 0n),
        kernel: (ticks.get('system') ?? 0n) * TICK_NS, user: (ticks.get('user') ?? 0n) * TICK_NS,
      },
      throttling: { periods: some(throttled.get('nr_periods') ?? 0n), throttledPeriods: some(throttled.get('nr_throttled') ?? 0n), throttledTime: some(throttled.get('throttled_time') ?? 0n) },
    },
    cpuset: yield* cpuset(text, figure),
    memory: {
      cache: some(raw.get('cache') ?? 0n), usage: yield* memory('memory'), swap: yield* memory('memory.memsw'), kernel: yield* memory('memory.kmem'), kernelTCP: yield* memory('memory.kmem.tcp'),
      raw: Object.fromEntries([...raw].sort(([a], [b]) => (a < b ? -1 : 1))),
    },
    pids: { current: some(yield* figure('pids', 'pids.current')), limit: some(yield* figure('pids', 'pids.max')) },
    // Nothing here is charged for what it reads and writes, and there are no large pages.
    blkio: {}, hugetlb: {}, intel_rdt: {}, network_interfaces: null,
  }
}

const TICK_NS = 10_000_000n

const FLAGS: readonly (readonly [field: string, file: string])[] = [
  ['mem_hardwall', 'mem_hardwall'], ['mem_exclusive', 'mem_exclusive'], ['memory_migrate', 'memory_migrate'], ['memory_spread_page', 'memory_spread_page'],
  ['memory_spread_slab', 'memory_spread_slab'], ['memory_pressure', 'memory_pressure'], ['sched_load_balance', 'sched_load_balance'], ['sched_relax_domain_level', 'sched_relax_domain_level'],
]

type Read<T> = (controller: string, file: string) => Run<T>

function* cpuset(text: Read<string>, figure: Read<bigint>): Run<object> {
  const cpus = numbersIn(yield* text('cpuset', 'cpuset.cpus'))
  const mems = numbersIn(yield* text('cpuset', 'cpuset.mems'))
  const found: Record<string, unknown> = { cpus, cpu_exclusive: yield* figure('cpuset', 'cpuset.cpu_exclusive'), mems }
  for (const [field, file] of FLAGS) found[field] = yield* figure('cpuset', `cpuset.${file}`)
  return found
}

/** `0-2,4` as a list; none at all is left out. */
function numbersIn(text: string): number[] | undefined {
  const numbers = text.split(',').filter(Boolean).flatMap((range) => {
    const [from = 0, to = from] = range.split('-').map(Number)
    return Array.from({ length: to - from + 1 }, (_, i) => from + i)
  })
  return numbers.length === 0 ? undefined : numbers
}
