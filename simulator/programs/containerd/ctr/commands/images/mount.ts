/** ctr images mount: mount an image to a target path, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { bool, string, strings } from '../../../../urfave/flag'
import { REGISTRY_FLAGS, SNAPSHOTTER_FLAGS } from '../../flags'
import { connect } from '../../client'
import { Failure } from '../../../../urfave/context'
import { ensureUnpacked, layersOf } from '../../image'

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
    if (target === '') throw new Failure('please provide a target path to mount to')
    const client = yield* connect(context)
    const image = yield* client.call((s, ns) => s.images.get(ns, ref))
    const snapshotter = context.string('snapshotter') || 'overlayfs'
    yield* ensureUnpacked(client, image, snapshotter)
    const { chain } = yield* layersOf(client, image)
    const parent = chain.at(-1) ?? ''
    const request = { key: target, parent }
    const mounts = yield* client.call((s, ns) => (context.bool('rw') ? s.snapshots.prepare(ns, snapshotter, request) : s.snapshots.view(ns, snapshotter, request)))
    for (const mount of mounts) context.sys.mount(mount.Source, target, mount.Type, mount.Options.join(','))
    context.io.out(`${parent}\n${target}\n`)
  },
})
