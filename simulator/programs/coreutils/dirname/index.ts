/** dirname(1) of coreutils 9.1. */
import { command, usageError } from '../command'
import { HELP, VERSION } from './help'

export default command({
  summary: 'strip last component from file name', help: HELP, version: VERSION,
  *run(io, options) {
    if (options.operands.length === 0) {
      io.err(`${io.name}: missing operand\n`)
      return usageError(io)
    }
    for (const path of options.operands) {
      const bare = path.replace(/(.)\/+$/, '$1')
      const cut = bare.lastIndexOf('/')
      io.out((cut < 0 ? '.' : bare.slice(0, cut).replace(/\/+$/, '') || '/') + (options.has('z') ? '\0' : '\n'))
    }
    return 0
  },
})
