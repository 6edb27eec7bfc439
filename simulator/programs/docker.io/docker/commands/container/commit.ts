/** docker commit (cli/command/container/commit.go). */
import { command, Refused } from '../../command'

export default command({
  flags: ['author', 'message', 'pause'],
  *run(context) {
    const { io, flags, args: [name = '', repository = ''] } = context
    if (flags.all('change').length > 0) throw new Refused('docker commit --change: not simulated in this lab', 125)
    const id = yield* context.call((docker) => docker.containers.commit(name, { repository, comment: flags.text('message') ?? '', author: flags.text('author') ?? '', pause: flags.is('pause') ? 'pause' : 'run' }))
    io.out(`${id}\n`)
  },
})
