/** nohup(1) of coreutils 9.1. */
import { SIG } from '../../../kernel/signals'
import { command, usageError } from '../command'
import { quoted, reason } from '../files'
import { runCommand } from '../run-command'
import { HELP, VERSION } from './help'

const FAILED = 125

export default command({
  summary: 'run a command immune to hangups, with output to a non-tty',
  help: HELP, version: VERSION, failure: FAILED, stopAtOperand: true,
  *run(io, options) {
    const { sys } = io
    if (options.operands.length === 0) {
      io.err(`${io.name}: missing operand\n`)
      return usageError(io, FAILED)
    }
    const [input, output, errors] = [0, 1, 2].map((fd) => sys.isatty(fd))
    if (input) {
      sys.close(0)
      yield* sys.open('/dev/null', { write: true })
      if (!output && !errors) io.err(`${io.name}: ignoring input\n`)
    }
    if (output || (errors && !sys.isOpen(1))) {
      const home = io.env('HOME')
      const candidates = ['nohup.out', ...(home === undefined ? [] : [`${home}/nohup.out`])]
      let opened: number | undefined
      for (const [i, path] of candidates.entries()) {
        try {
          opened = yield* sys.open(path, { write: true, create: true, append: true }, 0o600)
          io.err(`${io.name}: ${input ? 'ignoring input and ' : ''}appending output to ${quoted(path)}\n`)
          break
        } catch (error) {
          io.err(`${io.name}: failed to open ${quoted(path)}: ${reason(error)}\n`)
          if (i === candidates.length - 1) return FAILED
        }
      }
      yield* io.flush()
      if (opened !== undefined) {
        sys.dup2(opened, 1)
        sys.close(opened)
      }
    }
    if (errors) {
      if (!output) io.err(`${io.name}: ${input ? 'ignoring input and ' : ''}redirecting stderr to stdout\n`)
      yield* io.flush()
      sys.dup2(1, 2)
    }
    yield* io.flush()
    sys.signal(SIG.SIGHUP, 'ignore')
    return yield* runCommand(io, sys, options.operands, 'shell-quoted')
  },
})
