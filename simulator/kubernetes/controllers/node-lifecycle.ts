/** The node lifecycle controller (pkg/controller/nodelifecycle): a node whose lease was not renewed for 40 s is not ready, and is tainted. Recording: golden kubelet-and-containerd-stop. */
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { isReady } from '../api/active-pods'
import type { ApiObject, NodeObject } from '../api/objects'
import { apiTime, isPod, nodes as nodesResource, pods as podsResource } from '../api/server'
import { ApiStatus } from '../api/status'
import { type Call, listAll } from './controller'

const SOURCE = { component: 'node-controller' }
/** --node-monitor-grace-period, --node-monitor-period. */
const GRACE_S = 40
const PERIOD_S = 5
const UNREACHABLE = 'node.kubernetes.io/unreachable'

const isNode = (object: ApiObject): object is NodeObject => object.kind === 'Node'
const isUnknown = ({ status }: NodeObject): boolean => status.conditions.some((c) => c.type === 'Ready' && c.status === 'Unknown')

/** Runs for ever. It need not look before a lease can have run out. */
export function* watchNodes(sys: Sys, call: Call): Run<never> {
  for (;;) {
    const nodes = yield* listAll(call, nodesResource(), isNode)
    const leases = yield* call(function* (server) {
      return new Map(server.nodeLeases)
    })
    const { sec } = sys.now()
    let wait = nodes.length === 0 ? PERIOD_S : GRACE_S
    for (const node of nodes) {
      const renewed = leases.get(node.metadata.name)?.sec ?? Date.parse(node.metadata.creationTimestamp ?? '') / 1000
      const left = renewed + GRACE_S - sec
      try {
        if (left < 0 && !isUnknown(node)) yield* lose(call, node, apiTime(sec))
        if (left >= 0 && !isUnknown(node) && node.spec.taints?.some((t) => t.key === UNREACHABLE)) yield* welcome(call, node)
      } catch (error) {
        // Its kubelet told something meanwhile: the next look finds it.
        if (!(error instanceof ApiStatus)) throw error
      }
      wait = Math.min(wait, left < 0 ? PERIOD_S : left + 1)
    }
    yield* sys.sleep(Math.ceil(wait / PERIOD_S) * PERIOD_S * 1_000_000_000)
  }
}

function* lose(call: Call, node: NodeObject, now: string): Run {
  const { name } = node.metadata
  const conditions = node.status.conditions.map((c) => ({ ...c, lastTransitionTime: now, message: 'Kubelet stopped posting node status.', reason: 'NodeStatusUnknown', status: 'Unknown' as const }))
  const taints = [...(node.spec.taints ?? []), { effect: 'NoSchedule', key: UNREACHABLE }, { effect: 'NoExecute', key: UNREACHABLE }]
  const lost: NodeObject = { ...node, spec: { ...node.spec, taints }, status: { ...node.status, conditions } }
  yield* call((server) => server.update(nodesResource(), lost))
  yield* call((server) => server.event(node, 'Normal', 'NodeNotReady', `Node ${name} status is now: NodeNotReady`, SOURCE))
  for (const pod of yield* listAll(call, podsResource(), isPod)) {
    if (pod.spec.nodeName !== name || !isReady(pod)) continue
    const unready = (pod.status.conditions ?? []).map((c) => (c.type === 'Ready' ? { ...c, lastTransitionTime: now, status: 'False' as const } : c))
    yield* call((server) => server.updatePodStatus(pod.metadata.namespace ?? 'default', pod.metadata.name, (old) => ({ ...old, status: { ...old.status, conditions: unready } })))
    yield* call((server) => server.event(pod, 'Warning', 'NodeNotReady', 'Node is not ready', SOURCE))
  }
}

function* welcome(call: Call, node: NodeObject): Run {
  const taints = (node.spec.taints ?? []).filter((t) => t.key !== UNREACHABLE)
  const { taints: _, ...spec } = node.spec
  const found: NodeObject = { ...node, spec: taints.length > 0 ? { ...spec, taints } : spec }
  yield* call((server) => server.update(nodesResource(), found))
}
