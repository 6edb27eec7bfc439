/** What the API server adds to an object on the way in: defaults (pkg/apis/core/v1/defaults.go) and admission. */
import type { Condition, Container, NodeObject, Pod, PodSpec, Probe, Toleration } from './objects'
import type { PodTemplate } from './workloads'

const pullPolicy = (image: string): 'Always' | 'IfNotPresent' => {
  const tag = /:([^/:@]+)(?:@.*)?$/.exec(image)?.[1]
  return !image.includes('@') && (tag === undefined || tag === 'latest') ? 'Always' : 'IfNotPresent'
}

const containerDefaults = (container: Container): Container => ({
  ...container,
  imagePullPolicy: container.imagePullPolicy ?? pullPolicy(container.image),
  resources: container.resources ?? {},
  terminationMessagePath: container.terminationMessagePath ?? '/dev/termination-log',
  terminationMessagePolicy: container.terminationMessagePolicy ?? 'File',
  ...(container.ports ? { ports: container.ports.map((p) => ({ ...p, protocol: p.protocol ?? 'TCP' })) } : {}),
  ...(container.livenessProbe ? { livenessProbe: probeDefaults(container.livenessProbe) } : {}),
  ...(container.readinessProbe ? { readinessProbe: probeDefaults(container.readinessProbe) } : {}),
  ...(container.startupProbe ? { startupProbe: probeDefaults(container.startupProbe) } : {}),
})

/** What is limited and not asked for is asked for (SetDefaults_Pod; templates have it when their pods are made). */
function requested(container: Container): Container {
  const { limits, requests } = container.resources ?? {}
  return limits && Object.keys(limits).length > 0 ? { ...container, resources: { ...container.resources, requests: { ...limits, ...requests } } } : container
}

/** A pod of the node's network has the node's ports (defaultHostNetworkPorts). */
const onHostPorts = (container: Container): Container => (container.ports ? { ...container, ports: container.ports.map((p) => ({ ...p, hostPort: p.hostPort ?? p.containerPort })) } : container)

const PERIOD_S = 10
const FAILURES = 3

const probeDefaults = (probe: Probe): Probe => ({
  ...probe,
  ...(probe.httpGet ? { httpGet: { ...probe.httpGet, path: probe.httpGet.path ?? '/', scheme: probe.httpGet.scheme ?? 'HTTP' } } : {}),
  timeoutSeconds: probe.timeoutSeconds ?? 1, periodSeconds: probe.periodSeconds ?? PERIOD_S, successThreshold: probe.successThreshold ?? 1, failureThreshold: probe.failureThreshold ?? FAILURES,
})

/** What pods and templates of pods have alike. */
const specDefaults = (spec: PodSpec): PodSpec => ({
  ...spec,
  containers: spec.containers.map(containerDefaults),
  ...(spec.initContainers ? { initContainers: spec.initContainers.map(containerDefaults) } : {}),
  restartPolicy: spec.restartPolicy ?? 'Always',
  terminationGracePeriodSeconds: spec.terminationGracePeriodSeconds ?? 30,
  dnsPolicy: spec.dnsPolicy ?? 'ClusterFirst',
  schedulerName: spec.schedulerName ?? 'default-scheduler',
  securityContext: spec.securityContext ?? {},
})

export const templateDefaults = (template: PodTemplate): PodTemplate => ({ ...template, spec: specDefaults(template.spec) })

/** The two tolerations that the DefaultTolerationSeconds admission plugin gives to every pod. */
const DEFAULT_TOLERATIONS = [
  { effect: 'NoExecute', key: 'node.kubernetes.io/not-ready', operator: 'Exists', tolerationSeconds: 300 },
  { effect: 'NoExecute', key: 'node.kubernetes.io/unreachable', operator: 'Exists', tolerationSeconds: 300 },
] as const

/** Whoever tolerates the taint already gets none (defaulttolerationseconds/admission.go). */
const withDefaultTolerations = (own: readonly Toleration[]): Toleration[] => [
  ...own, ...DEFAULT_TOLERATIONS.filter((added) => !own.some((t) => (t.key === undefined || t.key === '' || t.key === added.key) && (!t.effect || t.effect === added.effect))),
]

const TOKEN_PATH = '/var/run/secrets/kubernetes.io/serviceaccount'

/** A pod as it is read: with what it does not say. */
export function defaultPod(pod: Pod): Pod {
  const spec: PodSpec = { ...specDefaults(pod.spec), enableServiceLinks: pod.spec.enableServiceLinks ?? true }
  const each = (container: Container): Container => (spec.hostNetwork ? onHostPorts(requested(container)) : requested(container))
  spec.containers = spec.containers.map(each)
  if (spec.initContainers) spec.initContainers = spec.initContainers.map(each)
  return { ...pod, spec }
}

