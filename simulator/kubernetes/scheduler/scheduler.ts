/** kube-scheduler: finds a node for each pod that has none: what suits it (filters.ts), and of these the least loaded. */
import type { Run } from '../../kernel/run'
import { type ApiServer, apiTime } from '../api/server'
import { isPod, nodes as nodesResource, pods as podsResource } from '../api/server'
import type { NodeObject, Pod } from '../api/objects'
import { fitError, refusals } from './filters'

const SOURCE = { component: 'default-scheduler' }

type Call = <T>(work: (api: ApiServer) => Run<T>) => Run<T>

/** Runs for ever: `call` makes a request to the API server. */
export function* runScheduler(call: Call): Run<never> {
  for (;;) {
    const { items, resourceVersion } = yield* call((api) => api.list(podsResource()))
    for (const pod of items) if (isPod(pod) && !pod.spec.nodeName && !pod.metadata.deletionTimestamp) yield* place(pod, items.filter(isPod), call)
    yield* call((api) => api.watch(resourceVersion, (c) => c.resource.kind === 'Node' || (isPod(c.object) && ((!c.object.spec.nodeName && c.type === 'ADDED') || c.type === 'DELETED'))))
  }
}

function* place(pod: Pod, all: readonly Pod[], call: Call): Run {
  const { items } = yield* call((api) => api.list(nodesResource()))
  const nodes = items.filter((n): n is NodeObject => n.kind === 'Node')
  const minor = yield* call(function* (api) {
    return Number(api.version.split('.')[1])
  })
  const on = (node: NodeObject): Pod[] => all.filter((p) => p.spec.nodeName === node.metadata.name && p.status.phase !== 'Succeeded' && p.status.phase !== 'Failed')
  const reasons = nodes.map((node) => refusals(pod, { node, pods: on(node), minor }))
  const [best] = nodes.filter((_, i) => reasons[i]?.length === 0).sort((a, b) => on(a).length - on(b).length)
  if (!best) return yield* tellUnschedulable(pod, fitError(reasons), call)
  const bound = yield* call((api) =>
    api.as('').updatePodStatus(pod.metadata.namespace ?? 'default', pod.metadata.name, (p) => ({
      ...p,
      spec: { ...p.spec, nodeName: best.metadata.name },
      status: { ...p.status, conditions: [{ type: 'PodScheduled', status: 'True', lastProbeTime: null, lastTransitionTime: p.metadata.creationTimestamp ?? '' }] },
    })),
  )
  if (bound) yield* call((api) => api.event(bound, 'Normal', 'Scheduled', `Successfully assigned ${pod.metadata.namespace}/${pod.metadata.name} to ${best.metadata.name}`, SOURCE))
}

/** A pod that fits nowhere is tried twice before it waits for the cluster to change: its condition, when it is told first, brings it back. */
function* tellUnschedulable(pod: Pod, message: string, call: Call): Run {
  const was = pod.status.conditions?.find((c) => c.type === 'PodScheduled')
  const now = apiTime(yield* call(function* (api) {
    return api.now()
  }))
  if (was?.message === message) return
  for (let tries = was ? 1 : 2; tries > 0; tries--) yield* call((api) => api.eventApart(pod, 'Warning', 'FailedScheduling', message, SOURCE))
  yield* call((api) =>
    api.updatePodStatus(pod.metadata.namespace ?? 'default', pod.metadata.name, (p) => ({
      ...p, status: { ...p.status, conditions: [{ type: 'PodScheduled', status: 'False', lastProbeTime: null, lastTransitionTime: was?.lastTransitionTime ?? now, message, reason: 'Unschedulable' }] },
    })),
  )
}
