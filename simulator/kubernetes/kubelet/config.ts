/** From a pod to the CRI's configurations (pkg/kubelet/kuberuntime: kuberuntime_sandbox.go, kuberuntime_container.go). Recording: golden notes-pod. */
import type { ContainerConfig, LinuxContainerResources, NamespaceOption, PodSandboxConfig } from '../../containerd/cri/services'
import type { Container, Pod } from '../api/objects'
import { qosOf } from '../api/defaults'
import { expanded } from './expansion'

const CLUSTER_DNS = '10.96.0.10'
const CPU_PERIOD = 100_000
const MIN_SHARES = 2

/** /proc paths that containers may not read or write (pkg/securitycontext/util.go). */
const MASKED_PATHS = ['/proc/acpi', '/proc/kcore', '/proc/keys', '/proc/latency_stats', '/proc/timer_list', '/proc/timer_stats', '/proc/sched_debug', '/proc/scsi', '/sys/firmware']
const READONLY_PATHS = ['/proc/asound', '/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger']

const labelsOf = (pod: Pod): Record<string, string> => ({
  'io.kubernetes.pod.name': pod.metadata.name,
  'io.kubernetes.pod.namespace': pod.metadata.namespace ?? 'default',
  'io.kubernetes.pod.uid': pod.metadata.uid ?? '',
})

const sorted = (record: Record<string, string>): Record<string, string> => Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)))

function namespaceOptions(pod: Pod): NamespaceOption {
  const { spec } = pod
  return {
    ...(spec.hostNetwork ? { network: 2 } : {}),
    ...(spec.hostPID ? { pid: 2 } : spec.shareProcessNamespace ? {} : { pid: 1 }),
    ...(spec.hostIPC ? { ipc: 2 } : {}),
  } as NamespaceOption
}

const CLUSTER_DOMAIN = 'cluster.local'
const LONGEST_HOSTNAME = 63

/** A name longer than a host's may be is cut (kubelet/util TruncatePodHostname). */
export const hostnameOf = ({ spec, metadata }: Pod): string => (spec.hostname || metadata.name).slice(0, LONGEST_HOSTNAME).replace(/[-.]+$/, '')

/** The whole name of a pod that names a headless service as its subdomain; nothing for others (kubelet_pods.go GeneratePodHostNameAndDomain). */
export const domainOf = (pod: Pod): string => (pod.spec.subdomain ? `${hostnameOf(pod)}.${pod.spec.subdomain}.${pod.metadata.namespace ?? 'default'}.svc.${CLUSTER_DOMAIN}` : '')

export const logDirectory = (pod: Pod): string => `/var/log/pods/${pod.metadata.namespace}_${pod.metadata.name}_${pod.metadata.uid}`
export const podDirectory = (pod: Pod): string => `/var/lib/kubelet/pods/${pod.metadata.uid}`

/** Who makes the control groups (KubeletConfiguration cgroupDriver). */
export type CgroupDriver = 'cgroupfs' | 'systemd'

/** `/kubepods/besteffort/podUID`; guaranteed pods lie directly in /kubepods. systemd's slices say the same in their names. */
export function cgroupParent(pod: Pod, driver: CgroupDriver): string {
  const qos = qosOf(pod.spec)
  if (driver === 'systemd') {
    const tier = qos === 'Guaranteed' ? '' : `-${qos.toLowerCase()}`
    const own = `kubepods${tier}-pod${(pod.metadata.uid ?? '').replaceAll('-', '_')}.slice`
    return `/kubepods.slice/${tier === '' ? '' : `kubepods${tier}.slice/`}${own}`
  }
  return `/kubepods${qos === 'Guaranteed' ? '' : `/${qos.toLowerCase()}`}/pod${pod.metadata.uid}`
}

export function sandboxConfig(pod: Pod, attempt: number, seen: string, driver: CgroupDriver): PodSandboxConfig {
  const namespace = pod.metadata.namespace ?? 'default'
  const cluster = pod.spec.dnsPolicy === 'ClusterFirst' && !pod.spec.hostNetwork
  const config: PodSandboxConfig = {
    metadata: { name: pod.metadata.name, uid: pod.metadata.uid ?? '', namespace, ...(attempt > 0 ? { attempt } : {}) },
    ...(pod.spec.hostNetwork ? {} : { hostname: (pod.spec.setHostnameAsFQDN && domainOf(pod)) || hostnameOf(pod) }),
    log_directory: logDirectory(pod),
    dns_config: cluster ? { servers: [CLUSTER_DNS], searches: [`${namespace}.svc.cluster.local`, 'svc.cluster.local', 'cluster.local'], options: ['ndots:5'] } : { servers: ['8.8.8.8'] },
    labels: sorted({ ...pod.metadata.labels, ...labelsOf(pod) }),
    annotations: sorted({ ...pod.metadata.annotations, 'kubernetes.io/config.seen': seen, 'kubernetes.io/config.source': 'api' }),
    linux: { cgroup_parent: cgroupParent(pod, driver), security_context: { namespace_options: namespaceOptions(pod), seccomp: {} } },
  }
  const ports = pod.spec.containers.flatMap((c) => c.ports ?? [])
  return ports.length > 0 ? { ...config, port_mappings: ports.map((p) => ({ container_port: p.containerPort, ...(p.hostPort ? { host_port: p.hostPort } : {}) })) } : config
}

