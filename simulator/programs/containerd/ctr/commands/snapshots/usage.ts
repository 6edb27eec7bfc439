/** ctr snapshots usage: usage snapshots, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { bool } from '../../../../urfave/flag'
import { connect } from '../../client'
import { snapshotter } from '../../snapshots'
import { narrowTable } from '../../table'
import { progressBytes } from '../../../../go/units'

export default command({
  name: 'usage',
  usage: 'usage snapshots',
  args: '[flags] [<key>, ...]',
  flags: [
    bool('b', 'display size in bytes'),
  ],
  *run(context) {
    const client = yield* connect(context)
    const name = snapshotter(context)
    const keys = context.args.length > 0 ? context.args : (yield* client.call((s, ns) => s.snapshots.list(ns, name))).map((s) => s.Name)
    const rows: (string | number)[][] = []
    for (const key of keys) {
      const { size, inodes } = yield* client.call((s, ns) => s.snapshots.usage(ns, name, key))
      rows.push([key, context.bool('b') ? size : progressBytes(size), inodes])
    }
    context.io.out(narrowTable(['KEY', 'SIZE', 'INODES'], rows))
  },
})
