/** mkfifo(1) of coreutils 9.1. */
import { command, fail, missingOperand } from '../command'
import { quoted, reason } from '../files'
import { changedMode } from '../modes'
import { HELP, VERSION } from './help'

export default command({
  summary: 'make FIFOs (named pipes)',
  help: HELP, version: VERSION, hidden: '  -Z\n',
  *run(io, options) {
    const { sys } = io
    const text = options.value('m')
    if (options.operands.length === 0) return missingOperand(io, options.operands)
    const mode = text === undefined ? 0o666 : changedMode(text, 0o666, 'other', sys.umask())
    if (mode === null) return fail(io, 'invalid mode')
    if (mode > 0o777) return fail(io, 'mode must specify only file permission bits')
    let status = 0
    for (const path of options.operands) {
      try {
        sys.mknod(path, 'fifo', 0o666)
        if (text !== undefined) sys.chmod(path, mode)
      } catch (error) {
        io.err(`${io.name}: cannot create fifo ${quoted(path)}: ${reason(error)}\n`)
        status = 1
      }
    }
    return status
  },
})
