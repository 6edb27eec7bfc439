/** crictl version: display runtime version information, as crictl 1.26.0 has it. */
import { command } from '../../../urfave/command'
import { connect } from '../client'

export default command({
  name: 'version',
  usage: 'Display runtime version information',
  *run(context) {
    const cri = yield* connect(context)
    const v = yield* cri.call((s) => s.runtime.version())
    context.io.out(`Version:  ${v.version}\nRuntimeName:  ${v.runtimeName}\nRuntimeVersion:  ${v.runtimeVersion}\nRuntimeApiVersion:  ${v.runtimeApiVersion}\n`)
  },
})
