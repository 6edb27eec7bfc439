/** The layer that a snapshot's changes make, kept as content (rootfs/diff.go CreateDiff, diff/walking). Compared with containerd 1.6.20. */
import type { Client } from './client'
import { digestOf } from '../../../containerd/digest'
import { isGrpc } from '../../../containerd/grpc'
import type { Labels, SnapshotMount } from '../../../containerd/services'
import { leaseId } from './lease'
import type { Run } from '../../../kernel/run'
import { compress } from '../../gzip/format'

export const GZIP_LAYER = 'application/vnd.oci.image.layer.v1.tar+gzip'

interface Wanted {
  readonly key: string
  readonly other?: string
  readonly snapshotter: string
  readonly mediaType: string
  readonly ref: string
  readonly labels: Labels
}

/** Level and header as Go's compress/gzip has them: no time, an unknown system. */
const GZIP_LEVEL = 6
const OS_AT = 9
const UNKNOWN_OS = 255

/** rootfs.CreateDiff: from a snapshot's parent to it, or with `other` from the one to the other; the differ keeps what it made as content. */
export function* createDiff(client: Client, { key, other, snapshotter, mediaType, ref, labels }: Wanted): Run<Uint8Array> {
  const compare = (lower: readonly SnapshotMount[], upper: readonly SnapshotMount[]): Run<Uint8Array> => client.call((s, ns) => s.diff.compare(ns, lower, upper, mediaType))
  const view = (name: string, of: string, work: (mounts: readonly SnapshotMount[]) => Run<Uint8Array>): Run<Uint8Array> => viewed(client, { snapshotter, name, of }, work)
  const shown = function* (id: string, name: string, work: (mounts: readonly SnapshotMount[]) => Run<Uint8Array>): Run<Uint8Array> {
    const { Kind } = yield* client.call((s, ns) => s.snapshots.stat(ns, snapshotter, id))
    return Kind === 'Active' ? yield* work(yield* client.call((s, ns) => s.snapshots.mounts(ns, snapshotter, id))) : yield* view(name, id, work)
  }
  const { Parent = '' } = yield* client.call((s, ns) => s.snapshots.stat(ns, snapshotter, key))
  const tar = other === undefined
    ? yield* view(`${Parent}-parent-view-${leaseId(client.sys)}`, Parent, (lower) => shown(key, `${key}-view-${leaseId(client.sys)}`, (upper) => compare(lower, upper)))
    : yield* shown(key, `${key}-view-key`, (lower) => shown(other, `${other}-view-key`, (upper) => compare(lower, upper)))
  const isPlain = mediaType.endsWith('.tar')
  const bytes = isPlain ? tar : compress(tar, GZIP_LEVEL, null)
  if (!isPlain) bytes[OS_AT] = UNKNOWN_OS
  const extra: Labels = isPlain ? {} : { 'containerd.io/uncompressed': digestOf(tar) }
  try {
    yield* client.call((s, ns) => s.content.write(ns, { ref: ref || `diff-${key}`, bytes, labels: { ...labels, ...extra } }))
  } catch (error) {
    if (!isGrpc(error, 'AlreadyExists')) throw error
  }
  return bytes
}

interface View {
  readonly snapshotter: string
  readonly name: string
  readonly of: string
}

/** A view of a snapshot for as long as the work takes. */
function* viewed<T>(client: Client, { snapshotter, name, of }: View, work: (mounts: readonly SnapshotMount[]) => Run<T>): Run<T> {
  const mounts = yield* client.call((s, ns) => s.snapshots.view(ns, snapshotter, { key: name, parent: of }))
  try {
    return yield* work(mounts)
  } finally {
    yield* client.call((s, ns) => s.snapshots.remove(ns, snapshotter, name))
  }
}
