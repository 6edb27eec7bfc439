/** docker pause (cli/command/container/pause.go). */
import { command, each } from '../../command'

export default command({
  flags: [],
  *run(context) {
    const { io, args } = context
    return yield* each(context, args, function* (name) {
      yield* context.call((docker) => docker.containers.pause(name))
      io.out(`${name}\n`)
    })
  },
})
