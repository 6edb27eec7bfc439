/** ctr containers checkpoint: checkpoint a container, as ctr 1.6.20 has it (container.go Checkpoint, container_checkpoint_opts.go): an index of what was asked for. What CRIU would write is not simulated. */
import { command } from '../../../../urfave/command'
import { bool } from '../../../../urfave/flag'
import { Failure } from '../../../../urfave/context'
import { checkpointFailure } from '../../checkpoint'
import { type Client, connect, loadContainer } from '../../client'
import { createDiff, GZIP_LAYER } from '../../difference'
import { withLease } from '../../lease'
import { fromBase64 } from '../../../../../kernel/base64'
import { digestOf } from '../../../../../containerd/digest'
import { isGrpc } from '../../../../../containerd/grpc'
import type { Descriptor } from '../../../../../containerd/oci/types'
import type { Any, Container, Labels, TaskProcess } from '../../../../../containerd/services'
import { concat, encode } from '../../../../../kernel/bytes'
import type { Run } from '../../../../../kernel/run'

export default command({
  name: 'checkpoint',
  usage: 'checkpoint a container',
  args: 'CONTAINER REF',
  flags: [
    bool('rw', 'include the rw layer in the checkpoint'),
    bool('image', 'include the image in the checkpoint'),
    bool('task', 'checkpoint container task'),
  ],
  *run(context) {
    if (context.arg(0) === '') throw new Failure('container id must be provided')
    if (context.arg(1) === '') throw new Failure('ref must be provided')
    const client = yield* connect(context)
    const container = yield* loadContainer(client, context.arg(0))
    const task = yield* taskOf(client, container.ID)
    if (task !== undefined && task.status !== 'RUNNING') throw new Failure(`cannot pause a ${task.status.toLowerCase()} container: unknown`)
    if (container.Image === '') throw new Failure('container not created from an image: not found')
    const { target } = yield* client.call((s, ns) => s.images.get(ns, container.Image))
    const manifests: Descriptor[] = []
    yield* withLease(client, function* () {
      if (container.Runtime.Options) manifests.push(yield* keep(client, RUNTIME_OPTIONS, anyOf(container.Runtime.Options)))
      if (context.bool('image')) manifests.push(target)
      if (context.bool('task')) {
        if (task === undefined) throw new Failure(`task ${container.ID} not found: not found`)
        const failure = checkpointFailure(client, container.ID, task.status)
        if (failure !== undefined) throw failure
        context.refuse('containers checkpoint --task')
      }
      if (context.bool('rw')) manifests.push(yield* changesOf(client, container))
      const index = {
        schemaVersion: 2,
        manifests,
        annotations: {
          'io.containerd.checkpoint.runtime': container.Runtime.Name,
          'io.containerd.checkpoint.snapshotter': container.Snapshotter,
          'org.opencontainers.image.ref.name': container.Image,
        },
      }
      const references = Object.fromEntries(manifests.map(({ digest }, i): [string, string] => [`containerd.io/gc.ref.content.${i}`, digest]))
      const { mediaType, digest, size } = yield* keep(client, INDEX, encode(JSON.stringify(index)), references)
      yield* client.call((s, ns) => s.images.create(ns, { name: context.arg(1), labels: {}, target: { mediaType, digest, size } }))
    })
  },
})

const INDEX = 'application/vnd.oci.image.index.v1+json'
const RUNTIME_OPTIONS = 'application/vnd.containerd.container.checkpoint.runtime.options+proto'
const PLATFORM = { architecture: 'amd64', os: 'linux' }

/** None is no mistake: only what runs has to pause. */
function* taskOf(client: Client, id: string): Run<TaskProcess | undefined> {
  try {
    return yield* client.call((s, ns) => s.tasks.get(ns, id))
  } catch (error) {
    if (!isGrpc(error, 'NotFound')) throw error
    return undefined
  }
}

/** A blob in the store; one that is there already will do. */
function* keep(client: Client, mediaType: string, bytes: Uint8Array, labels: Labels = {}): Run<Descriptor> {
  try {
    yield* client.call((s, ns) => s.content.write(ns, { ref: mediaType, bytes, labels }))
  } catch (error) {
    if (!isGrpc(error, 'AlreadyExists')) throw error
  }
  return { mediaType, digest: digestOf(bytes), size: bytes.length, platform: PLATFORM }
}

function* changesOf(client: Client, { Snapshotter, SnapshotKey }: Container): Run<Descriptor> {
  const bytes = yield* createDiff(client, { key: SnapshotKey, snapshotter: Snapshotter, mediaType: GZIP_LAYER, ref: `checkpoint-rw-${SnapshotKey}`, labels: {} })
  return { mediaType: GZIP_LAYER, digest: digestOf(bytes), size: bytes.length, platform: PLATFORM }
}

/** protobuf's Any: 1 the type's name, 2 the value's bytes. */
function anyOf({ type_url, value }: Any): Uint8Array {
  const field = (tag: number, bytes: Uint8Array): Uint8Array[] => (bytes.length === 0 ? [] : [Uint8Array.from([tag, bytes.length]), bytes])
  return concat([...field(0x0a, encode(type_url)), ...field(0x12, fromBase64(value))])
}
