/** expand(1) of coreutils 9.1. */
import { doubleCloseout } from '../../closeout'
import { command, fail } from '../command'
import { openOrSay, reason, shown } from '../files'
import { TabProblem, type TabStops, tabList } from '../tabs'
import { HELP, VERSION } from './help'

const [BACKSPACE, TAB, NEWLINE, BLANK] = [8, 9, 10, 32]

export default command({
  unwritten: doubleCloseout,
  summary: 'convert tabs to spaces',
  help: HELP, version: VERSION,
  rewrite: (args) => args.flatMap((a) => (/^-\d[\d,]*$/.test(a) ? ['-t', a.slice(1)] : [a])),
  *run(io, options) {
    let stops: TabStops
    try {
      stops = tabList(io, options.values('t'))
    } catch (error) {
      if (!(error instanceof TabProblem)) throw error
      return fail(io, error.message)
    }
    const initial = options.has('i')
    let status = 0
    for (const path of options.operands.length > 0 ? options.operands : ['-']) {
      const source = yield* openOrSay(io, path)
      if (!source) {
        status = 1
        continue
      }
      let column = 0
      let leading = true
      try {
        for (let bytes = yield* source.read(); bytes.length > 0; bytes = yield* source.read()) {
          const out: number[] = []
          for (const b of bytes) {
            if (b === TAB && leading) {
              const next = stops.after(column) ?? column + 1
              while (column < next) {
                out.push(BLANK)
                column++
              }
              continue
            }
            out.push(b)
            if (b === BACKSPACE) column = Math.max(0, column - 1)
            else column++
            if (b === NEWLINE) {
              column = 0
              leading = true
            } else if (initial && b !== BLANK && b !== TAB) leading = false
          }
          io.out(new Uint8Array(out))
          yield* io.drain()
        }
      } catch (error) {
        io.err(`${io.name}: ${shown(path)}: ${reason(error)}\n`)
        status = 1
      }
      source.close()
    }
    return status
  },
})
