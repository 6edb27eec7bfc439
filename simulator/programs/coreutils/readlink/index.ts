/** readlink(1) of coreutils 9.1. */
import { command, usageError } from '../command'
import { reason, shown } from '../files'
import { canonical } from '../realpath/canonical'
import { HELP, VERSION } from './help'

export default command({
  summary: 'print resolved symbolic links or canonical file names', help: HELP, version: VERSION,
  *run(io, options) {
    if (options.operands.length === 0) {
      io.err(`${io.name}: missing operand\n`)
      return usageError(io)
    }
    let status = 0
    if (options.has('n') && options.operands.length > 1) io.err(`${io.name}: ignoring --no-newline with multiple arguments\n`)
    const end = options.has('n') && options.operands.length === 1 ? '' : options.has('z') ? '\0' : '\n'
    const how = options.last('f', 'e', 'm')
    for (const path of options.operands) {
      try {
        io.out((how ? canonical(io.sys, path, how === 'f' ? 'last-may-miss' : how === 'e' ? 'all-exist' : 'any-may-miss') : io.sys.readlink(path)) + end)
      } catch (error) {
        const why = reason(error)
        if (options.has('v')) io.err(`${io.name}: ${shown(path)}: ${why}\n`)
        status = 1
      }
    }
    return status
  },
})
