/** docker wait (cli/command/container/wait.go). */
import { command, each } from '../../command'

export default command({
  flags: [],
  *run(context) {
    const { io, args } = context
    return yield* each(context, args, function* (name) {
      io.out(`${yield* context.call((docker) => docker.containers.wait(name, 'not-running'))}\n`)
    })
  },
})
