/** date(1) of coreutils 9.1; the node's zone is UTC. */
import { command, usageError } from '../command'
import { LineReader, locale, openOrSay, reason, shown } from '../files'
import type { Timespec } from '../../../kernel/time'
import { HELP, VERSION } from './help'
import { parseDate } from './parse'
import { strftime } from './strftime'

const ISO: { readonly [name: string]: string } = { date: '%Y-%m-%d', hours: '%Y-%m-%dT%H%:z', minutes: '%Y-%m-%dT%H:%M%:z', seconds: '%Y-%m-%dT%H:%M:%S%:z', ns: '%Y-%m-%dT%H:%M:%S,%N%:z' }

export default command({
  summary: 'print or set the system date and time',
  help: HELP, version: VERSION,
  *run(io, options) {
    const { sys } = io
    let format = '%a %b %e %H:%M:%S %Z %Y'
    if (options.has('R')) format = '%a, %d %b %Y %H:%M:%S %z'
    for (const { name, value } of options.given) {
      if (name === 'iso-8601') format = ISO[Object.keys(ISO).find((k) => k.startsWith(value ?? 'date')) ?? 'date'] ?? format
      if (name === 'rfc-3339') format = { date: '%Y-%m-%d', seconds: '%Y-%m-%d %H:%M:%S%:z', ns: '%Y-%m-%d %H:%M:%S.%N%:z' }[value ?? ''] ?? format
    }
    const [operand, extra] = options.operands
    if (extra !== undefined) {
      io.err(`${io.name}: extra operand ${locale(io, extra)}\n`)
      return usageError(io)
    }
    if (operand !== undefined) {
      if (!operand.startsWith('+')) {
        io.err(`${io.name}: invalid date ${locale(io, operand)}\n`)
        return 1
      }
      format = operand.slice(1)
    }
    const show = (time: Timespec): void => io.out(`${strftime(format, time)}\n`)
    const file = options.value('f')
    const reference = options.value('r')
    if (reference !== undefined) {
      try {
        show(sys.stat(reference).mtime)
        return 0
      } catch (error) {
        io.err(`${io.name}: ${shown(reference)}: ${reason(error)}\n`)
        return 1
      }
    }
    if (file !== undefined) {
      const source = yield* openOrSay(io, file)
      if (!source) return 1
      const reader = new LineReader(source)
      let status = 0
      for (let line = yield* reader.next(); line !== null; line = yield* reader.next()) {
        const time = parseDate(line, sys.now())
        if (time) show(time)
        else {
          io.err(`${io.name}: invalid date ${locale(io, line)}\n`)
          status = 1
        }
      }
      return status
    }
    const text = options.value('d')
    const time = text === undefined ? sys.now() : parseDate(text, sys.now())
    if (!time) {
      io.err(`${io.name}: invalid date ${locale(io, text ?? '')}\n`)
      return 1
    }
    show(time)
    return 0
  },
})
