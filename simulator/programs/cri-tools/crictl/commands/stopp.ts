/** crictl stopp: stop one or more running pods, as crictl 1.26.0 has it. */
import { command } from '../../../urfave/command'
import { connect, needId, reason, sandboxLog } from '../client'
import { Failure } from '../../../urfave/context'
import { isGrpc } from '../../../../containerd/grpc'
import { quote } from '../../../go/strconv'

export default command({
  name: 'stopp',
  usage: 'Stop one or more running pods',
  args: 'POD-ID [POD-ID...]',
  *run(context) {
    if (context.args.length === 0) return context.showHelp()
    const cri = yield* connect(context)
    for (const id of context.args) {
      try {
        needId(id)
        yield* cri.call((s) => s.runtime.stopPodSandbox(id), sandboxLog(205, 'StopPodSandbox', id))
      } catch (error) {
        if (!isGrpc(error) && !(error instanceof Failure)) throw error
        throw new Failure(`stopping the pod sandbox ${quote(id)}: ${reason(error)}`)
      }
      context.io.out(`Stopped sandbox ${id}\n`)
    }
  },
})
