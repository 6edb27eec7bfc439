/** ctr snapshots mounts: mount gets mount commands for the snapshots, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { connect } from '../../client'
import { mountCommands, snapshotter } from '../../snapshots'

export default command({
  name: 'mounts',
  aliases: ['m', 'mount'],
  usage: 'mount gets mount commands for the snapshots',
  args: '<target> <key>',
  *run(context) {
    if (context.args.length !== 2) return context.showHelp()
    const client = yield* connect(context)
    const mounts = yield* client.call((s, ns) => s.snapshots.mounts(ns, snapshotter(context), context.arg(1)))
    context.io.out(mountCommands(context.arg(0), mounts))
  },
})
