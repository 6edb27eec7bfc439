/**
 * The files of version 1, controller by controller (admin-guide/cgroup-v1; names, modes, first values and refusals as a 6.18 kernel has
 * them; recording: cri-node, node-files).
 */
import { Errno } from '../errno'
import { isFrozen } from './cgroups'
import { DEVICES } from './devices'
import { byteLimit, bytes, counter, cpuTime, flag, type GroupFile, number, ownUsage, PIDS, procs, shown, type Table, tasks, trigger, UNLIMITED, usage } from './file'
import type { Group } from './group'

export const EVERY: Table = {
  'cgroup.clone_children': flag('cgroup.clone_children', '0'),
  'cgroup.procs': procs,
  notify_on_release: flag('notify_on_release', '0'),
  tasks,
}
export const ROOT: Table = {
  'cgroup.sane_behavior': shown(() => '0\n'),
  release_agent: { mode: 0o644, onRoot: true, read: (g) => `${g.value('release_agent', '')}\n`, write: (g, text) => void g.values.set('release_agent', text.trim()) },
}

/** Not to be set on the root group, though it is shown there. */
const notOnRoot = (file: GroupFile): GroupFile => ({
  ...file,
  write: (group, text, viewer, cgroups) => {
    if (!group.parent) throw new Errno('EINVAL')
    file.write?.(group, text, viewer, cgroups)
  },
})

/** CPUs or memory nodes of a cpuset: a list of numbers and ranges; `most` is the highest that the machine has, `outside` what a higher one is told. */
const setList = (name: string, { most, outside }: { readonly most: number; readonly outside: 'EINVAL' | 'ERANGE' }): NonNullable<GroupFile['write']> => (group, text) => {
  const list = text.trim()
  if (list !== '' && !/^\d+(-\d+)?(,\d+(-\d+)?)*$/.test(list)) throw new Errno('EINVAL')
  const ranges = list.split(',').map((range) => range.split('-').map(Number))
  if (ranges.some(([from = 0, to = from]) => to < from)) throw new Errno('EINVAL')
  if (ranges.flat().some((item) => item > most)) throw new Errno(outside)
  group.values.set(name, list)
}

/** A quota below a millisecond is refused, a negative one is none. */
const quota: GroupFile = {
  mode: 0o644, onRoot: true,
  read: (g) => `${g.value('cpu.cfs_quota_us', '-1')}\n`,
  write: (g, text) => {
    const value = Number(text.trim())
    if (!Number.isInteger(value) || text.trim() === '' || (value >= 0 && value < 1000)) throw new Errno('EINVAL')
    g.values.set('cpu.cfs_quota_us', String(Math.max(value, -1)))
  },
}
const [LEAST_SHARES, MOST_SHARES] = [2, 262144]
const isIdle = (g: Group): boolean => g.value('cpu.idle', '0') === '1'
const shares: GroupFile = {
  mode: 0o644, onRoot: true,
  read: (g) => (isIdle(g) ? '3\n' : `${g.value('cpu.shares', '1024')}\n`),
  write: (g, text) => {
    if (!/^\d+$/.test(text.trim()) || isIdle(g)) throw new Errno('EINVAL')
    g.values.set('cpu.shares', String(Math.min(Math.max(Number(text.trim()), LEAST_SHARES), MOST_SHARES)))
  },
}

/** The lowest limit of the group and those above. */
function lowest(group: Group, name: string): string {
  let least = UNLIMITED
  for (const at of group.upwards()) {
    const value = at.value(name, UNLIMITED)
    if (Number(value) < Number(least)) least = value
  }
  return least
}

const STATISTICS = [
  'cache', 'rss', 'rss_huge', 'shmem', 'mapped_file', 'dirty', 'writeback', 'workingset_refault_anon', 'workingset_refault_file', 'swap', 'swapcached', 'pgpgin', 'pgpgout', 'pgfault', 'pgmajfault', 'inactive_anon',
  'active_anon', 'inactive_file', 'active_file', 'unevictable',
] as const
/** What is held is anonymous memory, and no file's page is charged to a group here. */
const held = (bytes: number, prefix: string): string => STATISTICS.map((name) => `${prefix}${name} ${name === 'rss' || name === 'inactive_anon' ? bytes : 0}\n`).join('')

function numa(group: Group): string {
  const line = (prefix: string, bytes: number): string => {
    const pages = bytes / 4096
    return ([['total', pages], ['file', 0], ['anon', pages], ['unevictable', 0]] as const).map(([name, n]) => `${prefix}${name}=${n} N0=${n}\n`).join('')
  }
  return line('', ownUsage(group)) + line('hierarchical_', usage(group))
}

