/** ctr snapshots list: list snapshots, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { connect, worded } from '../../client'
import { snapshotter } from '../../snapshots'
import { narrowTable } from '../../table'
import { type GrpcError, unknownError } from '../../../../../containerd/grpc'

/** What goes wrong before the walk begins is no status of its own. */
const walked = ({ code, message }: GrpcError): string => (code === 'FailedPrecondition' || /^namespace validation/.test(message) ? unknownError(message).message : message)

export default command({
  name: 'list',
  aliases: ['ls'],
  usage: 'list snapshots',
  *run(context) {
    const client = yield* connect(context)
    const snapshots = yield* worded(walked, client.call((s, ns) => s.snapshots.list(ns, snapshotter(context))))
    context.io.out(narrowTable(['KEY', 'PARENT', 'KIND'], snapshots.map((s) => [s.Name, s.Parent ?? '', s.Kind])))
  },
})
