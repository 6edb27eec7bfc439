/** The layer that a snapshot's changes make, kept as content (rootfs/diff.go CreateDiff, diff/walking). Compared with containerd 1.6.20. */
import type { Client } from './client'
import { digestOf } from '../../../containerd/digest'
import { isGrpc } from '../../../containerd/grpc'
import type { Labels } from '../../../containerd/services'
import type { Run } from '../../../kernel/run'
import { compress } from '../../gzip/format'

export const GZIP_LAYER = 'application/vnd.oci.image.layer.v1.tar+gzip'

interface Wanted {
  readonly key: string
  readonly snapshotter: string
  readonly mediaType: string
  readonly ref: string
  readonly labels: Labels
}

/** Level and header as Go's compress/gzip has them: no time, an unknown system. */
const GZIP_LEVEL = 6
const OS_AT = 9
const UNKNOWN_OS = 255

/** rootfs.CreateDiff of a snapshot that is written to; the differ keeps what it made as content. */
export function* createDiff(client: Client, { key, snapshotter: name, mediaType, ref, labels }: Wanted): Run<Uint8Array> {
  const tar = yield* client.call(function* (s, ns) {
    return yield* s.diff.compare(ns, yield* s.snapshots.mounts(ns, name, key), mediaType)
  })
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
