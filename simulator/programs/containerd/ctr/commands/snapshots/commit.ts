/** ctr snapshots commit: commit an active snapshot into the provided name, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { connect } from '../../client'
import { snapshotter } from '../../snapshots'
import { nowNanoseconds } from '../../../../go/time'
import { rfc3339 } from '../../../../../containerd/time'

export default command({
  name: 'commit',
  usage: 'commit an active snapshot into the provided name',
  args: '<key> <active>',
  *run(context) {
    if (context.args.length !== 2) return context.showHelp()
    const client = yield* connect(context)
    const labels = { 'containerd.io/gc.root': rfc3339(nowNanoseconds(context.sys)).replace(/\.\d+/, '') }
    yield* client.call((s, ns) => s.snapshots.commit(ns, snapshotter(context), { name: context.arg(0), key: context.arg(1), labels }))
  },
})
