/** mknod(1) of coreutils 9.1. */
import { command, extraOperand, fail, usageError } from '../command'
import { device } from '../devices'
import { locale, reason, shown } from '../files'
import { changedMode } from '../modes'
import { HELP, VERSION } from './help'

const KINDS: { readonly [letter: string]: 'blk' | 'chr' | 'fifo' } = { b: 'blk', c: 'chr', u: 'chr', p: 'fifo' }

/** A number of a device: decimal, 0octal, 0xhex. */
const number = (text: string): number | undefined => (/^(0[xX][0-9a-fA-F]+|\d+)$/.test(text) ? (/^0\d/.test(text) ? Number.parseInt(text, 8) : Number(text)) : undefined)

export default command({
  summary: 'make block or character special files',
  help: HELP, version: VERSION, hidden: '  -Z\n',
  *run(io, options) {
    const { sys } = io
    const { operands } = options
    const text = options.value('m')
    const mode = text === undefined ? 0o666 : changedMode(text, 0o666, 'other', sys.umask())
    if (mode === null) return fail(io, 'invalid mode')
    if (mode > 0o777) return fail(io, 'mode must specify only file permission bits')
    const [path = '', type] = operands
    const expected = operands.length > 1 && type?.startsWith('p') ? 2 : 4
    if (operands.length < expected) {
      io.err(`${io.name}: missing operand${operands.length > 0 ? ` after ${locale(io, operands.at(-1) ?? '')}` : ''}\n`)
      if (expected === 4 && operands.length === 2) io.err('Special files require major and minor device numbers.\n')
      return usageError(io)
    }
    const extra = operands[expected]
    if (extra !== undefined) {
      if (expected === 2 && operands.length === 4) {
        io.err(`${io.name}: extra operand ${locale(io, extra)}\nFifos do not have major and minor device numbers.\n`)
        return usageError(io)
      }
      return extraOperand(io, extra)
    }
    const kind = KINDS[(type ?? '')[0] ?? '']
    if (kind === undefined) {
      io.err(`${io.name}: invalid device type ${locale(io, type ?? '')}\n`)
      return usageError(io)
    }
    let rdev = 0
    if (kind !== 'fifo') {
      const major = number(operands[2] ?? '')
      const minor = number(operands[3] ?? '')
      if (major === undefined) return fail(io, `invalid major device number ${locale(io, operands[2] ?? '')}`)
      if (minor === undefined) return fail(io, `invalid minor device number ${locale(io, operands[3] ?? '')}`)
      rdev = device(major, minor)
    }
    try {
      sys.mknod(path, kind, 0o666, rdev)
      if (text !== undefined) sys.chmod(path, mode)
      return 0
    } catch (error) {
      return fail(io, `${shown(path)}: ${reason(error)}`)
    }
  },
})

