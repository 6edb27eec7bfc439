/**
 * What /proc tells of the machine itself: its hardware, and what had been counted before this run began (a booted node
 * starts near nothing, a captured one stands where it was). Defaults are the recorded node's: 2 CPUs, 24 GiB, no swap.
 */
import type { Kernel } from '../../kernel'
import { NS_PER_SEC } from '../../time'

export interface MachineFacts {
  readonly cpus: number
  /** Lines of /proc/meminfo in kB, in their order, when the run began; huge page counts have no unit. */
  readonly memory: ReadonlyMap<string, { readonly value: number; readonly unit: string }>
  /** The three averages when the run began. */
  readonly load: readonly [number, number, number]
  /** Tasks of the kernel itself and of what surrounds the node, in loadavg's total. */
  readonly otherTasks: number
  /** Jiffies of `cpuN` lines, as in /proc/stat, when the run began. */
  readonly cpuTimes: readonly (readonly number[])[]
  readonly interrupts: string
  readonly softirqs: string
  readonly contextSwitches: number
  readonly forks: number
  /** Idle seconds of all CPUs, the second number of /proc/uptime. */
  readonly idle: number
  /** The monotonic clock when these were read. */
  readonly since: number
  readonly lastPid: number
  readonly bootId: string
  readonly filesystems: string
  readonly commandLine: string
  /** Numbers of session autogroups that had been given out (sched_autogroup). */
  readonly autogroups: number
}

/** The disk that the node lies on. */
export const DISK = { name: 'vda', major: 254, minor: 0, kilobytes: 52_428_800 } as const

const MEMORY = `MemTotal 24683656 kB|MemFree 23118420 kB|MemAvailable 24201336 kB|Buffers 38636 kB|Cached 1264740 kB|SwapCached 0 kB|\
Active 700804 kB|Inactive 678872 kB|Active(anon) 2580 kB|Inactive(anon) 84240 kB|Active(file) 698224 kB|Inactive(file) 594632 kB|\
Unevictable 12568 kB|Mlocked 11640 kB|SwapTotal 0 kB|SwapFree 0 kB|Zswap 0 kB|Zswapped 0 kB|Dirty 1104 kB|Writeback 0 kB|\
AnonPages 88788 kB|Mapped 165784 kB|Shmem 10532 kB|KReclaimable 137780 kB|Slab 188072 kB|SReclaimable 137780 kB|SUnreclaim 50292 kB|\
KernelStack 4096 kB|PageTables 7740 kB|SecPageTables 0 kB|NFS_Unstable 0 kB|Bounce 0 kB|WritebackTmp 0 kB|CommitLimit 12341828 kB|\
Committed_AS 1181528 kB|VmallocTotal 34359738367 kB|VmallocUsed 17004 kB|VmallocChunk 0 kB|Percpu 1144 kB|AnonHugePages 6144 kB|\
ShmemHugePages 0 kB|ShmemPmdMapped 0 kB|FileHugePages 71680 kB|FilePmdMapped 0 kB|Balloon 0 kB|HugePages_Total 0|HugePages_Free 0|\
HugePages_Rsvd 0|HugePages_Surp 0|Hugepagesize 2048 kB|Hugetlb 0 kB|DirectMap4k 26624 kB|DirectMap2M 2070528 kB|DirectMap1G 25165824 kB`

const FILESYSTEMS = ['sysfs', 'tmpfs', 'proc', 'cgroup', 'cgroup2', 'cpuset', 'devtmpfs', 'binfmt_misc', 'debugfs', 'tracefs', 'securityfs',
  'sockfs', 'bpf', 'pipefs', 'ramfs', 'hugetlbfs', 'devpts', '+ext3', '+ext2', '+ext4', '+squashfs', 'autofs', '+fuseblk', 'fuse', 'fusectl',
  'overlay', '+xfs', '+erofs', 'mqueue', '+btrfs', 'pstore']

export const DEFAULT_FACTS: MachineFacts = {
  cpus: 2,
  memory: new Map(MEMORY.split('|').map((entry) => {
    const [name = '', value = '0', unit = ''] = entry.split(' ')
    return [name, { value: Number(value), unit }]
  })),
  load: [0.08, 0.03, 0.01],
  otherTasks: 120,
  cpuTimes: [[0, 0, 0, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
  interrupts: '0',
  softirqs: '0 0 0 0 0 0 0 0 0 0 0',
  contextSwitches: 0,
  forks: 0,
  idle: 0,
  since: 0,
  lastPid: 0,
  bootId: '',
  filesystems: FILESYSTEMS.map((name) => (name.startsWith('+') ? `\t${name.slice(1)}\n` : `nodev\t${name}\n`)).join(''),
  commandLine: 'root=/dev/vda rw console=hvc0 systemd.unified_cgroup_hierarchy=0',
  autogroups: 46,
}

const BY_KERNEL = new WeakMap<Kernel, MachineFacts>()

export const describeMachine = (kernel: Kernel, facts: Partial<MachineFacts>): void => {
  BY_KERNEL.set(kernel, { ...DEFAULT_FACTS, ...facts })
}

export const machineOf = (kernel: Kernel): MachineFacts => BY_KERNEL.get(kernel) ?? DEFAULT_FACTS

/** Jiffies of a number of nanoseconds (USER_HZ is 100). */
export const ticks = (ns: number): number => Math.floor(ns / 10_000_000)

export const seconds = (ns: number): string => (ns / NS_PER_SEC).toFixed(2)

/** CPU time that tasks of this run have used since the facts were read; those that ended are in their parents' figures. */
function usedNs(kernel: Kernel): number {
  let used = 0
  for (const { times } of kernel.tasks()) used += times.user + times.system
  return used
}

/** Idle CPU time since the facts were read. */
export function idleNs(kernel: Kernel): number {
  const { cpus, since } = machineOf(kernel)
  return Math.max(0, (kernel.clock.monotonic - since) * cpus - Math.max(0, usedNs(kernel) - (USED_BEFORE.get(kernel) ?? 0)))
}

/** What had been used when the facts were read. */
const USED_BEFORE = new WeakMap<Kernel, number>()
export const markUsed = (kernel: Kernel): void => {
  USED_BEFORE.set(kernel, usedNs(kernel))
}

/** Jiffies of each CPU since boot: what was recorded, and what passed since, all of it counted as user or idle time. */
export function cpuTimes(kernel: Kernel): number[][] {
  const { cpuTimes: before, cpus, since } = machineOf(kernel)
  const passed = ticks(kernel.clock.monotonic - since)
  const idle = Math.min(passed, ticks(idleNs(kernel) / cpus))
  return before.map((row) => row.map((n, i) => (i === 3 ? n + idle : i === 0 ? n + passed - idle : n)))
}
