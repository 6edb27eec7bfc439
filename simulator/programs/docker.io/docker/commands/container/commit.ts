/** docker commit (cli/command/container/commit.go). */
import { command } from '../../command'

export default command({
  flags: ['author', 'message', 'pause'],
  *run(context) {
    const { io, flags, args: [name = '', repository = ''] } = context
    const id = yield* context.call((docker) => docker.containers.commit(name, { repository, comment: flags.text('message') ?? '', author: flags.text('author') ?? '', pause: flags.is('pause') ? 'paused' : 'running' }))
    io.out(`${id}\n`)
  },
})
