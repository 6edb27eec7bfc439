/** chcon(1) of coreutils 9.1 on a kernel without SELinux: no file has a context. Giving one is not simulated. */
import type { Io } from '../../program'
import { command, fail, missingOperand, type Options } from '../command'
import { baseName, inside } from '../copying'
import { quoted, reason } from '../files'
import { HELP, VERSION } from './help'

const NO_DATA = 'No data available'

/** Within a tree a file is named as its directory has it. */
function partial(io: Io, options: Options, path: string, from: 'operand' | 'tree'): boolean {
  const { sys } = io
  let kind: string
  try {
    kind = (from === 'tree' || options.has('h', 'no-dereference') ? sys.lstat(path) : sys.stat(path)).kind
  } catch (error) {
    io.err(`${io.name}: cannot access ${quoted(path)}: ${reason(error)}\n`)
    return false
  }
  if (options.has('R') && kind === 'dir') for (const entry of sys.readdir(path)) partial(io, options, inside(path, entry.name), 'tree')
  if (options.has('v')) io.out(`changing security context of ${quoted(path)}\n`)
  io.err(`${io.name}: can't apply partial context to unlabeled file ${quoted(from === 'tree' ? baseName(path) : path)}\n`)
  return false
}

export default command({
  summary: 'change file security context', help: HELP, version: VERSION, size: 68_720,
  *run(io, options) {
    const reference = options.value('reference')
    const inParts = options.has('u', 'r', 't', 'l')
    const { operands } = options
    if (operands.length < (reference !== undefined || inParts ? 1 : 2)) return missingOperand(io, operands)
    if (reference !== undefined) {
      try {
        io.sys.stat(reference)
      } catch (error) {
        return fail(io, `failed to get security context of ${quoted(reference)}: ${reason(error)}`)
      }
      return fail(io, `failed to get security context of ${quoted(reference)}: ${NO_DATA}`)
    }
    let status = 0
    if (inParts) {
      for (const path of operands) if (!partial(io, options, path, 'operand')) status = 1
      return status
    }
    // A whole context would be kept in an extended attribute.
    for (const path of operands.slice(1)) {
      try {
        io.sys.stat(path)
        io.err(`${io.name}: not simulated in this lab\n`)
        status = 125
      } catch (error) {
        io.err(`${io.name}: cannot access ${quoted(path)}: ${reason(error)}\n`)
        status = Math.max(status, 1)
      }
    }
    return status
  },
})
