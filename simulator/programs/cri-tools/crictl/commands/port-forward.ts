/** crictl port-forward: forward local port to a pod, as crictl 1.26.0 has it. */
import { command } from '../../../urfave/command'
import { isErrno } from '../../../../kernel/errno'
import { Failure } from '../../../urfave/context'
import { forwardPorts } from '../../../go/portforward'
import { connect, needId, reason, sandboxLog } from '../client'

export default command({
  name: 'port-forward',
  usage: 'Forward local port to a pod',
  args: 'POD-ID [LOCAL_PORT:]REMOTE_PORT',
  *run(context) {
    const [id = '', ...ports] = context.args
    if (ports.length === 0) return context.showHelp()
    const cri = yield* connect(context)
    cri.needsNoAddress('port-forward')
    try {
      needId(id)
      const forward = yield* cri.call((s) => s.runtime.portForward(id), sandboxLog(566, 'PortForward', id))
      yield* forwardPorts(context.io, ports, { pod: id, call: (work) => cri.call(work), connect: (port) => cri.call(() => forward.connect(port)) })
    } catch (error) {
      if (!(error instanceof Error) || isErrno(error)) throw error
      throw new Failure(`port forward: ${reason(error)}`)
    }
  },
})
