/** pathchk(1) of coreutils 9.1. */
import { isErrno } from '../../../kernel/errno'
import type { Io } from '../../program'
import { encode } from '../../../kernel/bytes'
import { command, missingOperand } from '../command'
import { locale, quoted, reason, shown } from '../files'
import { HELP, VERSION } from './help'

const LIMITS = { portable: { path: 256, name: 14 }, here: { path: 4096, name: 255 } } as const

export default command({
  summary: 'check whether file names are valid or portable',
  help: HELP, version: VERSION, hidden: '  --portability\n',
  *run(io, options) {
    if (options.operands.length === 0) return missingOperand(io, options.operands)
    let status = 0
    const strict = options.has('portability')
    for (const path of options.operands) if (!valid(io, path, strict || options.has('p'), strict || options.has('P'))) status = 1
    return status
  },
})

function valid(io: Io, path: string, portable: boolean, extra: boolean): boolean {
  const say = (message: string): false => {
    io.err(`${io.name}: ${message}\n`)
    return false
  }
  if (extra && /(^|\/)-/.test(path)) return say(`leading '-' in a component of file name ${quoted(path)}`)
  if ((portable || extra) && path === '') return say('empty file name')
  if (portable) {
    const wrong = /[^A-Za-z0-9._/-]/u.exec(path)?.[0]
    if (wrong !== undefined) return say(`nonportable character ${locale(io, wrong)} in file name ${quoted(path)}`)
  } else {
    try {
      io.sys.lstat(path)
      return true
    } catch (error) {
      if (!isErrno(error, 'ENOENT') || path === '') return say(`${shown(path)}: ${reason(error)}`)
    }
  }
  const limits = portable ? LIMITS.portable : LIMITS.here
  const size = encode(path).length
  if (size >= limits.path) return say(`limit ${limits.path - 1} exceeded by length ${size} of file name ${quoted(path)}`)
  for (const part of path.split('/')) {
    const length = encode(part).length
    if (length > limits.name) return say(`limit ${limits.name} exceeded by length ${length} of file name component ${locale(io, part)}`)
  }
  return true
}
