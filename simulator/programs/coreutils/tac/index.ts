/** tac(1) of coreutils 9.1: records in reverse; a separator ends a record, or begins it with -b. */
import { lateCloseout } from '../../closeout'
import { decode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import { compile, RegexError } from '../../../regex'
import { command, fail } from '../command'
import { openOrSay, quoted, reason, shown } from '../files'
import { HELP, VERSION } from './help'

/** Where separators stand, found from the end on as tac does: a match never reaches into a later one. */
function separators(text: string, separator: string, how: 'text' | 'regex'): [number, number][] {
  const out: [number, number][] = []
  if (how === 'text') {
    for (let at = text.lastIndexOf(separator); at >= 0; at = at === 0 ? -1 : text.lastIndexOf(separator, at - separator.length)) out.push([at, at + separator.length])
    return out.reverse()
  }
  const pattern = compile(separator, { syntax: 'bre', newline: true })
  let limit = text.length
  for (let at = limit - 1; at >= 0; at--) {
    const found = pattern.exec(text.slice(0, limit), at)?.[0]
    if (!found || found[0] !== at || found[1] === at) continue
    out.push([at, found[1]])
    limit = at
  }
  return out.reverse()
}

export default command({
  unwritten: lateCloseout,
  summary: 'concatenate and print files in reverse',
  help: HELP, version: VERSION,
  *run(io, options) {
    let status = 0
    const given = options.value('s') ?? '\n'
    if (options.has('r') && given === '') return fail(io, 'separator cannot be empty')
    const separator = given === '' ? '\0' : given
    const before = options.has('b')
    for (const path of options.operands.length > 0 ? options.operands : ['-']) {
      const source = yield* openOrSay(io, path, (r) => `failed to open ${quoted(path)} for reading: ${r}`)
      if (!source) {
        status = 1
        continue
      }
      try {
        const text = decode(yield* source.all())
        const cuts = separators(text, separator, options.has('r') ? 'regex' : 'text').map(([from, to]) => (before ? from : to))
        const records: string[] = []
        let at = 0
        for (const cut of cuts) {
          records.push(text.slice(at, cut))
          at = cut
        }
        records.push(text.slice(at))
        io.out(records.reverse().join(''))
        yield* io.drain()
      } catch (error) {
        if (error instanceof RegexError) return fail(io, error.message)
        io.err(`${io.name}: ${shown(path)}: read error: ${isErrno(error, 'EISDIR') ? 'Invalid argument' : reason(error)}\n`)
        status = 1
      }
      source.close()
    }
    return status
  },
})
