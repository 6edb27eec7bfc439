/** arch(1) of coreutils 9.1: as `uname -m`. */
import { atMost, command } from '../command'
import { HELP, VERSION } from './help'

export default command({
  summary: 'print machine hardware name',
  help: HELP, version: VERSION,
  *run(io, options) {
    atMost(io, options.operands, 0)
    io.out(`${io.sys.uname().machine}\n`)
    return 0
  },
})
