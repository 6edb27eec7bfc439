/** tac(1) of coreutils 9.1. */
import { command } from '../command'
import { openOrSay, reason, shown } from '../files'
import { decode } from '../../../kernel/bytes'
import { HELP, VERSION } from './help'

export default command({
  summary: 'concatenate and print files in reverse',
  help: HELP, version: VERSION,
  *run(io, options) {
    let status = 0
    const separator = options.value('s') ?? '\n'
    for (const path of options.operands.length > 0 ? options.operands : ['-']) {
      const source = yield* openOrSay(io, path, (r) => `failed to open ${path} for reading: ${r}`)
      if (!source) {
        status = 1
        continue
      }
      try {
        const pieces = decode(yield* source.all()).split(separator)
        const tail = pieces.pop() ?? ''
        if (options.has('b')) {
          io.out(pieces.concat(tail).reverse().map((p, i, a) => (i === a.length - 1 ? p : separator + p)).join(''))
        } else io.out(tail + pieces.reverse().map((p) => p + separator).join(''))
        yield* io.drain()
      } catch (error) {
        io.err(`${io.name}: ${shown(path)}: read error: ${reason(error)}\n`)
        status = 1
      }
      source.close()
    }
    return status
  },
})
