/** docker stop (cli/command/container/stop.go). */
import { command, each, unlessSo } from '../../command'

export default command({
  flags: ['time'],
  *run(context) {
    const { io, flags, args } = context
    return yield* each(context, args, function* (name) {
      yield* unlessSo(context.call((docker) => docker.containers.stop(name, flags.text('time') === undefined ? undefined : flags.number('time'))))
      io.out(`${name}\n`)
    })
  },
})