/** Admission: priority, tolerations and the service account with its volume (`kube-api-access-xxxxx`); `suffix` gives five random letters. */
export function admitPod(pod: Pod, suffix: () => string): Pod {
  const spec: PodSpec = {
    ...pod.spec,
    serviceAccountName: pod.spec.serviceAccountName ?? 'default',
    serviceAccount: pod.spec.serviceAccount ?? 'default',
    priority: pod.spec.priority ?? 0,
    preemptionPolicy: pod.spec.preemptionPolicy ?? 'PreemptLowerPriority',
    tolerations: withDefaultTolerations(pod.spec.tolerations ?? []),
  }
  if (!spec.containers.some((c) => c.volumeMounts?.some((m) => m.mountPath === TOKEN_PATH))) {
    const name = `kube-api-access-${suffix()}`
    const mount = { name, mountPath: TOKEN_PATH, readOnly: true }
    spec.containers = spec.containers.map((c) => ({ ...c, volumeMounts: [...(c.volumeMounts ?? []), mount] }))
    if (spec.initContainers) spec.initContainers = spec.initContainers.map((c) => ({ ...c, volumeMounts: [...(c.volumeMounts ?? []), mount] }))
    spec.volumes = [
      ...(spec.volumes ?? []),
      {
        name,
        projected: {
          defaultMode: 420,
          sources: [
            { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
            { configMap: { items: [{ key: 'ca.crt', path: 'ca.crt' }], name: 'kube-root-ca.crt' } },
            { downwardAPI: { items: [{ fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' }, path: 'namespace' }] } },
          ],
        },
      },
    ]
  }
  return { ...pod, spec, status: { phase: 'Pending', qosClass: qosOf(spec) } }
}

/** pkg/apis/core/v1/helper/qos. */
export function qosOf(spec: PodSpec): 'BestEffort' | 'Burstable' | 'Guaranteed' {
  const all = [...spec.containers, ...(spec.initContainers ?? [])]
  const any = all.some((c) => Object.keys(c.resources?.requests ?? {}).length + Object.keys(c.resources?.limits ?? {}).length > 0)
  if (!any) return 'BestEffort'
  const guaranteed = all.every((c) => ['cpu', 'memory'].every((r) => c.resources?.limits?.[r] && (c.resources.requests?.[r] ?? c.resources.limits[r]) === c.resources.limits[r]))
  return guaranteed ? 'Guaranteed' : 'Burstable'
}

const DISK_KI = 20_134_592
const MEMORY_KI = 2_030_940
const EVICTION_KI = 102_400

/** Of a node that is well. */
export function newConditions(now: string): Condition[] {
  const condition = (type: string, status: 'True' | 'False', reason: string, message: string): Condition => ({ type, status, reason, message, lastHeartbeatTime: now, lastTransitionTime: now })
  return [
    condition('MemoryPressure', 'False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'),
    condition('DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'),
    condition('PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'),
    condition('Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'),
  ]
}

/** A node as a kubelet registers it. */
export function newNode(name: string, address: string, version: string, labels: Record<string, string>, taints: NodeObject['spec']['taints'], now: string, info: Record<string, string>): NodeObject {
  const huge = { 'hugepages-1Gi': '0', 'hugepages-2Mi': '0' }
  const capacity = { cpu: '2', 'ephemeral-storage': `${DISK_KI}Ki`, ...huge, memory: `${MEMORY_KI}Ki`, pods: '110' }
  // Nine tenths of the disk, and memory but for what is kept back from eviction.
  const allocatable = { ...capacity, 'ephemeral-storage': String(Math.floor(DISK_KI * 1024 * 0.9)), memory: `${MEMORY_KI - EVICTION_KI}Ki` }
  return {
    apiVersion: 'v1', kind: 'Node',
    metadata: { name, annotations: { 'node.alpha.kubernetes.io/ttl': '0', 'volumes.kubernetes.io/controller-managed-attach-detach': 'true' }, labels: { 'beta.kubernetes.io/arch': 'amd64', 'beta.kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'amd64', 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux', ...labels } },
    spec: taints?.length ? { taints } : {},
    status: {
      addresses: [{ type: 'InternalIP', address }, { type: 'Hostname', address: name }],
      capacity, allocatable,
      conditions: newConditions(now),
      nodeInfo: { architecture: 'amd64', operatingSystem: 'linux', kubeletVersion: version, kubeProxyVersion: version, ...info },
    },
  }
}
