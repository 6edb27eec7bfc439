/** docker restart (cli/command/container/restart.go). */
import { command, each } from '../../command'

export default command({
  flags: ['time'],
  *run(context) {
    const { io, flags, args } = context
    return yield* each(context, args, function* (name) {
      yield* context.call((docker) => docker.containers.restart(name, flags.text('time') === undefined ? undefined : flags.number('time')))
      io.out(`${name}\n`)
    })
  },
})
