/** ctr snapshots list: list snapshots, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { connect } from '../../client'
import { snapshotter } from '../../snapshots'
import { narrowTable } from '../../table'

export default command({
  name: 'list',
  aliases: ['ls'],
  usage: 'list snapshots',
  *run(context) {
    const client = yield* connect(context)
    const snapshots = yield* client.call((s, ns) => s.snapshots.list(ns, snapshotter(context)))
    context.io.out(narrowTable(['KEY', 'PARENT', 'KIND'], snapshots.map((s) => [s.Name, s.Parent ?? '', s.Kind])))
  },
})
