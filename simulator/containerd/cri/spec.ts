/** Specifications of sandboxes and containers, field by field as the CRI plugin writes them (pkg/cri/server sandbox_run_linux.go, container_create_linux.go). */
import type { Release } from '../release'
import { capabilitySets, DEFAULT_CAPABILITIES, DEFAULT_PATH, defaultMounts, maskedPaths, readonlyPaths } from '../oci/defaults'
import { argsOf, mergeEnv } from '../oci/image'
import type { ImageConfig, OciCapabilities, OciNamespace, OciProcess, OciResources, OciSeccomp, OciSpec } from '../oci/types'
import type { Bound, Devices } from './mounts'
import type { ContainerConfig, LinuxContainerResources, NamespaceOption, PodSandboxConfig } from './services'

const NODE = 2
const CONTAINER = 1
const POD = 0
export const SANDBOX_ROOT = '/var/lib/containerd/io.containerd.grpc.v1.cri/sandboxes'
export const SANDBOX_STATE = '/run/containerd/io.containerd.grpc.v1.cri/sandboxes'

const sorted = (record: Record<string, string>): Record<string, string> => Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)))

const cgroupPath = (parent: string | undefined, id: string): string => (parent === undefined || parent === '' ? `/k8s.io/${id}` : parent.endsWith('.slice') ? `${parent.slice(parent.lastIndexOf('/') + 1)}:cri-containerd:${id}` : `${parent}/${id}`)

export interface SandboxSpecRequest {
  readonly release: Release
  /** The image's name, which later releases keep beside it. */
  readonly imageName: string
  readonly id: string
  readonly config: PodSandboxConfig
  readonly image: ImageConfig
  readonly netnsPath: string
  readonly oomScoreAdj: number
  readonly user: OciProcess['user']
  readonly seccomp: OciSeccomp | undefined
}

/** How pause sees what is bound into it. */
const BOUND: Readonly<Record<Release['line'], readonly string[]>> = {
  '1.6': ['rbind', 'ro'], '1.7': ['rbind', 'ro', 'nosuid', 'nodev', 'noexec'], 2: ['rbind', 'ro', 'nosuid', 'nodev', 'noexec'],
}

