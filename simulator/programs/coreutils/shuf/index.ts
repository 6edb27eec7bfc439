/** shuf(1) of coreutils 9.1. */
import { doubleCloseout } from '../../closeout'
import type { Run } from '../../../kernel/run'
import type { Io } from '../../program'
import { command, extraOperand, fail, wrongCall } from '../command'
import { allLines, locale, openSource, reason, shown, type Source } from '../files'
import { numberOrComplaint } from '../numbers'
import { Chance, Exhausted } from './chance'
import { HELP, VERSION } from './help'

export default command({
  unwritten: doubleCloseout,
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
    let source: Source | undefined
    if (random !== undefined) {
      try {
        source = yield* openSource(sys, random)
      } catch (error) {
        return fail(io, `${shown(random)}: ${reason(error)}`)
      }
    }
    const chance = new Chance(sys, source)
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
    try {
      yield* shuffle(io, chance, { items, span, limit, end, repeats: options.has('r') })
    } catch (error) {
      if (!(error instanceof Exhausted)) throw error
      return fail(io, `${locale(io, random ?? '')}: end of file`)
    }
    return 0
  },
})

interface Deck {
  readonly items: readonly string[]
  readonly span: { readonly low: number; readonly count: number } | undefined
  readonly limit: number
  readonly end: number
  readonly repeats: boolean
}

function* shuffle(io: Io, chance: Chance, { items, span, limit, end, repeats }: Deck): Run {
  const size = span?.count ?? items.length
  const at = (index: number): string => (span ? String(span.low + index) : (items[index] ?? ''))
  const newline = String.fromCharCode(end)
  if (repeats) {
    if (limit === 0) return
    if (size === 0) fail(io, 'no lines to repeat')
    for (let n = 0; n < limit; n++) {
      io.out(at(yield* chance.below(size)) + newline)
      yield* io.drain()
      if (io.sys.spend(1)) yield 'preempted'
    }
    return
  }
  // Fisher and Yates; only what was moved is kept, so that a wide range costs nothing.
  const moved = new Map<number, number>()
  const order: number[] = []
  for (let n = 0; n < Math.min(limit, size); n++) {
    const k = n + (yield* chance.below(size - n))
    const chosen = moved.get(k) ?? k
    moved.set(k, moved.get(n) ?? n)
    order.push(chosen)
    if (io.sys.spend(1)) yield 'preempted'
  }
  for (const index of order) {
    io.out(at(index) + newline)
    yield* io.drain()
  }
}
