/** ctr snapshots view: create a read-only snapshot from a committed snapshot, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { bool, string } from '../../../../urfave/flag'
import { connect } from '../../client'
import { mountCommands, snapshotter } from '../../snapshots'
import { MARSHAL, marshal } from '../../../../go/json'

export default command({
  name: 'view',
  usage: 'create a read-only snapshot from a committed snapshot',
  args: '[flags] <key> [<parent>]',
  flags: [
    string('target, t', 'mount target path, will print mount, if provided'),
    bool('mounts', 'Print out snapshot mounts as JSON'),
  ],
  *run(context) {
    if (context.args.length < 1 || context.args.length > 2) return context.showHelp()
    const client = yield* connect(context)
    const request = { key: context.arg(0), parent: context.arg(1) }
    const mounts = yield* client.call((s, ns) => s.snapshots.view(ns, snapshotter(context), request))
    const target = context.string('target')
    if (target !== '') context.io.out(mountCommands(target, mounts))
    if (context.bool('mounts')) context.io.out(`${marshal(mounts, MARSHAL)}\n`)
  },
})
