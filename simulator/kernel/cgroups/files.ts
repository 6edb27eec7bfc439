/**
 * The files of a control group by controller: how each is read and what writing to it does (admin-guide/cgroup-v1, cgroup-v2.rst;
 * recording: cri-node, node-files). A file without a rule of its own keeps what was written.
 */
import { Errno } from '../errno'
import type { Task } from '../task'
import { type Cgroups, isFrozen } from './cgroups'
import type { Group } from './group'

export interface GroupFile {
  readonly mode: number
  /** On the root group too; limits are not. */
  readonly onRoot: boolean
  read(group: Group, viewer: Task): string
  write?(group: Group, text: string, viewer: Task, cgroups: Cgroups): void
}

const UNLIMITED = '9223372036854771712'

const shown = (read: GroupFile['read'], onRoot = true): GroupFile => ({ mode: 0o444, onRoot, read })

/** Keeps a number (or a word that stands for none). */
const kept = (name: string, initial: string, words: readonly string[] = []): GroupFile => ({
  mode: 0o644,
  onRoot: true,
  read: (group) => `${group.value(name, initial)}\n`,
  write: (group, text) => {
    const value = text.trim()
    if (!/^-?\d+[kKmMgG]?$/.test(value) && !words.includes(value)) throw new Errno('EINVAL')
    group.values.set(name, value)
  },
})
const limit = (name: string, initial: string, words: readonly string[] = []): GroupFile => ({ ...kept(name, initial, words), onRoot: false })

const UNITS: Record<string, number> = { k: 1024, m: 1048576, g: 1073741824 }
/** `64M` in bytes, in whole pages; -1 and `max` lift the limit. */
function bytes(text: string, none: string): string {
  const match = /^(-?\d+)([kmg]?)$/i.exec(text.trim())
  if (text.trim() === 'max' || match?.[1] === '-1') return none
  if (!match) throw new Errno('EINVAL')
  return String(Math.floor((Number(match[1]) * (UNITS[(match[2] ?? '').toLowerCase()] ?? 1)) / 4096) * 4096)
}
const byteLimit = (name: string, none: string, onRoot = true): GroupFile => ({
  mode: 0o644,
  onRoot,
  read: (group) => `${group.value(name, none)}\n`,
  write: (group, text) => void group.values.set(name, bytes(text, none)),
})

/** Memory of the processes in the group and below, in bytes. */
const usage = (group: Group): number => [...group.tasksBelow()].reduce((sum, t) => sum + (t.memory.rssAnon + t.memory.rssShmem) * 1024, 0)

const numbers = (group: Group, viewer: Task): string =>
  [...group.members()].map((t) => t.pidIn(viewer.ns.pid)).filter((pid) => pid > 0).sort((a, b) => a - b).map((pid) => `${pid}\n`).join('')

function moveHere(group: Group, text: string, viewer: Task, cgroups: Cgroups): void {
  const wanted = Number(text.trim())
  if (!Number.isInteger(wanted)) throw new Errno('EINVAL')
  const task = wanted === 0 ? viewer : viewer.ns.pid.tasks.get(wanted)
  if (!task || task.isZombie) throw new Errno('ESRCH')
  cgroups.move(task, group)
}

const procs: GroupFile = { mode: 0o644, onRoot: true, read: numbers, write: moveHere }
const tasks: GroupFile = {
  ...procs,
  read: (group, viewer) =>
    [...group.members()].flatMap((t) => [t.pidIn(viewer.ns.pid), ...t.threads.map((x) => x.tidIn(viewer.ns.pid))]).filter((id) => id > 0).sort((a, b) => a - b).map((id) => `${id}\n`).join(''),
}

type Table = Readonly<Record<string, GroupFile>>

const EVERY_V1: Table = {
  'cgroup.clone_children': kept('cgroup.clone_children', '0'),
  'cgroup.procs': procs,
  notify_on_release: kept('notify_on_release', '0'),
  tasks,
}
const ROOT_V1: Table = {
  'cgroup.sane_behavior': shown(() => '0\n'),
  release_agent: { mode: 0o644, onRoot: true, read: () => '\n' },
}

const PIDS: Table = {
  'pids.current': shown((group) => `${group.count}\n`, false),
  'pids.events': shown((group) => `max ${group.refusals}\n`, false),
  'pids.max': limit('pids.max', 'max', ['max']),
  'pids.peak': shown((group) => `${group.peak}\n`, false),
}

/** CPU time of all that are or were in the group and below, ns. */
const cpuTime = (group: Group): number => Math.round([...group.tasksBelow()].reduce((sum, t) => sum + t.times.user + t.times.system, group.spentNs))

