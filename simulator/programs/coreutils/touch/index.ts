/** touch(1) of coreutils 9.1. */
import { isErrno } from '../../../kernel/errno'
import type { Timespec } from '../../../kernel/time'
import { argmatch, command, usageError, wrongCall } from '../command'
import { parseDate } from '../date/parse'
import { locale, quoted, reason } from '../files'
import { instantOf, zoneOf } from '../../libc/timezone'
import { HELP, VERSION } from './help'

const WHICH: readonly (readonly [readonly string[], 'atime' | 'mtime'])[] = [[['atime', 'access', 'use'], 'atime'], [['mtime', 'modify'], 'mtime']]

export default command({
  summary: 'change file timestamps', help: HELP, version: VERSION,
  *run(io, options) {
    const { sys } = io
    if (options.operands.length === 0) {
      io.err(`${io.name}: missing file operand\n`)
      return usageError(io)
    }
    let atime: Timespec | 'now' | 'omit' = 'now'
    let mtime: Timespec | 'now' | 'omit' = 'now'
    const [date, stamp, reference] = [options.value('d'), options.value('t'), options.value('r')]
    if (stamp !== undefined && (date !== undefined || reference !== undefined)) return wrongCall(io, 'cannot specify times from more than one source')
    if (reference !== undefined) {
      try {
        const stat = sys.stat(reference)
        ;[atime, mtime] = [stat.atime, stat.mtime]
      } catch (error) {
        io.err(`${io.name}: failed to get attributes of ${quoted(reference)}: ${reason(error)}\n`)
        return 1
      }
    }
    if (date !== undefined) {
      const time = parseDate(date, sys.now(), zoneOf(io.env('TZ')))
      if (!time) {
        io.err(`${io.name}: invalid date format ${locale(io, date)}\n`)
        return 1
      }
      atime = mtime = time
    }
    if (stamp !== undefined) {
      const found = /^(\d\d)?(\d\d)?(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d\d))?$/.exec(stamp)
      const [month, dayOfMonth, hour, minute, second] = [3, 4, 5, 6, 7].map((i) => Number(found?.[i] ?? 0))
      const legal = found && (month ?? 0) >= 1 && (month ?? 0) <= 12 && (dayOfMonth ?? 0) >= 1 && (dayOfMonth ?? 0) <= 31 && (hour ?? 0) < 24 && (minute ?? 0) < 60 && (second ?? 0) <= 60
      if (!found || !legal) {
        io.err(`${io.name}: invalid date format ${locale(io, stamp)}\n`)
        return 1
      }
      const short = found[2] ?? found[1]
      const year = found[1] && found[2] ? Number(found[1] + found[2]) : short ? (Number(short) < 69 ? 2000 : 1900) + Number(short) : new Date(sys.now().sec * 1000).getUTCFullYear()
      atime = mtime = { sec: instantOf(zoneOf(io.env('TZ')), Date.UTC(year, Number(found[3]) - 1, Number(found[4]), Number(found[5]), Number(found[6]), Number(found[7] ?? 0)) / 1000), nsec: 0 }
    }
    const which = new Set<'atime' | 'mtime'>()
    if (options.has('a')) which.add('atime')
    if (options.has('m')) which.add('mtime')
    for (const word of options.values('time')) which.add(argmatch(io, word, '--time', WHICH))
    if (which.size === 1 && which.has('atime')) mtime = 'omit'
    if (which.size === 1 && which.has('mtime')) atime = 'omit'
    let status = 0
    for (const path of options.operands) {
      try {
        try {
          sys.utimes(path, atime, mtime, { noFollow: options.has('h') })
        } catch (error) {
          if (!isErrno(error, 'ENOENT')) throw error
          if (options.has('c')) continue
          if (options.has('h')) {
            io.err(`${io.name}: setting times of ${quoted(path)}: ${error.message}\n`)
            status = 1
            continue
          }
          sys.close(yield* sys.open(path, { write: true, create: true }, 0o666))
          if (atime !== 'now' || mtime !== 'now') sys.utimes(path, atime, mtime)
        }
      } catch (error) {
        io.err(`${io.name}: cannot touch ${quoted(path)}: ${reason(error)}\n`)
        status = 1
      }
    }
    return status
  },
})
