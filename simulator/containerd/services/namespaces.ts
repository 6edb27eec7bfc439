/** containerd's namespaces (metadata/namespaces.go): not those of Linux, but walls between clients. */
import { alreadyExists, failedPrecondition, notFound, unknownError } from '../grpc'
import type { Labels, NamespaceRecord, NamespacesService } from '../services'
import { checkIdentifier, checkLabels, type Context } from './context'

/** Unlike other stores, this one keeps labels without a value. */
function sorted(labels: Labels): Labels {
  checkLabels(labels, 'namespace.Labels')
  if ('' in labels) throw unknownError('key required')
  return Object.fromEntries(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)))
}

export function namespacesService({ db, exchange }: Context): NamespacesService {
  const get = (name: string): NamespaceRecord => {
    const labels = db.namespaces.get(name)
    if (!labels) throw notFound(`namespace "${name}"`)
    return { name, labels }
  }
  return {
    *list() {
      return db.namespaces.keys().map(get)
    },
    *get(name) {
      return get(name)
    },
    *create(caller, name, labels) {
      checkIdentifier(name)
      if (db.namespaces.has(name)) throw alreadyExists(`namespace "${name}"`)
      db.namespaces.put(name, sorted(labels))
      exchange.publish(caller, '/namespaces/create', 'NamespaceCreate', { name, ...(Object.keys(labels).length ? { labels } : {}) })
    },
    *setLabel(caller, name, key, value) {
      const { [key]: _, ...rest } = db.namespaces.get(name) ?? {}
      db.namespaces.put(name, value === '' ? rest : sorted({ ...rest, [key]: value }))
      exchange.publish(caller, '/namespaces/update', 'NamespaceUpdate', { name, labels: { [key]: value } })
    },
    *delete(name) {
      const left = [
        db.images(name).size ? 'images' : '', db.content(name).size ? 'blobs' : '', db.containers(name).size ? 'containers' : '',
        ...['native', 'overlayfs'].map((snapshotter) => (db.snapshots(`${name}/${snapshotter}`).size ? `snapshots on "${snapshotter}" snapshotter` : '')),
      ].filter((t) => t !== '')
      if (left.length > 0) throw failedPrecondition(`namespace "${name}" must be empty, but it still has ${left.join(', ')}`)
      if (!db.namespaces.delete(name)) throw notFound(`namespace "${name}"`)
      // Leases and what is being written stand in nobody's way.
      for (const id of [...db.leases(name).keys()]) db.leases(name).delete(id)
      for (const ref of [...db.ingests(name).keys()]) db.ingests(name).delete(ref)
      exchange.publish(name, '/namespaces/delete', 'NamespaceDelete', { name })
    },
  }
}
