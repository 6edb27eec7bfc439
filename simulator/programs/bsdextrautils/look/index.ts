/** look(1) of util-linux 2.38.1. */
import { LineReader, openSource, reason } from '../../coreutils/files'
import { command } from '../../util-linux/command'
import { HELP, VERSION } from './help'

const WORDS = '/usr/share/dict/words'
const ALTERNATIVE = '/usr/share/dict/web2'

export default command({
  summary: 'display lines beginning with a given string', help: HELP, version: VERSION, size: 18_752,
  *run(io, options) {
    const [wanted, file] = options.operands
    if (wanted === undefined) {
      io.err(`${io.name}: bad usage\nTry '${io.name} --help' for more information.\n`)
      return 1
    }
    const path = file ?? (options.has('a') ? ALTERNATIVE : (io.env('WORDLIST') ?? WORDS))
    const folds = options.has('f') || file === undefined
    const words = options.has('d') || file === undefined
    const stop = options.value('t')
    const key = (text: string): string => {
      const kept = words ? text.replace(/[^\p{L}\p{N} \t]/gu, '') : text
      return folds ? kept.toLowerCase() : kept
    }
    const start = key(stop !== undefined && wanted.includes(stop) ? wanted.slice(0, wanted.indexOf(stop) + 1) : wanted)
    let found = false
    try {
      const source = yield* openSource(io.sys, path)
      const reader = new LineReader(source)
      for (;;) {
        const lines = yield* reader.batch()
        if (lines === null) break
        for (const line of lines) {
          if (!key(line).startsWith(start)) continue
          found = true
          io.out(`${line}\n`)
        }
        if (io.sys.spend(lines.length)) yield 'preempted'
        yield* io.drain()
      }
      source.close()
    } catch (error) {
      io.err(`${io.name}: ${path}: ${reason(error)}\n`)
      return 1
    }
    return found ? 0 : 1
  },
})
