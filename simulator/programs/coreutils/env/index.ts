/** env(1) of coreutils 9.1. */
import { isErrno } from '../../../kernel/errno'
import { command, usageError } from '../command'
import { locale, quoted, reason } from '../files'
import { execute } from '../execute'
import { HELP, VERSION } from './help'

export default command({
  summary: 'run a program in a modified environment', help: HELP, version: VERSION, failure: 125, stopAtOperand: true,
  *run(io, options) {
    const { sys } = io
    const [first, ...after] = options.operands
    const operands = first === '-' ? after : options.operands
    const environment = new Map(options.has('i') || first === '-' ? [] : sys.env)
    for (const name of options.values('u')) environment.delete(name)
    let at = 0
    for (; at < operands.length && (operands[at] ?? '').includes('='); at++) {
      const text = operands[at] ?? ''
      const cut = text.indexOf('=')
      environment.set(text.slice(0, cut), text.slice(cut + 1))
    }
    const argv = operands.slice(at)
    const end = options.has('0') ? '\0' : '\n'
    if (argv.length === 0) {
      for (const [name, value] of environment) io.out(`${name}=${value}${end}`)
      return 0
    }
    if (options.has('0')) {
      io.err(`${io.name}: cannot specify --null (-0) with command\n`)
      return usageError(io, 125)
    }
    const directory = options.value('C')
    if (directory !== undefined) {
      try {
        sys.chdir(directory)
      } catch (error) {
        io.err(`${io.name}: cannot change directory to ${quoted(directory)}: ${reason(error)}\n`)
        return 125
      }
    }
    yield* io.flush()
    try {
      return yield* execute(sys, argv, environment)
    } catch (error) {
      io.err(`${io.name}: ${locale(io, argv[0] ?? '')}: ${reason(error)}\n`)
      return isErrno(error, 'ENOENT') ? 127 : 126
    }
  },
})
