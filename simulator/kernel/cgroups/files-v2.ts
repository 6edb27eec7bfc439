/** The files of version 2 (admin-guide/cgroup-v2.rst, Linux 6.1; core files and refusals seen on a 6.18 kernel). */
import { Errno } from '../errno'
import { SIG } from '../signals'
import { isFrozen } from './cgroups'
import { byteLimit, cpuTime, flag, type GroupFile, number, PIDS, procs, shown, type Table, tasks, trigger, usage } from './file'
import type { Group } from './group'

const NOTHING = 'avg10=0.00 avg60=0.00 avg300=0.00 total=0\n'
/** Pressure stall information: nothing here ever stalls. cgroup.pressure takes it away. */
const pressure: GroupFile = { mode: 0o644, onRoot: true, read: () => `some ${NOTHING}full ${NOTHING}`, write: () => {} }

/** One value that a file takes, and what it does. */
const only = (wanted: string, text: string): void => {
  if (!/^-?\d+$/.test(text.trim())) throw new Errno('EINVAL')
  if (text.trim() !== wanted) throw new Errno('ERANGE')
}

/** Controllers that a group has: those that the one above hands down. */
export const controllersOf = (group: Group): readonly string[] => (group.parent ? group.parent.value('subtree', '').split(' ').filter(Boolean) : group.hierarchy.controllers)

function changeSubtree(group: Group, text: string): void {
  const on = new Set(group.value('subtree', '').split(' ').filter(Boolean))
  for (const word of text.trim().split(/\s+/)) {
    const name = word.slice(1)
    if (!/^[+-]./.test(word)) throw new Errno('EINVAL')
    if (!group.hierarchy.controllers.includes(name)) throw new Errno('EINVAL')
    if (word.startsWith('+') && !controllersOf(group).includes(name)) throw new Errno('ENOENT')
    if (word.startsWith('+')) on.add(name)
    else if ([...group.children.values()].some((child) => child.value('subtree', '').split(' ').includes(name))) throw new Errno('EBUSY')
    else on.delete(name)
  }
  if (group.parent && on.size > 0 && [...group.members()].length > 0) throw new Errno('EBUSY')
  group.values.set('subtree', group.hierarchy.controllers.filter((name) => on.has(name)).join(' '))
}

export const CORE: Table = {
  'cgroup.controllers': shown((g) => `${controllersOf(g).join(' ')}\n`),
  'cgroup.events': shown((g) => `populated ${g.count > 0 ? 1 : 0}\nfrozen ${isFrozen(g) ? 1 : 0}\n`, false),
  'cgroup.freeze': {
    mode: 0o644,
    onRoot: false,
    read: (g) => (g.frozen ? '1\n' : '0\n'),
    write: (g, text, _viewer, cgroups) => {
      if (text.trim() !== '0') only('1', text)
      cgroups.freeze(g, text.trim() === '1' ? 'frozen' : 'thawed')
    },
  },
  'cgroup.kill': trigger((g, text, viewer, cgroups) => {
    only('1', text)
    cgroups.kill(g, SIG.SIGKILL, viewer)
  }, false),
  'cgroup.max.depth': number('cgroup.max.depth', 'max', { words: ['max'], outside: 'ERANGE' }),
  'cgroup.max.descendants': number('cgroup.max.descendants', 'max', { words: ['max'], outside: 'ERANGE' }),
  'cgroup.pressure': flag('cgroup.pressure', '1'),
  'cgroup.procs': procs,
  'cgroup.stat': shown((g) => `nr_descendants ${[...g.below()].length - 1}\nnr_dying_descendants 0\n`),
  'cgroup.subtree_control': { mode: 0o644, onRoot: true, read: (g) => `${g.value('subtree', '')}\n`, write: changeSubtree },
  'cgroup.threads': tasks,
  'cgroup.type': shown(() => 'domain\n', false),
  'cpu.pressure': pressure,
  'cpu.stat': shown((g) => {
    const { user, system } = cpuTime(g)
    const micro = (ns: number): number => Math.floor(ns / 1000)
    const base = `usage_usec ${micro(user + system)}\nuser_usec ${micro(user)}\nsystem_usec ${micro(system)}\n`
    return g.parent && controllersOf(g).includes('cpu') ? `${base}nr_periods 0\nnr_throttled 0\nthrottled_usec 0\nnr_bursts 0\nburst_usec 0\n` : base
  }),
  'io.pressure': pressure,
  'memory.pressure': pressure,
}

