/** ctr images tag: tag an image, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { bool } from '../../../../urfave/flag'
import { connect } from '../../client'
import { Failure } from '../../../../urfave/context'
import { isGrpc } from '../../../../../containerd/grpc'

export default command({
  name: 'tag',
  usage: 'tag an image',
  args: '[flags] <source_ref> <target_ref> [<target_ref>, ...]',
  description: 'Tag an image for use in containerd.',
  flags: [
    bool('force', 'force target_ref to be created, regardless if it already exists'),
  ],
  *run(context) {
    const [source = '', ...targets] = context.args
    if (source === '') throw new Failure('please provide an image reference to tag from')
    if (targets.length === 0) throw new Failure('please provide an image reference to tag to')
    const client = yield* connect(context)
    const image = yield* client.call((s, ns) => s.images.get(ns, source))
    for (const name of targets) {
      const tagged = { name, labels: image.labels, target: image.target }
      try {
        yield* client.call((s, ns) => s.images.create(ns, tagged))
      } catch (error) {
        if (!isGrpc(error, 'AlreadyExists') || !context.bool('force')) throw error
        yield* client.call((s, ns) => s.images.delete(ns, name))
        yield* client.call((s, ns) => s.images.create(ns, tagged))
      }
      context.io.out(`${name}\n`)
    }
  },
})
