/** ln(1) of coreutils 9.1. */
import { command, usageError } from '../command'
import { baseName, inside, statOrNull } from '../copying'
import { quoted, reason } from '../files'
import { HELP, VERSION } from './help'

export default command({
  summary: 'make links between files', help: HELP, version: VERSION,
  *run(io, options) {
    const { sys } = io
    const { operands } = options
    const symbolic = options.has('s')
    if (operands.length === 0) {
      io.err(`${io.name}: missing file operand\n`)
      return usageError(io)
    }
    const last = options.value('t') ?? (operands.length > 1 ? (operands.at(-1) ?? '.') : '.')
    const targets = options.value('t') !== undefined || operands.length === 1 ? operands : operands.slice(0, -1)
    const there = statOrNull(sys, last, options.has('n') ? 'lstat' : 'stat')
    const directory = there?.kind === 'dir' && !options.has('T')
    if (targets.length > 1 && !directory) {
      io.err(`${io.name}: target ${quoted(last)}: ${there ? 'Not a directory' : 'No such file or directory'}\n`)
      return 1
    }
    let status = 0
    for (const target of targets) {
      const link = directory ? inside(last, baseName(target)) : last
      try {
        if (!symbolic) {
          const stat = sys.lstat(target)
          if (stat.kind === 'dir') {
            io.err(`${io.name}: ${target}: hard link not allowed for directory\n`)
            status = 1
            continue
          }
        }
      } catch (error) {
        io.err(`${io.name}: failed to access ${quoted(target)}: ${reason(error)}\n`)
        status = 1
        continue
      }
      try {
        if (options.has('f') && statOrNull(sys, link, 'lstat')) sys.unlink(link)
        if (symbolic) sys.symlink(target, link)
        else sys.link(target, link)
        if (options.has('v')) io.out(`${quoted(link)} ${symbolic ? '->' : '=>'} ${quoted(target)}\n`)
      } catch (error) {
        io.err(`${io.name}: failed to create ${symbolic ? 'symbolic' : 'hard'} link ${quoted(link)}${symbolic ? '' : ` => ${quoted(target)}`}: ${reason(error)}\n`.replace(/( => '[^']*')(: File exists)/, '$2'))
        status = 1
      }
    }
    return status
  },
})
