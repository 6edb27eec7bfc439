/** docker diff (cli/command/container/diff.go). */
import { command } from '../../command'

const LETTERS = ['C', 'A', 'D'] as const

export default command({
  flags: [],
  *run(context) {
    const { io, args: [name = ''] } = context
    for (const { Kind, Path } of yield* context.call((docker) => docker.containers.changes(name))) io.out(`${LETTERS[Kind]} ${Path}\n`)
  },
})
