/** uniq(1) of coreutils 9.1. */
import { command, usageError } from '../command'
import { LineReader, openOrSay, quoted } from '../files'
import { HELP, VERSION } from './help'
import { encode } from '../../../kernel/bytes'

export default command({
  summary: 'report or omit repeated lines',
  help: HELP, version: VERSION,
  *run(io, options) {
    const [input = '-', output, extra] = options.operands
    if (extra !== undefined) {
      io.err(`${io.name}: extra operand ${quoted(extra)}\n`)
      return usageError(io)
    }
    const fields = Number(options.value('f') ?? 0)
    const chars = Number(options.value('s') ?? 0)
    const width = options.value('w') === undefined ? Infinity : Number(options.value('w'))
    const fold = options.has('i')
    const keyOf = (line: string): string => {
      let at = 0
      for (let i = 0; i < fields; i++) {
        while (line[at] === ' ' || line[at] === '\t') at++
        while (at < line.length && line[at] !== ' ' && line[at] !== '\t') at++
      }
      const key = line.slice(at + chars, width === Infinity ? undefined : at + chars + width)
      return fold ? key.toLowerCase() : key
    }
    const source = yield* openOrSay(io, input)
    if (!source) return 1
    const end = options.has('z') ? '\0' : '\n'
    const reader = new LineReader(source, end.charCodeAt(0))
    const counts = options.has('c')
    const [onlyRepeated, onlyUnique, allRepeated] = [options.has('d'), options.has('u'), options.has('D')]
    let out = ''
    const file: string[] = []
    let group: string[] = []
    let size = 0
    let key = ''
    let first = ''
    const close = (): void => {
      if (size === 0) return
      if (allRepeated) {
        if (size > 1) out += group.map((l) => l + end).join('')
        return
      }
      if (onlyRepeated && size === 1) return
      if (onlyUnique && size > 1) return
      out += `${counts ? `${String(size).padStart(7)} ` : ''}${first}${end}`
    }
    for (;;) {
      const lines = yield* reader.batch()
      if (lines === null) break
      for (const line of lines) {
        const k = fields > 0 || chars > 0 || fold || width !== Infinity ? keyOf(line) : line
        if (size > 0 && k === key) {
          size++
          if (allRepeated) group.push(line)
          continue
        }
        close()
        key = k
        first = line
        size = 1
        group = [line]
      }
      if (output === undefined) {
        io.out(out)
        yield* io.drain()
      } else file.push(out)
      out = ''
    }
    close()
    if (output === undefined) io.out(out)
    else yield* io.sys.writeFile(output, encode(file.join('') + out))
    return 0
  },
})
