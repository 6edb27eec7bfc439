/** kubectl port-forward: local ports into a pod, through the API server and the pod's kubelet (pkg/cmd/portforward). */
import { command, Refused } from '../command'
import { ForwardError, forwardPorts } from '../../../go/portforward'
import { kindAsked } from '../kinds'
import { podNamed } from '../pods'
import { NotHere } from '../refused'

export default command({
  flags: ['pod-running-timeout'],
  *run(context) {
    const { flags, io } = context
    const [name = '', ...ports] = flags.args
    if (name === '' || ports.length === 0) throw new Refused("error: TYPE/NAME and list of ports are required for port-forward\nSee 'kubectl port-forward -h' for help and examples")
    if (name.includes('/') && kindAsked(name.split('/', 1)[0] ?? '', context.namespace).kind === 'Service') throw new NotHere('kubectl port-forward: not simulated in this lab: ports of a service')
    const pod = yield* podNamed(context, name)
    if (pod.status.phase !== 'Running') throw new Refused(`error: unable to forward port because pod is not running. Current status=${pod.status.phase}`)
    const forward = yield* context.api((api) => api.pods.portForward(context.namespace, pod.metadata.name))
    try {
      yield* forwardPorts(io, ports, { pod: pod.metadata.uid ?? '', call: (work) => context.api(() => work()), connect: (port) => context.api(() => forward.connect(port)) })
    } catch (error) {
      if (!(error instanceof ForwardError)) throw error
      throw new Refused(`error: ${error.message}`)
    }
  },
})
