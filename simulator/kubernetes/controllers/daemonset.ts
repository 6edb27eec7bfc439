/** The DaemonSet controller: one pod on each node that suits it (pkg/controller/daemon). Recording: golden daemonset-job-static. */
import type { Run } from '../../kernel/run'
import { isReady } from '../api/active-pods'
import type { ApiObject, NodeObject, Pod, PodSpec, Toleration } from '../api/objects'
import { isPod, nodes as nodesResource, pods as podsResource } from '../api/server'
import { type DaemonSet, isDaemonSet } from '../api/workloads'
import { tolerates } from '../scheduler/tolerations'
import { type Call, claimed, type Controller, listAll, resourceFor } from './controller'
import { createPodOf, deletePodOf } from './pods'
import { templateHash } from './template-hash'

const SOURCE = { component: 'daemonset-controller' }
const KIND = 'DaemonSet'
const HASH = 'controller-revision-hash'
const GENERATION = 'pod-template-generation'

/** What such a pod puts up with besides (daemon/util AddOrUpdateDaemonPodTolerations). */
const TOLERATIONS: readonly Toleration[] = [
  ...(['not-ready', 'unreachable'] as const).map((name) => ({ effect: 'NoExecute', key: `node.kubernetes.io/${name}`, operator: 'Exists' as const })),
  ...(['disk-pressure', 'memory-pressure', 'pid-pressure', 'unschedulable'] as const).map((name) => ({ effect: 'NoSchedule', key: `node.kubernetes.io/${name}`, operator: 'Exists' as const })),
]

const isNode = (object: ApiObject): object is NodeObject => object.kind === 'Node'
const isActive = ({ metadata, status }: Pod): boolean => !metadata.deletionTimestamp && status.phase !== 'Succeeded' && status.phase !== 'Failed'

export const daemonSets: Controller = {
  kinds: [KIND, 'Pod', 'Node'],
  *sync(call) {
    const sets = yield* listAll(call, resourceFor('apps/v1', KIND), isDaemonSet)
    if (sets.length === 0) return 'idle'
    const [pods, nodes] = [yield* listAll(call, podsResource(), isPod), yield* listAll(call, nodesResource(), isNode)]
    for (const set of sets) if (!set.metadata.deletionTimestamp) yield* syncOne(call, set, nodes, yield* claimed(call, set, podsResource(), pods, set.spec.selector))
  },
}

const suits = ({ nodeSelector = {}, tolerations = [] }: PodSpec, { metadata, spec }: NodeObject): boolean =>
  Object.entries(nodeSelector).every(([key, value]) => metadata.labels?.[key] === value) &&
  (spec.taints ?? []).every((taint) => taint.effect === 'PreferNoSchedule' || tolerates([...tolerations, ...TOLERATIONS], taint))

function* syncOne(call: Call, set: DaemonSet, nodes: readonly NodeObject[], pods: readonly Pod[]): Run {
  const { template } = set.spec
  const hash = templateHash(template)
  const wanted = nodes.filter((node) => suits(template.spec, node))
  const on = (node: NodeObject): Pod[] => pods.filter((pod) => pod.spec.nodeName === node.metadata.name)
  const isNew = ({ metadata }: Pod): boolean => metadata.labels?.[HASH] === undefined || metadata.labels[HASH] === hash
  for (const node of wanted) {
    // A pod that is ending has its place until it is gone.
    if (on(node).some((pod) => pod.status.phase !== 'Failed')) continue
    const spec = { nodeName: node.metadata.name, tolerations: [...(template.spec.tolerations ?? []), ...TOLERATIONS, ...(template.spec.hostNetwork ? [{ effect: 'NoSchedule', key: 'node.kubernetes.io/network-unavailable', operator: 'Exists' as const }] : [])] }
    yield* createPodOf(call, set, template, SOURCE, spec, { [HASH]: hash, [GENERATION]: String(set.metadata.generation ?? 1) })
  }
  for (const pod of pods) if (isActive(pod) && !wanted.some((node) => node.metadata.name === pod.spec.nodeName)) yield* deletePodOf(call, set, pod, SOURCE)
  if (set.spec.updateStrategy.type === 'RollingUpdate') yield* roll(call, set, pods.filter(isActive), isNew, wanted.length)
  const active = pods.filter(isActive)
  const placed = wanted.filter((node) => on(node).some(isActive)).length
  const ready = active.filter(isReady).length
  const updated = active.filter(isNew).length
  const unavailable = wanted.length - ready
  const status: DaemonSet['status'] = {
    currentNumberScheduled: placed, desiredNumberScheduled: wanted.length, ...(ready > 0 ? { numberAvailable: ready } : {}), numberMisscheduled: 0, numberReady: ready, ...(unavailable > 0 ? { numberUnavailable: unavailable } : {}),
    observedGeneration: set.metadata.generation ?? 1, ...(updated > 0 ? { updatedNumberScheduled: updated } : {}),
  }
  if (JSON.stringify(status) !== JSON.stringify(set.status)) yield* call((server) => server.updateStatus(resourceFor('apps/v1', KIND), set, status))
}

/** Old pods go, as many at once as may be missing. */
function* roll(call: Call, set: DaemonSet, active: readonly Pod[], isNew: (pod: Pod) => boolean, desired: number): Run {
  const most = set.spec.updateStrategy.rollingUpdate?.maxUnavailable ?? 1
  const allowed = typeof most === 'number' ? most : Math.ceil((desired * Number.parseInt(most, 10)) / 100)
  const missing = desired - active.filter(isReady).length
  for (const pod of active.filter((each) => !isNew(each)).slice(0, Math.max(0, allowed - missing))) yield* deletePodOf(call, set, pod, SOURCE)
}