const V1: Readonly<Record<string, Table>> = {
  cpu: {
    'cpu.cfs_burst_us': limit('cpu.cfs_burst_us', '0'),
    'cpu.cfs_period_us': limit('cpu.cfs_period_us', '100000'),
    'cpu.cfs_quota_us': limit('cpu.cfs_quota_us', '-1'),
    'cpu.idle': limit('cpu.idle', '0'),
    'cpu.shares': limit('cpu.shares', '1024'),
    'cpu.stat': shown(() => 'nr_periods 0\nnr_throttled 0\nthrottled_time 0\nnr_bursts 0\nburst_time 0\n'),
  },
  cpuacct: {
    'cpuacct.stat': shown((g) => `user ${Math.floor(cpuTime(g) / 1e7)}\nsystem 0\n`),
    'cpuacct.usage': shown((g) => `${cpuTime(g)}\n`),
    'cpuacct.usage_percpu': shown((g) => `${cpuTime(g)} 0 \n`),
  },
  cpuset: {
    'cpuset.cpu_exclusive': kept('cpuset.cpu_exclusive', '0'),
    'cpuset.cpus': { ...kept('cpuset.cpus', '0-1'), write: (g, text) => void g.values.set('cpuset.cpus', text.trim()) },
    'cpuset.effective_cpus': shown((g) => `${g.value('cpuset.cpus', '0-1')}\n`),
    'cpuset.effective_mems': shown((g) => `${g.value('cpuset.mems', '0')}\n`),
    'cpuset.mems': { ...kept('cpuset.mems', '0'), write: (g, text) => void g.values.set('cpuset.mems', text.trim()) },
  },
  memory: {
    'memory.failcnt': kept('memory.failcnt', '0'),
    'memory.limit_in_bytes': byteLimit('memory.limit_in_bytes', UNLIMITED),
    'memory.max_usage_in_bytes': shown((g) => `${usage(g)}\n`),
    'memory.oom_control': shown(() => 'oom_kill_disable 0\nunder_oom 0\noom_kill 0\n'),
    'memory.soft_limit_in_bytes': byteLimit('memory.soft_limit_in_bytes', UNLIMITED),
    'memory.stat': shown((g) => `cache 0\nrss ${usage(g)}\nswap 0\nhierarchical_memory_limit ${g.value('memory.limit_in_bytes', UNLIMITED)}\n`),
    'memory.swappiness': kept('memory.swappiness', '60'),
    'memory.usage_in_bytes': shown((g) => `${usage(g)}\n`),
    'memory.use_hierarchy': kept('memory.use_hierarchy', '1'),
  },
  devices: {
    'devices.allow': { mode: 0o200, onRoot: true, read: () => '', write: () => {} },
    'devices.deny': { mode: 0o200, onRoot: true, read: () => '', write: () => {} },
    'devices.list': shown(() => 'a *:* rwm\n'),
  },
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
  blkio: { 'blkio.reset_stats': { mode: 0o200, onRoot: true, read: () => '', write: () => {} } },
  pids: PIDS,
}

const V2_CORE: Table = {
  'cgroup.controllers': shown((g) => `${g.hierarchy.controllers.join(' ')}\n`),
  'cgroup.events': shown((g) => `populated ${g.count > 0 ? 1 : 0}\nfrozen ${isFrozen(g) ? 1 : 0}\n`, false),
  'cgroup.freeze': {
    mode: 0o644,
    onRoot: false,
    read: (g) => (g.frozen ? '1\n' : '0\n'),
    write: (g, text, _viewer, cgroups) => cgroups.freeze(g, text.trim() === '1' ? 'frozen' : 'thawed'),
  },
  'cgroup.procs': procs,
  'cgroup.stat': shown((g) => `nr_descendants ${[...g.below()].length - 1}\nnr_dying_descendants 0\n`),
  'cgroup.subtree_control': {
    mode: 0o644,
    onRoot: true,
    read: (g) => `${g.value('subtree', '')}\n`,
    write: (g, text) => {
      const on = new Set(g.value('subtree', '').split(' ').filter(Boolean))
      for (const word of text.trim().split(/\s+/)) {
        if (!g.hierarchy.controllers.includes(word.slice(1))) throw new Errno('ENOENT')
        if (word.startsWith('+')) on.add(word.slice(1))
        else on.delete(word.slice(1))
      }
      g.values.set('subtree', [...on].join(' '))
    },
  },
  'cgroup.threads': tasks,
  'cgroup.type': shown(() => 'domain\n', false),
}
const V2: Table = {
  'cpu.max': { ...limit('cpu.max', 'max 100000'), write: (g, text) => void g.values.set('cpu.max', text.trim()) },
  'cpu.stat': shown((g) => `usage_usec ${Math.floor(cpuTime(g) / 1000)}\nuser_usec ${Math.floor(cpuTime(g) / 1000)}\nsystem_usec 0\n`),
  'cpu.weight': limit('cpu.weight', '100'),
  'memory.current': shown((g) => `${usage(g)}\n`, false),
  'memory.events': shown(() => 'low 0\nhigh 0\nmax 0\noom 0\noom_kill 0\noom_group_kill 0\n', false),
  'memory.high': byteLimit('memory.high', 'max', false),
  'memory.low': byteLimit('memory.low', '0', false),
  'memory.max': byteLimit('memory.max', 'max', false),
  'memory.min': byteLimit('memory.min', '0', false),
  'memory.stat': shown((g) => `anon ${usage(g)}\nfile 0\n`),
  'memory.swap.max': byteLimit('memory.swap.max', 'max', false),
  ...PIDS,
}

const TABLES = new WeakMap<Group['hierarchy'], { readonly root: Map<string, GroupFile>; readonly other: Map<string, GroupFile> }>()

/** The files that a group has, by name. */
export function filesOf(group: Group): ReadonlyMap<string, GroupFile> {
  const { hierarchy } = group
  let found = TABLES.get(hierarchy)
  if (!found) {
    const own: Table = hierarchy.version === 2 ? (hierarchy.controllers.length > 0 ? { ...V2_CORE, ...V2 } : V2_CORE) : Object.assign({}, EVERY_V1, ...hierarchy.controllers.map((c) => V1[c] ?? {}))
    const other = new Map(Object.entries(own))
    const root = new Map([...Object.entries(own).filter(([, f]) => f.onRoot), ...(hierarchy.version === 1 ? Object.entries(ROOT_V1) : [])])
    found = { root, other }
    TABLES.set(hierarchy, found)
  }
  return group.parent ? found.other : found.root
}
