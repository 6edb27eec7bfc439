/** ctr content push-object: push an object to a remote, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { REGISTRY_FLAGS } from '../../flags'
import { connect } from '../../client'
import { checkReference } from '../../fetch'
import { parseDigest } from '../../image'
import { pushObject } from '../../push'

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
    checkReference(context.arg(0), '')
    yield* client.call((s, ns) => s.content.info(ns, digest))
    yield* pushObject(context, context.arg(0), { digest, mediaType: context.arg(2) })
  },
})
