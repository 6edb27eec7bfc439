/** docker container inspect (cli/command/container/inspect.go). */
import { command, needed } from '../../command'
import { inspectAll } from '../../inspect'

export default command({
  flags: ['format', 'size'],
  *run(context) {
    const size = context.flags.is('size') ? 'counted' : undefined
    return yield* inspectAll(context, (name) => needed('container', name, () => context.call((docker) => docker.containers.inspect(name, size))))
  },
})
