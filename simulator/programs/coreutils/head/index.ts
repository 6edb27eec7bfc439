/** head(1) of coreutils 9.1. */
import { blockCloseout } from '../../closeout'
import { concat } from '../../../kernel/bytes'
import { command, fail } from '../command'
import { locale, openOrSay, quoted, reason, shown, type Source } from '../files'
import { numberOrComplaint } from '../numbers'
import type { Run } from '../../../kernel/run'
import type { Io } from '../../program'
import { HELP, VERSION } from './help'

function* firstBytes(io: Io, source: Source, count: number): Run {
  let left = count
  while (left > 0) {
    const bytes = yield* source.read(Math.min(left, 65536))
    if (bytes.length === 0) return
    left -= bytes.length
    io.out(bytes)
    yield* io.flush()
  }
}

function* firstLines(io: Io, source: Source, count: number, end: number): Run {
  let left = count
  while (left > 0) {
    const bytes = yield* source.read()
    if (bytes.length === 0) return
    let at = -1
    while (left > 0) {
      const next = bytes.indexOf(end, at + 1)
      if (next < 0) break
      at = next
      left--
    }
    io.out(left === 0 ? bytes.subarray(0, at + 1) : bytes)
    // What was read too far goes back where the input can seek, so that the next reader starts behind the last line shown.
    if (left === 0 && at + 1 < bytes.length && source.fd === 0) {
      try {
        io.sys.lseek(0, at + 1 - bytes.length, 'cur')
      } catch (error) {
        reason(error)
      }
    }
    yield* io.flush()
  }
}

/** All but the last `count` lines or bytes. */
function* allBut(io: Io, source: Source, count: number, end: number | 'bytes'): Run {
  const bytes = yield* source.all()
  if (end === 'bytes') return io.out(bytes.subarray(0, Math.max(0, bytes.length - count)))
  let at = bytes.length
  let left = count
  if (at > 0 && left > 0 && bytes[at - 1] === end) at--
  while (left > 0 && at > 0) {
    const before = bytes.lastIndexOf(end, at - 1)
    left--
    at = before
    if (before < 0) return
    if (left === 0) return io.out(bytes.subarray(0, before + 1))
  }
  if (left === 0) io.out(concat([bytes]))
}

export default command({
  unwritten: blockCloseout,
  summary: 'output the first part of files',
  help: HELP, version: VERSION,
  rewrite: ([first, ...rest]) => {
    const old = /^-([0-9]+)([bkm]?)([cnlqvz]*)$/.exec(first ?? '')
    if (!old) return first === undefined ? rest : [first, ...rest]
    const [, digits = '', unit = '', letters = ''] = old
    const flags = letters.replace(/[cnl]/g, '')
    return [`${/c/.test(letters) || unit ? '-c' : '-n'}${digits}${unit}`, ...(flags ? [`-${flags}`] : []), ...rest]
  },
  *run(io, options) {
    const kind = options.last('c', 'n') ?? 'n'
    const text = options.value(kind) ?? '10'
    const count = numberOrComplaint(text.replace(/^-/, ''), { what: `invalid number of ${kind === 'c' ? 'bytes' : 'lines'}`, suffixes: 'sizes' }, () => locale(io, text.replace(/^-/, '')))
    if (typeof count !== 'number') return fail(io, count.complaint)
    const files = options.operands.length > 0 ? options.operands : ['-']
    const heads = options.last('v', 'q') === 'v' || (files.length > 1 && options.last('v', 'q') !== 'q')
    const end = options.has('z') ? 0 : 10
    let status = 0
    let first = true
    for (const path of files) {
      const source = yield* openOrSay(io, path, (r) => `cannot open ${quoted(path)} for reading: ${r}`)
      if (!source) {
        status = 1
        continue
      }
      if (heads) io.out(`${first ? '' : '\n'}==> ${path === '-' ? 'standard input' : path} <==\n`)
      first = false
      try {
        if (text.startsWith('-')) yield* allBut(io, source, count, kind === 'c' ? 'bytes' : end)
        else if (kind === 'c') yield* firstBytes(io, source, count)
        else yield* firstLines(io, source, count, end)
      } catch (error) {
        io.err(`${io.name}: error reading '${shown(path)}': ${reason(error)}\n`)
        status = 1
      }
      source.close()
    }
    return status
  },
})
