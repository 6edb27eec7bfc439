/** sleep(1) of coreutils 9.1. */
import { NS_PER_SEC } from '../../../kernel/time'
import { command, usageError } from '../command'
import { locale } from '../files'
import { duration } from './duration'
import { HELP, VERSION } from './help'

export default command({
  summary: 'delay for a specified amount of time',
  help: HELP, version: VERSION,
  *run(io, options) {
    if (options.operands.length === 0) {
      io.err(`${io.name}: missing operand\n`)
      return usageError(io)
    }
    let seconds = 0
    let wrong = false
    for (const text of options.operands) {
      const value = duration(text)
      if (value === undefined) {
        io.err(`${io.name}: invalid time interval ${locale(io, text)}\n`)
        wrong = true
      } else seconds += value
    }
    if (wrong) return usageError(io)
    if (seconds > 0) yield* io.sys.sleep(seconds * NS_PER_SEC)
    return 0
  },
})
