/** kubectl describe of nodes, namespaces, services (pkg/describe/describe.go). */
import type { ApiObject, EndpointSubset, EventObject, NodeObject, Pod, Service } from '../../../../kubernetes/api/objects'
import { quantity } from '../../../../kubernetes/kubelet/config'
import { endpointsText } from '../endpoints'
import { sinceTime } from '../table'
import { annotations, describeEvents, Lines, longTime, multiline, orNone } from './lines'

/** How the table of a node's pods calls their age. */
const AGE_IN_CAPITALS_BEFORE = 22

/** `renewed`: when its lease was, as the API tells times. */
export function describeNode(node: NodeObject, renewed: string | undefined, pods: readonly Pod[], events: readonly EventObject[], now: number, minor: number): string {
  const lines = new Lines()
  const { metadata, spec, status } = node
  const roles = Object.keys(metadata.labels ?? {}).filter((k) => k.startsWith('node-role.kubernetes.io/')).map((k) => k.slice('node-role.kubernetes.io/'.length)).sort()
  lines.put(0, `Name:\t${metadata.name}`)
  lines.put(0, `Roles:\t${orNone(roles.join(','))}`)
  multiline(lines, 'Labels', metadata.labels)
  annotations(lines, metadata.annotations)
  lines.put(0, `CreationTimestamp:\t${longTime(metadata.creationTimestamp)}`)
  const taints = (spec.taints ?? []).map((t) => `${t.key}${t.value ? `=${t.value}` : ''}:${t.effect}`)
  for (const [i, taint] of (taints.length > 0 ? taints : ['<none>']).entries()) lines.put(0, `${i === 0 ? 'Taints:' : ''}\t${taint}`)
  lines.put(0, `Unschedulable:\t${spec.unschedulable ?? false}`)
  lines.put(0, 'Lease:')
  lines.put(1, `HolderIdentity:\t${metadata.name}`)
  lines.put(1, 'AcquireTime:\t<unset>')
  lines.put(1, `RenewTime:\t${longTime(renewed)}`)
  lines.put(0, 'Conditions:')
  lines.put(1, 'Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage')
  lines.put(1, '----\t------\t-----------------\t------------------\t------\t-------')
  for (const c of status.conditions) lines.put(1, `${c.type} \t${c.status} \t${longTime(c.lastHeartbeatTime)} \t${longTime(c.lastTransitionTime)} \t${c.reason ?? ''} \t${c.message ?? ''}`)
  lines.put(0, 'Addresses:')
  for (const { type, address } of status.addresses) lines.put(1, `${type}:\t${address}`)
  for (const [title, amounts] of [['Capacity', status.capacity], ['Allocatable', status.allocatable]] as const) {
    lines.put(0, `${title}:`)
    for (const name of Object.keys(amounts).sort()) lines.put(1, `${name}:\t${amounts[name]}`)
  }
  const info = status.nodeInfo
  lines.put(0, 'System Info:')
  for (const [name, key] of SYSTEM_INFO) lines.put(1, `${name}:\t${info[key] ?? ''}`)
  if (spec.podCIDR) lines.put(0, `PodCIDR:\t${spec.podCIDR}`)
  if (spec.podCIDRs?.length) lines.put(0, `PodCIDRs:\t${spec.podCIDRs.join(',')}`)
  resources(lines, node, pods.filter((p) => p.status.phase !== 'Succeeded' && p.status.phase !== 'Failed'), now, minor < AGE_IN_CAPITALS_BEFORE ? 'AGE' : 'Age')
  describeEvents(lines, events, now)
  return lines.toString()
}

const SYSTEM_INFO = [
  ['Machine ID', 'machineID'], ['System UUID', 'systemUUID'], ['Boot ID', 'bootID'], ['Kernel Version', 'kernelVersion'], ['OS Image', 'osImage'], ['Operating System', 'operatingSystem'],
  ['Architecture', 'architecture'], ['Container Runtime Version', 'containerRuntimeVersion'], ['Kubelet Version', 'kubeletVersion'], ['Kube-Proxy Version', 'kubeProxyVersion'],
] as const

type Kind = 'requests' | 'limits'

/** What the containers of a pod ask for together. */
const sumOf = (pods: readonly Pod[], kind: Kind, resource: string): number =>
  pods.reduce((sum, pod) => sum + pod.spec.containers.reduce((n, c) => n + quantity(c.resources?.[kind]?.[resource] ?? (kind === 'requests' ? c.resources?.limits?.[resource] : undefined)), 0), 0)

