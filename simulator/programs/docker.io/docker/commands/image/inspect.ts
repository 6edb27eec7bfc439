/** docker image inspect (cli/command/image/inspect.go). */
import { command, needed } from '../../command'
import { inspectAll } from '../../inspect'

export default command({
  flags: ['format'],
  *run(context) {
    return yield* inspectAll(context, (name) => needed('image', name, () => context.call((docker) => docker.images.inspect(name))))
  },
})
