/** rmdir(1) of coreutils 9.1. */
import { isErrno } from '../../../kernel/errno'
import { command, usageError } from '../command'
import { quoted, reason } from '../files'
import { HELP, VERSION } from './help'

export default command({
  summary: 'remove empty directories', help: HELP, version: VERSION,
  *run(io, options) {
    if (options.operands.length === 0) {
      io.err(`${io.name}: missing operand\n`)
      return usageError(io)
    }
    let status = 0
    for (const operand of options.operands) {
      for (let path = operand; path !== ''; path = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '') {
        if (options.has('v')) io.out(`${io.name}: removing directory, ${quoted(path)}\n`)
        try {
          io.sys.rmdir(path)
        } catch (error) {
          if (options.has('ignore-fail-on-non-empty') && isErrno(error, 'ENOTEMPTY')) break
          io.err(`${io.name}: failed to remove ${path === operand ? quoted(path) : `directory ${quoted(path)}`}: ${reason(error)}\n`)
          status = 1
          break
        }
        if (!options.has('p')) break
      }
    }
    return status
  },
})
