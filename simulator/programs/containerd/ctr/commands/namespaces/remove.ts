/** ctr namespaces remove: remove one or more namespaces, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { bool } from '../../../../urfave/flag'
import { Failures, connect, messageOf } from '../../client'
import { Failure } from '../../../../urfave/context'
import { isGrpc } from '../../../../../containerd/grpc'

export default command({
  name: 'remove',
  aliases: ['rm'],
  usage: 'remove one or more namespaces',
  args: '<name> [<name>, ...]',
  description: 'remove one or more namespaces. for now, the namespace must be empty',
  flags: [
    bool('cgroup, c', "delete the namespace's cgroup", { refused: 'refused' }),
  ],
  *run(context) {
    const client = yield* connect(context)
    const failures = new Failures(context)
    for (const name of context.args) {
      try {
        yield* client.call((s) => s.namespaces.delete(name))
      } catch (error) {
        if (!isGrpc(error, 'NotFound')) {
          failures.add(error, `unable to delete ${name}`, new Failure(`unable to delete ${name}: ${messageOf(error)}`))
          continue
        }
      }
      context.io.out(`${name}\n`)
    }
    failures.end()
  },
})
