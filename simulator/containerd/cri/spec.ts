/** Specifications of sandboxes and containers, field by field as the CRI plugin writes them (pkg/cri/server sandbox_run_linux.go, container_create_linux.go). */
import { capabilitySets, CGROUP_MOUNT, DEFAULT_CAPABILITIES, DEFAULT_PATH, defaultMounts, maskedPaths, readonlyPaths } from '../oci/defaults'
import { argsOf, mergeEnv, numericUser } from '../oci/image'
import { defaultSeccomp } from '../oci/seccomp'
import type { ImageConfig, OciMount, OciNamespace, OciResources, OciSpec } from '../oci/types'
import type { ContainerConfig, CriMount, LinuxContainerResources, NamespaceOption, PodSandboxConfig } from './services'

const NODE = 2
const CONTAINER = 1
const POD = 0
export const SANDBOX_ROOT = '/var/lib/containerd/io.containerd.grpc.v1.cri/sandboxes'
export const SANDBOX_STATE = '/run/containerd/io.containerd.grpc.v1.cri/sandboxes'

const sorted = (record: Record<string, string>): Record<string, string> => Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)))

const cgroupPath = (parent: string | undefined, id: string): string => (parent === undefined || parent === '' ? `/k8s.io/${id}` : parent.endsWith('.slice') ? `${parent.slice(parent.lastIndexOf('/') + 1)}:cri-containerd:${id}` : `${parent}/${id}`)

export interface SandboxSpecRequest {
  readonly ociVersion: string
  readonly id: string
  readonly config: PodSandboxConfig
  readonly image: ImageConfig
  readonly netnsPath: string
  readonly oomScoreAdj: number
}

export function sandboxSpec({ ociVersion, id, config, image, netnsPath, oomScoreAdj }: SandboxSpecRequest): OciSpec {
  const security = config.linux?.security_context
  const options = security?.namespace_options ?? {}
  const namespaces: OciNamespace[] = []
  if (options.pid !== NODE) namespaces.push({ type: 'pid' })
  if (options.ipc !== NODE) namespaces.push({ type: 'ipc' })
  if (options.network !== NODE) namespaces.push({ type: 'uts' })
  namespaces.push({ type: 'mount' })
  if (options.network !== NODE) namespaces.push({ type: 'network', path: netnsPath })
  const user = security?.run_as_user?.value !== undefined ? { uid: security.run_as_user.value, gid: security.run_as_group?.value ?? 0 } : numericUser(image.config?.User ?? '')
  const shm = options.ipc === NODE ? '/dev/shm' : `${SANDBOX_STATE}/${id}/shm`
  return {
    ociVersion,
    process: {
      user: { ...user, additionalGids: [user.gid] },
      args: argsOf(image, [], []),
      env: mergeEnv([DEFAULT_PATH], image.config?.Env ?? []),
      cwd: image.config?.WorkingDir || '/',
      capabilities: capabilitySets(),
      noNewPrivileges: true,
      oomScoreAdj,
    },
    root: { path: 'rootfs', readonly: true },
    ...(options.network !== NODE && config.hostname ? { hostname: config.hostname } : {}),
    mounts: [
      ...defaultMounts(['/run']),
      { destination: '/dev/shm', type: 'bind', source: shm, options: ['rbind', 'ro'] },
      { destination: '/etc/resolv.conf', type: 'bind', source: `${SANDBOX_ROOT}/${id}/resolv.conf`, options: ['rbind', 'ro'] },
    ],
    annotations: sorted({
      'io.kubernetes.cri.container-type': 'sandbox', 'io.kubernetes.cri.sandbox-id': id, 'io.kubernetes.cri.sandbox-log-directory': config.log_directory ?? '',
      'io.kubernetes.cri.sandbox-name': config.metadata?.name ?? '', 'io.kubernetes.cri.sandbox-namespace': config.metadata?.namespace ?? '', 'io.kubernetes.cri.sandbox-uid': config.metadata?.uid ?? '',
    }),
    linux: {
      ...(config.linux?.sysctls ? { sysctl: { ...config.linux.sysctls } } : {}),
      resources: { devices: [{ allow: false, access: 'rwm' }], cpu: { shares: 2 } },
      cgroupsPath: cgroupPath(config.linux?.cgroup_parent, id),
      namespaces,
      ...(security?.seccomp && (security.seccomp.profile_type ?? 0) === 0 ? { seccomp: defaultSeccomp() } : {}),
      maskedPaths: maskedPaths(),
      readonlyPaths: readonlyPaths(),
    },
  }
}

/** Whether the node counts swap: then a limit of memory holds for both together. */
export type Swap = 'counted' | 'not counted'

