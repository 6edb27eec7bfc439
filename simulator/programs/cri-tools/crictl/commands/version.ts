/** crictl version: display runtime version information, as crictl 1.26.0 has it. */
import { command } from '../../../urfave/command'
import { connect, plainLog, within } from '../client'
import { toldVersion } from '../told'

export default command({
  name: 'version',
  usage: 'Display runtime version information',
  *run(context) {
    const cri = yield* connect(context)
    const v = yield* within('getting the runtime version', () => cri.call((s) => s.runtime.version(), plainLog(145, 'Version'), toldVersion))
    context.io.out(`Version:  ${v.version}\nRuntimeName:  ${v.runtimeName}\nRuntimeVersion:  ${v.runtimeVersion}\nRuntimeApiVersion:  ${v.runtimeApiVersion}\n`)
  },
})
