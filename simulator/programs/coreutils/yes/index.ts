/** yes(1) of coreutils 9.1. */
import { encode } from '../../../kernel/bytes'
import { command } from '../command'
import { reason } from '../files'
import { HELP, VERSION } from './help'

export default command({
  summary: 'output a string repeatedly until killed',
  help: HELP, version: VERSION,
  *run(io, options) {
    const line = `${options.operands.length > 0 ? options.operands.join(' ') : 'y'}\n`
    const block = encode(line.repeat(Math.max(1, Math.floor(8192 / line.length))))
    for (;;) {
      try {
        yield* io.sys.write(1, block)
      } catch (error) {
        io.err(`${io.name}: standard output: ${reason(error)}\n`)
        return 1
      }
      if (io.sys.spend(10)) yield 'preempted'
    }
  },
})
