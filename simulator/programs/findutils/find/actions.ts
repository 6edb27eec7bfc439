/** find's actions (find(1), "ACTIONS"). */
import { decode, encode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { execute } from '../../coreutils/execute'
import { reason } from '../../coreutils/files'
import type { Io } from '../../program'
import type { Entry } from './entry'
import { type Arguments, ExpressionError, type Predicate } from './expression'
import { compileFormat, formatEntry, longLine, type View } from './format'

/** Bytes of arguments that one `-exec … +` may take. */
const MOST = 131_072

interface Batch {
  readonly flush: () => Run
}

export class Actions {
  status = 0
  quit = false
  private readonly io: Io
  private readonly view: View
  private readonly quote: (text: string) => string
  private readonly batches: Batch[] = []
  private readonly files = new Map<string, number>()
  constructor(io: Io, view: View, quote: (text: string) => string) {
    this.io = io
    this.view = view
    this.quote = quote
  }
  complain(message: string): void {
    this.io.err(`${this.io.name}: ${message}\n`)
    this.status = 1
  }
  /** The predicate of an action; undefined where `name` is none. */
  *make(name: string, args: Arguments): Run<Predicate | undefined> {
    const { io } = this
    switch (name) {
      case '-print': return this.printer((e) => `${this.onTerminal(e.path)}\n`)
      case '-print0': return this.printer((e) => `${e.path}\0`)
      case '-ls': return this.printer((e) => longLine(e, this.view))
      case '-printf': return this.formatted(args.take(), null)
      case '-fprintf': {
        const file = yield* this.open(args.take())
        return this.formatted(args.take(), file)
      }
      case '-fprint': return this.toFile(yield* this.open(args.take()), (e) => `${e.path}\n`)
      case '-fprint0': return this.toFile(yield* this.open(args.take()), (e) => `${e.path}\0`)
      case '-fls': return this.toFile(yield* this.open(args.take()), (e) => longLine(e, this.view))
      case '-prune': return (e) => {
        e.pruned = true
        return true
      }
      case '-quit': return () => {
        this.quit = true
        return true
      }
      case '-delete': return (e) => {
        if (e.path === '.' || (e.depth === 0 && /(^|\/)\.$/.test(e.path))) return true
        try {
          if (e.stat.kind === 'dir') io.sys.rmdir(e.path)
          else io.sys.unlink(e.path)
          return true
        } catch (error) {
          this.complain(`cannot delete ${this.quote(e.path)}: ${reason(error)}`)
          return false
        }
      }
      case '-exec': case '-execdir': case '-ok': case '-okdir': return this.command(name, args)
    }
    return undefined
  }
  /** Controls of a name are not sent to a terminal. */
  private onTerminal(path: string): string {
    return this.io.sys.isatty(1) ? path.replace(/[\x00-\x1f\x7f]/g, '?') : path
  }
  private printer(text: (e: Entry) => string): Predicate {
    return (e) => {
      this.io.out(text(e))
      return true
    }
  }
  private formatted(format: string, fd: number | null): Predicate {
    const pieces = compileFormat(format, (message, weight) => {
      this.io.err(`${this.io.name}: ${weight}: ${message}\n`)
      if (weight === 'error') throw new ExpressionError('')
    })
    const { io, view } = this
    return function* (e): Run<boolean> {
      const { text } = formatEntry(pieces, e, view)
      if (fd === null) io.out(text)
      else yield* io.sys.write(fd, encode(text))
      return true
    }
  }
  private *open(path: string): Run<number> {
    const known = this.files.get(path)
    if (known !== undefined) return known
    try {
      const fd = path === '/dev/stdout' ? 1 : path === '/dev/stderr' ? 2 : yield* this.io.sys.open(path, { write: true, create: true, truncate: true, closeOnExec: true }, 0o666)
      this.files.set(path, fd)
      return fd
    } catch (error) {
      throw new ExpressionError(`${this.quote(path)}: ${reason(error)}`)
    }
  }
  private toFile(fd: number, text: (e: Entry) => string): Predicate {
    const { io } = this
    return function* (e): Run<boolean> {
      if (fd === 1) io.out(text(e))
      else yield* io.sys.write(fd, encode(text(e)))
      return true
    }
  }
  private command(name: '-exec' | '-execdir' | '-ok' | '-okdir', args: Arguments): Predicate {
    const { rest } = args
    const end = rest.findIndex((word, i) => word === ';' || (word === '+' && !name.startsWith('-ok') && (rest[i - 1] ?? '').includes('{}')))
    if (end < 0) throw new ExpressionError(`missing argument to \`${name}'`)
    const words = rest.slice(0, end)
    args.skip(end + 1)
    if (words.length === 0) throw new ExpressionError(`invalid argument \`;' to \`${name}'`)
    const within = name.endsWith('dir')
    if (rest[end] === '+') {
      const fixed = words.slice(0, -1)
      const last = words.at(-1) ?? ''
      if (last !== '{}') throw new ExpressionError(`In ${this.quote(`${name} ... {} +`)} the ${this.quote('{}')} must appear by itself, but you specified ${this.quote(last)}`)
      if (fixed.some((w) => w === '{}')) throw new ExpressionError(`Only one instance of {} is supported with ${name} ... +`)
      const joined = fixed.find((w) => w.includes('{}'))
      if (joined !== undefined) throw new ExpressionError(`In ${this.quote(`${name} ... {} +`)} the ${this.quote('{}')} must appear by itself, but you specified ${this.quote(joined)}`)
      return this.batch(fixed, within)
    }
    const actions = this
    return function* (e): Run<boolean> {
      const shown = within ? `./${e.name}` : e.path
      const argv = words.map((w) => w.replaceAll('{}', shown))
      if (name.startsWith('-ok') && !(yield* actions.agreed(argv[0] ?? '', shown))) return false
      return (yield* actions.launch(argv, within ? e.directory : null)) === 0
    }
  }
  private *agreed(command: string, shown: string): Run<boolean> {
    const { io } = this
    io.err(`< ${command} ... ${shown} > ? `)
    yield* io.flush()
    const answer = decode(yield* io.sys.read(0, 256))
    return /^[yY]/.test(answer)
  }
  private batch(fixed: readonly string[], within: boolean): Predicate {
    const actions = this
    let waiting: string[] = []
    let size = 0
    let directory: string | null = null
    const flush = function* (): Run {
      if (waiting.length === 0) return
      const files = waiting
      waiting = []
      size = 0
      if ((yield* actions.launch([...fixed, ...files], directory)) !== 0) actions.status = 1
    }
    this.batches.push({ flush })
    return function* (e): Run<boolean> {
      const shown = within ? `./${e.name}` : e.path
      if (size + shown.length + 1 > MOST || (within && directory !== null && directory !== e.directory)) yield* flush()
      directory = within ? e.directory : null
      waiting.push(shown)
      size += shown.length + 1
      return true
    }
  }
  /** What `-exec … +` still holds. */
  *finish(): Run {
    for (const { flush } of this.batches) yield* flush()
  }
  private *launch(argv: readonly string[], directory: string | null): Run<number> {
    const { io, quote } = this
    yield* io.flush()
    const pid = io.sys.fork(function* (child) {
      try {
        if (directory !== null) child.chdir(directory)
        return yield* execute(child, argv)
      } catch (error) {
        if (!isErrno(error)) throw error
        yield* child.write(2, encode(`${io.name}: ${quote(argv[0] ?? '')}: ${error.message}\n`))
        return 1
      }
    })
    const ended = yield* io.sys.wait(pid)
    if (ended?.status.kind === 'signaled') {
      this.complain(`${quote(argv[0] ?? '')} terminated by signal ${ended.status.signo}`)
      return 1
    }
    return ended?.status.kind === 'exited' ? ended.status.code : 1
  }
}
