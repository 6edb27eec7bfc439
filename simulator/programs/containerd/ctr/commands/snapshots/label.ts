/** ctr snapshots label: add labels to content, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { connect, joinMapped, labelArgs } from '../../client'
import { snapshotter } from '../../snapshots'

export default command({
  name: 'label',
  usage: 'add labels to content',
  args: '<name> [<label>=<value> ...]',
  description: 'labels snapshots in the snapshotter',
  *run(context) {
    const client = yield* connect(context)
    const name = context.arg(0)
    const labels = labelArgs(context.args.slice(1))
    const fields = Object.keys(labels).map((key) => `labels.${key}`)
    const info = yield* client.call((s, ns) =>
      fields.length === 0 ? s.snapshots.stat(ns, snapshotter(context), name) : s.snapshots.update(ns, snapshotter(context), { name, labels }, fields),
    )
    context.io.out(`${joinMapped(client, info.Labels ?? {})}\n`)
  },
})
