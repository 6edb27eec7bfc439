/** ctr containers restore: restore a container from checkpoint, as ctr 1.6.20 has it. Checkpoints cannot be made here. */
import { command } from '../../../../urfave/command'
import { bool } from '../../../../urfave/flag'
import { Failure } from '../../../../urfave/context'
import { connect } from '../../client'
import { checkReference, fetchImage } from '../../fetch'
import { isGrpc } from '../../../../../containerd/grpc'

export default command({
  name: 'restore',
  usage: 'restore a container from checkpoint',
  args: 'CONTAINER REF',
  flags: [
    bool('rw', 'restore the rw layer from the checkpoint'),
    bool('live', 'restore the runtime and memory data from the checkpoint'),
  ],
  *run(context) {
    if (context.arg(0) === '') throw new Failure('container id must be provided')
    if (context.arg(1) === '') throw new Failure('ref must be provided')
    const client = yield* connect(context)
    const ref = context.arg(1)
    try {
      yield* client.call((s, ns) => s.images.get(ns, ref))
    } catch (error) {
      if (!isGrpc(error, 'NotFound')) throw error
      checkReference(ref)
      yield* fetchImage(context, client, ref)
    }
    return context.refuse('containers restore')
  },
})
