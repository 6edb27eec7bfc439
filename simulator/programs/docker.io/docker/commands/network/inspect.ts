/** docker network inspect (cli/command/network/inspect.go). */
import { command, needed } from '../../command'
import { inspectAll } from '../../inspect'

export default command({
  flags: ['format', 'verbose'],
  *run(context) {
    return yield* inspectAll(context, (name) => needed('network', name, () => context.call((docker) => docker.networks.inspect(name))))
  },
})
