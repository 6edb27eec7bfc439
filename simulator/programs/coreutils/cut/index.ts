/** cut(1) of coreutils 9.1. Debian's cuts characters as bytes. */
import { decode, encode } from '../../../kernel/bytes'
import { command, usageError } from '../command'
import { LineReader, locale, openOrSay, reason, shown } from '../files'
import { HELP, VERSION } from './help'
import { parseList, selects } from './list'

export default command({
  summary: 'remove sections from each line of files',
  help: HELP, version: VERSION,
  *run(io, options) {
    const modes = options.given.filter((g) => ['bytes', 'characters', 'fields'].includes(g.name))
    const fail = (message: string): never => {
      io.err(`${io.name}: ${message}\n`)
      return usageError(io)
    }
    const [mode] = modes
    if (!mode) return fail('you must specify a list of bytes, characters, or fields')
    if (modes.length > 1) return fail('only one list may be specified')
    const fields = mode.name === 'fields'
    const delimiter = options.value('d')
    if (!fields && delimiter !== undefined) return fail('an input delimiter may be specified only when operating on fields')
    if (!fields && options.has('s')) return fail('suppressing non-delimited lines makes sense\n\tonly when operating on fields')
    if (delimiter !== undefined && encode(delimiter).length > 1) return fail('the delimiter must be a single character')
    const list = parseList(mode.value ?? '', fields ? 'field' : 'byte/character', (t) => locale(io, t))
    if (typeof list === 'string') return fail(list)
    const ranges = options.has('complement') ? complement(list) : list
    const split = delimiter === '' ? '\0' : (delimiter ?? '\t')
    const join = options.value('output-delimiter') ?? (fields ? split : '')
    const only = options.has('s')
    const end = options.has('z') ? 0 : 10
    let status = 0
    for (const path of options.operands.length > 0 ? options.operands : ['-']) {
      const source = yield* openOrSay(io, path)
      if (!source) {
        status = 1
        continue
      }
      const reader = new LineReader(source, end)
      const after = String.fromCharCode(end)
      // Where lines are the fields, the whole input is one record.
      if (fields && split === after) {
        const lines: string[] = []
        for (let batch = yield* reader.batch(); batch !== null; batch = yield* reader.batch()) lines.push(...batch)
        const chosen = lines.filter((_, i) => selects(ranges, i + 1))
        if (chosen.length > 0) io.out(chosen.join(options.value('output-delimiter') ?? split) + after)
        source.close()
        continue
      }
      try {
        for (;;) {
          const lines = yield* reader.batch()
          if (lines === null) break
          let out = ''
          for (const line of lines) {
            if (fields) {
              if (!line.includes(split)) {
                if (!only) out += line + after
                continue
              }
              out += line.split(split).filter((_, i) => selects(ranges, i + 1)).join(join) + after
            } else {
              const bytes = encode(line)
              out += ranges.map(([low, high]) => decode(bytes.subarray(low - 1, high))).filter((t) => t !== '').join(join) + after
            }
          }
          io.out(out)
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

function complement(list: readonly [number, number][]): [number, number][] {
  const out: [number, number][] = []
  let next = 1
  for (const [low, high] of list) {
    if (low > next) out.push([next, low - 1])
    next = high + 1
  }
  if (next !== Infinity) out.push([next, Infinity])
  return out
}
