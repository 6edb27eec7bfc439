/** ctr content fetch-blob: retrieve blobs from a remote, as ctr 1.7.28 has it. */
import { command } from '../../../../urfave/command'
import { Failure } from '../../../../urfave/context'
import { REGISTRY_FLAGS } from '../../flags'

export default command({
  name: 'fetch-blob',
  usage: 'Retrieve blobs from a remote',
  args: '[flags] <remote> [<digest>, ...]',
  description: 'Fetch blobs by digests from a remote.',
  flags: REGISTRY_FLAGS,
  *run(context) {
    if (context.args.length < 2) throw new Failure('must specify digests')
    return context.refuse('content fetch-blob')
  },
})
