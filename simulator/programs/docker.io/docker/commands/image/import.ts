/** docker import (cli/command/image/import.go). */
import { command, Refused } from '../../command'
import { fromFile } from '../../files'

export default command({
  flags: ['message'],
  *run(context) {
    const { io, flags, args: [source = '', repository = ''] } = context
    if (/^https?:\/\//.test(source)) throw new Refused('docker import URL: not simulated in this lab', 125)
    const archive = yield* fromFile(context, source === '-' ? undefined : source)
    io.out(`${yield* context.call((docker) => docker.images.import(archive, { repository, source: '-', message: flags.text('message') ?? '' }))}\n`)
  },
})
