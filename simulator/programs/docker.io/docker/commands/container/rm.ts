/** docker rm (cli/command/container/rm.go). */
import { command, each, needed, Refused } from '../../command'

export default command({
  flags: ['force', 'volumes'],
  *run(context) {
    const { io, flags, args } = context
    const options = { force: flags.is('force') ? 'force' : 'gently', volumes: flags.is('volumes') ? 'removed' : 'kept' } as const
    return yield* each(context, args, function* (text) {
      const name = text.replace(/^\/+|\/+$/g, '')
      if (name === '') throw new Refused('Container name cannot be empty')
      yield* needed('container', name, () => context.call((docker) => docker.containers.remove(name, options)))
      io.out(`${name}\n`)
    })
  },
})
