/** setsid(1) of util-linux 2.38.1. */
import { command } from '../command'
import { inChild, launch } from '../launch'
import type { Io } from '../../program'
import type { Run } from '../../../kernel/run'
import { HELP } from './help'

export default command({
  help: HELP,
  version: 'setsid from util-linux 2.38.1\n',
  stopAtOperand: true,
  summary: 'run a program in a new session',
  *run(io, options) {
    const { sys } = io
    if (options.operands.length === 0) {
      io.err("setsid: no command specified\nTry 'setsid --help' for more information.\n")
      return 1
    }
    function* begin(own: Io): Run<number> {
      own.sys.setsid()
      if (options.has('ctty')) own.sys.setControllingTty(0)
      return yield* launch(own, options.operands)
    }
    // The leader of a group cannot begin a session: a child does.
    if (!options.has('fork') && sys.getpgid() !== sys.pid) return yield* begin(io)
    const pid = sys.fork(inChild(begin))
    if (!options.has('wait')) return 0
    const status = (yield* sys.wait(pid))?.status
    if (status?.kind === 'exited') return status.code
    io.err(`setsid: child ${pid} did not exit normally: Success\n`)
    return status?.kind === 'signaled' ? status.signo : 1
  },
})
