/** tail(1) of coreutils 9.1. */
import { blockCloseout } from '../../closeout'
import type { Run } from '../../../kernel/run'
import { argmatch, command, fail } from '../command'
import type { Io } from '../../program'
import { locale, openOrSay, quoted, reason, type Source } from '../files'
import { numberOrComplaint } from '../numbers'
import { type Followed, follow } from './follow'
import { HELP, VERSION } from './help'
import { lastPart } from './last'

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

/** To where the last bytes of an ordinary file begin, unless it is further already. */
function skipTo({ sys }: Io, fd: number, bytes: number): void {
  const { kind, size } = sys.fstat(fd)
  if (kind === 'file' && size - bytes > sys.lseek(fd, 0, 'cur')) sys.lseek(fd, size - bytes, 'set')
}

const FOLLOW: readonly (readonly [readonly string[], 'descriptor' | 'name'])[] = [[['descriptor'], 'descriptor'], [['name'], 'name']]

export default command({
  unwritten: blockCloseout,
  summary: 'output the last part of files',
  help: HELP, version: VERSION,
  hidden: '  -f\n  --follow[=HOW]\n  -0\n  -1\n  -2\n  -3\n  -4\n  -5\n  -6\n  -7\n  -8\n  -9\n  -F\n',
  rewrite: (args) => {
    const [first = '', ...rest] = args
    const old = /^([-+])([0-9]*)([bcl]?)(f?)$/.exec(first)
    const [, sign = '', digits = '', unit = '', f = ''] = old ?? []
    if (!old || first === '-' || first === '+' || (sign === '-' && (digits === '' || rest.length > 1) && !(rest[0] === '--' && rest.length <= 2)) || (sign === '+' && rest.length > 1)) return args
    return [`${unit === 'c' || unit === 'b' ? '-c' : '-n'}${sign === '+' ? '+' : ''}${digits || '10'}${unit === 'b' ? 'b' : ''}`, ...(f ? ['-f'] : []), ...rest]
  },
  *run(io, options) {
    const digit = options.given.find((g) => /^\d$/.test(g.name))
    if (digit) return fail(io, `option used in invalid context -- ${digit.name}`)
    const kind = options.last('c', 'n') ?? 'n'
    const text = options.value(kind) ?? '10'
    const bare = text.replace(/^[-+]/, '')
    const count = numberOrComplaint(bare, { what: `invalid number of ${kind === 'c' ? 'bytes' : 'lines'}`, suffixes: 'sizes' }, () => locale(io, text.replace(/^-/, '')))
    if (typeof count !== 'number') return fail(io, count.complaint)
    const number = (name: string, what: string, pattern: RegExp): number | undefined => {
      const given = options.value(name)
      if (given === undefined) return undefined
      return pattern.test(given) ? Number(given) : fail(io, `invalid ${what}: ${locale(io, given)}`)
    }
    number('s', 'number of seconds', /^\d*\.?\d*(e[-+]?\d+)?$/)
    number('max-unchanged-stats', 'maximum number of unchanged stats between opens', /^\d+$/)
    const pid = number('pid', 'PID', /^\d+$/)
    const how = options.given.findLast((g) => g.name === 'f' || g.name === 'follow' || g.name === 'F')
    const by = how?.name === 'F' ? 'name' : how?.value === undefined ? 'descriptor' : argmatch(io, how.value, '--follow', FOLLOW)
    const retry = options.has('retry') || options.has('F')
    if (retry && !how) io.err(`${io.name}: warning: --retry ignored; --retry is useful only when following\n`)
    else if (retry && how && by === 'descriptor') io.err(`${io.name}: warning: --retry only effective for the initial open\n`)
    if (pid !== undefined && !how) io.err(`${io.name}: warning: PID ignored; --pid=PID is useful only when following\n`)
    const files = options.operands.length > 0 ? options.operands : ['-']
    const heads = options.last('v', 'q') === 'v' || (files.length > 1 && options.last('v', 'q') !== 'q')
    const unit = kind === 'c' ? 'bytes' : options.has('z') ? 0 : 10
    const open: Followed[] = []
    let status = 0
    let first = true
    for (const path of files) {
      const source = yield* openOrSay(io, path, (r) => `cannot open ${quoted(path)} for reading: ${r}`)
      if (!source) {
        status = 1
        if (how && retry) open.push({ path, source: null })
        continue
      }
      if (heads) io.out(`${first ? '' : '\n'}==> ${path === '-' ? 'standard input' : path} <==\n`)
      first = false
      try {
        if (text.startsWith('+')) yield* from(io, source, count, unit)
        else {
          if (unit === 'bytes') skipTo(io, source.fd, count)
          io.out(yield* lastPart(source, count, unit))
        }
        yield* io.flush()
        open.push({ path, source })
      } catch (error) {
        io.err(`${io.name}: error reading '${path === '-' ? 'standard input' : path}': ${reason(error)}\n`)
        status = 1
        if (how) io.err(`${io.name}: ${path}: cannot follow end of this type of file; giving up on this name\n`)
      }
    }
    if (how) {
      if (open.length === 0) {
        io.err(`${io.name}: no files remaining\n`)
        return 1
      }
      return Math.max(status, yield* follow(io, open, { by, retry, heads, pid }))
    }
    return status
  },
})
