/** mkdir(1) of coreutils 9.1. */
import { isErrno } from '../../../kernel/errno'
import { command, usageError } from '../command'
import { statOrNull } from '../copying'
import { locale, quoted, reason } from '../files'
import { changedMode } from '../modes'
import { HELP, VERSION } from './help'

const OTHERS_WRITE = 0o022

/** The mode that -m gives. Where it has the sticky bit, the write bits of group and others are there only if they were named (gnulib's mkdir-p). */
function modeOfNew(text: string, umask: number): number | null {
  const mode = changedMode(text, 0o777, 'dir', umask)
  if (mode === null || (mode & 0o1000) === 0) return mode
  const named = ~((changedMode(text, 0, 'dir', umask) ?? 0) ^ (changedMode(text, 0o7777, 'dir', umask) ?? 0))
  return mode & ~(OTHERS_WRITE & ~named)
}

export default command({
  summary: 'make directories', help: HELP, version: VERSION,
  *run(io, options) {
    const { sys } = io
    if (options.operands.length === 0) {
      io.err(`${io.name}: missing operand\n`)
      return usageError(io)
    }
    const text = options.value('m')
    const mode = text === undefined ? 0o777 : changedMode(text, 0o777, 'dir', 0)
    if (mode === null) {
      io.err(`${io.name}: invalid mode ${locale(io, text ?? '')}\n`)
      return 1
    }
    let status = 0
    for (const path of options.operands) {
      const parts = path.split('/')
      const steps = options.has('p') && path !== '' ? parts.map((_, i) => parts.slice(0, i + 1).join('/')).filter((p, i) => p !== '' && parts[i] !== '') : [path]
      for (const step of steps) {
        try {
          sys.mkdir(step, 0o777)
          if (options.has('v')) io.out(`${io.name}: created directory ${quoted(step)}\n`)
          if (text !== undefined && step === steps.at(-1)) sys.chmod(step, modeOfNew(text, sys.umask()) ?? mode)
        } catch (error) {
          if (options.has('p') && isErrno(error, 'EEXIST', 'EROFS')) {
            const kind = statOrNull(sys, step)?.kind
            if (kind === 'dir') continue
            // What stands in the way of a directory further down is told so.
            if (kind !== undefined && step !== steps.at(-1)) {
              io.err(`${io.name}: cannot create directory ${locale(io, step)}: Not a directory\n`)
              status = 1
              break
            }
          }
          io.err(`${io.name}: cannot create directory ${locale(io, step)}: ${reason(error)}\n`)
          status = 1
          break
        }
      }
    }
    return status
  },
})
