/** crictl start: start one or more created containers, as crictl 1.26.0 has it. */
import { command } from '../../../urfave/command'
import { connect, containerLog, needId, reason } from '../client'
import { Failure } from '../../../urfave/context'
import { isGrpc } from '../../../../containerd/grpc'
import { quote } from '../../../go/strconv'

export default command({
  name: 'start',
  usage: 'Start one or more created containers',
  args: 'CONTAINER-ID [CONTAINER-ID...]',
  *run(context) {
    if (context.args.length === 0) return context.showHelp()
    const cri = yield* connect(context)
    for (const id of context.args) {
      try {
        needId(id)
        yield* cri.call((s) => s.runtime.startContainer(id), containerLog(326, 'StartContainer', id))
      } catch (error) {
        if (!isGrpc(error) && !(error instanceof Failure)) throw error
        throw new Failure(`starting the container ${quote(id)}: ${reason(error)}`)
      }
      context.io.out(`${id}\n`)
    }
  },
})
