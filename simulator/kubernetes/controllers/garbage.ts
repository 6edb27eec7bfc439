/** The garbage collector: what belongs to nothing any more is deleted (pkg/controller/garbagecollector), background propagation. */
import { RESOURCES } from '../api/kinds'
import { ApiStatus } from '../api/status'
import type { Controller } from './controller'

/** Kinds that have owners or are some. */
const COLLECTED = new Set(['Pod', 'Node', 'ReplicaSet', 'Deployment', 'DaemonSet', 'Job', 'CronJob'])

export const garbage: Controller = {
  kinds: ['Deployment', 'ReplicaSet', 'DaemonSet', 'Job', 'CronJob'],
  *sync(call) {
    const all = []
    for (const resource of RESOURCES) {
      if (!COLLECTED.has(resource.kind)) continue
      for (const object of (yield* call((server) => server.list(resource))).items) all.push({ resource, object })
    }
    const uids = new Set(all.map(({ object }) => object.metadata.uid))
    for (const { resource, object } of all) {
      const { namespace, name, ownerReferences = [], deletionTimestamp } = object.metadata
      if (ownerReferences.length === 0 || deletionTimestamp || ownerReferences.some((o) => uids.has(o.uid))) continue
      try {
        yield* call((server) => server.delete(resource, namespace, name))
      } catch (error) {
        if (!(error instanceof ApiStatus)) throw error
      }
    }
  },
}
