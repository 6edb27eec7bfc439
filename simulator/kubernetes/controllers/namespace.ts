/** The namespace controller: what lies in a namespace that is to go is deleted some seconds later, and once nothing is left the namespace goes (pkg/controller/namespace). */
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { RESOURCES } from '../api/kinds'
import { namespaces as namespacesResource } from '../api/server'
import { ApiStatus } from '../api/status'
import type { Call } from './controller'

/** namespaceDeletionGracePeriod: other servers may not have heard of it yet. */
const GRACE_NS = 5_000_000_000
const RETRY_NS = 2_000_000_000
const CONTENTS = new Set(['kept', 'own'])

/** Runs for ever. */
export function* watchNamespaces(sys: Sys, call: Call): Run<never> {
  const ending = new Set<string>()
  let version = 0
  for (;;) {
    const from = version
    const changes = yield* call((server) => server.watch(from, ({ object }) => object.kind === 'Namespace' && object.metadata.deletionTimestamp !== undefined))
    version = changes.at(-1)?.resourceVersion ?? version
    for (const { type, object: { kind, metadata } } of changes) {
      if (type !== 'MODIFIED' || kind !== 'Namespace' || metadata.deletionTimestamp === undefined || ending.has(metadata.uid ?? '')) continue
      ending.add(metadata.uid ?? '')
      sys.go(empty(sys, call, metadata.name))
    }
  }
}

function* empty(sys: Sys, call: Call, name: string): Run {
  yield* sys.sleep(GRACE_NS)
  while ((yield* deleteContents(call, name)) > 0) yield* sys.sleep(RETRY_NS)
  yield* call(function* (server) {
    server.finalize(namespacesResource(), name)
  })
}

/** How many objects are there still. */
function* deleteContents(call: Call, namespace: string): Run<number> {
  let left = 0
  for (const resource of RESOURCES) {
    if (!resource.namespaced || !CONTENTS.has(resource.objects)) continue
    const items = yield* call(function* ({ store }) {
      return store.list(resource, namespace)
    })
    for (const { metadata } of items) {
      if (metadata.deletionTimestamp === undefined) {
        try {
          yield* call((server) => server.delete(resource, namespace, metadata.name))
        } catch (error) {
          if (!(error instanceof ApiStatus)) throw error
        }
      }
      if (resource.kind === 'Pod') left++
    }
  }
  return left
}
