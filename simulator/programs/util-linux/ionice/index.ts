/** ionice(1) of util-linux 2.38.1: shows the class of a process's I/O, which is none for all here. Changing it is not simulated. */
import { Errno } from '../../../kernel/errno'
import { command } from '../command'
import { HELP } from './help'

export default command({
  help: HELP,
  hidden: '  -c, --class <class>\n  -n, --classdata <num>\n  -p, --pid\n  -P, --pgid\n  -u, --uid',
  version: 'ionice from util-linux 2.38.1\n',
  stopAtOperand: true,
  summary: 'set or get process I/O scheduling class and priority',
  *run(io, options) {
    if (options.has('class') || options.has('classdata') || options.has('pgid') || options.has('uid') || (!options.has('pid') && options.operands.length > 0)) {
      io.err('ionice: not simulated in this lab\n')
      return 125
    }
    const pids = options.has('pid') ? options.operands : [String(io.sys.pid)]
    for (const pid of pids) {
      if (!/^\d+$/.test(pid)) {
        io.err(`ionice: invalid PID argument: '${pid}'\n`)
        return 1
      }
      try {
        if (Number(pid) !== 0) io.sys.getpgid(Number(pid))
      } catch (error) {
        if (!(error instanceof Errno)) throw error
        io.err(`ionice: ioprio_get failed: ${error.message}\n`)
        return 1
      }
      io.out('none: prio 0\n')
    }
    return 0
  },
})
