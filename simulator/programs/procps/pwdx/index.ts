/** pwdx(1) of procps-ng 4.0.2. */
import { Errno } from '../../../kernel/errno'
import { program } from '../../program'

export default program({
  summary: 'report current working directory of a process',
  *run(io) {
    let code = 0
    for (const word of io.args) {
      if (!/^(\/proc\/)?\d+$/.test(word)) {
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
