/** docker network rm (cli/command/network/remove.go). */
import { command, each, needed } from '../../command'

export default command({
  flags: [],
  *run(context) {
    const { io, args } = context
    return yield* each(context, args, function* (name) {
      yield* needed('network', name, () => context.call((docker) => docker.networks.remove(name)))
      io.out(`${name}\n`)
    })
  },
})
