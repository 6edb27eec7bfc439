/** Container records (metadata/containers.go): what is to run. A container is not a task. */
import { labelAt, storeFilters } from '../filters'
import { alreadyExists, GrpcError, invalidArgument, isGrpc, notFound } from '../grpc'
import type { Any, Container, ContainersService, NewContainer } from '../services'
import { now } from '../time'
import { checkIdentifier, checkNamespace, type Context, type LabelWords, openNamespace, storedLabels, updatedLabels } from './context'

const fieldOf = (c: Container, path: readonly string[]): string | undefined => {
  const [first, ...rest] = path
  switch (first) {
    case 'id': return c.ID
    case 'image': return c.Image
    case 'runtime': return rest[0] === 'name' ? c.Runtime.Name : undefined
    case 'labels': return labelAt(c.Labels, rest)
    default: return undefined
  }
}

/** Fields that an update without field paths must not change, as the store checks them, in that order. */
const IMMUTABLE: readonly (readonly [string, (c: NewContainer) => string])[] = [
  ['Snapshotter', (c) => c.Snapshotter],
  ['Runtime.Name', (c) => c.Runtime.Name],
]

const labelWords = (work: 'create container' | 'update', id: string): LabelWords => ({
  checks: `${work} failed validation: containers.Labels`, writes: `failed to write container ${JSON.stringify(id)}: `,
})

export function containersService(context: Context): ContainersService {
  const { sys, db, exchange } = context
  const get = (ns: string, id: string): Container => {
    checkNamespace(ns)
    const found = db.containers(ns).get(id)
    if (!found) throw notFound(`container "${id}" in namespace "${ns}"`)
    return found
  }
  return {
    *list(ns, filters) {
      checkNamespace(ns)
      const filter = storeFilters(filters)
      return db.containers(ns).values().filter((c) => filter((path) => fieldOf(c, path)))
    },
    *get(ns, id) {
      return get(ns, id)
    },
    *create(ns, container) {
      try {
        checkIdentifier(container.ID)
      } catch (error) {
        if (!isGrpc(error)) throw error
        throw new GrpcError(error.code, `create container failed validation: container.ID: ${error.message}`)
      }
      if (container.Runtime.Name === '') throw invalidArgument('create container failed validation: container.Runtime.Name must be set')
      openNamespace(context, ns)
      const bucket = db.containers(ns)
      if (bucket.has(container.ID)) throw alreadyExists(`container "${container.ID}"`)
      const at = now(sys)
      const made = bucket.put(container.ID, inOrder({ ...container, Labels: storedLabels(container.Labels, labelWords('create container', container.ID)), CreatedAt: at, UpdatedAt: at }))
      exchange.publish(ns, '/containers/create', 'ContainerCreate', { id: made.ID, image: made.Image, runtime: { name: made.Runtime.Name, ...(made.Runtime.Options ? { options: shownOptions(made.Runtime.Options) } : {}) } })
      return made
    },
    *update(ns, given, fields) {
      const old = get(ns, given.ID)
      if (fields.length === 0) {
        for (const [name, read] of IMMUTABLE) if (read(old) !== read(given)) throw invalidArgument(`container.${name} field is immutable`)
      }
      const all = fields.length === 0
      const changed: Container = {
        ...old,
        Labels: storedLabels(all ? given.Labels : updatedLabels(old.Labels, given.Labels, fields), labelWords('update', given.ID)),
        Spec: all || fields.includes('spec') ? given.Spec : old.Spec,
        Image: all || fields.includes('image') ? given.Image : old.Image,
        SnapshotKey: all || fields.includes('snapshotkey') ? given.SnapshotKey : old.SnapshotKey,
        Extensions: all || fields.some((f) => f.startsWith('extensions')) ? given.Extensions : old.Extensions,
        UpdatedAt: now(sys),
      }
      db.containers(ns).put(changed.ID, changed)
      exchange.publish(ns, '/containers/update', 'ContainerUpdate', {
        id: changed.ID, image: changed.Image, ...(Object.keys(changed.Labels).length ? { labels: changed.Labels } : {}), snapshot_key: changed.SnapshotKey,
      })
      return changed
    },
    *delete(ns, id) {
      get(ns, id)
      db.containers(ns).delete(id)
      exchange.publish(ns, '/containers/delete', 'ContainerDelete', { id })
      context.collector.schedule()
    },
  }
}

/** As an event's JSON has it: without what is empty. */
const shownOptions = ({ type_url, value }: Any): Partial<Any> => (value === '' ? { type_url } : { type_url, value })

/** Fields in the order in which they are shown. */
const inOrder = (c: Container): Container => ({
  ID: c.ID, Labels: c.Labels, Image: c.Image, Runtime: c.Runtime, SnapshotKey: c.SnapshotKey, Snapshotter: c.Snapshotter,
  CreatedAt: c.CreatedAt, UpdatedAt: c.UpdatedAt, Extensions: c.Extensions, Spec: c.Spec, ...(c.SandboxID === undefined ? {} : { SandboxID: c.SandboxID }),
})
