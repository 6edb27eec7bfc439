/** crictl runtime-config: retrieve the container runtime configuration, as crictl 1.29.0 has it. */
import { command } from '../../../urfave/command'
import { connect, plainLog, within } from '../client'

export default command({
  name: 'runtime-config',
  usage: 'Retrieve the container runtime configuration',
  *run(context) {
    const cri = yield* connect(context)
    const { cgroupDriver } = yield* within('get runtime config: call RuntimeConfig RPC', () => cri.call((s) => s.runtime.runtimeConfig(), plainLog(874, 'RuntimeConfig')))
    context.io.out(`cgroup driver:   ${cgroupDriver}\n`)
  },
})
