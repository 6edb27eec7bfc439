/** The ReplicaSet controller: as many pods as are wanted (pkg/controller/replicaset). Recording: golden deployment. */
import type { Run } from '../../kernel/run'
import { isReady, lessDear } from '../api/active-pods'
import type { Pod } from '../api/objects'
import { isPod, pods as podsResource } from '../api/server'
import { ApiStatus } from '../api/status'
import { isReplicaSet, type ReplicaSet } from '../api/workloads'
import { type Call, claimed, type Controller, listAll, ownerReference, resourceFor } from './controller'

const SOURCE = { component: 'replicaset-controller' }
const KIND = 'ReplicaSet'

const isActive = ({ metadata, status }: Pod): boolean => !metadata.deletionTimestamp && status.phase !== 'Succeeded' && status.phase !== 'Failed'

export const replicaSets: Controller = {
  kinds: [KIND, 'Pod'],
  *sync(call) {
    const sets = yield* listAll(call, resourceFor('apps/v1', KIND), isReplicaSet)
    if (sets.length === 0) return
    const pods = yield* listAll(call, podsResource(), isPod)
    for (const set of sets) yield* syncOne(call, set, yield* claimed(call, set, podsResource(), pods, set.spec.selector))
  },
}

function* syncOne(call: Call, set: ReplicaSet, pods: readonly Pod[]): Run {
  const active = pods.filter(isActive)
  const missing = set.spec.replicas - active.length
  for (let i = 0; i < missing; i++) yield* createPod(call, set)
  if (missing < 0) for (const pod of [...active].sort(lessDear).slice(0, -missing)) yield* deletePod(call, set, pod)
  const ready = active.filter(isReady).length
  const status: ReplicaSet['status'] = {
    ...(ready > 0 ? { availableReplicas: ready } : {}), ...(active.length > 0 ? { fullyLabeledReplicas: active.length } : {}), observedGeneration: set.metadata.generation ?? 1,
    ...(ready > 0 ? { readyReplicas: ready } : {}), replicas: active.length,
  }
  if (JSON.stringify(status) !== JSON.stringify(set.status)) yield* call((server) => server.updateStatus(resourceFor('apps/v1', KIND), set, status))
}

function* createPod(call: Call, set: ReplicaSet): Run {
  const { template } = set.spec
  const { namespace = 'default', name } = set.metadata
  const { labels, annotations } = template.metadata ?? {}
  try {
    const pod = yield* call((server) =>
      server.create(podsResource(), {
        apiVersion: 'v1', kind: 'Pod', metadata: { name: '', generateName: `${name}-`, namespace, ...(annotations ? { annotations } : {}), ...(labels ? { labels } : {}), ownerReferences: [ownerReference(set)] }, spec: template.spec,
      } as Pod),
    )
    yield* call((server) => server.event(set, 'Normal', 'SuccessfulCreate', `Created pod: ${pod.metadata.name}`, SOURCE))
  } catch (error) {
    if (!(error instanceof ApiStatus)) throw error
    yield* call((server) => server.event(set, 'Warning', 'FailedCreate', `Error creating: ${error.message}`, SOURCE))
  }
}

function* deletePod(call: Call, set: ReplicaSet, pod: Pod): Run {
  const { namespace, name } = pod.metadata
  try {
    yield* call((server) => server.delete(podsResource(), namespace, name))
    yield* call((server) => server.event(set, 'Normal', 'SuccessfulDelete', `Deleted pod: ${name}`, SOURCE))
  } catch (error) {
    if (!(error instanceof ApiStatus)) throw error
  }
}
