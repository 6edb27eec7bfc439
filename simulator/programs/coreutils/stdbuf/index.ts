/** stdbuf(1) of coreutils 9.1: what it asks of libstdbuf goes in the environment. */
import { command, fail, usageError, wrongCall } from '../command'
import { locale } from '../files'
import { sizeOf } from '../numbers'
import { runCommand } from '../run-command'
import { HELP, VERSION } from './help'

const FAILED = 125
const STREAMS = [['i', '_STDBUF_I'], ['o', '_STDBUF_O'], ['e', '_STDBUF_E']] as const
const LIBRARY = '/usr/libexec/coreutils/libstdbuf.so'

export default command({
  summary: 'run a command with modified buffering operations for its standard streams',
  help: HELP, version: VERSION, failure: FAILED, stopAtOperand: true,
  *run(io, options) {
    const environment = new Map(io.sys.env)
    for (const [letter, name] of STREAMS) {
      const mode = options.value(letter)
      if (mode === undefined) continue
      if (letter === 'i' && mode.startsWith('L')) return wrongCall(io, 'line buffering stdin is meaningless', FAILED)
      const size = mode === 'L' ? 0 : sizeOf(mode)
      if (size === undefined) return fail(io, `invalid mode ${locale(io, mode)}`, FAILED)
      environment.set(name, mode === 'L' ? 'L' : String(size))
    }
    if (options.operands.length === 0) {
      io.err(`${io.name}: missing operand\n`)
      return usageError(io, FAILED)
    }
    if (!options.has('i', 'o', 'e')) return wrongCall(io, 'you must specify a buffering mode option', FAILED)
    environment.set('LD_PRELOAD', [io.env('LD_PRELOAD'), LIBRARY].filter(Boolean).join(':'))
    return yield* runCommand(io, io.sys, options.operands, 'told', environment)
  },
})
