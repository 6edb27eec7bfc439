/** ctr snapshots prepare: prepare a snapshot from a committed snapshot, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { bool, string } from '../../../../urfave/flag'
import { connect } from '../../client'
import { mountCommands, snapshotter } from '../../snapshots'
import { MARSHAL, marshal } from '../../../../go/json'
import { nowNanoseconds } from '../../../../go/time'
import { rfc3339 } from '../../../../../containerd/time'

export default command({
  name: 'prepare',
  usage: 'prepare a snapshot from a committed snapshot',
  args: '[flags] <key> [<parent>]',
  flags: [
    string('target, t', 'mount target path, will print mount, if provided'),
    bool('mounts', 'Print out snapshot mounts as JSON'),
  ],
  *run(context) {
    if (context.args.length < 1 || context.args.length > 2) return context.showHelp()
    const client = yield* connect(context)
    const request = { key: context.arg(0), parent: context.arg(1), labels: { 'containerd.io/gc.root': rfc3339(nowNanoseconds(context.sys)).replace(/\.\d+/, '') } }
    const mounts = yield* client.call((s, ns) => s.snapshots.prepare(ns, snapshotter(context), request))
    const target = context.string('target')
    if (target !== '') context.io.out(mountCommands(target, mounts))
    if (context.bool('mounts')) context.io.out(`${marshal(mounts, MARSHAL)}\n`)
  },
})
