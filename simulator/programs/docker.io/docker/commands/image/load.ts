/** docker load (cli/command/image/load.go). */
import { command, Refused } from '../../command'
import { fromFile } from '../../files'

export default command({
  flags: ['input', 'quiet'],
  *run(context) {
    const { io, flags } = context
    const input = flags.text('input')
    if (input === undefined && io.sys.isatty(0)) throw new Refused('requested load from stdin, but stdin is empty')
    const archive = yield* fromFile(context, input)
    for (const line of yield* context.call((docker) => docker.images.load(archive))) io.out(`${line}\n`)
  },
})
