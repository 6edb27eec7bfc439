/** ctr content fetch-object: retrieve objects from a remote, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { REGISTRY_FLAGS } from '../../flags'
import { checkReference, credentialsOf, told } from '../../fetch'
import { resolve } from '../../../../../containerd/registry/resolve'

export default command({
  name: 'fetch-object',
  usage: 'retrieve objects from a remote',
  args: '[flags] <remote> <object> [<hint>, ...]',
  description: 'Fetch objects by identifier from a remote.',
  flags: [
    ...REGISTRY_FLAGS,
  ],
  *run(context) {
    const ref = context.arg(0)
    checkReference(ref, '')
    const { manifestBytes } = yield* told(context, '', () => resolve(context.sys, ref, credentialsOf(context)))
    context.io.out(manifestBytes)
  },
})