export interface ContainerSpecRequest {
  readonly ociVersion: string
  readonly cgroups: 'per-controller' | 'unified'
  readonly swap: Swap
  /** What containerd itself may: all that a privileged container can get. */
  readonly capabilities: readonly string[]
  readonly id: string
  readonly sandboxId: string
  readonly sandboxPid: number
  readonly config: ContainerConfig
  readonly sandboxConfig: PodSandboxConfig
  readonly image: ImageConfig
  /** The image's name as the annotation shows it. */
  readonly imageName: string
  /** From the image's /etc/passwd when its user is a name. */
  readonly user: { readonly uid: number; readonly gid: number } | null
  readonly hostname: string
  readonly oomScoreAdj: number
}

export function containerSpec(request: ContainerSpecRequest): OciSpec {
  const { ociVersion, id, sandboxId, sandboxPid, config, sandboxConfig, image } = request
  const security = config.linux?.security_context
  const uid = security?.run_as_user?.value
  const user = uid !== undefined ? { uid, gid: security?.run_as_group?.value ?? 0 } : (request.user ?? numericUser(image.config?.User ?? ''))
  const env = mergeEnv(mergeEnv([DEFAULT_PATH, ...(config.tty ? ['TERM=xterm'] : []), `HOSTNAME=${request.hostname}`], image.config?.Env ?? []), (config.envs ?? []).map((e) => `${e.key ?? ''}=${e.value ?? ''}`))
  const masked = security?.privileged ? undefined : security?.masked_paths
  const readonly = security?.privileged ? undefined : security?.readonly_paths
  const tty = config.tty ? { terminal: true } : {}
  const devices = [{ allow: security?.privileged ?? false, access: 'rwm' }]
  return {
    ociVersion,
    process: {
      ...tty,
      user: { ...user, additionalGids: [...new Set([user.gid, ...(security?.supplemental_groups ?? [])])].sort((a, b) => a - b) },
      args: argsOf(image, config.command ?? [], config.args ?? []),
      env,
      cwd: config.working_dir || image.config?.WorkingDir || '/',
      capabilities: capabilitySets(capabilitiesOf(config, request.capabilities)),
      ...(security?.no_new_privs ? { noNewPrivileges: true } : {}),
      ...(config.linux?.resources ? { oomScoreAdj: request.oomScoreAdj } : {}),
    },
    root: { path: 'rootfs', ...(security?.readonly_rootfs ? { readonly: true } : {}) },
    mounts: mountsOf(request),
    annotations: sorted({
      'io.kubernetes.cri.container-name': config.metadata?.name ?? '', 'io.kubernetes.cri.container-type': 'container', 'io.kubernetes.cri.image-name': request.imageName,
      'io.kubernetes.cri.sandbox-id': sandboxId, 'io.kubernetes.cri.sandbox-name': sandboxConfig.metadata?.name ?? '',
      'io.kubernetes.cri.sandbox-namespace': sandboxConfig.metadata?.namespace ?? '', 'io.kubernetes.cri.sandbox-uid': sandboxConfig.metadata?.uid ?? '',
    }),
    linux: {
      resources: config.linux?.resources ? withResources({ devices }, config.linux.resources, request.swap) : { devices },
      cgroupsPath: cgroupPath(sandboxConfig.linux?.cgroup_parent, id),
      // On cgroup v2 a container that is not privileged sees its own groups only.
      namespaces: [...namespacesOf(security?.namespace_options ?? {}, sandboxPid), ...(request.cgroups === 'unified' && !security?.privileged ? [{ type: 'cgroup' } as const] : [])],
      ...(security?.seccomp && (security.seccomp.profile_type ?? 0) === 0 && !security.privileged ? { seccomp: defaultSeccomp() } : {}),
      ...(masked?.length ? { maskedPaths: [...masked] } : {}),
      ...(readonly?.length ? { readonlyPaths: [...readonly] } : {}),
    },
  }
}

/** The pod's namespaces are those of the pause process (`WithPodNamespaces`). */
function namespacesOf(options: NamespaceOption, pid: number): OciNamespace[] {
  const own: OciNamespace[] = (options.pid ?? POD) === CONTAINER ? [{ type: 'pid' }] : [{ type: 'pid', path: `/proc/${pid}/ns/pid` }]
  return [...own, { type: 'ipc', path: `/proc/${pid}/ns/ipc` }, { type: 'uts', path: `/proc/${pid}/ns/uts` }, { type: 'mount' }, { type: 'network', path: `/proc/${pid}/ns/net` }]
}

