/** The specification that runc gets (daemon/oci_linux.go, oci/defaults.go). */
import { mergeEnv } from '../../containerd/oci/image'
import { capabilitySets, DEFAULT_CAPABILITIES, DEFAULT_PATH, readonlyPaths } from '../../containerd/oci/defaults'
import type { OciCapabilities, OciDevice, OciMount, OciNamespace, OciProcess, OciResources, OciSpec } from '../../containerd/oci/types'
import { CAPABILITIES } from '../../kernel/credentials'
import { EXEC_ROOT } from '../context'
import { SETKEY_NAME } from '../network/setkey'
import type { HostConfig, Stored } from '../types'
import { mergedPath } from './root'
import { seccompProfile } from './seccomp'
import { containerPath } from './store'

/** Of a HostConfig where it says nothing itself (oci/defaults.go). */
export const MASKED_PATHS = ['/proc/asound', '/proc/acpi', '/proc/kcore', '/proc/keys', '/proc/latency_stats', '/proc/timer_list', '/proc/timer_stats', '/proc/sched_debug', '/proc/scsi', '/sys/firmware']
export const READONLY_PATHS = readonlyPaths()
export const DEFAULT_SHM = 67_108_864
const PERIOD = 100_000
const NANO = 1e9

/** What the container joins of others: processes by namespace. */
export interface Joined {
  readonly network?: number
  readonly ipc?: number
  readonly pid?: number
}

export interface SpecRequest {
  readonly container: Stored
  readonly joined: Joined
  /** Volumes and binds, by destination. */
  readonly mounts: readonly OciMount[]
  /** The directory that is /dev/shm, where others may share it. */
  readonly shm: string | undefined
  readonly user: OciProcess['user']
  readonly devices: readonly OciDevice[]
  readonly deviceRules: NonNullable<OciResources['devices']>
  /** The daemon's own. */
  readonly daemon: { readonly pid: number; readonly controller: string; readonly capabilities: readonly string[] }
}

export function specOf(request: SpecRequest): OciSpec {
  const { container, mounts, user, devices, deviceRules, daemon } = request
  const { ID, Config, HostConfig: host, MountID } = container
  const namespaces = namespacesOf(host, request.joined)
  const hasOwnNetwork = namespaces.some(({ type, path }) => type === 'network' && !path)
  return {
    ociVersion: '1.0.2-dev',
    process: {
      ...(Config.Tty ? { terminal: true } : {}),
      user,
      args: [container.Path, ...container.Args],
      env: environmentOf(Config.Tty ? 'tty' : 'pipes', Config.Hostname, Config.Env ?? []),
      cwd: Config.WorkingDir || '/',
      capabilities: capabilitiesOf(host, daemon.capabilities),
      ...(host.Ulimits ? { rlimits: host.Ulimits.map(({ Name, Hard, Soft }) => ({ type: `RLIMIT_${Name.toUpperCase()}`, hard: Hard, soft: Soft })) } : {}),
      ...(host.SecurityOpt?.some((option) => /^no-new-privileges([:=]true)?$/.test(option)) ? { noNewPrivileges: true } : {}),
      oomScoreAdj: host.OomScoreAdj,
    },
    root: { path: mergedPath(MountID), ...(host.ReadonlyRootfs ? { readonly: true } : {}) },
    ...(host.UTSMode === 'host' ? {} : { hostname: Config.Hostname }),
    mounts: mountsOf(request, mounts),
    ...(hasOwnNetwork ? { hooks: { prestart: [{ path: `/proc/${daemon.pid}/exe`, args: [SETKEY_NAME, `-exec-root=${EXEC_ROOT}`, ID, daemon.controller] }] } } : {}),
    linux: {
      ...(host.NetworkMode === 'host' ? {} : { sysctl: { ...(hasOwnNetwork ? UNPRIVILEGED : {}), ...host.Sysctls } }),
      resources: resourcesOf(host, deviceRules),
      cgroupsPath: `${host.CgroupParent === '' ? '/docker' : host.CgroupParent}/${ID}`,
      namespaces,
      ...(devices.length > 0 ? { devices: [...devices] } : {}),
      ...(host.Privileged || host.SecurityOpt?.some((option) => /^seccomp[:=]unconfined$/.test(option)) ? {} : { seccomp: seccompProfile() }),
      ...(host.MaskedPaths ? { maskedPaths: [...host.MaskedPaths] } : {}),
      ...(host.ReadonlyPaths ? { readonlyPaths: [...host.ReadonlyPaths] } : {}),
    },
  }
}

const UNPRIVILEGED = { 'net.ipv4.ip_unprivileged_port_start': '0', 'net.ipv4.ping_group_range': '0 2147483647' }

/** A terminal has a type. */
export const environmentOf = (terminal: 'tty' | 'pipes', hostname: string, own: readonly string[]): string[] =>
  // A name alone takes a variable away.
  mergeEnv([DEFAULT_PATH, `HOSTNAME=${hostname}`, ...(terminal === 'tty' ? ['TERM=xterm'] : [])], own.filter((entry) => entry.includes('='))).filter((entry) => !own.includes(entry.split('=', 1)[0] ?? ''))

function namespacesOf(host: HostConfig, { network, ipc, pid }: Joined): OciNamespace[] {
  const all: OciNamespace[] = [
    { type: 'mount' }, { type: 'network', ...(network === undefined ? {} : { path: `/proc/${network}/ns/net` }) }, { type: 'uts' }, { type: 'pid', ...(pid === undefined ? {} : { path: `/proc/${pid}/ns/pid` }) },
    { type: 'ipc', ...(ipc === undefined ? {} : { path: `/proc/${ipc}/ns/ipc` }) },
  ]
  const shared = { network: host.NetworkMode, uts: host.UTSMode, pid: host.PidMode, ipc: host.IpcMode }
  return [...all.filter(({ type }) => !(type in shared && shared[type as keyof typeof shared] === 'host')), ...(host.CgroupnsMode === 'private' ? [{ type: 'cgroup' } as const] : [])]
}

