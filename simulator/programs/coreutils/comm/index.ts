/** comm(1) of coreutils 9.1: two sorted files, line by line. */
import { lateCloseout } from '../../closeout'
import type { Run } from '../../../kernel/run'
import { atMost, command, fail, missingOperand } from '../command'
import { LineReader, openSource, reason, shown } from '../files'
import { compareText } from '../sort/keys'
import { HELP, VERSION } from './help'

export default command({
  unwritten: lateCloseout,
  summary: 'compare two sorted files line by line',
  help: HELP, version: VERSION,
  *run(io, options) {
    const { operands } = options
    if (operands.length < 2) return missingOperand(io, operands)
    atMost(io, operands, 2)
    const separators = options.values('output-delimiter')
    if (new Set(separators).size > 1) return fail(io, 'multiple output delimiters specified')
    const separator = separators[0] === '' ? '\0' : (separators[0] ?? '\t')
    const end = options.has('z') ? 0 : 10
    const newline = String.fromCharCode(end)
    const shows = [1, 2, 3].map((column) => !options.has(String(column)))
    const check = options.last('check-order', 'nocheck-order')
    function* opened(path: string): Run<LineReader> {
      try {
        return new LineReader(yield* openSource(io.sys, path), end)
      } catch (error) {
        return fail(io, `${shown(path)}: ${reason(error)}`)
      }
    }
    const readers = [yield* opened(operands[0] ?? ''), yield* opened(operands[1] ?? '')] as const
    const totals = [0, 0, 0]
    const before: (string | null)[] = [null, null]
    const warned = [false, false]
    let unpaired = false
    let status = 0
    function* advance(which: 0 | 1): Run<string | null> {
      let line: string | null = null
      try {
        line = yield* readers[which].next()
      } catch (error) {
        return fail(io, `${shown(operands[which] ?? '')}: ${reason(error)}`)
      }
      const last = before[which] ?? null
      if (line !== null && last !== null && check !== 'nocheck-order' && !warned[which] && (check === 'check-order' || unpaired) && compareText(last, line) > 0) {
        warned[which] = true
        io.err(`${io.name}: file ${which + 1} is not in sorted order\n`)
        status = 1
        if (check === 'check-order') {
          yield* io.flush()
          return io.exit(1)
        }
      }
      before[which] = line
      return line
    }
    const put = (column: 0 | 1 | 2, line: string): void => {
      totals[column] = (totals[column] ?? 0) + 1
      if (!shows[column]) return
      let lead = ''
      for (let c = 0; c < column; c++) if (shows[c]) lead += separator
      io.out(lead + line + newline)
    }
    let a = yield* advance(0)
    let b = yield* advance(1)
    while (a !== null || b !== null) {
      const order = a === null ? 1 : b === null ? -1 : compareText(a, b)
      if (order === 0) {
        put(2, a ?? '')
        a = yield* advance(0)
        b = yield* advance(1)
      } else {
        unpaired = true
        if (order < 0) {
          put(0, a ?? '')
          a = yield* advance(0)
        } else {
          put(1, b ?? '')
          b = yield* advance(1)
        }
      }
      yield* io.drain()
    }
    if (options.has('total')) io.out(`${totals.join(separator)}${separator}total${newline}`)
    if (warned.some((w) => w) && check !== 'nocheck-order') io.err(`${io.name}: input is not in sorted order\n`)
    return status
  },
})
