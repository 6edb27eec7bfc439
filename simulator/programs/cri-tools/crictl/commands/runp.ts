/** crictl runp: run a new pod, as crictl 1.26.0 has it. */
import { command } from '../../../urfave/command'
import { duration, string } from '../../../urfave/flag'
import type { PodSandboxConfig } from '../../../../containerd/cri/services'
import { isGrpc } from '../../../../containerd/grpc'
import { Failure } from '../../../urfave/context'
import { connect, plainLog, reason } from '../client'
import { loadPodConfig } from '../configs'
import { toldRunPod } from '../told'

export default command({
  name: 'runp',
  usage: 'Run a new pod',
  args: 'pod-config.[json|yaml]',
  flags: [
    duration('cancel-timeout, T', 'Seconds to wait for a run pod sandbox request to complete before cancelling the request'),
    string('runtime, r', 'Runtime handler to use. Available options are defined by the container runtime.'),
  ],
  *run(context) {
    const file = context.arg(0)
    if (file === '') return context.showHelp()
    const cri = yield* connect(context)
    let config: PodSandboxConfig
    try {
      config = yield* loadPodConfig(context.sys, file)
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      throw new Failure(`load podSandboxConfig: ${error.message}`)
    }
    try {
      const handler = context.string('runtime')
      context.io.out(`${yield* cri.call((s) => s.runtime.runPodSandbox(config, handler), plainLog(176, 'RunPodSandbox'), toldRunPod(config, handler))}\n`)
    } catch (error) {
      if (!isGrpc(error)) throw error
      throw new Failure(`run pod sandbox: ${reason(error)}`)
    }
  },
})