/** daemon/caps TweakCapabilities. */
function capabilitiesOf({ Privileged, CapAdd, CapDrop }: HostConfig, all: readonly string[]): OciCapabilities {
  if (Privileged) return capabilitySets(all)
  const named = (names: readonly string[] | null): string[] => (names ?? []).map((name) => name.toUpperCase()).map((name) => (name === 'ALL' || name.startsWith('CAP_') ? name : `CAP_${name}`))
  const [add, drop] = [named(CapAdd), named(CapDrop)]
  if (add.includes('ALL')) return capabilitySets(all.filter((name) => !drop.includes(name)))
  const base = drop.includes('ALL') ? [] : DEFAULT_CAPABILITIES.filter((name) => !drop.includes(name))
  return capabilitySets([...new Set([...base, ...add])])
}

export const isCapability = (name: string): boolean => {
  const upper = name.toUpperCase()
  return upper === 'ALL' || CAPABILITIES.some((known) => known === upper || known === `CAP_${upper}`)
}

const tmpfs = (destination: string, options: string): OciMount => ({ destination, type: 'tmpfs', source: 'tmpfs', options: ['noexec', 'nosuid', 'nodev', ...options.split(',').filter((o) => o !== '')] })

const FLAGS = ['nosuid', 'noexec', 'nodev']

function mountsOf({ container: { ID, HostConfig: host }, shm }: SpecRequest, given: readonly OciMount[]): OciMount[] {
  const base: OciMount[] = [
    { destination: '/proc', type: 'proc', source: 'proc', options: FLAGS },
    { destination: '/dev', type: 'tmpfs', source: 'tmpfs', options: ['nosuid', 'strictatime', 'mode=755', 'size=65536k'] },
    { destination: '/dev/pts', type: 'devpts', source: 'devpts', options: ['nosuid', 'noexec', 'newinstance', 'ptmxmode=0666', 'mode=0620', 'gid=5'] },
    { destination: '/sys', type: 'sysfs', source: 'sysfs', options: [...FLAGS, ...(host.Privileged ? [] : ['ro'])] },
    { destination: '/sys/fs/cgroup', type: 'cgroup', source: 'cgroup', options: [...(host.Privileged ? [] : ['ro']), ...FLAGS] },
    { destination: '/dev/mqueue', type: 'mqueue', source: 'mqueue', options: FLAGS },
    { destination: '/dev/shm', type: 'tmpfs', source: 'shm', options: [...FLAGS, 'mode=1777', `size=${host.ShmSize}`] },
  ]
  const bound = (destination: string, source: string): OciMount => ({ destination, type: 'bind', source, options: ['rbind', 'rprivate'] })
  const own = [
    ...['resolv.conf', 'hostname', 'hosts'].map((name) => bound(`/etc/${name}`, containerPath(ID, name))),
    ...(shm === undefined ? [] : [bound('/dev/shm', shm)]),
    ...Object.entries(host.Tmpfs ?? {}).map(([destination, options]) => tmpfs(destination, options)),
    ...(host.Mounts ?? []).filter(({ Type }) => Type === 'tmpfs').map(({ Target, ReadOnly }) => tmpfs(Target, ReadOnly ? 'ro' : '')),
  ].filter(({ destination }) => !given.some((mount) => mount.destination === destination))
  const depth = ({ destination }: OciMount): number => destination.split('/').length
  const all = [...given, ...own].sort((a, b) => depth(a) - depth(b))
  const covered = new Set(all.map(({ destination }) => destination))
  return [...base.filter(({ destination }) => !covered.has(destination)).map((mount) => ({ ...mount, options: [...(mount.options ?? [])] })), ...all]
}

const device = (allow: boolean, type: string, major: number, minor: number) => ({ allow, type, major, minor, access: 'rwm' })

export function resourcesOf(host: HostConfig, deviceRules: NonNullable<OciResources['devices']> = []): OciResources {
  const quota = host.NanoCpus > 0 ? Math.round((host.NanoCpus * PERIOD) / NANO) : host.CpuQuota
  const period = host.NanoCpus > 0 ? PERIOD : host.CpuPeriod
  return {
    devices: host.Privileged
      ? [{ allow: true, access: 'rwm' }]
      : [
          { allow: false, access: 'rwm' }, device(true, 'c', 1, 5), device(true, 'c', 1, 3), device(true, 'c', 1, 9), device(true, 'c', 1, 8), device(true, 'c', 5, 0), device(true, 'c', 5, 1), device(false, 'c', 10, 229),
          ...deviceRules,
        ],
    memory: {
      ...(host.Memory > 0 ? { limit: host.Memory } : {}), ...(host.MemoryReservation > 0 ? { reservation: host.MemoryReservation } : {}), ...(host.MemorySwap === 0 ? {} : { swap: host.MemorySwap }), disableOOMKiller: host.OomKillDisable,
    },
    cpu: {
      shares: host.CpuShares, ...(quota === 0 ? {} : { quota }), ...(period === 0 ? {} : { period }), ...(host.CpusetCpus === '' ? {} : { cpus: host.CpusetCpus }), ...(host.CpusetMems === '' ? {} : { mems: host.CpusetMems }),
    },
    ...(host.PidsLimit === null || host.PidsLimit === 0 ? {} : { pids: { limit: host.PidsLimit } }),
    blockIO: { weight: host.BlkioWeight },
  }
}