const MI = 1024 * 1024
const cpuText = (cores: number): string => (cores === 0 ? '0' : Number.isInteger(cores) ? String(cores) : `${Math.round(cores * 1000)}m`)
const bytesText = (bytes: number): string => (bytes === 0 ? '0' : bytes % MI === 0 ? `${bytes / MI}Mi` : bytes % 1024 === 0 ? `${bytes / 1024}Ki` : String(bytes))

function resources(lines: Lines, node: NodeObject, pods: readonly Pod[], now: number, age: 'AGE' | 'Age'): void {
  const allocatable = (resource: string): number => quantity(node.status.allocatable[resource])
  const share = (amount: number, resource: string): string => `(${allocatable(resource) === 0 ? 0 : Math.trunc((amount / allocatable(resource)) * 100)}%)`
  const cell = (of: readonly Pod[], kind: Kind, resource: string): string => {
    const amount = sumOf(of, kind, resource)
    return `${resource === 'cpu' ? cpuText(amount) : bytesText(amount)} ${share(amount, resource)}`
  }
  lines.put(0, `Non-terminated Pods:\t(${pods.length} in total)`)
  lines.put(1, `Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\t${age}`)
  lines.put(1, '---------\t----\t\t------------\t----------\t---------------\t-------------\t---')
  for (const pod of pods) {
    const cells = [cell([pod], 'requests', 'cpu'), cell([pod], 'limits', 'cpu'), cell([pod], 'requests', 'memory'), cell([pod], 'limits', 'memory')]
    lines.put(1, `${pod.metadata.namespace ?? ''}\t${pod.metadata.name}\t\t${cells.join('\t')}\t${sinceTime(now, pod.metadata.creationTimestamp)}`)
  }
  lines.put(0, 'Allocated resources:')
  lines.put(1, '(Total limits may be over 100 percent, i.e., overcommitted.)')
  lines.put(1, 'Resource\tRequests\tLimits')
  lines.put(1, '--------\t--------\t------')
  const huge = Object.keys(node.status.allocatable).filter((name) => name.startsWith('hugepages-')).sort()
  for (const name of ['cpu', 'memory', 'ephemeral-storage', ...huge]) lines.put(1, `${name}\t${cell(pods, 'requests', name)}\t${cell(pods, 'limits', name)}`)
}

export function describeNamespace({ metadata, status }: ApiObject & { status?: { phase?: string } }): string {
  const lines = new Lines()
  lines.put(0, `Name:\t${metadata.name}`)
  multiline(lines, 'Labels', metadata.labels)
  annotations(lines, metadata.annotations)
  lines.put(0, `Status:\t${status?.phase ?? 'Active'}`)
  return `${lines}\nNo resource quota.\n\nNo LimitRange resource.\n`
}

export function describeService({ metadata, spec }: Service, subsets: readonly EndpointSubset[] | undefined, events: readonly EventObject[], now: number): string {
  const lines = new Lines()
  lines.put(0, `Name:\t${metadata.name}`)
  lines.put(0, `Namespace:\t${metadata.namespace ?? ''}`)
  multiline(lines, 'Labels', metadata.labels)
  annotations(lines, metadata.annotations)
  lines.put(0, `Selector:\t${orNone(Object.entries(spec.selector ?? {}).map(([k, v]) => `${k}=${v}`).join(','))}`)
  lines.put(0, `Type:\t${spec.type ?? 'ClusterIP'}`)
  if (spec.ipFamilyPolicy) lines.put(0, `IP Family Policy:\t${spec.ipFamilyPolicy}`)
  lines.put(0, `IP Families:\t${orNone((spec.ipFamilies ?? []).join(','))}`)
  lines.put(0, `IP:\t${spec.clusterIP ?? ''}`)
  lines.put(0, `IPs:\t${(spec.clusterIPs ?? []).join(',') || (spec.clusterIP ?? '')}`)
  for (const port of spec.ports ?? []) {
    lines.put(0, `Port:\t${port.name ?? '<unset>'}\t${port.port}/${port.protocol ?? 'TCP'}`)
    lines.put(0, `TargetPort:\t${port.targetPort ?? port.port}/${port.protocol ?? 'TCP'}`)
    if (port.nodePort) lines.put(0, `NodePort:\t${port.name ?? '<unset>'}\t${port.nodePort}/${port.protocol ?? 'TCP'}`)
    lines.put(0, `Endpoints:\t${endpointsText(subsets, port.name ?? '')}`)
  }
  lines.put(0, `Session Affinity:\t${spec.sessionAffinity ?? 'None'}`)
  describeEvents(lines, events, now)
  return lines.toString()
}
