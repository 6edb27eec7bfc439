/** nice(1) of coreutils 9.1. */
import { closeout } from '../../closeout'
import { isErrno } from '../../../kernel/errno'
import { command, fail, wrongCall } from '../command'
import { locale } from '../files'
import { runCommand } from '../run-command'
import { HELP, VERSION } from './help'

const FAILED = 125
const DEFAULT_ADJUSTMENT = 10

export default command({
  unwritten: closeout(125),
  summary: 'run a program with modified scheduling priority',
  help: HELP, version: VERSION, failure: FAILED, stopAtOperand: true,
  rewrite: (args) => {
    // `-5` and `--5` are adjustments of the old form.
    const out: string[] = []
    for (const [i, arg] of args.entries()) {
      const old = /^-([-+]?\d+)$/.exec(arg)
      if (!old) return [...out, ...args.slice(i)]
      out.push('-n', old[1] ?? '')
    }
    return out
  },
  *run(io, options) {
    const text = options.value('n')
    if (text !== undefined && !/^\s*[-+]?\d+$/.test(text)) return fail(io, `invalid adjustment ${locale(io, text)}`, FAILED)
    if (options.operands.length === 0) {
      if (text !== undefined) return wrongCall(io, 'a command must be given with an adjustment', FAILED)
      io.out(`${io.sys.getNice()}\n`)
      return 0
    }
    const adjustment = text === undefined ? DEFAULT_ADJUSTMENT : Math.max(-39, Math.min(39, Number(text)))
    try {
      io.sys.setNice(Math.max(-20, Math.min(19, io.sys.getNice() + adjustment)))
    } catch (error) {
      if (!isErrno(error)) throw error
      io.err(`${io.name}: cannot set niceness: ${error.message}\n`)
      if (!isErrno(error, 'EPERM', 'EACCES')) return FAILED
    }
    yield* io.flush()
    return yield* runCommand(io, io.sys, options.operands, 'bare')
  },
})
