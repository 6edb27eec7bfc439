/** ctr content push-object: push an object to a remote, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { REGISTRY_FLAGS } from '../../flags'
import { connect } from '../../client'
import { parseDigest } from '../../image'

export default command({
  name: 'push-object',
  usage: 'push an object to a remote',
  args: '[flags] <remote> <object> <type>',
  description: 'Push objects by identifier to a remote.',
  flags: [
    ...REGISTRY_FLAGS,
  ],
  *run(context) {
    const digest = parseDigest(context.arg(1))
    const client = yield* connect(context)
    yield* client.call((s, ns) => s.content.info(ns, digest))
    return context.refuse('content push-object')
  },
})
