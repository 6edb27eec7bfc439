/** ctr snapshots info: get info about a snapshot, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { connect } from '../../client'
import { snapshotter } from '../../snapshots'
import { MARSHAL, marshal } from '../../../../go/json'

export default command({
  name: 'info',
  usage: 'get info about a snapshot',
  args: '<key>',
  *run(context) {
    if (context.args.length !== 1) return context.showHelp()
    const client = yield* connect(context)
    const { Kind, Name, Parent, Labels, Created, Updated } = yield* client.call((s, ns) => s.snapshots.stat(ns, snapshotter(context), context.arg(0)))
    context.io.out(`${marshal({ Kind, Name, Parent: Parent || undefined, Labels, Created, Updated }, MARSHAL)}\n`)
  },
})
