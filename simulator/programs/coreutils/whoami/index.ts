/** whoami(1) of coreutils 9.1. */
import { command, usageError } from '../command'
import { accounts } from '../accounts'
import { locale } from '../files'
import { HELP, VERSION } from './help'

export default command({
  summary: 'print effective user name', help: HELP, version: VERSION,
  *run(io, options) {
    const [extra] = options.operands
    if (extra !== undefined) {
      io.err(`${io.name}: extra operand ${locale(io, extra)}\n`)
      return usageError(io)
    }
    const uid = io.sys.credentials.euid
    const name = (yield* accounts(io.sys)).user(uid)
    if (name === undefined) {
      io.err(`${io.name}: cannot find name for user ID ${uid}\n`)
      return 1
    }
    io.out(`${name}\n`)
    return 0
  },
})