const text = (name: string, initial: string, form: RegExp): GroupFile => ({
  mode: 0o644, onRoot: false,
  read: (g) => `${g.value(name, initial)}\n`,
  write: (g, given) => {
    if (!form.test(given.trim())) throw new Errno('EINVAL')
    g.values.set(name, given.trim())
  },
})
/** `50000` alone leaves the period as it is. */
const cpuMax: GroupFile = {
  ...text('cpu.max', 'max 100000', /^(max|\d+)( \d+)?$/),
  write: (g, given) => {
    const [, quota, period] = /^(max|\d+)(?: (\d+))?$/.exec(given.trim()) ?? []
    const before = g.value('cpu.max', 'max 100000').split(' ')[1] ?? '100000'
    const wanted = Number(period ?? before)
    if (quota === undefined || wanted < 1000 || wanted > 1_000_000 || (quota !== 'max' && Number(quota) < 1000)) throw new Errno('EINVAL')
    g.values.set('cpu.max', `${quota} ${wanted}`)
  },
}

const OUT_OF_MEMORY = 'low 0\nhigh 0\nmax 0\noom 0\noom_kill 0\noom_group_kill 0\n'
const MEMORY_STAT = [
  'anon', 'file', 'kernel', 'kernel_stack', 'pagetables', 'sec_pagetables', 'percpu', 'sock', 'vmalloc', 'shmem', 'zswap', 'zswapped', 'file_mapped', 'file_dirty', 'file_writeback', 'swapcached', 'anon_thp',
  'file_thp', 'shmem_thp', 'inactive_anon', 'active_anon', 'inactive_file', 'active_file', 'unevictable', 'slab_reclaimable', 'slab_unreclaimable', 'slab', 'workingset_refault_anon', 'workingset_refault_file',
  'workingset_activate_anon', 'workingset_activate_file', 'workingset_restore_anon', 'workingset_restore_file', 'workingset_nodereclaim', 'pgscan', 'pgsteal', 'pgscan_kswapd', 'pgscan_direct', 'pgsteal_kswapd',
  'pgsteal_direct', 'pgfault', 'pgmajfault', 'pgrefill', 'pgactivate', 'pgdeactivate', 'pglazyfree', 'pglazyfreed', 'zswpin', 'zswpout', 'thp_fault_alloc', 'thp_collapse_alloc',
]

