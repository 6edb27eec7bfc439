/** tail(1) of coreutils 9.1, with -f by looking at the file now and then. */
import type { Run } from '../../../kernel/run'
import { NS_PER_SEC } from '../../../kernel/time'
import { command } from '../command'
import type { Io } from '../../program'
import { locale, openOrSay, reason, type Source } from '../files'
import { sizeOf } from '../numbers'
import { HELP, VERSION } from './help'
import { lastPart } from './last'

const FOLLOW_INTERVAL = 1

function* from(io: Io, source: Source, start: number, unit: number | 'bytes'): Run {
  let skip = start > 0 ? start - 1 : 0
  for (;;) {
    const bytes = yield* source.read()
    if (bytes.length === 0) return
    let at = 0
    if (unit === 'bytes') {
      at = Math.min(skip, bytes.length)
      skip -= at
    } else {
      while (skip > 0) {
        const next = bytes.indexOf(unit, at)
        if (next < 0) {
          at = bytes.length
          break
        }
        at = next + 1
        skip--
      }
    }
    if (at < bytes.length) io.out(bytes.subarray(at))
    yield* io.flush()
  }
}

function* follow(io: Io, files: { path: string; source: Source }[], heads: boolean, seconds: number): Run {
  let last = files.at(-1)
  for (;;) {
    yield* io.flush()
    yield* io.sys.sleep(seconds * NS_PER_SEC)
    for (const file of files) {
      for (;;) {
        const bytes = yield* file.source.read()
        if (bytes.length === 0) break
        if (heads && last !== file) io.out(`\n==> ${file.path === '-' ? 'standard input' : file.path} <==\n`)
        last = file
        io.out(bytes)
        yield* io.flush()
      }
    }
  }
}

export default command({
  summary: 'output the last part of files',
  help: HELP, version: VERSION,
  rewrite: ([first, ...rest]) => {
    const old = /^([-+])([0-9]+)([bcl]?)(f?)$/.exec(first ?? '')
    if (!old || (old[1] === '+' && rest.length > 1)) return first === undefined ? rest : [first, ...rest]
    const [, sign = '', digits = '', unit = '', f = ''] = old
    return [`${unit === 'c' || unit === 'b' ? '-c' : '-n'}${sign === '+' ? '+' : ''}${digits}${unit === 'b' ? 'b' : ''}`, ...(f ? ['-f'] : []), ...rest]
  },
  *run(io, options) {
    const kind = options.last('c', 'n') ?? 'n'
    const text = options.value(kind) ?? '10'
    const count = sizeOf(text.replace(/^[-+]/, ''))
    if (count === undefined) {
      io.err(`${io.name}: invalid number of ${kind === 'c' ? 'bytes' : 'lines'}: ${locale(io, text)}\n`)
      return 1
    }
    const interval = Number(options.value('s') ?? FOLLOW_INTERVAL)
    const files = options.operands.length > 0 ? options.operands : ['-']
    const heads = options.last('v', 'q') === 'v' || (files.length > 1 && options.last('v', 'q') !== 'q')
    const unit = kind === 'c' ? 'bytes' : options.has('z') ? 0 : 10
    const open: { path: string; source: Source }[] = []
    let status = 0
    let first = true
    for (const path of files) {
      const source = yield* openOrSay(io, path, (r) => `cannot open '${path}' for reading: ${r}`)
      if (!source) {
        status = 1
        continue
      }
      if (heads) io.out(`${first ? '' : '\n'}==> ${path === '-' ? 'standard input' : path} <==\n`)
      first = false
      try {
        if (text.startsWith('+')) yield* from(io, source, count, unit)
        else io.out(yield* lastPart(source, count, unit))
        yield* io.flush()
        open.push({ path, source })
      } catch (error) {
        io.err(`${io.name}: error reading '${path === '-' ? 'standard input' : path}': ${reason(error)}\n`)
        status = 1
      }
    }
    if (options.has('f', 'F')) {
      if (open.length === 0) {
        io.err(`${io.name}: no files remaining\n`)
        return 1
      }
      yield* follow(io, open, heads, interval)
    }
    return status
  },
})
