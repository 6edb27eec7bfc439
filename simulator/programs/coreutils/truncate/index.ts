/** truncate(1) of coreutils 9.1. */
import { isErrno } from '../../../kernel/errno'
import { command, fail, wrongCall } from '../command'
import { statOrNull } from '../copying'
import { locale, quoted, reason } from '../files'
import { sizeOf } from '../numbers'
import { HELP, VERSION } from './help'

type Change = '' | '+' | '-' | '<' | '>' | '/' | '%'
const isChange = (c: string): c is Change => c !== '' && '+-<>/%'.includes(c)

/** The size that a file of `old` bytes gets. */
function resized(old: number, change: Change, amount: number): number {
  switch (change) {
    case '': return amount
    case '+': return old + amount
    case '-': return Math.max(0, old - amount)
    case '<': return Math.min(old, amount)
    case '>': return Math.max(old, amount)
    case '/': return Math.floor(old / amount) * amount
    case '%': return Math.ceil(old / amount) * amount
  }
}

export default command({
  summary: 'shrink or extend the size of a file to the specified size',
  help: HELP, version: VERSION,
  *run(io, options) {
    const { sys } = io
    const reference = options.value('r')
    let change: Change = ''
    let amount = 0
    const text = options.value('s')
    if (text !== undefined) {
      const bare = text.trim()
      const first = bare[0] ?? ''
      let digits = bare
      if (isChange(first)) {
        change = first
        digits = bare.slice(1).trim()
        if (/^[-+]/.test(digits)) return wrongCall(io, 'multiple relative modifiers specified')
      }
      const value = sizeOf(digits)
      if (value === undefined) return fail(io, `Invalid number: ${locale(io, digits)}`)
      if ((change === '/' || change === '%') && value === 0) return fail(io, 'division by zero')
      amount = value
    }
    if (reference === undefined && text === undefined) return wrongCall(io, `you must specify either ${locale(io, '--size')} or ${locale(io, '--reference')}`)
    if (reference !== undefined && text !== undefined && change === '') return wrongCall(io, `you must specify a relative ${locale(io, '--size')} with ${locale(io, '--reference')}`)
    if (options.has('o') && text === undefined) return wrongCall(io, `${locale(io, '--io-blocks')} was specified but ${locale(io, '--size')} was not`)
    if (options.operands.length === 0) return wrongCall(io, 'missing file operand')
    let base: number | undefined
    if (reference !== undefined) {
      try {
        base = sys.stat(reference).size
      } catch (error) {
        return fail(io, `cannot stat ${quoted(reference)}: ${reason(error)}`)
      }
      if (text === undefined) amount = base
    }
    let status = 0
    for (const path of options.operands) {
      try {
        const fd = yield* sys.open(path, { write: true, create: !options.has('c'), nonBlock: true }, 0o666)
        const stat = sys.fstat(fd)
        const size = resized(base ?? stat.size, change, options.has('o') ? amount * stat.blksize : amount)
        try {
          sys.ftruncate(fd, size)
        } catch (error) {
          io.err(`${io.name}: failed to truncate ${quoted(path)} at ${size} bytes: ${reason(error)}\n`)
          status = 1
        }
        sys.close(fd)
      } catch (error) {
        if (options.has('c') && isErrno(error, 'ENOENT') && !statOrNull(sys, path)) continue
        io.err(`${io.name}: cannot open ${quoted(path)} for writing: ${reason(error)}\n`)
        status = 1
      }
    }
    return status
  },
})
