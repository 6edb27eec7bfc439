/** printf(1) of coreutils 9.1 (bash has its own). */
import { closeout } from '../../closeout'
import { program } from '../../program'
import { usageError } from '../command'
import { locale } from '../files'
import { formatC } from './format'
import { HELP, VERSION } from './help'

export default program({
  unwritten: closeout(),
  called: 'by-path',
  summary: 'format and print data',
  *run(io) {
    const args = io.args[0] === '--' ? io.args.slice(1) : io.args
    const [format, ...values] = args
    if (format === undefined) {
      io.err(`${io.name}: missing operand\n`)
      return usageError(io)
    }
    if (io.args.length === 1 && format === '--help') return io.out(HELP.replaceAll(/(?<=^Usage: | {2}or: {2})printf/gm, io.name))
    if (io.args.length === 1 && format === '--version') return io.out(VERSION)
    let left: readonly string[] = values
    let status = 0
    for (;;) {
      const { text, errors, consumed, stop } = formatC(format, left)
      io.out(text)
      for (const error of errors) io.err(`${io.name}: ${error}\n`)
      if (errors.some((e) => !e.startsWith('warning: '))) status = 1
      left = left.slice(consumed)
      if (stop || left.length === 0) return status
      if (consumed === 0) {
        io.err(`${io.name}: warning: ignoring excess arguments, starting with ${locale(io, left[0] ?? '')}\n`)
        return status
      }
      yield* io.drain()
    }
  },
})
