/** link(1) of coreutils 9.1: link(2), and nothing more. */
import { atMost, command, fail, missingOperand } from '../command'
import { quoted, reason } from '../files'
import { HELP, VERSION } from './help'

export default command({
  summary: 'call the link function to create a link to a file',
  help: HELP, version: VERSION,
  *run(io, options) {
    const [from, to] = options.operands
    if (from === undefined || to === undefined) return missingOperand(io, options.operands)
    atMost(io, options.operands, 2)
    try {
      io.sys.link(from, to)
      return 0
    } catch (error) {
      return fail(io, `cannot create link ${quoted(to)} to ${quoted(from)}: ${reason(error)}`)
    }
  },
})
