/** mcookie(1) of util-linux 2.38.1: 128 random bits. Seeds from files are not simulated. */
import { command } from '../command'
import { HELP } from './help'

export default command({
  help: HELP,
  hidden: '  -f, --file <file>\n  -m, --max-size <num>',
  version: 'mcookie from util-linux 2.38.1\n',
  summary: 'generate magic cookies for xauth',
  *run(io, options) {
    if (options.has('file') || options.has('max-size')) {
      io.err('mcookie: not simulated in this lab\n')
      return 125
    }
    io.out(`${Array.from({ length: 4 }, () => io.sys.random().toString(16).padStart(8, '0')).join('')}\n`)
    return 0
  },
})
