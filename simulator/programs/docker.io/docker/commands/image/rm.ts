/** docker rmi (cli/command/image/remove.go). */
import { command, each, needed } from '../../command'

export default command({
  flags: ['force', 'no-prune'],
  *run(context) {
    const { io, flags, args } = context
    return yield* each(context, args, function* (name) {
      const records = yield* needed('image', name, () => context.call((docker) => docker.images.remove(name, flags.is('force') ? 'force' : 'gently')))
      for (const { Untagged, Deleted } of records) io.out(Deleted === undefined ? `Untagged: ${Untagged}\n` : `Deleted: ${Deleted}\n`)
    })
  },
})
