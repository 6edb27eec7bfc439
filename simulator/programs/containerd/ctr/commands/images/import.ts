/** ctr images import: import images, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { bool, string } from '../../../../urfave/flag'
import { SNAPSHOTTER_FLAGS } from '../../flags'
import { type Client, connect } from '../../client'
import { importArchive } from '../../archive/import'
import { layersOf, unpack } from '../../image'
import { service, showImported, usesService } from '../../service'
import { checkPlatform } from '../../platform'
import { isGrpc } from '../../../../../containerd/grpc'
import { Failure } from '../../../../urfave/context'
import type { Image } from '../../../../../containerd/services'
import type { Run } from '../../../../../kernel/run'

export default command({
  name: 'import',
  usage: 'import images',
  args: '[flags] <in>',
  description: `Import images from a tar stream.
Implemented formats:
- oci.v1
- docker.v1.1
- docker.v1.2


For OCI v1, you may need to specify --base-name because an OCI archive may
contain only partial image references (tags without the base image name).
If no base image name is provided, a name will be generated as "import-%{yyyy-MM-dd}".

e.g.
  $ ctr images import --base-name foo/bar foobar.tar

If foobar.tar contains an OCI ref named "latest" and anonymous ref "sha256:deadbeef", the command will create
"foo/bar:latest" and "foo/bar@sha256:deadbeef" images in the containerd store.
`,
  flags: [
    string('base-name', 'base image name for added images, when provided only images with this name prefix are imported'),
    bool('digests', 'whether to create digest images (default: false)', { value: 'false' }),
    bool('skip-digest-for-named', 'skip applying --digests option to images named in the importing tar (use it in conjunction with --digests)'),
    string('index-name', 'image name to keep index as, by default index is discarded'),
    bool('all-platforms', 'imports content for all platforms, false by default'),
    string('platform', 'imports content for specific platform'),
    bool('no-unpack', 'skip unpacking the images, false by default'),
    bool('compress-blobs', 'compress uncompressed blobs when creating manifest (Docker format only)'),
    ...SNAPSHOTTER_FLAGS,
  ],
  *run(context) {
    for (const text of context.strings('platform')) checkPlatform(text, (_, why) => new Failure(why))
    const client = yield* connect(context)
    const path = context.arg(0)
    if (usesService(context)) yield* service(context)
    const images = yield* importArchive(context, client, path)
    if (usesService(context)) return yield* showImported(context, client, images)
    if (context.bool('no-unpack')) return
    for (const image of images) {
      context.io.out(`unpacking ${image.name} (${image.target.digest})...`)
      yield* context.io.flush()
      yield* unpacked(client, image, context.string('snapshotter') || 'overlayfs')
      context.io.out('done\n')
    }
  },
})

/** A snapshotter that is not there is noticed at the first layer's snapshot. */
function* unpacked(client: Client, image: Image, snapshotter: string): Run {
  try {
    yield* unpack(client, image, snapshotter)
  } catch (error) {
    if (!isGrpc(error, 'InvalidArgument')) throw error
    throw new Failure(`failed to stat snapshot ${(yield* layersOf(client, image)).chain.at(-1) ?? ''}: ${error.message}`)
  }
}
