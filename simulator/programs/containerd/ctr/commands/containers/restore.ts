/** ctr containers restore: restore a container from checkpoint, as ctr 1.6.20 has it (container_restore_opts.go). A checkpoint without CRIU holds no specification, which ends it. */
import { command } from '../../../../urfave/command'
import { bool } from '../../../../urfave/flag'
import { type Context, Failure } from '../../../../urfave/context'
import { type Client, connect } from '../../client'
import { layersOf } from '../../image'
import { withLease } from '../../lease'
import type { Image } from '../../../../../containerd/services'
import { decode } from '../../../../../kernel/bytes'
import type { Run } from '../../../../../kernel/run'
import { checkReference, fetchImage } from '../../fetch'
import { isGrpc } from '../../../../../containerd/grpc'

export default command({
  name: 'restore',
  usage: 'restore a container from checkpoint',
  args: 'CONTAINER REF',
  flags: [
    bool('rw', 'restore the rw layer from the checkpoint'),
    bool('live', 'restore the runtime and memory data from the checkpoint'),
  ],
  *run(context) {
    if (context.arg(0) === '') throw new Failure('container id must be provided')
    if (context.arg(1) === '') throw new Failure('ref must be provided')
    const client = yield* connect(context)
    const ref = context.arg(1)
    yield* restoreContainer(client, context.arg(0), yield* checkpointImage(context, client, ref))
  },
})

function* checkpointImage(context: Context, client: Client, ref: string): Run<Image> {
  try {
    return yield* client.call((s, ns) => s.images.get(ns, ref))
  } catch (error) {
    if (!isGrpc(error, 'NotFound')) throw error
    checkReference(ref)
    return yield* fetchImage(context, client, ref)
  }
}

interface CheckpointIndex {
  readonly annotations?: Readonly<Record<string, string>>
}

const isIndex = (value: unknown): value is CheckpointIndex => typeof value === 'object' && value !== null

/** The container's snapshot is made first; the lease takes it away again. */
function* restoreContainer(client: Client, id: string, { target }: Image): Run {
  const value: unknown = JSON.parse(decode(yield* client.call((s, ns) => s.content.read(ns, target.digest))))
  const annotations = isIndex(value) ? (value.annotations ?? {}) : {}
  yield* withLease(client, function* () {
    const name = annotations['org.opencontainers.image.ref.name'] ?? ''
    if (name === '') throw new Failure('image name not found in index')
    const snapshotter = annotations['io.containerd.checkpoint.snapshotter']
    if (snapshotter === undefined) throw new Failure('snapshotter not found in index')
    const { chain } = yield* layersOf(client, yield* client.call((s, ns) => s.images.get(ns, name)))
    yield* client.call((s, ns) => s.snapshots.prepare(ns, snapshotter, { key: id, parent: chain.at(-1) ?? '' }))
    throw new Failure('media type not found')
  })
}
