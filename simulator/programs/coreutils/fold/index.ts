/** fold(1) of coreutils 9.1. Debian's counts bytes, as its columns. */
import { EMPTY } from '../../../kernel/bytes'
import { command, fail } from '../command'
import { locale, openOrSay, reason, shown } from '../files'
import { numberOrComplaint } from '../numbers'
import { HELP, VERSION } from './help'

const [BACKSPACE, TAB, NEWLINE, RETURN, BLANK] = [8, 9, 10, 13, 32]

export default command({
  summary: 'wrap each input line to fit in specified width',
  help: HELP, version: VERSION,
  rewrite: (args) => args.map((a, i) => (args[i - 1] === '-w' ? a : a.replace(/^-(\d+)$/, '-w$1'))),
  *run(io, options) {
    const text = options.value('w')
    const value = text === undefined ? 80 : numberOrComplaint(text, { what: 'invalid number of columns', min: 1 }, (t) => locale(io, t))
    if (typeof value !== 'number') return fail(io, value.complaint)
    const width = value
    const bytesOnly = options.has('b')
    const spaces = options.has('s')
    const advance = (column: number, b: number): number => {
      if (bytesOnly) return column + 1
      if (b === BACKSPACE) return column > 0 ? column - 1 : column
      if (b === RETURN) return 0
      return b === TAB ? column + 8 - (column % 8) : column + 1
    }
    let status = 0
    for (const path of options.operands.length > 0 ? options.operands : ['-']) {
      const source = yield* openOrSay(io, path)
      if (!source) {
        status = 1
        continue
      }
      let line: number[] = []
      let column = 0
      const put = (count: number): void => {
        io.out(new Uint8Array([...line.slice(0, count), NEWLINE]))
        line = line.slice(count)
        column = line.reduce(advance, 0)
      }
      try {
        for (let bytes: Uint8Array = yield* source.read(); bytes !== EMPTY && bytes.length > 0; bytes = yield* source.read()) {
          for (const b of bytes) {
            if (b === NEWLINE) {
              put(line.length)
              column = 0
              continue
            }
            for (;;) {
              const next = advance(column, b)
              if (next <= width) {
                column = next
                line.push(b)
                break
              }
              if (spaces) {
                let at = line.length
                while (at > 0 && line[at - 1] !== BLANK && line[at - 1] !== TAB) at--
                if (at > 0) {
                  put(at)
                  continue
                }
              }
              if (line.length === 0) {
                column = next
                line.push(b)
                break
              }
              put(line.length)
            }
          }
          yield* io.drain()
        }
        if (line.length > 0) io.out(new Uint8Array(line))
      } catch (error) {
        io.err(`${io.name}: ${shown(path)}: ${reason(error)}\n`)
        status = 1
      }
      source.close()
    }
    return status
  },
})
