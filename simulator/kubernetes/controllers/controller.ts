/** What every controller of kube-controller-manager does: look at all it is concerned with, put it right, wait for a change (pkg/controller). */
import type { Run } from '../../kernel/run'
import { type Resource, resourceOfKind } from '../api/kinds'
import type { ApiObject } from '../api/objects'
import type { ApiServer } from '../api/server'
import { ApiStatus } from '../api/status'
import { type LabelSelector, selects } from '../api/workloads'

export type Call = <T>(work: (server: ApiServer) => Run<T>) => Run<T>

export interface Controller {
  /** The kinds whose changes concern it; that which it keeps comes first. */
  readonly kinds: readonly string[]
  /** `idle`: it keeps nothing, and what else changes does not concern it. */
  sync(call: Call): Run<'idle' | void>
}

export function resourceFor(apiVersion: string, kind: string): Resource {
  const resource = resourceOfKind(apiVersion, kind)
  if (!resource) throw new Error(`${kind} is not served`)
  return resource
}

export function* listAll<T extends ApiObject>(call: Call, resource: Resource, is: (object: ApiObject) => object is T): Run<T[]> {
  return (yield* call((server) => server.list(resource))).items.filter(is)
}

/** What an object of which this one is the controller has. */
export const ownedBy = ({ metadata: { uid = '' } }: ApiObject, object: ApiObject): boolean => object.metadata.ownerReferences?.some((o) => o.controller && o.uid === uid) ?? false

/** Nobody's, and what this one selects: it is adopted (controller_ref_manager.go). */
const isOrphan = (object: ApiObject): boolean => !object.metadata.deletionTimestamp && !object.metadata.ownerReferences?.some((o) => o.controller)

/** Those of `objects` that are the owner's, with those that it takes over. */
export function* claimed<T extends ApiObject>(call: Call, owner: ApiObject, resource: Resource, objects: readonly T[], selector: LabelSelector): Run<T[]> {
  const own: T[] = []
  for (const object of objects) {
    const { namespace, labels } = object.metadata
    if (namespace !== owner.metadata.namespace || !selects(selector, labels)) continue
    if (ownedBy(owner, object)) own.push(object)
    else if (isOrphan(object)) {
      const adopted = { ...object, metadata: { ...object.metadata, ownerReferences: [...(object.metadata.ownerReferences ?? []), ownerReference(owner)] } }
      yield* call((server) => server.update(resource, adopted))
      own.push(adopted)
    }
  }
  return own
}

export const ownerReference = ({ apiVersion, kind, metadata }: ApiObject) => ({ apiVersion, blockOwnerDeletion: true, controller: true, kind, name: metadata.name, uid: metadata.uid ?? '' })

/** A pod without labels belongs to no controller, and will not. */
const concerns = ({ kinds }: Controller, { kind, metadata }: ApiObject): boolean => kinds.includes(kind) && (kind !== 'Pod' || metadata.labels !== undefined)

/** Runs for ever. */
export function* runController(call: Call, controller: Controller): Run<never> {
  for (;;) {
    const begun = yield* call(function* (server) {
      return server.store.version
    })
    let state: 'idle' | undefined
    try {
      state = (yield* controller.sync(call)) ?? undefined
    } catch (error) {
      // Somebody changed an object meanwhile: that change brings the next round.
      if (!(error instanceof ApiStatus)) throw error
    }
    yield* call((server) => server.watch(begun, ({ object }) => (state === 'idle' ? object.kind === controller.kinds[0] : concerns(controller, object))))
  }
}
