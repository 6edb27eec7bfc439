/** false(1) of coreutils 9.1. */
import { program } from '../../program'
import { HELP, VERSION } from './help'

export default program({
  called: 'by-path',
  summary: 'do nothing, unsuccessfully',
  *run(io) {
    if (io.args.length === 1 && io.args[0] === '--help') io.out(HELP)
    if (io.args.length === 1 && io.args[0] === '--version') io.out(VERSION)
    return 1
  },
})
