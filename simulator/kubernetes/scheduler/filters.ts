/** Why a node does not suit a pod: the filters in their order, the first that refuses tells (pkg/scheduler/framework/plugins of 1.20). Recordings: golden create-errors, labels-annotations-patch. */
import type { NodeObject, Pod } from '../api/objects'
import { quantity } from '../kubelet/config'
import { tolerates } from './tolerations'

export interface Candidate {
  readonly node: NodeObject
  /** What runs there. */
  readonly pods: readonly Pod[]
  readonly minor: number
}

const UNSCHEDULABLE = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }
/** From here on the words for labels that do not match name selectors too. */
const NAMES_SELECTORS = 21

export function refusals(pod: Pod, { node, pods, minor }: Candidate): string[] {
  const { tolerations = [], nodeSelector = {} } = pod.spec
  if (node.spec.unschedulable && !tolerates(tolerations, UNSCHEDULABLE)) return ['node(s) were unschedulable']
  const taint = (node.spec.taints ?? []).find((each) => each.effect !== 'PreferNoSchedule' && !tolerates(tolerations, each))
  if (taint) return [`node(s) had taint {${taint.key}: ${taint.value ?? ''}}, that the pod didn't tolerate`]
  if (!Object.entries(nodeSelector).every(([key, value]) => node.metadata.labels?.[key] === value)) return [`node(s) didn't match Pod's node affinity${minor >= NAMES_SELECTORS ? '/selector' : ''}`]
  if (hostPorts(pod).some((port) => pods.some((other) => hostPorts(other).includes(port)))) return ["node(s) didn't have free ports for the requested pod ports"]
  if (pods.length + 1 > quantity(node.status.allocatable.pods)) return ['Too many pods']
  return ['cpu', 'memory', 'ephemeral-storage'].filter((name) => requested(pod, name) > 0 && pods.reduce((sum, other) => sum + requested(other, name), requested(pod, name)) > quantity(node.status.allocatable[name])).map((name) => `Insufficient ${name}`)
}

const hostPorts = ({ spec }: Pod): string[] => spec.containers.flatMap((c) => (c.ports ?? []).flatMap((p) => (p.hostPort ? [`${p.protocol ?? 'TCP'}/${p.hostPort}`] : [])))

/** What its containers ask for together, or the greediest of those that initialize it. */
function requested({ spec }: Pod, resource: string): number {
  const of = (c: Pod['spec']['containers'][number]): number => quantity(c.resources?.requests?.[resource])
  return Math.max(spec.containers.reduce((sum, c) => sum + of(c), 0), ...(spec.initContainers ?? []).map(of))
}

/** `0/2 nodes are available: 1 Insufficient cpu, …`: each reason with the number of nodes, in the order of the texts. */
export function fitError(all: readonly (readonly string[])[]): string {
  const counts = new Map<string, number>()
  for (const reason of all.flat()) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return `0/${all.length} nodes are available: ${[...counts].map(([reason, n]) => `${n} ${reason}`).sort().join(', ')}.`
}
