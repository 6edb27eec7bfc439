/** split(1) of coreutils 9.1. */
import { concat, EMPTY } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import type { Io } from '../../program'
import { atMost, command, fail, type Options, wrongCall } from '../command'
import type { Given } from '../../options/parse'
import { execute } from '../execute'
import { locale, openSource, quoted, reason, shown, type Source } from '../files'
import { numberOrComplaint, sizeOf } from '../numbers'
import { HELP, VERSION } from './help'

const ALPHABETS = { letters: 'abcdefghijklmnopqrstuvwxyz', digits: '0123456789', hex: '0123456789abcdef' } as const

/** Names of output files, one after the other; suffixes grow when they run out unless their length was given. */
class Names {
  private readonly alphabet: string
  private readonly prefix: string
  private readonly additional: string
  private length: number
  private readonly grows: boolean
  private index: number
  private lead = ''
  constructor(prefix: string, additional: string, alphabet: string, length: number, grows: boolean, start: number) {
    this.prefix = prefix
    this.additional = additional
    this.alphabet = alphabet
    this.length = length
    this.grows = grows
    this.index = start
  }
  next(io: Io): string {
    const base = this.alphabet.length
    if (this.index >= base ** this.length) return fail(io, 'output file suffixes exhausted')
    // The last first letter is kept for longer suffixes: yz is followed by zaaa.
    if (this.grows && this.index >= base ** (this.length - 1) * (base - 1)) {
      this.lead += this.alphabet.at(-1) ?? ''
      this.length++
      this.index = 0
    }
    let suffix = ''
    for (let n = this.index++, k = 0; k < this.length; k++, n = Math.floor(n / base)) suffix = (this.alphabet[n % base] ?? '') + suffix
    return this.prefix + this.lead + suffix + this.additional
  }
}

class Output {
  private readonly io: Io
  private readonly names: Names
  private readonly options: Options
  private fd: number | undefined
  private child: number | undefined
  constructor(io: Io, names: Names, options: Options) {
    this.io = io
    this.names = names
    this.options = options
  }
  /** Ends one file and begins the next. */
  *begin(): Run {
    yield* this.end()
    const { io, options } = this
    const name = this.names.next(io)
    const filter = options.value('filter')
    if (filter !== undefined) {
      if (options.has('verbose')) io.out(`executing with FILE=${quoted(name)}\n`)
      yield* io.flush()
      const { read, write } = io.sys.pipe()
      this.child = io.sys.fork(function* (own) {
        own.dup2(read, 0)
        own.close(read)
        own.close(write)
        return yield* execute(own, [own.env.get('SHELL') || '/bin/sh', '-c', filter], new Map([...own.env, ['FILE', name]]))
      })
      io.sys.close(read)
      this.fd = write
      return
    }
    if (options.has('verbose')) io.out(`creating file ${quoted(name)}\n`)
    try {
      this.fd = yield* io.sys.open(name, { write: true, create: true, truncate: true }, 0o666)
    } catch (error) {
      return fail(io, `${shown(name)}: ${reason(error)}`)
    }
  }
  *write(bytes: Uint8Array): Run {
    if (this.fd !== undefined && bytes.length > 0) yield* this.io.sys.write(this.fd, bytes)
  }
  *end(): Run {
    if (this.fd !== undefined) this.io.sys.close(this.fd)
    this.fd = undefined
    if (this.child !== undefined) yield* this.io.sys.wait(this.child)
    this.child = undefined
  }
}

type Method = { readonly kind: 'lines' | 'bytes' | 'line-bytes'; readonly count: number } | { readonly kind: 'chunks'; readonly count: number; readonly of: 'bytes' | 'lines' | 'round'; readonly only: number | undefined }

function method(io: Io, options: Options): Method {
  const given = options.given.filter((g) => ['lines', 'bytes', 'line-bytes', 'number'].includes(g.name))
  const [how, second] = given
  if (!how) return { kind: 'lines', count: 1000 }
  const first = methodOf(io, how)
  return second ? wrongCall(io, 'cannot split in more than one way') : first
}

function methodOf(io: Io, how: Given): Method {
  const text = how.value ?? ''
  const positive = (word: string, what: string): number => {
    const value = numberOrComplaint(word, { what, suffixes: 'sizes' }, (t) => locale(io, t))
    if (typeof value !== 'number') return fail(io, value.complaint)
    return value === 0 ? fail(io, `${what}: ${locale(io, word)}: Numerical result out of range`) : value
  }
  if (how.name === 'lines') return { kind: 'lines', count: positive(text, 'invalid number of lines') }
  if (how.name === 'bytes' || how.name === 'line-bytes') return { kind: how.name, count: positive(text, 'invalid number of bytes') }
  const found = /^(?:([rl])\/)?(?:([^/]*)\/)?([^/]*)$/.exec(text)
  const [, letter, k, n = ''] = found ?? []
  const count = positive(n, 'invalid number of chunks')
  let only: number | undefined
  if (k !== undefined) {
    only = sizeOf(k)
    if (only === undefined) return fail(io, `invalid chunk number: ${locale(io, k)}`)
    if (only === 0 || only > count) return fail(io, `invalid chunk number: ${locale(io, k)}: Numerical result out of range`)
  }
  return { kind: 'chunks', count, of: letter === 'l' ? 'lines' : letter === 'r' ? 'round' : 'bytes', only }
}

