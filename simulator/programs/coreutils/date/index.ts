/** date(1) of coreutils 9.1. */
import { argmatch, command, usageError, wrongCall } from '../command'
import { LineReader, locale, openOrSay, reason, shown } from '../files'
import type { Timespec } from '../../../kernel/time'
import { UTC, zoneOf } from '../../libc/timezone'
import { HELP, VERSION } from './help'
import { parseDate } from './parse'
import { strftime } from './strftime'

type Forms = readonly (readonly [words: readonly string[], format: string])[]
const ISO: Forms = [[['hours'], '%Y-%m-%dT%H%:z'], [['minutes'], '%Y-%m-%dT%H:%M%:z'], [['date'], '%Y-%m-%d'], [['seconds'], '%Y-%m-%dT%H:%M:%S%:z'], [['ns'], '%Y-%m-%dT%H:%M:%S,%N%:z']]
const RFC_3339: Forms = [[['date'], '%Y-%m-%d'], [['seconds'], '%Y-%m-%d %H:%M:%S%:z'], [['ns'], '%Y-%m-%d %H:%M:%S.%N%:z']]

export default command({
  summary: 'print or set the system date and time',
  help: HELP, version: VERSION,
  *run(io, options) {
    const { sys } = io
    const zone = options.has('u') ? UTC : zoneOf(io.env('TZ'))
    let format = '%a %b %e %H:%M:%S %Z %Y'
    if (options.has('R')) format = '%a, %d %b %Y %H:%M:%S %z'
    for (const { name, value } of options.given) {
      if (name === 'iso-8601') format = argmatch(io, value ?? 'date', '--iso-8601', ISO)
      if (name === 'rfc-3339') format = argmatch(io, value ?? '', '--rfc-3339', RFC_3339)
    }
    const [operand, extra] = options.operands
    if (extra !== undefined) {
      io.err(`${io.name}: extra operand ${locale(io, extra)}\n`)
      return usageError(io)
    }
    if (operand !== undefined) {
      if (!operand.startsWith('+')) {
        if (options.has('d', 'f', 'r')) return wrongCall(io, `the argument ${locale(io, operand)} lacks a leading '+';\nwhen using an option to specify date(s), any non-option\nargument must be a format string beginning with '+'`)
        if (/^(\d\d){4,6}(\.\d\d)?$/.test(operand)) {
          io.err(`${io.name}: not simulated in this lab\n`)
          return 125
        }
        io.err(`${io.name}: invalid date ${locale(io, operand)}\n`)
        return 1
      }
      format = operand.slice(1)
    }
    const show = (time: Timespec): void => io.out(`${strftime(format, time, zone)}\n`)
    if (options.has('s') || options.has('debug')) {
      io.err(`${io.name}: not simulated in this lab\n`)
      return 125
    }
    if ([options.has('d'), options.has('f'), options.has('r')].filter((on) => on).length > 1) return wrongCall(io, 'the options to specify dates for printing are mutually exclusive')
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
        const time = parseDate(line, sys.now(), zone)
        if (time) show(time)
        else {
          io.err(`${io.name}: invalid date ${locale(io, line)}\n`)
          status = 1
        }
      }
      return status
    }
    const text = options.value('d')
    const time = text === undefined ? sys.now() : parseDate(text, sys.now(), zone)
    if (!time) {
      io.err(`${io.name}: invalid date ${locale(io, text ?? '')}\n`)
      return 1
    }
    show(time)
    return 0
  },
})
