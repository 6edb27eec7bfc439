/** printf(1) of coreutils 9.1 (bash has its own). */
import { program } from '../../program'
import { usageError } from '../command'
import { formatC } from './format'
import { HELP, VERSION } from './help'

export default program({
  called: 'by-path',
  summary: 'format and print data',
  *run(io) {
    const args = io.args[0] === '--' ? io.args.slice(1) : io.args
    const [format, ...values] = args
    if (format === undefined) {
      io.err(`${io.name}: missing operand\n`)
      return usageError(io)
    }
    if (io.args.length === 1 && format === '--help') return io.out(HELP)
    if (io.args.length === 1 && format === '--version') return io.out(VERSION)
    let left: readonly string[] = values
    let status = 0
    for (;;) {
      const { text, errors, consumed, stop } = formatC(format, left)
      io.out(text)
      for (const error of errors) io.err(`${io.name}: ${error}\n`)
      if (errors.length > 0) status = 1
      left = left.slice(consumed)
      if (stop || consumed === 0 || left.length === 0) return status
      yield* io.drain()
    }
  },
})
