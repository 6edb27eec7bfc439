/** shuf(1) of coreutils 9.1. */
import { command, extraOperand, fail, wrongCall } from '../command'
import { allLines, locale, openSource, reason, shown } from '../files'
import { numberOrComplaint } from '../numbers'
import { HELP, VERSION } from './help'

export default command({
  summary: 'generate random permutations',
  help: HELP, version: VERSION,
  *run(io, options) {
    const { sys } = io
    const echo = options.has('e')
    const range = options.values('i')
    if (range.length > 1) return fail(io, 'multiple -i options specified')
    let items: string[] = []
    let span: { readonly low: number; readonly count: number } | undefined
    const [input] = range
    if (input !== undefined) {
      const found = /^(\d+)-(\d+)$/.exec(input)
      if (!found) return fail(io, `invalid input range: ${locale(io, input)}`)
      const [low, high] = [Number(found[1]), Number(found[2])]
      if (low > high + 1) return fail(io, `invalid input range: ${locale(io, input)}`)
      span = { low, count: high - low + 1 }
    }
    let limit = Infinity
    for (const text of options.values('n')) {
      const value = numberOrComplaint(text, { what: 'invalid line count' }, (t) => locale(io, t))
      if (typeof value === 'number') limit = Math.min(limit, value)
      else if (!/too large/.test(value.complaint)) return fail(io, value.complaint)
    }
    if (options.values('o').length > 1 && new Set(options.values('o')).size > 1) return fail(io, 'multiple output files specified')
    if (echo && span) return wrongCall(io, 'cannot combine -e and -i options')
    const { operands } = options
    const end = options.has('z') ? 0 : 10
    const [first, second] = operands
    if (span && first !== undefined) return extraOperand(io, first)
    if (!echo && second !== undefined) return extraOperand(io, second)
    if (echo) items = [...operands]
    else if (!span) {
      if (first !== undefined && first !== '-') {
        try {
          ;(yield* openSource(sys, first)).close()
        } catch (error) {
          return fail(io, `${shown(first)}: ${reason(error)}`)
        }
      }
      const { lines, status } = yield* allLines(io, [first ?? '-'], end)
      if (status !== 0) return 1
      items = lines
    }
    const random = options.value('random-source')
    if (random !== undefined) {
      io.err(`${io.name}: not simulated in this lab\n`)
      return 125
    }
    const output = options.value('o')
    if (output !== undefined) {
      try {
        const fd = yield* sys.open(output, { write: true, create: true, truncate: true }, 0o666)
        sys.dup2(fd, 1)
        sys.close(fd)
      } catch (error) {
        return fail(io, `${shown(output)}: ${reason(error)}`)
      }
    }
    const size = span?.count ?? items.length
    const at = (index: number): string => (span ? String(span.low + index) : (items[index] ?? ''))
    const newline = String.fromCharCode(end)
    if (options.has('r')) {
      if (limit === 0) return 0
      if (size === 0) return fail(io, 'no lines to repeat')
      for (let n = 0; n < limit; n++) {
        io.out(at(sys.random() % size) + newline)
        yield* io.drain()
        if (sys.spend(1)) yield 'preempted'
      }
      return 0
    }
    // Fisher and Yates; only what was moved is kept, so that a wide range costs nothing.
    const moved = new Map<number, number>()
    for (let n = 0; n < Math.min(limit, size); n++) {
      const k = n + Math.floor((sys.random() / 4294967296) * (size - n))
      const chosen = moved.get(k) ?? k
      moved.set(k, moved.get(n) ?? n)
      io.out(at(chosen) + newline)
      yield* io.drain()
    }
    return 0
  },
})
