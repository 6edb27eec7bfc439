/** How controllers make and delete pods, and tell of it (pkg/controller/controller_utils.go). */
import type { Run } from '../../kernel/run'
import type { ApiObject, EventObject, Pod } from '../api/objects'
import { pods as podsResource } from '../api/server'
import { ApiStatus } from '../api/status'
import type { PodTemplate } from '../api/workloads'
import { type Call, ownerReference } from './controller'

/** `node`: where it is to run, if the scheduler has no say in it. */
export function* createPodOf(call: Call, owner: ApiObject, { metadata = {}, spec }: PodTemplate, source: EventObject['source'], placed: Partial<Pod['spec']> = {}, more: Readonly<Record<string, string>> = {}): Run {
  const { namespace = 'default', name } = owner.metadata
  const labels = { ...metadata.labels, ...more }
  try {
    const pod = yield* call((server) =>
      server.create(podsResource(), {
        apiVersion: 'v1', kind: 'Pod',
        metadata: { name: '', generateName: `${name}-`, namespace, ...(metadata.annotations ? { annotations: metadata.annotations } : {}), ...(Object.keys(labels).length > 0 ? { labels } : {}), ownerReferences: [ownerReference(owner)] },
        spec: { ...spec, ...placed },
      } as Pod),
    )
    yield* call((server) => server.event(owner, 'Normal', 'SuccessfulCreate', `Created pod: ${pod.metadata.name}`, source))
  } catch (error) {
    if (!(error instanceof ApiStatus)) throw error
    yield* call((server) => server.event(owner, 'Warning', 'FailedCreate', `Error creating: ${error.message}`, source))
  }
}

export function* deletePodOf(call: Call, owner: ApiObject, { metadata: { namespace, name } }: Pod, source: EventObject['source']): Run {
  try {
    yield* call((server) => server.delete(podsResource(), namespace, name))
    yield* call((server) => server.event(owner, 'Normal', 'SuccessfulDelete', `Deleted pod: ${name}`, source))
  } catch (error) {
    if (!(error instanceof ApiStatus)) throw error
  }
}
