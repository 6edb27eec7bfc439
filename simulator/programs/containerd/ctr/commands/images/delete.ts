/** ctr images delete: remove one or more images by reference, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { bool } from '../../../../urfave/flag'
import { Failures, connect, messageOf } from '../../client'
import { Failure } from '../../../../urfave/context'
import { isGrpc } from '../../../../../containerd/grpc'
import { logrus } from '../../../../go/logrus'

export default command({
  name: 'delete',
  aliases: ['del', 'remove', 'rm'],
  usage: 'remove one or more images by reference',
  args: '[flags] <ref> [<ref>, ...]',
  description: 'remove one or more images by reference',
  flags: [
    bool('sync', 'Synchronously remove image and all associated resources'),
  ],
  *run(context) {
    const client = yield* connect(context)
    const failures = new Failures(context)
    for (const [i, name] of context.args.entries()) {
      try {
        const sync = context.bool('sync') && i === context.args.length - 1
        yield* client.call((s, ns) => s.images.delete(ns, name, { sync }))
        context.io.out(`${name}\n`)
      } catch (error) {
        if (isGrpc(error, 'NotFound')) context.io.err(logrus(context.sys, 'warning', `${name}: image not found`))
        else failures.add(error, `unable to delete ${name}`, new Failure(`unable to delete ${name}: ${messageOf(error)}`))
      }
    }
    failures.end()
  },
})
