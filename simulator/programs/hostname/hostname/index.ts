/** hostname(1) 3.23 of Debian: shows or sets the name of this UTS namespace. */
import { Errno } from '../../../kernel/errno'
import { decode } from '../../../kernel/bytes'
import { program } from '../../program'

export default program({
  paths: ['/bin/hostname'],
  summary: "show or set the system's host name",
  *run(io) {
    const [word, file] = io.args
    const name = io.sys.uname().nodename
    if (word === undefined) io.out(`${name}\n`)
    else if (word === '-s' || word === '--short') io.out(`${name.split('.')[0]}\n`)
    else if (!word.startsWith('-') || word === '-b' || word === '-F') {
      const next = word === '-F' ? decode(yield* io.sys.readFile(file ?? '')).trim() : word === '-b' ? (file ?? 'localhost') : word
      try {
        io.sys.setHostname(next)
      } catch (error) {
        if (!(error instanceof Errno)) throw error
        io.err(error.code === 'EPERM' ? `${io.name}: you must be root to change the host name\n` : `${io.name}: ${error.message}\n`)
        return 1
      }
    } else {
      io.err(`${io.name}: not simulated in this lab\n`)
      return 125
    }
    return 0
  },
})
