/** unlink(1) of coreutils 9.1: unlink(2), and nothing more. */
import { atMost, command, fail, missingOperand } from '../command'
import { quoted, reason } from '../files'
import { HELP, VERSION } from './help'

export default command({
  summary: 'call the unlink function to remove the specified file',
  help: HELP, version: VERSION,
  *run(io, options) {
    const [path] = options.operands
    if (path === undefined) return missingOperand(io, options.operands)
    atMost(io, options.operands, 1)
    try {
      io.sys.unlink(path)
      return 0
    } catch (error) {
      return fail(io, `cannot unlink ${quoted(path)}: ${reason(error)}`)
    }
  },
})
