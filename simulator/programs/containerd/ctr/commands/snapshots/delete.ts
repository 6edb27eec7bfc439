/** ctr snapshots delete: remove snapshots, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { connect } from '../../client'
import { snapshotter } from '../../snapshots'
import { Failure } from '../../../../urfave/context'
import { isGrpc } from '../../../../../containerd/grpc'
import { quote } from '../../../../go/strconv'

export default command({
  name: 'delete',
  aliases: ['del', 'remove', 'rm'],
  usage: 'remove snapshots',
  args: '<key> [<key>, ...]',
  *run(context) {
    const client = yield* connect(context)
    for (const key of context.args) {
      try {
        yield* client.call((s, ns) => s.snapshots.remove(ns, snapshotter(context), key))
      } catch (error) {
        if (!isGrpc(error)) throw error
        throw new Failure(`failed to remove ${quote(key)}: ${error.message}`)
      }
    }
  },
})
