/** kubectl config current-context. */
import { command, Refused } from '../../command'
import { readKubeConfig } from '../../kubeconfig'

export default command({
  flags: [],
  *run(context) {
    const { io, flags } = context
    const config = yield* readKubeConfig(io, flags)
    const name = config['current-context'] ?? ''
    if (name === '') throw new Refused('error: current-context is not set')
    io.out(`${name}\n`)
  },
})
