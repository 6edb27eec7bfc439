/** unexpand(1) of coreutils 9.1. */
import { doubleCloseout } from '../../closeout'
import { command, fail } from '../command'
import { openOrSay, reason, shown } from '../files'
import { TabProblem, type TabStops, tabList } from '../tabs'
import { HELP, VERSION } from './help'

const [BACKSPACE, TAB, NEWLINE, BLANK] = [8, 9, 10, 32]

export default command({
  unwritten: doubleCloseout,
  summary: 'convert spaces to tabs',
  help: HELP, version: VERSION,
  rewrite: (args) => args.flatMap((a) => (/^-\d[\d,]*$/.test(a) ? ['-t', a.slice(1), '--first-only'] : [a])),
  *run(io, options) {
    let stops: TabStops
    try {
      stops = tabList(io, options.values('t'))
    } catch (error) {
      if (!(error instanceof TabProblem)) throw error
      return fail(io, error.message)
    }
    const everywhere = options.has('a', 't') && !options.has('first-only')
    let status = 0
    for (const path of options.operands.length > 0 ? options.operands : ['-']) {
      const source = yield* openOrSay(io, path)
      if (!source) {
        status = 1
        continue
      }
      let column = 0
      let pending: number[] = []
      let convert = true
      /** The blank before the pending ones was a single one just before a stop: it stays unless more follow. */
      let oneBefore = false
      let previousBlank = true
      try {
        for (let bytes = yield* source.read(); bytes.length > 0; bytes = yield* source.read()) {
          const out: number[] = []
          for (const b of bytes) {
            if (convert) {
              const blank = b === BLANK || b === TAB
              if (blank) {
                const next = stops.after(column)
                if (next === undefined) convert = false
                else if (b === TAB) {
                  column = next
                  if (pending.length > 0) pending[0] = TAB
                } else {
                  column++
                  if (!(previousBlank && column === next)) {
                    // A blank alone before a stop is a tab only if another blank follows.
                    if (column === next) oneBefore = true
                    pending.push(b)
                    previousBlank = true
                    continue
                  }
                  pending[0] = TAB
                  pending.length = Math.max(1, pending.length)
                }
                if (convert) {
                  const kept = oneBefore ? 1 : 0
                  out.push(...pending.slice(0, kept))
                  pending = []
                  oneBefore = false
                  out.push(TAB)
                  previousBlank = true
                  continue
                }
              } else if (b === BACKSPACE) column = Math.max(0, column - 1)
              else column++
              if (pending.length > 0) {
                if (pending.length > 1 && oneBefore) pending[0] = TAB
                out.push(...pending)
                pending = []
                oneBefore = false
              }
              previousBlank = blank
              convert = convert && (everywhere || blank)
            }
            out.push(b)
            if (b === NEWLINE) {
              column = 0
              convert = true
              previousBlank = true
              oneBefore = false
            }
          }
          io.out(new Uint8Array(out))
          yield* io.drain()
        }
        io.out(new Uint8Array(pending))
      } catch (error) {
        io.err(`${io.name}: ${shown(path)}: ${reason(error)}\n`)
        status = 1
      }
      source.close()
    }
    return status
  },
})