/** `500m` → 0.5, `2` → 2; memory units in bytes. */
export function quantity(text: string | undefined): number {
  const match = /^([0-9.]+)(m|k|M|G|T|Ki|Mi|Gi|Ti)?$/.exec(text ?? '')
  if (!match) return 0
  const scale: Record<string, number> = { m: 1e-3, k: 1e3, M: 1e6, G: 1e9, T: 1e12, Ki: 1024, Mi: 1024 ** 2, Gi: 1024 ** 3, Ti: 1024 ** 4 }
  return Number(match[1]) * (scale[match[2] ?? ''] ?? 1)
}

const MEMORY_OF_NODE = 2030940 * 1024

/** cpu.shares, quota, memory limit and oom_score_adj (pkg/kubelet/qos/policy.go). */
function resourcesOf(pod: Pod, container: Container): LinuxContainerResources {
  const limits = container.resources?.limits ?? {}
  const requests = container.resources?.requests ?? limits
  const cpu = quantity(requests.cpu ?? limits.cpu)
  const memory = quantity(limits.memory)
  const qos = qosOf(pod.spec)
  const adjusted = 1000 - Math.floor((1000 * quantity(requests.memory ?? limits.memory)) / MEMORY_OF_NODE)
  const oom = qos === 'Guaranteed' ? -997 : qos === 'BestEffort' ? 1000 : Math.min(Math.max(adjusted, 3), 999)
  return {
    cpu_period: CPU_PERIOD,
    ...(limits.cpu ? { cpu_quota: Math.max(1000, Math.floor(quantity(limits.cpu) * CPU_PERIOD)) } : {}),
    cpu_shares: cpu > 0 ? Math.max(MIN_SHARES, Math.floor(cpu * 1024)) : MIN_SHARES,
    ...(memory > 0 ? { memory_limit_in_bytes: memory } : {}),
    oom_score_adj: oom,
  }
}

export function containerConfig(
  pod: Pod,
  container: Container,
  options: { image: string; attempt: number; environment: readonly { key: string; value: string }[]; random: () => number; mounts: readonly { container_path: string; host_path: string; readonly?: boolean }[] },
): ContainerConfig {
  const hex = () => options.random().toString(16).padStart(8, '0')
  const security = container.securityContext
  const user = security?.runAsUser ?? pod.spec.securityContext?.runAsUser
  const word = (text: string): string => expanded(text, (name) => options.environment.find(({ key }) => key === name)?.value)
  const tokenIndex = (container.volumeMounts ?? []).length
  return {
    metadata: { name: container.name, ...(options.attempt > 0 ? { attempt: options.attempt } : {}) },
    image: { image: options.image },
    ...(container.command ? { command: container.command.map(word) } : {}),
    ...(container.args ? { args: container.args.map(word) } : {}),
    ...(container.workingDir ? { working_dir: container.workingDir } : {}),
    envs: [...options.environment],
    mounts: [
      ...options.mounts.slice(0, tokenIndex),
      { container_path: '/etc/hosts', host_path: `${podDirectory(pod)}/etc-hosts` },
      { container_path: container.terminationMessagePath ?? '/dev/termination-log', host_path: `${podDirectory(pod)}/containers/${container.name}/${hex()}` },
    ],
    labels: sorted({ 'io.kubernetes.container.name': container.name, ...labelsOf(pod) }),
    annotations: {
      'io.kubernetes.container.hash': hex(),
      ...(container.ports ? { 'io.kubernetes.container.ports': JSON.stringify(container.ports) } : {}),
      'io.kubernetes.container.restartCount': String(options.attempt),
      'io.kubernetes.container.terminationMessagePath': container.terminationMessagePath ?? '/dev/termination-log',
      'io.kubernetes.container.terminationMessagePolicy': container.terminationMessagePolicy ?? 'File',
      'io.kubernetes.pod.terminationGracePeriod': String(pod.spec.terminationGracePeriodSeconds ?? 30),
    },
    log_path: `${container.name}/${options.attempt}.log`,
    ...(container.stdin ? { stdin: true } : {}),
    ...(container.stdinOnce ? { stdin_once: true } : {}),
    ...(container.tty ? { tty: true } : {}),
    linux: {
      resources: resourcesOf(pod, container),
      security_context: {
        ...(security?.capabilities ? { capabilities: { ...(security.capabilities.add ? { add_capabilities: security.capabilities.add } : {}), ...(security.capabilities.drop ? { drop_capabilities: security.capabilities.drop } : {}) } } : {}),
        ...(security?.privileged ? { privileged: true } : {}),
        namespace_options: namespaceOptions(pod),
        run_as_user: user === undefined ? {} : { value: user },
        ...(security?.readOnlyRootFilesystem ? { readonly_rootfs: true } : {}),
        masked_paths: security?.privileged ? [] : MASKED_PATHS,
        readonly_paths: security?.privileged ? [] : READONLY_PATHS,
        seccomp: { profile_type: 1 },
      },
    },
  }
}
