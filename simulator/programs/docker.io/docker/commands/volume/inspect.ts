/** docker volume inspect (cli/command/volume/inspect.go). */
import { command, needed } from '../../command'
import { inspectAll } from '../../inspect'

export default command({
  flags: ['format'],
  *run(context) {
    return yield* inspectAll(context, (name) =>
      needed('volume', name, function* () {
        return { ...(yield* context.call((docker) => docker.volumes.inspect(name))) }
      }),
    )
  },
})
