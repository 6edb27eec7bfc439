/** ctr snapshots diff: get the diff of two snapshots. the default second snapshot is the first snapshot's parent., as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { bool, string, strings } from '../../../../urfave/flag'
import { type Client, connect, labelArgs } from '../../client'
import { withLease } from '../../lease'
import { digestOf } from '../../../../../containerd/digest'
import { isGrpc } from '../../../../../containerd/grpc'
import type { Labels } from '../../../../../containerd/services'
import { rfc3339 } from '../../../../../containerd/time'
import type { Run } from '../../../../../kernel/run'
import { nowNanoseconds } from '../../../../go/time'
import { compress } from '../../../../gzip/format'
import { type Context, Failure } from '../../../../urfave/context'
import { snapshotter } from '../../snapshots'

export default command({
  name: 'diff',
  usage: "get the diff of two snapshots. the default second snapshot is the first snapshot's parent.",
  args: '[flags] <idA> [<idB>]',
  flags: [
    string('media-type', 'media type to use for creating diff', { value: 'application/vnd.oci.image.layer.v1.tar+gzip' }),
    string('ref', 'content upload reference to use'),
    bool('keep', 'keep diff content. up to creator to delete it.'),
    strings('label', 'labels to attach to the image'),
  ],
  *run(context) {
    if (context.arg(0) === '') throw new Failure('snapshot id must be provided')
    const client = yield* connect(context)
    const [key, other] = [context.arg(0), context.arg(1)]
    const own = snapshotter(context)
    const { Kind } = yield* client.call((s, ns) => s.snapshots.stat(ns, own, key))
    if (other !== '') yield* client.call((s, ns) => s.snapshots.stat(ns, own, other))
    if (other !== '' || Kind !== 'Active' || own !== 'overlayfs') return context.refuse('snapshots diff')
    const mediaType = context.string('media-type')
    const layer = yield* withLease(client, () => createDiff(client, { key, snapshotter: own, mediaType, ref: context.string('ref'), labels: labelsOf(context) }))
    context.io.out(layer)
  },
})

/** With --keep the garbage collector leaves the content (gc.root). */
function labelsOf(context: Context): Labels {
  const given = labelArgs(context.strings('label'))
  return context.bool('keep') ? { ...given, 'containerd.io/gc.root': rfc3339(nowNanoseconds(context.sys)).replace(/\.\d+/, '') } : given
}

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
function* createDiff(client: Client, { key, snapshotter: name, mediaType, ref, labels }: Wanted): Run<Uint8Array> {
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