/** Real-time runtime is a part of what the group above has (CONFIG_RT_GROUP_SCHED). */
const realtimeShare = (group: Group): number => Number(group.value('cpu.rt_runtime_us', group.parent ? '0' : '950000')) / Number(group.value('cpu.rt_period_us', '1000000'))
const rtRuntime = number('cpu.rt_runtime_us', '0', { least: -1 })
const realtime: GroupFile = {
  ...rtRuntime,
  read: (g) => `${g.value('cpu.rt_runtime_us', g.parent ? '0' : '950000')}\n`,
  write: (group, text, viewer, cgroups) => {
    const before = group.value('cpu.rt_runtime_us', group.parent ? '0' : '950000')
    rtRuntime.write?.(group, text, viewer, cgroups)
    const { parent } = group
    if (!parent || [...parent.children.values()].reduce((sum, child) => sum + realtimeShare(child), 0) <= realtimeShare(parent)) return
    group.values.set('cpu.rt_runtime_us', before)
    throw new Errno('EINVAL')
  },
}

const limitedMemory = (prefix: string): Table => ({
  [`${prefix}.failcnt`]: counter(() => '0\n'),
  [`${prefix}.limit_in_bytes`]: byteLimit(`${prefix}.limit_in_bytes`, UNLIMITED),
  [`${prefix}.max_usage_in_bytes`]: counter((g) => `${prefix.includes('kmem') ? 0 : usage(g)}\n`),
  [`${prefix}.usage_in_bytes`]: shown((g) => `${prefix.includes('kmem') ? 0 : usage(g)}\n`),
})

/** A limit of memory is never above that of memory and swap (mem_cgroup_resize_max). */
function within(name: string, fits: (limit: number, group: Group) => boolean): GroupFile {
  const file = byteLimit(name, UNLIMITED)
  return {
    ...file,
    write: (group, text) => {
      if (!fits(Number(bytes(text, UNLIMITED)), group)) throw new Errno('EINVAL')
      group.values.set(name, bytes(text, UNLIMITED))
    },
  }
}

const none = shown(() => 'Total 0\n')
const device = (name: string): GroupFile => ({ mode: 0o644, onRoot: true, read: (g) => g.value(name, ''), write: (g, text) => void g.values.set(name, text) })

