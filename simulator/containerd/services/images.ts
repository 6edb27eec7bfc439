/** Image records (metadata/images.go): names for manifests. */
import { labelAt, storeFilters } from '../filters'
import { alreadyExists, invalidArgument, notFound } from '../grpc'
import type { Descriptor } from '../oci/types'
import type { Image, ImagesService } from '../services'
import { now } from '../time'
import { checkNamespace, type Context, type LabelWords, openNamespace, storedLabels, updatedLabels } from './context'

const fieldOf = (image: Image, path: readonly string[]): string | undefined => {
  const [first, second, ...rest] = path
  if (first === 'name') return image.name
  if (first === 'labels') return labelAt(image.labels, path.slice(1))
  if (first !== 'target' || rest.length > 0) return undefined
  return second === 'digest' ? image.target.digest : second === 'mediatype' ? image.target.mediaType : undefined
}

const labelWords = (name: string): LabelWords => ({ checks: 'image.Labels', writes: `writing labels for image ${name}: ` })

/** Of a descriptor no more than this is kept (metadata/images.go writeImage). */
const storedTarget = ({ mediaType, digest, size }: Descriptor): Descriptor => ({ mediaType, digest, size })

export function imagesService(context: Context): ImagesService {
  const { sys, db, exchange } = context
  const get = (ns: string, name: string): Image => {
    checkNamespace(ns)
    const found = db.images(ns).get(name)
    if (!found) throw notFound(`image "${name}"`)
    return found
  }
  return {
    *list(ns, filters) {
      checkNamespace(ns)
      const filter = storeFilters(filters)
      return db.images(ns).values().filter((i) => filter((path) => fieldOf(i, path)))
    },
    *get(ns, name) {
      return get(ns, name)
    },
    *create(ns, { name, labels, target }) {
      if (name === '') throw invalidArgument('Image.Name required')
      openNamespace(context, ns)
      const bucket = db.images(ns)
      if (bucket.has(name)) throw alreadyExists(`image "${name}"`)
      const at = now(sys)
      const made = bucket.put(name, { name, labels: storedLabels(labels, labelWords(name)), target: storedTarget(target), createdAt: at, updatedAt: at })
      exchange.publish(ns, '/images/create', 'ImageCreate', { name, ...(Object.keys(labels).length ? { labels } : {}) })
      return made
    },
    *update(ns, given, fields = []) {
      const old = get(ns, given.name)
      const all = fields.length === 0
      const labels = storedLabels(all ? given.labels : updatedLabels(old.labels, given.labels, fields), labelWords(given.name))
      const target = all || fields.some((f) => f.startsWith('target')) ? storedTarget(given.target) : old.target
      const changed = db.images(ns).put(given.name, { ...old, labels, target, updatedAt: now(sys) })
      exchange.publish(ns, '/images/update', 'ImageUpdate', { name: given.name, ...(Object.keys(labels).length ? { labels } : {}) })
      return changed
    },
    *delete(ns, name) {
      get(ns, name)
      db.images(ns).delete(name)
      exchange.publish(ns, '/images/delete', 'ImageDelete', { name })
      yield* context.collector.collect()
    },
  }
}
