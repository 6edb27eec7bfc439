/** Leases (metadata/leases.go): they hold what is being worked on. */
import { storeFilters, labelAt } from '../filters'
import { alreadyExists, notFound } from '../grpc'
import type { StoredLease } from '../metadata/records'
import type { LeasesService } from '../services'
import { now } from '../time'
import { checkNamespace, type Context, openNamespace, storedLabels } from './context'

export function leasesService(context: Context): LeasesService {
  const { sys, db } = context
  const get = (ns: string, id: string): StoredLease => {
    checkNamespace(ns)
    const found = db.leases(ns).get(id)
    if (!found) throw notFound(`lease "${id}"`)
    return found
  }
  return {
    *list(ns, filters) {
      checkNamespace(ns)
      const filter = storeFilters(filters)
      return db.leases(ns).values().filter((l) => filter(([first, ...rest]) => (first === 'id' ? l.id : first === 'labels' ? labelAt(l.labels, rest) : undefined)))
    },
    *create(ns, { id, labels }) {
      openNamespace(context, ns)
      if (db.leases(ns).has(id)) throw alreadyExists(`lease "${id}"`)
      return db.leases(ns).put(id, { id, createdAt: now(sys), labels: storedLabels(labels, { checks: 'labels', writes: '' }), resources: [] })
    },
    *delete(ns, id) {
      get(ns, id)
      db.leases(ns).delete(id)
      yield* context.collector.collect()
    },
    *addResource(ns, id, resource) {
      const lease = get(ns, id)
      db.leases(ns).put(id, { ...lease, resources: [...lease.resources, resource] })
    },
    *listResources(ns, id) {
      return [...get(ns, id).resources]
    },
  }
}
