/** sync(1) of coreutils 9.1. The simulated disk is never behind. */
import { command, fail } from '../command'
import { quoted, reason } from '../files'
import { HELP, VERSION } from './help'

export default command({
  summary: 'synchronize cached writes to persistent storage',
  help: HELP, version: VERSION,
  *run(io, options) {
    if (options.has('d') && options.has('f')) return fail(io, 'cannot specify both --data and --file-system')
    if (options.has('d') && options.operands.length === 0) return fail(io, '--data needs at least one argument')
    let status = 0
    for (const path of options.operands) {
      try {
        io.sys.close(yield* io.sys.open(path, { read: true, nonBlock: true }))
      } catch (error) {
        io.err(`${io.name}: error opening ${quoted(path)}: ${reason(error)}\n`)
        status = 1
      }
    }
    return status
  },
})