export const CONTROLLERS: Readonly<Record<string, Table>> = {
  cpu: {
    'cpu.cfs_burst_us': notOnRoot(number('cpu.cfs_burst_us', '0')),
    'cpu.cfs_period_us': notOnRoot(number('cpu.cfs_period_us', '100000', { least: 1000, most: 1_000_000 })),
    'cpu.cfs_quota_us': notOnRoot(quota),
    'cpu.idle': notOnRoot(number('cpu.idle', '0', { most: 1 })),
    'cpu.rt_period_us': number('cpu.rt_period_us', '1000000', { least: 1 }),
    'cpu.rt_runtime_us': realtime,
    'cpu.shares': notOnRoot(shares),
    'cpu.stat': shown(() => 'nr_periods 0\nnr_throttled 0\nthrottled_time 0\nnr_bursts 0\nburst_time 0\n'),
    'cpu.stat.local': shown(() => 'throttled_time 0\n'),
  },
  cpuacct: {
    'cpuacct.stat': shown((g) => `user ${Math.floor(cpuTime(g).user / 1e7)}\nsystem ${Math.floor(cpuTime(g).system / 1e7)}\n`),
    'cpuacct.usage': counter((g) => `${Math.round(cpuTime(g).user + cpuTime(g).system)}\n`),
    'cpuacct.usage_all': shown((g) => `cpu user system\n0 ${Math.round(cpuTime(g).user)} ${Math.round(cpuTime(g).system)}\n1 0 0\n`),
    'cpuacct.usage_percpu': shown((g) => `${Math.round(cpuTime(g).user + cpuTime(g).system)} 0 \n`),
    'cpuacct.usage_percpu_sys': shown((g) => `${Math.round(cpuTime(g).system)} 0 \n`),
    'cpuacct.usage_percpu_user': shown((g) => `${Math.round(cpuTime(g).user)} 0 \n`),
    'cpuacct.usage_sys': shown((g) => `${Math.round(cpuTime(g).system)}\n`),
    'cpuacct.usage_user': shown((g) => `${Math.round(cpuTime(g).user)}\n`),
  },
  cpuset: {
    'cpuset.cpu_exclusive': { ...flag('cpuset.cpu_exclusive', '0'), read: (g) => `${g.value('cpuset.cpu_exclusive', g.parent ? '0' : '1')}\n` },
    'cpuset.cpus': { mode: 0o644, onRoot: true, read: (g) => `${g.value('cpuset.cpus', '0-1')}\n`, write: setList('cpuset.cpus', { most: 1, outside: 'ERANGE' }) },
    'cpuset.effective_cpus': shown((g) => `${g.value('cpuset.cpus', '0-1')}\n`),
    'cpuset.effective_mems': shown((g) => `${g.value('cpuset.mems', '0')}\n`),
    'cpuset.mem_exclusive': { ...flag('cpuset.mem_exclusive', '0'), read: (g) => `${g.value('cpuset.mem_exclusive', g.parent ? '0' : '1')}\n` },
    'cpuset.mem_hardwall': flag('cpuset.mem_hardwall', '0'),
    'cpuset.memory_migrate': flag('cpuset.memory_migrate', '0'),
    'cpuset.memory_pressure': shown(() => '0\n'),
    'cpuset.memory_spread_page': flag('cpuset.memory_spread_page', '0'),
    'cpuset.memory_spread_slab': flag('cpuset.memory_spread_slab', '0'),
    'cpuset.mems': { mode: 0o644, onRoot: true, read: (g) => `${g.value('cpuset.mems', '0')}\n`, write: setList('cpuset.mems', { most: 0, outside: 'EINVAL' }) },
    'cpuset.sched_load_balance': flag('cpuset.sched_load_balance', '1'),
    'cpuset.sched_relax_domain_level': number('cpuset.sched_relax_domain_level', '-1', { least: -1, most: 5 }),
  },
  memory: {
    'cgroup.event_control': trigger(() => {
      throw new Errno('EINVAL')
    }),
    ...limitedMemory('memory'),
    'memory.limit_in_bytes': within('memory.limit_in_bytes', (limit, group) => limit <= Number(group.value('memory.memsw.limit_in_bytes', UNLIMITED))),
    ...limitedMemory('memory.kmem'),
    ...limitedMemory('memory.kmem.tcp'),
    ...limitedMemory('memory.memsw'),
    'memory.memsw.limit_in_bytes': within('memory.memsw.limit_in_bytes', (limit, group) => limit >= Number(group.value('memory.limit_in_bytes', UNLIMITED))),
    'memory.force_empty': trigger(() => {}, true),
    'memory.kmem.slabinfo': shown(() => ''),
    'memory.move_charge_at_immigrate': number('memory.move_charge_at_immigrate', '0', { most: 0 }),
    'memory.numa_stat': shown(numa),
    'memory.oom_control': {
      mode: 0o644, onRoot: true,
      read: (g) => `oom_kill_disable ${g.value('memory.oom_control', '0')}\nunder_oom 0\noom_kill 0\n`,
      write: (g, text) => {
        if (!g.parent || !['0', '1'].includes(text.trim())) throw new Errno('EINVAL')
        g.values.set('memory.oom_control', text.trim())
      },
    },
    'memory.pressure_level': shown(() => {
      throw new Errno('EINVAL')
    }),
    'memory.soft_limit_in_bytes': byteLimit('memory.soft_limit_in_bytes', UNLIMITED),
    'memory.stat': shown((g) => `${held(ownUsage(g), '')}hierarchical_memory_limit ${lowest(g, 'memory.limit_in_bytes')}\nhierarchical_memsw_limit ${lowest(g, 'memory.memsw.limit_in_bytes')}\n${held(usage(g), 'total_')}`),
    'memory.swappiness': number('memory.swappiness', '60', { most: 200 }),
    'memory.use_hierarchy': number('memory.use_hierarchy', '1', { least: 1, most: 1 }),
  },
  devices: DEVICES,
  freezer: {
    'freezer.parent_freezing': shown((g) => `${g.parent && isFrozen(g.parent) ? 1 : 0}\n`, false),
    'freezer.self_freezing': shown((g) => `${g.frozen ? 1 : 0}\n`, false),
    'freezer.state': {
      mode: 0o644,
      onRoot: false,
      read: (group) => (isFrozen(group) ? 'FROZEN\n' : 'THAWED\n'),
      write: (group, text, _viewer, cgroups) => {
        const state = text.trim()
        if (state !== 'FROZEN' && state !== 'THAWED') throw new Errno('EINVAL')
        cgroups.freeze(group, state === 'FROZEN' ? 'frozen' : 'thawed')
      },
    },
  },
  blkio: {
    'blkio.bfq.io_service_bytes': none,
    'blkio.bfq.io_service_bytes_recursive': none,
    'blkio.bfq.io_serviced': none,
    'blkio.bfq.io_serviced_recursive': none,
    'blkio.bfq.weight': number('blkio.bfq.weight', '100', { least: 1, most: 1000, outside: 'ERANGE', onRoot: false }),
    'blkio.bfq.weight_device': shown((g) => `default ${g.value('blkio.bfq.weight', '100')}\n`, false),
    'blkio.reset_stats': trigger(() => {}),
    'blkio.throttle.io_service_bytes': none,
    'blkio.throttle.io_service_bytes_recursive': none,
    'blkio.throttle.io_serviced': none,
    'blkio.throttle.io_serviced_recursive': none,
    ...Object.fromEntries(['read_bps', 'read_iops', 'write_bps', 'write_iops'].map((what) => [`blkio.throttle.${what}_device`, device(`blkio.throttle.${what}_device`)])),
  },
  pids: PIDS,
}
