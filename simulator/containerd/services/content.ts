/** The content store (content/local/store.go): blobs by their digest, in files; labels in the metadata store. */
import { isErrno } from '../../kernel/errno'
import { digestOf, encoded } from '../digest'
import { labelAt, parseFilters } from '../filters'
import { alreadyExists, failedPrecondition, GrpcError, notFound } from '../grpc'
import { makeDirectories } from '../files'
import type { ContentInfo, ContentService } from '../services'
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
  return {
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
    *delete(ns, digest) {
      info(ns, digest)
      db.content(ns).delete(digest)
      removeBlob(context, digest)
      exchange.publish(ns, '/content/delete', 'ContentDelete', { digest })
    },
    *listStatuses(ns) {
      checkNamespace(ns)
      return db.ingests(ns).values()
    },
  }
}

/** Removes a blob's file once no namespace knows it. */
export function removeBlob({ sys, db }: Context, digest: string): void {
  if (db.namespaces.keys().some((ns) => db.content(ns).has(digest))) return
  try {
    sys.unlink(blobPath(digest))
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error
  }
}
