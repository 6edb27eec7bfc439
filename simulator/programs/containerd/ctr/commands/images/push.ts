/** ctr images push: push an image to a remote, as ctr 1.6.20 has it. */
import { service, usesService } from '../../service'
import { command } from '../../../../urfave/command'
import { bool, int, string, strings } from '../../../../urfave/flag'
import { REGISTRY_FLAGS } from '../../flags'
import { connect, messageOf } from '../../client'
import { type Context, Failure } from '../../../../urfave/context'
import { parseDigest } from '../../image'
import { pushImage } from '../../push'
import type { Client } from '../../client'
import type { Descriptor } from '../../../../../containerd/oci/types'
import type { Run } from '../../../../../kernel/run'

export default command({
  name: 'push',
  usage: 'push an image to a remote',
  args: '[flags] <remote> [<local>]',
  description: `Pushes an image reference from containerd.

  All resources associated with the manifest reference will be pushed.
  The ref is used to resolve to a locally existing image manifest.
  The image manifest must exist before push. Creating a new image
  manifest can be done through calculating the diff for layers,
  creating the associated configuration, and creating the manifest
  which references those resources.
`,
  flags: [
    ...REGISTRY_FLAGS,
    string('manifest', 'digest of manifest'),
    string('manifest-type', 'media type of manifest digest', { value: 'application/vnd.oci.image.manifest.v1+json' }),
    strings('platform', 'push content from a specific platform'),
    int('max-concurrent-uploaded-layers', 'Set the max concurrent uploaded layers for each push'),
    bool('allow-non-distributable-blobs', 'Allow pushing blobs that are marked as non-distributable'),
  ],
  *run(context) {
    const ref = context.arg(0)
    if (ref === '') throw new Failure('please provide a remote image reference to push')
    const client = yield* connect(context)
    const local = context.arg(1) || ref
    if (usesService(context)) {
      yield* service(context)
      yield* client.call((s, ns) => s.images.get(ns, local))
      return context.refuse('images push by the transfer service')
    }
    yield* pushImage(context, client, ref, yield* targetOf(context, client, local))
  },
})

/** What is to be pushed: the given manifest, else that of the local image. */
function* targetOf(context: Context, client: Client, local: string): Run<Descriptor> {
  const manifest = context.string('manifest')
  try {
    if (manifest !== '') return { mediaType: context.string('manifest-type'), digest: parseDigest(manifest), size: 0 }
  } catch (error) {
    throw new Failure(`invalid manifest digest: ${messageOf(error)}`)
  }
  try {
    return (yield* client.call((s, ns) => s.images.get(ns, local))).target
  } catch (error) {
    throw new Failure(`unable to resolve image to manifest: ${messageOf(error)}`)
  }
}
