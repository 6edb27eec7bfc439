/** ctr images convert: convert an image, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { bool, strings } from '../../../../urfave/flag'
import { Failure } from '../../../../urfave/context'
import { connect } from '../../client'
import { convertImage } from '../../convert'
import { withLease } from '../../lease'
import { checkPlatform, platformOf } from '../../platform'
import { quote } from '../../../../go/strconv'

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
    for (const text of context.strings('platform')) checkPlatform(text, (given, why) => new Failure(`invalid platform ${quote(given)}: ${why}`))
    const client = yield* connect(context)
    const given = context.strings('platform')
    const platforms = context.bool('all-platforms') ? [] : (given.length > 0 ? given : ['linux/amd64']).map(platformOf)
    const image = yield* withLease(client, () => convertImage(client, context.arg(0), context.arg(1), { types: context.bool('oci') ? 'oci' : 'kept', platforms }))
    context.io.out(`${image.target.digest}\n`)
  },
})
