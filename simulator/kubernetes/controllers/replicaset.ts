/** The ReplicaSet controller: as many pods as are wanted (pkg/controller/replicaset). Recording: golden deployment. */
import type { Run } from '../../kernel/run'
import { isReady, lessDear } from '../api/active-pods'
import type { Pod } from '../api/objects'
import { isPod, pods as podsResource } from '../api/server'
import { isReplicaSet, type ReplicaSet } from '../api/workloads'
import { type Call, claimed, type Controller, listAll, resourceFor } from './controller'
import { createPodOf, deletePodOf } from './pods'

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
  for (let i = 0; i < missing; i++) yield* createPodOf(call, set, set.spec.template, SOURCE)
  if (missing < 0) for (const pod of [...active].sort(lessDear).slice(0, -missing)) yield* deletePodOf(call, set, pod, SOURCE)
  const ready = active.filter(isReady).length
  const status: ReplicaSet['status'] = {
    ...(ready > 0 ? { availableReplicas: ready } : {}), ...(active.length > 0 ? { fullyLabeledReplicas: active.length } : {}), observedGeneration: set.metadata.generation ?? 1,
    ...(ready > 0 ? { readyReplicas: ready } : {}), replicas: active.length,
  }
  if (JSON.stringify(status) !== JSON.stringify(set.status)) yield* call((server) => server.updateStatus(resourceFor('apps/v1', KIND), set, status))
}
