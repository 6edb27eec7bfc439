/** printenv(1) of coreutils 9.1. */
import { closeout } from '../../closeout'
import { command } from '../command'
import { HELP, VERSION } from './help'

export default command({
  unwritten: closeout(2),
  summary: 'print all or part of environment', help: HELP, version: VERSION, failure: 2, stopAtOperand: true,
  *run(io, options) {
    const end = options.has('0') ? '\0' : '\n'
    if (options.operands.length === 0) {
      for (const [name, value] of io.sys.env) io.out(`${name}=${value}${end}`)
      return 0
    }
    let status = 0
    for (const name of options.operands) {
      const value = io.env(name)
      if (value === undefined) status = 1
      else io.out(value + end)
    }
    return status
  },
})