export function sandboxSpec({ release, imageName, id, config, image, netnsPath, oomScoreAdj, user, seccomp }: SandboxSpecRequest): OciSpec {
  const security = config.linux?.security_context
  const options = security?.namespace_options ?? {}
  const namespaces: OciNamespace[] = []
  if (options.pid !== NODE) namespaces.push({ type: 'pid' })
  if (options.ipc !== NODE) namespaces.push({ type: 'ipc' })
  if (options.network !== NODE) namespaces.push({ type: 'uts' })
  namespaces.push({ type: 'mount' })
  if (options.network !== NODE) namespaces.push({ type: 'network', path: netnsPath })
  const resources = config.linux?.resources
  const shm = options.ipc === NODE ? '/dev/shm' : `${SANDBOX_STATE}/${id}/shm`
  return {
    ociVersion: release.oci,
    process: {
      user,
      args: argsOf(image, [], []),
      env: mergeEnv([DEFAULT_PATH], image.config?.Env ?? []),
      cwd: image.config?.WorkingDir || '/',
      capabilities: capabilitySets(),
      noNewPrivileges: true,
      oomScoreAdj,
    },
    root: { path: 'rootfs', readonly: true },
    ...(config.hostname ? { hostname: config.hostname } : {}),
    mounts: [
      // Up to 1.6 the pod's /dev/shm lies over one of its own.
      ...defaultMounts(release.line === '1.6' ? ['/run'] : ['/run', '/dev/shm']),
      { destination: '/dev/shm', type: 'bind', source: shm, options: [...BOUND[release.line]] },
      { destination: '/etc/resolv.conf', type: 'bind', source: `${SANDBOX_ROOT}/${id}/resolv.conf`, options: [...BOUND[release.line]] },
    ],
    annotations: sorted({
      ...(release.line === '2' ? { 'io.kubernetes.cri.podsandbox.image-name': imageName } : {}),
      'io.kubernetes.cri.container-type': 'sandbox', 'io.kubernetes.cri.sandbox-id': id, 'io.kubernetes.cri.sandbox-log-directory': config.log_directory ?? '',
      'io.kubernetes.cri.sandbox-name': config.metadata?.name ?? '', 'io.kubernetes.cri.sandbox-namespace': config.metadata?.namespace ?? '', 'io.kubernetes.cri.sandbox-uid': config.metadata?.uid ?? '',
      ...(resources
        ? {
            'io.kubernetes.cri.sandbox-cpu-period': String(resources.cpu_period ?? 0), 'io.kubernetes.cri.sandbox-cpu-quota': String(resources.cpu_quota ?? 0),
            'io.kubernetes.cri.sandbox-cpu-shares': String(resources.cpu_shares ?? 0), 'io.kubernetes.cri.sandbox-memory': String(resources.memory_limit_in_bytes ?? 0),
          }
        : {}),
    }),
    linux: {
      ...(config.linux?.sysctls ? { sysctl: sorted({ ...config.linux.sysctls }) } : {}),
      resources: { devices: [{ allow: false, access: 'rwm' }], cpu: { shares: 2 } },
      cgroupsPath: cgroupPath(config.linux?.cgroup_parent, id),
      namespaces,
      ...(seccomp ? { seccomp } : {}),
      maskedPaths: maskedPaths(release),
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
  /** Whose PID namespace it joins, when it joins one. */
  readonly targetPid: number
  readonly config: ContainerConfig
  readonly sandboxConfig: PodSandboxConfig
  readonly image: ImageConfig
  /** The image's name as the annotation shows it. */
  readonly imageName: string
  readonly user: OciProcess['user']
  readonly seccomp: OciSeccomp | undefined
  readonly bound: Bound
  readonly devices: Devices
  readonly hostname: string
  readonly oomScoreAdj: number
}

export function containerSpec(request: ContainerSpecRequest): OciSpec {
  const { ociVersion, id, sandboxId, sandboxPid, config, sandboxConfig, image, user, seccomp, bound, devices } = request
  const security = config.linux?.security_context
  const env = mergeEnv([DEFAULT_PATH, ...(config.tty ? ['TERM=xterm'] : []), `HOSTNAME=${request.hostname}`], [...(image.config?.Env ?? []), ...(config.envs ?? []).map((e) => `${e.key ?? ''}=${e.value ?? ''}`)])
  const masked = security?.privileged ? undefined : security?.masked_paths
  const readonly = security?.privileged ? undefined : security?.readonly_paths
  const tty = config.tty ? { terminal: true } : {}
  const resources = config.linux?.resources
  return {
    ociVersion,
    process: {
      ...tty,
      user,
      args: argsOf(image, config.command ?? [], config.args ?? []),
      env,
      cwd: config.working_dir || image.config?.WorkingDir || '/',
      capabilities: capabilitiesOf(config, request.capabilities),
      ...(security?.no_new_privs ? { noNewPrivileges: true } : {}),
      ...(resources ? { oomScoreAdj: request.oomScoreAdj } : {}),
    },
    root: { path: 'rootfs', ...(security?.readonly_rootfs ? { readonly: true } : {}) },
    mounts: bound.mounts,
    annotations: sorted({
      'io.kubernetes.cri.container-name': config.metadata?.name ?? '', 'io.kubernetes.cri.container-type': 'container', 'io.kubernetes.cri.image-name': request.imageName,
      'io.kubernetes.cri.sandbox-id': sandboxId, 'io.kubernetes.cri.sandbox-name': sandboxConfig.metadata?.name ?? '',
      'io.kubernetes.cri.sandbox-namespace': sandboxConfig.metadata?.namespace ?? '', 'io.kubernetes.cri.sandbox-uid': sandboxConfig.metadata?.uid ?? '',
    }),
    linux: {
      resources: resources ? withResources({ devices: devices.rules }, resources, request.swap) : { devices: devices.rules },
      cgroupsPath: cgroupPath(sandboxConfig.linux?.cgroup_parent, id),
      // On cgroup v2 a container that is not privileged sees its own groups only.
      namespaces: [...namespacesOf(security?.namespace_options ?? {}, sandboxPid, request.targetPid), ...(request.cgroups === 'unified' && !security?.privileged ? [{ type: 'cgroup' } as const] : [])],
      ...(devices.devices.length > 0 ? { devices: devices.devices } : {}),
      ...(seccomp ? { seccomp } : {}),
      ...(bound.rootfsPropagation ? { rootfsPropagation: bound.rootfsPropagation } : {}),
      ...(masked?.length ? { maskedPaths: [...masked] } : {}),
      ...(readonly?.length ? { readonlyPaths: [...readonly] } : {}),
    },
  }
}

/** The pod's namespaces are those of the pause process (`WithPodNamespaces`), the PID namespace perhaps another container's. */
function namespacesOf(options: NamespaceOption, pid: number, targetPid: number): OciNamespace[] {
  const own: OciNamespace[] = (options.pid ?? POD) === CONTAINER ? [{ type: 'pid' }] : [{ type: 'pid', path: `/proc/${targetPid}/ns/pid` }]
  return [...own, { type: 'ipc', path: `/proc/${pid}/ns/ipc` }, { type: 'uts', path: `/proc/${pid}/ns/uts` }, { type: 'mount' }, { type: 'network', path: `/proc/${pid}/ns/net` }]
}

/** Names come without their prefix; ALL is the daemon's own, and only as it stands here. */
function capabilitiesOf(config: ContainerConfig, all: readonly string[]): OciCapabilities {
  const security = config.linux?.security_context
  if (security?.privileged) return capabilitySets(all)
  const { add_capabilities: add = [], drop_capabilities: drop = [] } = security?.capabilities ?? {}
  const named = (names: readonly string[]): string[] => names.map((name) => name.toUpperCase()).filter((name) => name !== 'ALL').map((name) => `CAP_${name}`)
  const hasAll = (names: readonly string[]): boolean => names.some((name) => name.toUpperCase() === 'ALL')
  const base = hasAll(drop) ? [] : hasAll(add) ? all : DEFAULT_CAPABILITIES
  const without = named(drop)
  const left = [...new Set([...base, ...named(add)])].filter((name) => !without.includes(name))
  return left.length > 0 ? capabilitySets(left) : {}
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
    ...(r.unified ? { unified: { ...old.unified, ...r.unified } } : {}),
  }
}

const cpuInOrder = ({ shares, quota, period, cpus, mems }: NonNullable<OciResources['cpu']>): NonNullable<OciResources['cpu']> => ({
  ...(shares ? { shares } : {}), ...(quota ? { quota } : {}), ...(period ? { period } : {}), ...(cpus ? { cpus } : {}), ...(mems ? { mems } : {}),
})

/** The limits as a container's status has them: read off its specification (helpers.go copyResourcesToStatus). */
export function resourcesIn({ linux, process }: { readonly linux?: Pick<NonNullable<OciSpec['linux']>, 'resources'> | undefined; readonly process?: Pick<OciProcess, 'oomScoreAdj'> | undefined }): LinuxContainerResources {
  const { cpu, memory } = linux?.resources ?? {}
  return {
    cpu_period: cpu?.period ?? 0, cpu_quota: cpu?.quota ?? 0, cpu_shares: cpu?.shares ?? 0, memory_limit_in_bytes: memory?.limit ?? 0, memory_swap_limit_in_bytes: memory?.swap ?? 0, oom_score_adj: process?.oomScoreAdj ?? 0,
    cpuset_cpus: cpu?.cpus ?? '', cpuset_mems: cpu?.mems ?? '',
  }
}
