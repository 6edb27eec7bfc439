/** kube-scheduler: finds a node for each pod that has none (filter by taints and selectors, then the least loaded). */
import type { Run } from '../../kernel/run'
import type { ApiServer } from '../api/server'
import { isPod, nodes as nodesResource, pods as podsResource } from '../api/server'
import type { NodeObject, Pod, Toleration } from '../api/objects'

const SOURCE = { component: 'default-scheduler' }

const tolerates = (tolerations: readonly Toleration[], taint: { key: string; value?: string; effect: string }): boolean =>
  tolerations.some((t) => (t.key === undefined || t.key === taint.key) && (t.effect === undefined || t.effect === taint.effect) && (t.operator === 'Exists' || (t.value ?? '') === (taint.value ?? '')))

const fits = (pod: Pod, node: NodeObject): boolean =>
  !node.spec.unschedulable &&
  (node.spec.taints ?? []).every((taint) => taint.effect === 'PreferNoSchedule' || tolerates(pod.spec.tolerations ?? [], taint)) &&
  Object.entries(pod.spec.nodeSelector ?? {}).every(([key, value]) => node.metadata.labels?.[key] === value)

/** Runs for ever: `call` makes a request to the API server. */
export function* runScheduler(call: <T>(work: (api: ApiServer) => Run<T>) => Run<T>): Run<never> {
  for (;;) {
    const { items, resourceVersion } = yield* call((api) => api.list(podsResource()))
    for (const pod of items) if (isPod(pod) && !pod.spec.nodeName) yield* place(pod, items.filter(isPod), call)
    yield* call((api) => api.watch(resourceVersion, (c) => c.resource.kind === 'Node' || (isPod(c.object) && !c.object.spec.nodeName && c.type === 'ADDED')))
  }
}

function* place(pod: Pod, all: readonly Pod[], call: <T>(work: (api: ApiServer) => Run<T>) => Run<T>): Run {
  const { items } = yield* call((api) => api.list(nodesResource()))
  const nodes = items.filter((n): n is NodeObject => n.kind === 'Node')
  const load = (node: NodeObject): number => all.filter((p) => p.spec.nodeName === node.metadata.name).length
  const [best] = nodes.filter((node) => fits(pod, node)).sort((a, b) => load(a) - load(b))
  if (!best) {
    const total = nodes.length
    const tainted = nodes.filter((n) => (n.spec.taints ?? []).some((t) => !tolerates(pod.spec.tolerations ?? [], t)))
    const reasons = tainted.map((n) => `1 node(s) had taint {${n.spec.taints?.[0]?.key}: ${n.spec.taints?.[0]?.value ?? ''}}, that the pod didn't tolerate`)
    const unmatched = total - tainted.length
    if (unmatched > 0) reasons.push(`${unmatched} node(s) didn't match Pod's node affinity/selector`)
    yield* call((api) => api.event(pod, 'Warning', 'FailedScheduling', `0/${total} nodes are available: ${reasons.join(', ')}.`, SOURCE))
    return
  }
  const bound = yield* call((api) =>
    api.as('').updatePodStatus(pod.metadata.namespace ?? 'default', pod.metadata.name, (p) => ({
      ...p,
      spec: { ...p.spec, nodeName: best.metadata.name },
      status: { ...p.status, conditions: [{ type: 'PodScheduled', status: 'True', lastProbeTime: null, lastTransitionTime: p.metadata.creationTimestamp ?? '' }] },
    })),
  )
  if (bound) yield* call((api) => api.event(bound, 'Normal', 'Scheduled', `Successfully assigned ${pod.metadata.namespace}/${pod.metadata.name} to ${best.metadata.name}`, SOURCE))
}
