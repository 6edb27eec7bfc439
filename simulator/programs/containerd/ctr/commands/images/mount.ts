/** ctr images mount: mount an image to a target path, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { bool, string, strings } from '../../../../urfave/flag'
import { REGISTRY_FLAGS, SNAPSHOTTER_FLAGS } from '../../flags'
import { type Client, connect } from '../../client'
import { leaseFor } from '../../lease'
import { type Context, Failure } from '../../../../urfave/context'
import { ensureUnpacked, layersOf } from '../../image'
import { ownRelease } from '../../../../../containerd/release'
import { checkPlatform } from '../../platform'
import { isGrpc } from '../../../../../containerd/grpc'
import type { Run } from '../../../../../kernel/run'

/** What `--snapshotter` says does not reach this command, which looks for it among the flags of ctr itself. */
const SNAPSHOTTER = 'overlayfs'

export default command({
  name: 'mount',
  usage: 'mount an image to a target path',
  args: '[flags] <ref> <target>',
  description: `Mount an image rootfs to a specified path.

When you are done, use the unmount command.
`,
  flags: [
    ...REGISTRY_FLAGS,
    ...SNAPSHOTTER_FLAGS,
    strings('label', 'labels to attach to the image'),
    bool('rw', 'Enable write support on the mount'),
    string('platform', 'Mount the image for the specified platform', { value: 'linux/amd64' }),
  ],
  *run(context) {
    const [ref = '', target = ''] = context.args
    if (ref === '') throw new Failure('please provide an image reference to mount')
    const { line } = yield* ownRelease(context.sys)
    if (target === '' && line !== '2') throw new Failure('please provide a target path to mount to')
    const client = yield* connect(context)
    if (target === '') {
      // From 2.2 on the target may be left out: then it says how to mount.
      yield* client.call((s, ns) => s.images.get(ns, ref))
      return context.refuse('images mount without a target')
    }
    // The lease outlives the command, so that the snapshot does.
    const isNew = yield* leaseFor(client, target, { [`containerd.io/gc.ref.snapshot.${SNAPSHOTTER}`]: target })
    try {
      yield* mountImage(context, client, { ref, target })
    } catch (error) {
      if (isNew) yield* client.call((s, ns) => s.leases.delete(ns, target))
      throw error
    }
    context.io.out(`${target}\n`)
  },
})

function* mountImage(context: Context, client: Client, { ref, target }: { readonly ref: string; readonly target: string }): Run {
  checkPlatform(context.string('platform'), (text, why) => new Failure(`unable to parse platform ${text}: ${why}`))
  const image = yield* client.call((s, ns) => s.images.get(ns, ref))
  yield* ensureUnpacked(client, image, SNAPSHOTTER)
  const { chain } = yield* layersOf(client, image)
  const parent = chain.at(-1) ?? ''
  const request = { key: target, parent }
  context.io.out(`${parent}\n`)
  const mounts = yield* client.call(function* (s, ns) {
    try {
      return context.bool('rw') ? yield* s.snapshots.prepare(ns, SNAPSHOTTER, request) : yield* s.snapshots.view(ns, SNAPSHOTTER, request)
    } catch (error) {
      if (!isGrpc(error, 'AlreadyExists')) throw error
      return yield* s.snapshots.mounts(ns, SNAPSHOTTER, target)
    }
  })
  try {
    for (const mount of mounts) context.sys.mount(mount.Source, target, mount.Type, mount.Options.join(','))
  } catch (error) {
    yield* client.call((s, ns) => s.snapshots.remove(ns, SNAPSHOTTER, target))
    throw error
  }
}
