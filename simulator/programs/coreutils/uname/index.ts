/** uname(1) of coreutils 9.1. */
import { command, usageError } from '../command'
import { locale } from '../files'
import { HELP, VERSION } from './help'

export default command({
  summary: 'print system information', help: HELP, version: VERSION,
  *run(io, options) {
    const [extra] = options.operands
    if (extra !== undefined) {
      io.err(`${io.name}: extra operand ${locale(io, extra)}\n`)
      return usageError(io)
    }
    const u = io.sys.uname()
    const all = options.has('a')
    const parts: readonly [string, string][] = [['s', u.sysname], ['n', u.nodename], ['r', u.release], ['v', u.version], ['m', u.machine]]
    const chosen = parts.filter(([letter]) => all || options.has(letter)).map(([, text]) => text)
    if (!all && options.has('p')) chosen.push('unknown')
    if (!all && options.has('i')) chosen.push('unknown')
    if (all || options.has('o')) chosen.push('GNU/Linux')
    io.out(`${chosen.length > 0 ? chosen.join(' ') : u.sysname}\n`)
    return 0
  },
})
