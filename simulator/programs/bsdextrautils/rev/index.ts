/** rev(1) of util-linux 2.38.1. */
import { lateClosestream } from '../../closeout'
import type { Run } from '../../../kernel/run'
import { LineReader, openSource, reason } from '../../coreutils/files'
import { command } from '../../util-linux/command'
import type { Io } from '../../program'
import { HELP, VERSION } from './help'

export default command({
  unwritten: lateClosestream,
  summary: 'reverse lines characterwise', help: HELP, version: VERSION, size: 14_656,
  *run(io, options) {
    let status = 0
    for (const path of options.operands.length > 0 ? options.operands : ['-']) {
      try {
        if (!(yield* reverse(io, path))) status = 1
      } catch (error) {
        io.err(`${io.name}: cannot open ${path}: ${reason(error)}\n`)
        status = 1
      }
    }
    return status
  },
})

function* reverse(io: Io, path: string): Run<boolean> {
  const source = yield* openSource(io.sys, path)
  const reader = new LineReader(source)
  let number = 0
  for (;;) {
    const lines = yield* reader.batch()
    if (lines === null) break
    for (const [i, line] of lines.entries()) {
      // A byte that is no character stops the file (fgetwc(3), EILSEQ).
      if (/[\udc80-\udcff]/.test(line) && !/[\ud800-\udbff][\udc00-\udfff]/.test(line)) {
        io.err(`${io.name}: ${path === '-' ? 'stdin' : path}: ${number}: Invalid or incomplete multibyte or wide character\n`)
        return false
      }
      number++
      io.out(Array.from(line).reverse().join('') + (reader.terminated || i < lines.length - 1 ? '\n' : ''))
    }
    if (io.sys.spend(lines.length)) yield 'preempted'
    yield* io.flush()
  }
  source.close()
  return true
}
