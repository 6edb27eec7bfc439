/** docker unpause (cli/command/container/unpause.go). */
import { command, each } from '../../command'

export default command({
  flags: [],
  *run(context) {
    const { io, args } = context
    return yield* each(context, args, function* (name) {
      yield* context.call((docker) => docker.containers.unpause(name))
      io.out(`${name}\n`)
    })
  },
})
