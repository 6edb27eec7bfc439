/** tty(1) of coreutils 9.1. */
import { closeout } from '../../closeout'
import { isErrno } from '../../../kernel/errno'
import { command, extraOperand } from '../command'
import { HELP, VERSION } from './help'

export default command({
  unwritten: closeout(3),
  summary: 'print the file name of the terminal connected to standard input',
  help: HELP, version: VERSION, failure: 2,
  *run(io, options) {
    const [extra] = options.operands
    if (extra !== undefined) return extraOperand(io, extra, 2)
    const silent = options.has('s')
    if (silent) return io.sys.isatty(0) ? 0 : 1
    try {
      io.out(`${io.sys.ttyname(0)}\n`)
      return 0
    } catch (error) {
      if (!isErrno(error)) throw error
      io.out('not a tty\n')
      return 1
    }
  },
})
