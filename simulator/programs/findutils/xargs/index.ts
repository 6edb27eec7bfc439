/** xargs(1) of findutils 4.9.0. Recordings: shell/userland. */
import { decode, encode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { execute } from '../../coreutils/execute'
import { locale, reason } from '../../coreutils/files'
import { shellEscape } from '../../coreutils/quoting'
import { command, type Options, usageError } from '../../options'
import { Exit, type Io } from '../../program'
import { HELP, VERSION } from './help'
import { ItemReader, QuoteError, type Split } from './items'

/** Bytes of a command line where -s says nothing else. */
const BUFFER = 131_072

interface Plan {
  readonly initial: readonly string[]
  readonly mostArgs: number
  readonly mostLines: number
  readonly mostBytes: number
  readonly replace: string | undefined
  readonly parallel: number
  readonly exitWhenTooLong: boolean
}

export default command({
  summary: 'build and execute command lines from standard input', help: HELP, version: VERSION, stopAtOperand: true,
  *run(io, options) {
    const plan = planOf(io, options)
    if (options.has('show-limits')) showLimits(io, plan)
    const file = options.value('a')
    let fd = 0
    if (file !== undefined && file !== '-') {
      try {
        fd = yield* io.sys.open(file, { read: true, closeOnExec: true })
        // A directory cannot be read, which ends it like any input.
        if (io.sys.fstat(fd).kind === 'dir') fd = yield* io.sys.open('/dev/null', { read: true, closeOnExec: true })
      } catch (error) {
        io.err(`${io.name}: Cannot open input file ${locale(io, file)}: ${reason(error)}\n`)
        return 1
      }
    }
    const reader = new ItemReader(io.sys, fd, splitOf(io, options, plan), options.value('E'))
    return yield* new Runner(io, options, plan, reader).run()
  },
})

function count(io: Io, letter: string, text: string, least: number): number {
  if (!/^-?\d+$/.test(text)) {
    io.err(`${io.name}: invalid number "${text}" for -${letter} option\n`)
    return usageError(io)
  }
  const value = Number(text)
  if (value < least) {
    io.err(`${io.name}: value ${text} for -${letter} option should be >= ${least}\n`)
    return usageError(io)
  }
  return value
}

/** -I, -L and -n exclude each other: the last given counts, and what it pushes aside is said. */
function planOf(io: Io, options: Options): Plan {
  let replace: string | undefined
  let mostArgs = Infinity
  let mostLines = Infinity
  const ignoring = (one: string, other: string, dropped: string): void => io.err(`${io.name}: warning: options ${one} and ${other} are mutually exclusive, ignoring previous ${dropped} value\n`)
  for (const { name, value } of options.given) {
    if (name === 'I' || name === 'replace') {
      if (mostArgs !== Infinity) ignoring('--max-args', '--replace/-I/-i', '--max-args')
      if (mostLines !== Infinity) ignoring('--max-lines', '--replace/-I/-i', '--max-lines')
      mostArgs = mostLines = Infinity
      replace = value ?? '{}'
    } else if (name === 'max-lines' || name === 'l') {
      if (mostArgs !== Infinity) ignoring('--max-args', name === 'l' ? '--max-lines/-l' : '-L', '--max-args')
      if (replace !== undefined) ignoring('--replace', name === 'l' ? '--max-lines/-l' : '-L', '--replace')
      mostArgs = Infinity
      replace = undefined
      mostLines = count(io, name === 'l' ? 'l' : 'L', value ?? '1', 1)
    } else if (name === 'max-args') {
      if (mostLines !== Infinity) ignoring('--max-lines', '--max-args/-n', '--max-lines')
      const n = count(io, 'n', value ?? '', 1)
      // -n 1 after -I is what -I means anyway.
      if (n === 1 && replace !== undefined) continue
      if (replace !== undefined) ignoring('--replace', '--max-args/-n', '--replace')
      mostLines = Infinity
      replace = undefined
      mostArgs = n
    }
  }
  const size = options.value('s')
  return {
    initial: options.operands.length > 0 ? options.operands : ['echo'], mostArgs, mostLines, replace,
    mostBytes: size === undefined ? BUFFER : count(io, 's', size, 1),
    parallel: count(io, 'P', options.value('P') ?? '1', 0) || Infinity,
    exitWhenTooLong: options.has('x') || replace !== undefined || mostLines !== Infinity,
  }
}

function splitOf(io: Io, options: Options, plan: Plan): Split {
  const last = options.last('0', 'd')
  if (last === '0') return { by: 'delimiter', delimiter: '\0' }
  if (last === undefined) return { by: plan.replace === undefined ? 'blanks' : 'lines' }
  const text = options.value('d') ?? ''
  const known: { readonly [escape: string]: string } = { '\\n': '\n', '\\t': '\t', '\\0': '\0', '\\a': '\x07', '\\b': '\b', '\\f': '\f', '\\r': '\r', '\\v': '\v', '\\\\': '\\' }
  const octal = /^\\([0-7]{1,3})$/.exec(text)?.[1]
  const hex = /^\\x([0-9a-fA-F]{1,2})$/.exec(text)?.[1]
  const delimiter = octal ? String.fromCharCode(Number.parseInt(octal, 8)) : hex ? String.fromCharCode(Number.parseInt(hex, 16)) : (known[text] ?? text)
  if ([...delimiter].length !== 1) {
    io.err(
      text.startsWith('\\')
        ? `${io.name}: Invalid escape sequence ${text} in input delimiter specification.\n`
        : `${io.name}: Invalid input delimiter specification ${text}: the delimiter must be either a single character or an escape sequence starting with \\.\n`,
    )
    throw new Exit(1)
  }
  return { by: 'delimiter', delimiter }
}

function showLimits(io: Io, plan: Plan): void {
  let environment = 0
  for (const [name, value] of io.sys.env) environment += encode(`${name}=${value}`).length + 1
  const upper = 2_097_152 - 2048 - environment
  io.err(`Your environment variables take up ${environment} bytes
POSIX upper limit on argument length (this system): ${upper}
POSIX smallest allowable upper limit on argument length (all systems): 4096
Maximum length of command we could actually use: ${upper - environment}
Size of command buffer we are actually using: ${plan.mostBytes}
Maximum parallelism (--max-procs must be no greater): 2147483647
`)
}

const bytesOf = (words: readonly string[]): number => words.reduce((sum, word) => sum + encode(word).length + 1, 0)

class Runner {
  private readonly io: Io
  private readonly options: Options
  private readonly plan: Plan
  private readonly reader: ItemReader
  /** Slots by pid; a slot is free when its process has been waited for. */
  private readonly running = new Map<number, { slot: number; name: string }>()
  private status = 0
  private calls = 0
  /** The status that ends xargs at once. */
  private stopped: number | null = null
  constructor(io: Io, options: Options, plan: Plan, reader: ItemReader) {
    this.io = io
    this.options = options
    this.plan = plan
    this.reader = reader
  }
  *run(): Run<number> {
    let failure: string | null = null
    try {
      yield* this.feed()
    } catch (error) {
      if (!(error instanceof QuoteError)) throw error
      failure = error.message
    }
    while (this.running.size > 0) yield* this.reap()
    if (this.stopped !== null) return this.stopped
    if (failure !== null) {
      this.io.err(`${this.io.name}: ${failure}\n`)
      return 1
    }
    return this.status
  }
  private *feed(): Run {
    const { plan } = this
    if (plan.replace !== undefined) {
      for (let item = yield* this.reader.next(); item !== null && this.stopped === null; item = yield* this.reader.next()) {
        const { text } = item
        const mark = plan.replace
        const line = plan.initial.map((word, i) => (i === 0 ? word : mark === '' ? word : word.replaceAll(mark, text)))
        if (bytesOf(line) > plan.mostBytes) throw new QuoteError('argument line too long')
        yield* this.launch(line)
      }
      return
    }
    const base = bytesOf(plan.initial)
    let args: string[] = []
    let size = base
    let lines = 0
    const flush = (): string[] => {
      const line = [...plan.initial, ...args]
      args = []
      size = base
      lines = 0
      return line
    }
    try {
      for (;;) {
        const item = yield* this.reader.next()
        if (item === null || this.stopped !== null) break
        const length = encode(item.text).length + 1
        if (size + length > plan.mostBytes) {
          if (args.length === 0 || (plan.exitWhenTooLong && (plan.mostArgs !== Infinity || plan.mostLines !== Infinity))) throw new QuoteError('argument line too long')
          yield* this.launch(flush())
        }
        args.push(item.text)
        size += length
        if (item.endsLine) lines++
        if (args.length >= plan.mostArgs || lines >= plan.mostLines) yield* this.launch(flush())
      }
    } catch (error) {
      // What was read before a quote that does not end is still run.
      if (error instanceof QuoteError && args.length > 0) yield* this.launch(flush())
      throw error
    }
    if (this.stopped !== null) return
    if (args.length > 0 || (this.calls === 0 && !this.options.has('r'))) yield* this.launch(flush())
  }
  private *launch(line: readonly string[]): Run {
    const { io, options, plan } = this
    if (this.stopped !== null) return
    this.calls++
    if (options.has('t', 'p')) {
      io.err(`${line.map(shellEscape).join(' ')}${options.has('p') ? '' : '\n'}`)
      yield* io.flush()
    }
    if (options.has('p') && !(yield* this.agreed())) return
    while (this.running.size >= plan.parallel) yield* this.reap()
    if (this.stopped !== null) return
    const used = new Set([...this.running.values()].map((r) => r.slot))
    let slot = 0
    while (used.has(slot)) slot++
    yield* io.flush()
    const environment = new Map(io.sys.env)
    const variable = options.value('process-slot-var')
    if (variable !== undefined) environment.set(variable, String(slot))
    const input = options.has('o') ? '/dev/tty' : '/dev/null'
    const name = line[0] ?? ''
    const fail = (code: number): void => {
      this.stopped = code
    }
    const pid = io.sys.fork(function* (child) {
      try {
        // The command must not eat the input of xargs.
        child.dup2(yield* child.open(input, { read: true }), 0)
        return yield* execute(child, line, environment)
      } catch (error) {
        yield* child.write(2, encode(`${io.name}: ${name}: ${reason(error)}\n`))
        const code = isErrno(error, 'ENOENT') ? 127 : 126
        fail(code)
        return code
      }
    })
    this.running.set(pid, { slot, name })
    if (plan.parallel === 1) yield* this.reap()
  }
  private *agreed(): Run<boolean> {
    try {
      const fd = yield* this.io.sys.open('/dev/tty', { read: true })
      this.io.err('?...')
      yield* this.io.flush()
      const text = decode(yield* this.io.sys.read(fd, 256))
      this.io.sys.close(fd)
      return /^[yY]/.test(text)
    } catch (error) {
      this.io.err(`${this.io.name}: failed to open /dev/tty for reading: ${reason(error)}\n`)
      throw new Exit(1)
    }
  }
  /** Waits for one of the commands, and judges how it ended. */
  private *reap(): Run {
    const ended = yield* this.io.sys.wait(-1)
    if (!ended) return
    const child = this.running.get(ended.pid)
    if (!child) return
    this.running.delete(ended.pid)
    const { status } = ended
    if (this.stopped !== null) return
    if (status.kind === 'signaled') {
      this.io.err(`${this.io.name}: ${child.name}: terminated by signal ${status.signo}\n`)
      this.stopped = 125
    } else if (status.kind === 'exited' && status.code === 255) {
      this.io.err(`${this.io.name}: ${child.name}: exited with status 255; aborting\n`)
      this.stopped = 124
    } else if (status.kind === 'exited' && status.code !== 0) this.status = 123
  }
}



