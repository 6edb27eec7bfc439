/** basename(1) of coreutils 9.1. */
import { command, usageError } from '../command'
import { locale } from '../files'
import { baseName } from '../copying'
import { HELP, VERSION } from './help'

export default command({
  summary: 'strip directory and suffix from filenames', help: HELP, version: VERSION, stopAtOperand: true,
  *run(io, options) {
    const { operands } = options
    if (operands.length === 0) {
      io.err(`${io.name}: missing operand\n`)
      return usageError(io)
    }
    const many = options.has('a', 's')
    if (!many && operands.length > 2) {
      io.err(`${io.name}: extra operand ${locale(io, operands[2] ?? '')}\n`)
      return usageError(io)
    }
    const suffix = options.value('s') ?? (many ? '' : (operands[1] ?? ''))
    for (const path of many ? operands : operands.slice(0, 1)) {
      const base = path === '' ? '' : baseName(path)
      io.out((suffix !== '' && base !== suffix && base.endsWith(suffix) ? base.slice(0, -suffix.length) : base) + (options.has('z') ? '\0' : '\n'))
    }
    return 0
  },
})