function capabilitiesOf(config: ContainerConfig, all: readonly string[]): readonly string[] {
  const security = config.linux?.security_context
  if (security?.privileged) return all
  const withPrefix = (name: string): string => (name.startsWith('CAP_') ? name : `CAP_${name}`)
  const drop = (security?.capabilities?.drop_capabilities ?? []).map(withPrefix)
  const add = (security?.capabilities?.add_capabilities ?? []).map(withPrefix)
  const base = drop.includes('CAP_ALL') ? [] : add.includes('CAP_ALL') ? all : DEFAULT_CAPABILITIES
  return [...base, ...add.filter((c) => c !== 'CAP_ALL' && !base.includes(c))].filter((c) => !drop.includes(c) || add.includes(c))
}

/** What is asked for on top of what is there (opts.WithResources). */
export function withResources(old: OciResources, r: LinuxContainerResources, swap: Swap): OciResources {
  const limit = r.memory_limit_in_bytes
  const both = r.memory_swap_limit_in_bytes || (limit && swap === 'counted' ? limit : undefined)
  return {
    ...old,
    memory: { ...old.memory, ...(limit ? { limit } : {}), ...(both ? { swap: both } : {}) },
    cpu: cpuInOrder({
      ...old.cpu, ...(r.cpu_shares ? { shares: r.cpu_shares } : {}), ...(r.cpu_quota ? { quota: r.cpu_quota } : {}), ...(r.cpu_period ? { period: r.cpu_period } : {}),
      ...(r.cpuset_cpus ? { cpus: r.cpuset_cpus } : {}), ...(r.cpuset_mems ? { mems: r.cpuset_mems } : {}),
    }),
  }
}

const cpuInOrder = ({ shares, quota, period, cpus, mems }: NonNullable<OciResources['cpu']>): NonNullable<OciResources['cpu']> => ({
  ...(shares ? { shares } : {}), ...(quota ? { quota } : {}), ...(period ? { period } : {}), ...(cpus ? { cpus } : {}), ...(mems ? { mems } : {}),
})

/** The limits as a container's status has them: read off its specification (helpers.go copyResourcesToStatus). */
export function resourcesIn({ linux, process }: OciSpec): LinuxContainerResources {
  const { cpu, memory } = linux?.resources ?? {}
  return {
    cpu_period: cpu?.period ?? 0, cpu_quota: cpu?.quota ?? 0, cpu_shares: cpu?.shares ?? 0, memory_limit_in_bytes: memory?.limit ?? 0, memory_swap_limit_in_bytes: memory?.swap ?? 0, oom_score_adj: process?.oomScoreAdj ?? 0,
    cpuset_cpus: cpu?.cpus ?? '', cpuset_mems: cpu?.mems ?? '',
  }
}

/** Mounts of the container by the depth of their place, so that none hides another. */
function mountsOf({ config, sandboxId, sandboxConfig }: ContainerSpecRequest): OciMount[] {
  const given = config.mounts ?? []
  const has = (path: string): boolean => given.some((m) => m.container_path === path)
  const hostIpc = sandboxConfig.linux?.security_context?.namespace_options?.ipc === NODE
  const readonly = config.linux?.security_context?.readonly_rootfs ?? false
  const extra: CriMount[] = []
  const add = (path: string, from: string, rw: 'rw' | 'as-root'): void => {
    if (!has(path)) extra.push({ container_path: path, host_path: from, ...(rw === 'as-root' && readonly ? { readonly: true } : {}) })
  }
  add('/etc/hostname', `${SANDBOX_ROOT}/${sandboxId}/hostname`, 'as-root')
  add('/etc/hosts', `${SANDBOX_ROOT}/${sandboxId}/hosts`, 'as-root')
  add('/etc/resolv.conf', `${SANDBOX_ROOT}/${sandboxId}/resolv.conf`, 'as-root')
  add('/dev/shm', hostIpc ? '/dev/shm' : `${SANDBOX_STATE}/${sandboxId}/shm`, 'rw')
  const depth = (path: string): number => path.split('/').filter((n) => n !== '').length
  const all = [...given, ...extra].sort((a, b) => depth(a.container_path ?? '') - depth(b.container_path ?? ''))
  const covered = new Set(all.map((m) => m.container_path))
  const privileged = config.linux?.security_context?.privileged ?? false
  const base = [...defaultMounts(['/run', '/dev/shm']), CGROUP_MOUNT].filter((m) => !covered.has(m.destination))
  const writable = privileged ? base.map((m) => (['/sys', '/sys/fs/cgroup'].includes(m.destination) ? { ...m, options: (m.options ?? []).map((o) => (o === 'ro' ? 'rw' : o)) } : m)) : base
  return [
    ...writable,
    ...all.map((m): OciMount => ({
      destination: m.container_path ?? '', type: 'bind', source: m.host_path ?? '',
      options: ['rbind', m.propagation === 2 ? 'rshared' : m.propagation === 1 ? 'rslave' : 'rprivate', m.readonly ? 'ro' : 'rw'],
    })),
  ]
}
