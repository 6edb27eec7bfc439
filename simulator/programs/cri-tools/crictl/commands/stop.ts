/** crictl stop: stop one or more running containers, as crictl 1.26.0 has it. */
import { command } from '../../../urfave/command'
import { int } from '../../../urfave/flag'
import { connect, containerLog, needId, reason } from '../client'
import { Failure } from '../../../urfave/context'
import { isGrpc } from '../../../../containerd/grpc'
import { quote } from '../../../go/strconv'

export default command({
  name: 'stop',
  usage: 'Stop one or more running containers',
  args: 'CONTAINER-ID [CONTAINER-ID...]',
  flags: [
    int('timeout, t', 'Seconds to wait to kill the container after a graceful stop is requested'),
  ],
  shortOptions: 'joined',
  *run(context) {
    if (context.args.length === 0) return context.showHelp()
    const cri = yield* connect(context)
    for (const id of context.args) {
      try {
        needId(id)
        yield* cri.call((s) => s.runtime.stopContainer(id, context.number('timeout')), containerLog(349, 'StopContainer', id))
      } catch (error) {
        if (!isGrpc(error) && !(error instanceof Failure)) throw error
        throw new Failure(`stopping the container ${quote(id)}: ${reason(error)}`)
      }
      context.io.out(`${id}\n`)
    }
  },
})
