/** kubectl top: there is no metrics server in the lab's clusters, as in those that an installer has just made. */
import { command, Refused } from '../command'

const KINDS = ['node', 'nodes', 'no', 'pod', 'pods', 'po']

export default command({
  flags: [
    { name: 'all-namespaces', short: 'A', type: 'bool' }, { name: 'containers', type: 'bool' }, { name: 'selector', short: 'l', type: 'string' }, { name: 'sort-by', type: 'string' }, { name: 'no-headers', type: 'bool' },
  ],
  *run(context) {
    const [kind] = context.flags.args
    if (kind === undefined) {
      context.io.err('kubectl top --help: not simulated in this lab\n')
      return 125
    }
    if (!KINDS.includes(kind)) throw new Refused(`error: unknown command "${kind}"\nSee 'kubectl top -h' for help and examples`)
    yield* context.api(function* (api) {
      return api.version
    })
    throw new Refused('error: Metrics API not available')
  },
})
