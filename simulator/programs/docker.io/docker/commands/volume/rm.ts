/** docker volume rm (cli/command/volume/remove.go). */
import { command, each, needed } from '../../command'

export default command({
  flags: ['force'],
  *run(context) {
    const { io, flags, args } = context
    const force = flags.is('force') ? 'force' : 'gently'
    return yield* each(context, args, function* (name) {
      yield* needed('volume', name, () => context.call((docker) => docker.volumes.remove(name, force)))
      io.out(`${name}\n`)
    })
  },
})
