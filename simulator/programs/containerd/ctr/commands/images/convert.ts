/** ctr images convert: convert an image, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { bool, strings } from '../../../../urfave/flag'
import { Failure } from '../../../../urfave/context'
import { connect } from '../../client'

export default command({
  name: 'convert',
  usage: 'convert an image',
  args: '[flags] <source_ref> <target_ref>',
  description: `Convert an image format.

e.g., 'ctr convert --uncompress --oci example.com/foo:orig example.com/foo:converted'

Use '--platform' to define the output platform.
When '--all-platforms' is given all images in a manifest list must be available.
`,
  flags: [
    bool('uncompress', 'convert tar.gz layers to uncompressed tar layers'),
    bool('oci', 'convert Docker media types to OCI media types'),
    strings('platform', 'Pull content from a specific platform'),
    bool('all-platforms', 'exports content from all platforms'),
  ],
  *run(context) {
    if (context.arg(0) === '' || context.arg(1) === '') throw new Failure('src and target image need to be specified')
    const client = yield* connect(context)
    yield* client.call((s, ns) => s.images.get(ns, context.arg(0)))
    return context.refuse('images convert')
  },
})
