/** kubectl config get-clusters. */
import { command } from '../../command'
import { readKubeConfig } from '../../kubeconfig'

export default command({
  flags: [],
  *run(context) {
    const { io, flags } = context
    const config = yield* readKubeConfig(io, flags)
    io.out(`NAME\n${(config.clusters ?? []).map((c) => `${c.name}\n`).sort().join('')}`)
  },
})
