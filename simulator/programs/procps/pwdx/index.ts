/** pwdx(1) of procps-ng 4.0.2. Recording: query/ps. */
import { Errno } from '../../../kernel/errno'
import { procpsCommand, wrongCall } from '../command'
import { HELP } from './help'

export default procpsCommand({
  help: HELP,
  summary: 'report current working directory of a process',
  *run(io, { operands }) {
    if (operands.length === 0) wrongCall(io, HELP)
    let code = 0
    for (const word of operands) {
      if (!/^(\/proc\/)?[1-9]\d*$/.test(word)) {
        io.err(`${io.name}: invalid process id: ${word}\n`)
        return 1
      }
      try {
        io.out(`${word}: ${io.sys.readlink(`/proc/${word.replace('/proc/', '')}/cwd`)}\n`)
      } catch (error) {
        if (!(error instanceof Errno)) throw error
        io.err(`${word}: ${error.code === 'ENOENT' ? 'No such process' : error.message}\n`)
        code = 1
      }
    }
    return code
  },
})