export default command({
  summary: 'split a file into pieces',
  help: HELP, version: VERSION, hidden: '  -d\n  --numeric-suffixes[=FROM]\n  -x\n  --hex-suffixes[=FROM]\n',
  rewrite: (args) => args.map((a) => a.replace(/^-(\d+)$/, '-l$1')),
  *run(io, options) {
    const how = method(io, options)
    atMost(io, options.operands, 2)
    const [path = '-', prefix = 'x'] = options.operands
    const numbering = options.given.findLast((g) => ['d', 'x', 'numeric-suffixes', 'hex-suffixes'].includes(g.name))
    const alphabet = numbering === undefined ? ALPHABETS.letters : numbering.name === 'd' || numbering.name === 'numeric-suffixes' ? ALPHABETS.digits : ALPHABETS.hex
    const base = alphabet === ALPHABETS.hex ? 16 : 10
    const from = numbering?.value
    if (from !== undefined && !(base === 16 ? /^[0-9a-f]+$/i : /^\d+$/).test(from)) return wrongCall(io, `${locale(io, from)}: invalid start value for ${base === 16 ? 'hexadecimal' : 'numerical'} suffix`)
    const lengthText = options.value('a')
    let length = 2
    if (lengthText !== undefined) {
      const value = numberOrComplaint(lengthText, { what: 'invalid suffix length' }, (t) => locale(io, t))
      if (typeof value !== 'number') return fail(io, value.complaint)
      length = value || 2
    }
    const start = from === undefined ? 0 : Number.parseInt(from, base)
    const grows = !lengthText && from === undefined
    if (how.kind === 'chunks' && grows) while (alphabet.length ** length < how.count) length++
    if (from !== undefined && from.length > length) {
      if (lengthText === undefined) length = from.length
      else return wrongCall(io, 'numerical suffix start value is too large for the suffix length')
    }
    const additional = options.value('additional-suffix') ?? ''
    if (additional.includes('/')) return wrongCall(io, `invalid suffix ${locale(io, additional)}, contains directory separator`)
    const separatorText = options.value('t')
    if (separatorText !== undefined && separatorText.length !== 1 && separatorText !== '\\0') return fail(io, separatorText === '' ? 'empty record separator' : `multi-character separator ${locale(io, separatorText)}`)
    const end = separatorText === undefined ? 10 : separatorText === '\\0' ? 0 : separatorText.charCodeAt(0)
    let source: Source
    try {
      source = yield* openSource(io.sys, path)
    } catch (error) {
      return fail(io, `cannot open ${quoted(path)} for reading: ${reason(error)}`)
    }
    const output = new Output(io, new Names(prefix, additional, alphabet, length, grows && how.kind !== 'chunks', start), options)
    try {
      yield* divide(io, source, output, how, end, options)
      yield* output.end()
    } catch (error) {
      if (!isErrno(error)) throw error
      return fail(io, `${shown(path)}: ${reason(error)}`)
    }
    return 0
  },
})

function* divide(io: Io, source: Source, output: Output, how: Method, end: number, options: Options): Run {
  if (how.kind === 'chunks') return yield* chunks(io, source, output, how, end, options)
  let left = 0
  if (how.kind === 'bytes') {
    for (let bytes = yield* source.read(); bytes.length > 0; bytes = yield* source.read()) {
      for (let at = 0; at < bytes.length; ) {
        if (left === 0) {
          yield* output.begin()
          left = how.count
        }
        const part = bytes.subarray(at, at + left)
        yield* output.write(part)
        at += part.length
        left -= part.length
      }
    }
    return
  }
  let rest: Uint8Array = EMPTY
  for (;;) {
    const bytes = yield* source.read()
    const all = rest.length === 0 ? bytes : concat([rest, bytes])
    let at = 0
    for (;;) {
      let to = all.indexOf(end, at) + 1
      if (to === 0) {
        if (bytes.length > 0 || at >= all.length) break
        to = all.length
      }
      let record = all.subarray(at, to)
      at = to
      if (how.kind === 'lines') {
        if (left === 0) {
          yield* output.begin()
          left = how.count
        }
        left--
        yield* output.write(record)
        continue
      }
      if (record.length > left) {
        if (left !== how.count) {
          yield* output.begin()
          left = how.count
        }
        while (record.length > left) {
          yield* output.write(record.subarray(0, left))
          record = record.subarray(left)
          yield* output.begin()
          left = how.count
        }
      }
      yield* output.write(record)
      left -= record.length
    }
    if (bytes.length === 0) return
    rest = all.slice(at)
  }
}

function* chunks(io: Io, source: Source, output: Output, how: Extract<Method, { kind: 'chunks' }>, end: number, options: Options): Run {
  const bytes = yield* source.all()
  const parts: Uint8Array[] = []
  if (how.of === 'round') {
    const lists: Uint8Array[][] = Array.from({ length: how.count }, () => [])
    for (let at = 0, n = 0; at < bytes.length; n++) {
      const to = bytes.indexOf(end, at) + 1 || bytes.length
      lists[n % how.count]?.push(bytes.subarray(at, to))
      at = to
    }
    for (const list of lists) parts.push(list.length === 0 ? EMPTY : concat(list))
  } else {
    const size = Math.max(1, Math.floor(bytes.length / how.count))
    let at = 0
    for (let k = 1; k <= how.count; k++) {
      let to = k === how.count ? bytes.length : Math.min(bytes.length, size * k)
      if (how.of === 'lines') {
        if (to < at) to = at
        else if (to > at && to < bytes.length && bytes[to - 1] !== end) to = bytes.indexOf(end, to) + 1 || bytes.length
      }
      parts.push(bytes.subarray(at, to))
      at = to
    }
  }
  if (how.only !== undefined) return io.out(parts[how.only - 1] ?? EMPTY)
  for (const part of parts) {
    if (part.length === 0 && options.has('e')) continue
    yield* output.begin()
    yield* output.write(part)
  }
}
