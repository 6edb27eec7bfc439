/** kubectl cluster-info: where the control plane answers, in colours whatever the output is (pkg/cmd/clusterinfo). */
import { command } from '../command'
import { readKubeConfig, serverUrl } from '../kubeconfig'

export default command({
  flags: [],
  *run(context) {
    const { io } = context
    if (context.flags.args[0] === 'dump') {
      io.err('kubectl cluster-info dump: not simulated in this lab\n')
      return 125
    }
    yield* context.api(function* (api) {
      return api.version
    })
    const server = serverUrl(yield* readKubeConfig(io, context.flags))
    io.out(`\x1b[0;32mKubernetes control plane\x1b[0m is running at \x1b[0;33m${server}\x1b[0m\n`)
    io.out("\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n")
  },
})