const BY_CONTROLLER: Readonly<Record<string, Table>> = {
  cpu: {
    'cpu.idle': number('cpu.idle', '0', { most: 1, onRoot: false }),
    'cpu.max': cpuMax,
    'cpu.max.burst': number('cpu.max.burst', '0', { onRoot: false }),
    'cpu.weight': number('cpu.weight', '100', { least: 1, most: 10_000, outside: 'ERANGE', onRoot: false }),
    'cpu.weight.nice': number('cpu.weight.nice', '0', { least: -20, most: 19, outside: 'ERANGE', onRoot: false }),
  },
  cpuset: {
    'cpuset.cpus': text('cpuset.cpus', '', /^[\d,-]*$/),
    'cpuset.cpus.effective': shown((g) => `${g.value('cpuset.cpus', '') || '0-1'}\n`),
    'cpuset.cpus.partition': text('cpuset.cpus.partition', 'member', /^(member|root|isolated)$/),
    'cpuset.mems': text('cpuset.mems', '', /^[\d,-]*$/),
    'cpuset.mems.effective': shown((g) => `${g.value('cpuset.mems', '') || '0'}\n`),
  },
  io: {
    'io.max': text('io.max', '', /./),
    'io.stat': shown(() => ''),
    'io.weight': { ...number('io.weight', '100', { least: 1, most: 10_000, outside: 'ERANGE', onRoot: false }), read: (g) => `default ${g.value('io.weight', '100')}\n` },
  },
  memory: {
    'memory.current': shown((g) => `${usage(g)}\n`, false),
    'memory.events': shown(() => OUT_OF_MEMORY, false),
    'memory.events.local': shown(() => OUT_OF_MEMORY, false),
    'memory.high': byteLimit('memory.high', 'max', false),
    'memory.low': byteLimit('memory.low', '0', false),
    'memory.max': byteLimit('memory.max', 'max', false),
    'memory.min': byteLimit('memory.min', '0', false),
    'memory.numa_stat': shown((g) => `anon N0=${usage(g)}\nfile N0=0\n`),
    'memory.oom.group': number('memory.oom.group', '0', { most: 1, onRoot: false }),
    'memory.peak': shown((g) => `${usage(g)}\n`, false),
    'memory.reclaim': trigger(() => {}),
    'memory.stat': shown((g) => MEMORY_STAT.map((name) => `${name} ${name === 'anon' || name === 'inactive_anon' ? usage(g) : 0}\n`).join('')),
    'memory.swap.current': shown(() => '0\n', false),
    'memory.swap.events': shown(() => 'high 0\nmax 0\nfail 0\n', false),
    'memory.swap.high': byteLimit('memory.swap.high', 'max', false),
    'memory.swap.max': byteLimit('memory.swap.max', 'max', false),
    'memory.zswap.current': shown(() => '0\n', false),
    'memory.zswap.max': byteLimit('memory.zswap.max', 'max', false),
  },
  hugetlb: Object.fromEntries(
    ['1GB', '2MB'].flatMap((size): [string, GroupFile][] => [
      [`hugetlb.${size}.current`, shown(() => '0\n', false)],
      [`hugetlb.${size}.events`, shown(() => 'max 0\n', false)],
      [`hugetlb.${size}.events.local`, shown(() => 'max 0\n', false)],
      [`hugetlb.${size}.max`, byteLimit(`hugetlb.${size}.max`, 'max', false)],
      [`hugetlb.${size}.rsvd.current`, shown(() => '0\n', false)],
      [`hugetlb.${size}.rsvd.max`, byteLimit(`hugetlb.${size}.rsvd.max`, 'max', false)],
    ]),
  ),
  pids: PIDS,
}

/** All of a hierarchy's files; which of them a group has is for `present` to say. */
export const allFiles = (controllers: readonly string[]): Table =>
  Object.assign({}, CORE, ...controllers.map((name) => Object.fromEntries(Object.entries(BY_CONTROLLER[name] ?? {}).map(([file, what]) => [file, { ...what, controller: name }]))))

export function present(group: Group, file: GroupFile): boolean {
  if (file === pressure) return group.value('cgroup.pressure', '1') === '1'
  return file.controller === undefined || controllersOf(group).includes(file.controller)
}

/** What mkdir in `group` must keep to: cgroup.max.depth and cgroup.max.descendants of it and of all above. */
export function mayHaveChild(group: Group): void {
  let depth = 1
  for (const at of group.upwards()) {
    const deepest = at.value('cgroup.max.depth', 'max')
    const most = at.value('cgroup.max.descendants', 'max')
    if (deepest !== 'max' && depth > Number(deepest)) throw new Errno('EAGAIN')
    if (most !== 'max' && [...at.below()].length > Number(most)) throw new Errno('EAGAIN')
    depth++
  }
}
