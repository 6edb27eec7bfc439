/** docker export (cli/command/container/export.go). */
import { command, Refused } from '../../command'
import { toFile } from '../../files'

export default command({
  flags: ['output'],
  *run(context) {
    const { io, flags, args: [name = ''] } = context
    const output = flags.text('output')
    if (output === undefined && io.sys.isatty(1)) throw new Refused('cowardly refusing to save to a terminal. Use the -o flag or redirect')
    const bytes = yield* context.call((docker) => docker.containers.export(name))
    if (output === undefined) io.out(bytes)
    else yield* toFile(context, output, bytes)
  },
})
