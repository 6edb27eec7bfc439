/** ctr images usage: display usage of snapshots for a given image ref, as ctr 1.7.28 has it: from the top down. */
import { isGrpc } from '../../../../../containerd/grpc'
import type { Run } from '../../../../../kernel/run'
import { progressBytes } from '../../../../go/units'
import { command } from '../../../../urfave/command'
import { Failure } from '../../../../urfave/context'
import { type Client, connect, worded } from '../../client'
import { SNAPSHOTTER_FLAGS } from '../../flags'
import { layersOf } from '../../image'
import { narrowTable } from '../../table'

export default command({
  name: 'usage',
  usage: 'Display usage of snapshots for a given image ref',
  args: '[flags] <ref>',
  flags: SNAPSHOTTER_FLAGS,
  *run(context) {
    const ref = context.arg(0)
    if (ref === '') throw new Failure('please provide an image reference to mount')
    const client = yield* connect(context)
    const snapshotter = context.string('snapshotter') || 'overlayfs'
    const image = yield* worded(({ message }) => `failed to ensure if image ${ref} exists: ${message}`, client.call((s, ns) => s.images.get(ns, ref)))
    let key = (yield* layersOf(client, image)).chain.at(-1) ?? ''
    if (!(yield* isThere(client, snapshotter, key))) throw new Failure(`image ${ref} isn't unpacked in snapshotter ${snapshotter}`)
    const rows: (string | number)[][] = []
    while (key !== '') {
      const at = key
      const { size, inodes } = yield* client.call((s, ns) => s.snapshots.usage(ns, snapshotter, at))
      rows.push([at, progressBytes(size), inodes])
      key = (yield* client.call((s, ns) => s.snapshots.stat(ns, snapshotter, at))).Parent ?? ''
    }
    context.io.out(narrowTable(['KEY', 'SIZE', 'INODES'], rows))
  },
})

function* isThere(client: Client, snapshotter: string, key: string): Run<boolean> {
  try {
    yield* client.call((s, ns) => s.snapshots.stat(ns, snapshotter, key))
    return true
  } catch (error) {
    if (isGrpc(error, 'NotFound')) return false
    throw error
  }
}
