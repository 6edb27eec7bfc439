/** pwd(1) of coreutils 9.1 (shells have their own): the directory as PWD names it with -L, without links else. */
import { statOrNull } from '../copying'
import { command } from '../command'
import { HELP, VERSION } from './help'

export default command({
  summary: 'print name of current/working directory',
  help: HELP, version: VERSION,
  *run(io, options) {
    const { sys } = io
    const logical = (options.last('L', 'P') ?? (io.env('POSIXLY_CORRECT') === undefined ? 'P' : 'L')) === 'L'
    if (options.operands.length > 0) io.err(`${io.name}: ignoring non-option arguments\n`)
    const named = io.env('PWD')
    if (logical && named?.startsWith('/') && !/\/\.\.?(\/|$)/.test(named)) {
      const [a, b] = [statOrNull(sys, named), statOrNull(sys, '.')]
      if (a && b && a.dev === b.dev && a.ino === b.ino) {
        io.out(`${named}\n`)
        return 0
      }
    }
    io.out(`${sys.getcwd()}\n`)
    return 0
  },
})
