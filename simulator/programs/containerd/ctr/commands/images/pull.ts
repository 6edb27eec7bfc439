/** ctr images pull: pull an image from a remote, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { bool, int, strings } from '../../../../urfave/flag'
import { REGISTRY_FLAGS, SNAPSHOTTER_FLAGS } from '../../flags'
import { Failure } from '../../../../urfave/context'
import { formatDuration } from '../../../../go/duration'
import { connect } from '../../client'
import { checkReference, fetchImage } from '../../fetch'
import { pullByContainerd, usesService } from '../../service'
import { layersOf, unpack } from '../../image'

export default command({
  name: 'pull',
  usage: 'pull an image from a remote',
  args: '[flags] <ref>',
  description: `Fetch and prepare an image for use in containerd.

After pulling an image, it should be ready to use the same reference in a run
command. As part of this process, we do the following:

1. Fetch all resources into containerd.
2. Prepare the snapshot filesystem with the pulled resources.
3. Register metadata for the image.
`,
  flags: [
    ...REGISTRY_FLAGS,
    ...SNAPSHOTTER_FLAGS,
    strings('label', 'labels to attach to the image'),
    strings('platform', 'Pull content from a specific platform'),
    bool('all-platforms', 'pull content and metadata from all platforms'),
    bool('all-metadata', 'Pull metadata for all platforms'),
    bool('print-chainid', "Print the resulting image's chain ID"),
    int('max-concurrent-downloads', 'Set the max concurrent downloads for each pull'),
  ],
  *run(context) {
    const ref = context.arg(0)
    if (ref === '') throw new Failure('please provide an image reference to pull')
    if (usesService(context)) return yield* pullByContainerd(context, ref)
    checkReference(ref)
    const client = yield* connect(context)
    const image = yield* fetchImage(context, client, ref)
    const platform = 'linux/amd64'
    context.io.out(`unpacking ${platform} ${image.target.digest}...\n`)
    const start = context.sys.monotonic()
    yield* unpack(client, image, context.string('snapshotter') || 'overlayfs')
    if (context.bool('print-chainid')) context.io.out(`image chain ID: ${(yield* layersOf(client, image)).chain.at(-1) ?? ''}\n`)
    context.io.out(`done: ${formatDuration(context.sys.monotonic() - start)}\t\n`)
  },
})
