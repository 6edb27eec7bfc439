/** ctr content delete: permanently delete one or more blobs, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { Failures, connect } from '../../client'
import { parseDigest } from '../../image'
import { isGrpc } from '../../../../../containerd/grpc'

export default command({
  name: 'delete',
  aliases: ['del', 'remove', 'rm'],
  usage: 'permanently delete one or more blobs',
  args: '[<digest>, ...]',
  description: `Delete one or more blobs permanently. Successfully deleted
  blobs are printed to stdout.`,
  *run(context) {
    const client = yield* connect(context)
    const failures = new Failures(context)
    for (const arg of context.args) {
      try {
        const digest = parseDigest(arg)
        yield* client.call((s, ns) => s.content.delete(ns, digest))
        context.io.out(`${digest}\n`)
      } catch (error) {
        if (!isGrpc(error, 'NotFound')) failures.add(error, `could not delete ${arg}`)
      }
    }
    failures.end()
  },
})
