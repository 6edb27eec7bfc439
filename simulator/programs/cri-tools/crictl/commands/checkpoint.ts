/** crictl checkpoint: checkpoint one or more running containers, as crictl 1.26.0 has it. */
import { command } from '../../../urfave/command'
import { string } from '../../../urfave/flag'
import { isGrpc } from '../../../../containerd/grpc'
import { quote } from '../../../go/strconv'
import { Failure } from '../../../urfave/context'
import { connect, needId, reason } from '../client'
import { toldCheckpoint } from '../told'

export default command({
  name: 'checkpoint',
  usage: 'Checkpoint one or more running containers',
  args: 'CONTAINER-ID [CONTAINER-ID...]',
  flags: [
    string('export, e', 'Specify the name of the archive used to export the checkpoint image.'),
  ],
  shortOptions: 'joined',
  *run(context) {
    if (context.args.length === 0) return context.showHelp()
    const cri = yield* connect(context)
    const [id = ''] = context.args
    try {
      needId(id)
      yield* cri.call((s) => s.runtime.checkpointContainer(id), {
        at: 778, what: 'CheckpointContainer from runtime service failed', fields: { containerID: quote(id) },
      }, toldCheckpoint(id, context.string('export')))
    } catch (error) {
      if (!isGrpc(error) && !(error instanceof Failure)) throw error
      throw new Failure(`checkpointing the container ${quote(id)} failed: ${reason(error)}`)
    }
    context.io.out(`${id}\n`)
  },
})
