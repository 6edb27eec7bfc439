/** ctr content fetch: fetch all content for an image into containerd, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { bool, strings } from '../../../../urfave/flag'
import { REGISTRY_FLAGS } from '../../flags'
import { connect } from '../../client'
import { checkReference, fetchImage } from '../../fetch'

export default command({
  name: 'fetch',
  usage: 'fetch all content for an image into containerd',
  args: '[flags] <remote> <object>',
  description: `Fetch an image into containerd.
  
This command ensures that containerd has all the necessary resources to build
an image's rootfs and convert the configuration to a runtime format supported
by containerd.

This command uses the same syntax, of remote and object, as 'ctr fetch-object'.
We may want to make this nicer, but agnostism is preferred for the moment.

Right now, the responsibility of the daemon and the cli aren't quite clear. Do
not use this implementation as a guide. The end goal should be having metadata,
content and snapshots ready for a direct use via the 'ctr run'.

Most of this is experimental and there are few leaps to make this work.`,
  flags: [
    ...REGISTRY_FLAGS,
    strings('label', 'labels to attach to the image'),
    strings('platform', 'Pull content from a specific platform'),
    bool('all-platforms', 'pull content from all platforms'),
    bool('all-metadata', 'Pull metadata for all platforms'),
    bool('metadata-only', 'Pull all metadata including manifests and configs'),
  ],
  *run(context) {
    const ref = context.arg(0)
    checkReference(ref)
    yield* fetchImage(context, yield* connect(context), ref)
  },
})
