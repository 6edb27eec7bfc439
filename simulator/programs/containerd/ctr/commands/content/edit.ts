/** ctr content edit: edit a blob and return a new digest, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { string } from '../../../../urfave/flag'
import { Failure } from '../../../../urfave/context'
import { connect } from '../../client'
import { edited } from '../../editor'
import { parseDigest } from '../../image'
import { digestOf } from '../../../../../containerd/digest'
import { isGrpc } from '../../../../../containerd/grpc'

export default command({
  name: 'edit',
  usage: 'edit a blob and return a new digest',
  args: '[flags] <digest>',
  description: 'edit a blob and return a new digest',
  flags: [
    string('validate', 'validate the result against a format (json, mediatype, etc.)'),
    string('editor', 'select editor (vim, emacs, etc.)', { env: 'EDITOR' }),
  ],
  *run(context) {
    if (context.string('validate') !== '') throw new Failure('validating the edit result not supported')
    const digest = parseDigest(context.arg(0))
    const client = yield* connect(context)
    const bytes = yield* edited(context, yield* client.call((s, ns) => s.content.read(ns, digest)))
    try {
      yield* client.call((s, ns) => s.content.write(ns, { ref: `edit-${digest}`, bytes, labels: {} }))
    } catch (error) {
      if (!isGrpc(error, 'AlreadyExists')) throw error
      throw new Failure(`commit failed: blob with expected digest ${digestOf(bytes)} exists: already exists`)
    }
    context.io.out(`${digestOf(bytes)}\n`)
  },
})
