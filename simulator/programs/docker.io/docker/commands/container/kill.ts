/** docker kill (cli/command/container/kill.go). */
import { command, each } from '../../command'

export default command({
  flags: ['signal'],
  *run(context) {
    const { io, flags, args } = context
    return yield* each(context, args, function* (name) {
      yield* context.call((docker) => docker.containers.kill(name, flags.text('signal') ?? 'KILL'))
      io.out(`${name}\n`)
    })
  },
})
