/** The content store (content/local/store.go): blobs by their digest, in files; labels in the metadata store. */
import { concat } from '../../kernel/bytes'
import { isErrno } from '../../kernel/errno'
import { digestOf, encoded } from '../digest'
import { labelAt, parseFilters } from '../filters'
import { alreadyExists, failedPrecondition, GrpcError, notFound } from '../grpc'
import { makeDirectories } from '../files'
import type { ContentInfo, ContentService, Ingest } from '../services'
import { now } from '../time'
import { checkNamespace, type Context, openNamespace, storedLabels, updatedLabels } from './context'

const CONTENT_ROOT = '/var/lib/containerd/io.containerd.content.v1.content'
export const blobPath = (digest: string): string => `${CONTENT_ROOT}/blobs/sha256/${encoded(digest)}`

const DIGEST = /^sha256:[0-9a-f]{64}$/

export function contentService(context: Context): ContentService {
  const { sys, db, exchange } = context
  const info = (ns: string, digest: string): ContentInfo => {
    checkNamespace(ns)
    if (!DIGEST.test(digest)) throw new GrpcError('Unknown', 'invalid checksum digest format')
    const found = db.content(ns).get(digest)
    if (!found) throw notFound(`content digest ${digest}`)
    return found
  }
  /** What has come of what is not committed yet. */
  const arrived = new Map<string, Uint8Array[]>()
  const ingestOf = (ns: string, ref: string): Ingest => {
    const found = db.ingests(ns).get(ref)
    if (!found) throw notFound(`ref ${ref}`)
    return found
  }
  const service: ContentService = {
    *info(ns, digest) {
      return info(ns, digest)
    },
    *list(ns, filters) {
      checkNamespace(ns)
      const filter = parseFilters(filters)
      return db.content(ns).values().filter((i) => filter(([first, ...rest]) => (first === 'digest' ? i.digest : first === 'labels' ? labelAt(i.labels, rest) : undefined)))
    },
    *update(ns, given, fields = ['labels']) {
      const old = info(ns, given.digest)
      return db.content(ns).put(old.digest, { ...old, labels: storedLabels(updatedLabels(old.labels, given.labels, fields), { checks: 'info.Labels', writes: `writing labels for info ${old.digest}: ` }), updatedAt: now(sys) })
    },
    *read(ns, digest, range) {
      const { digest: known } = info(ns, digest)
      const bytes = yield* sys.readFile(blobPath(known))
      return range ? bytes.subarray(range.offset, range.size > 0 ? range.offset + range.size : undefined) : bytes
    },
    *write(ns, { ref, bytes, expected, labels }) {
      openNamespace(context, ns)
      const digest = digestOf(bytes)
      if (expected && expected !== digest) {
        const at = now(sys)
        db.ingests(ns).put(ref, { ref, offset: bytes.length, total: 0, startedAt: at, updatedAt: at })
        throw failedPrecondition(`unexpected commit digest ${digest}, expected ${expected}`)
      }
      db.ingests(ns).delete(ref)
      if (db.content(ns).has(digest)) throw alreadyExists(`content ${digest}`)
      makeDirectories(sys, `${CONTENT_ROOT}/blobs/sha256`)
      yield* sys.writeFile(blobPath(digest), bytes, { mode: 0o444 })
      const at = now(sys)
      return db.content(ns).put(digest, { digest, size: bytes.length, createdAt: at, updatedAt: at, labels: storedLabels(labels, { checks: 'info.Labels', writes: '' }) })
    },
    *begin(ns, { ref, total, expected }) {
      openNamespace(context, ns)
      if (expected && db.content(ns).has(expected)) throw alreadyExists(`content ${expected}`)
      const known = db.ingests(ns).get(ref)
      if (known) return known
      const at = now(sys)
      return db.ingests(ns).put(ref, { ref, offset: 0, total, startedAt: at, updatedAt: at })
    },
    *append(ns, ref, bytes) {
      const ingest = ingestOf(ns, ref)
      arrived.set(`${ns}/${ref}`, [...(arrived.get(`${ns}/${ref}`) ?? []), bytes])
      db.ingests(ns).put(ref, { ...ingest, offset: ingest.offset + bytes.length, updatedAt: now(sys) })
    },
    *commit(ns, { ref, size, expected }) {
      const { offset } = ingestOf(ns, ref)
      if (size > 0 && size !== offset) throw failedPrecondition(`commit failed: "${ref}" failed size validation: ${offset} != ${size}`)
      const bytes = concat(arrived.get(`${ns}/${ref}`) ?? [])
      const digest = digestOf(bytes)
      if (expected && expected !== digest) throw failedPrecondition(`commit failed: unexpected commit digest ${digest}, expected ${expected}`)
      arrived.delete(`${ns}/${ref}`)
      yield* service.write(ns, { ref, bytes, labels: {} })
    },
    *delete(ns, digest) {
      info(ns, digest)
      db.content(ns).delete(digest)
      removeBlob(context, digest)
      exchange.publish(ns, '/content/delete', 'ContentDelete', { digest })
      context.collector.schedule()
    },
    *listStatuses(ns) {
      checkNamespace(ns)
      return db.ingests(ns).values()
    },
  }
  return service
}

/** Removes a blob's file once no namespace knows it. */
export function removeBlob({ sys, db }: Pick<Context, 'sys' | 'db'>, digest: string): void {
  if (db.namespaces.keys().some((ns) => db.content(ns).has(digest))) return
  try {
    sys.unlink(blobPath(digest))
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error
  }
}
