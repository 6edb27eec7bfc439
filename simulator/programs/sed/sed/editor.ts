/** Runs a script over its input (sed.info, "Execution Cycle"). */
import { decode, encode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { readToEnd } from '../../../kernel/read-to-end'
import type { Regex } from '../../../regex'
import { statOrNull } from '../../coreutils/copying'
import { LineReader, openSource, reason, type Source } from '../../coreutils/files'
import type { Options } from '../../options'
import { Exit, type Io } from '../../program'
import { Output } from './output'
import { replaced } from './substitute'
import { type Address, type Command, ScriptError, type Substitution } from './syntax'
import { visible } from './visible'

export class Editor {
  private readonly io: Io
  private readonly options: Options
  private readonly commands: readonly Command[]
  private readonly files: readonly string[]
  private readonly quiet: boolean
  private readonly end: string
  private readonly separate: boolean
  private readonly standard: Output
  private output: Output
  private next = 0
  private reader: LineReader | null = null
  private source: Source | null = null
  private number = 0
  private space = ''
  private hold = ''
  /** The pattern space came with its newline; the hold space has that of what was put there. */
  private complete = true
  private holdComplete = true
  private appended: { text?: string; file?: string; line?: string }[] = []
  private status = 0
  private lastRegex: Regex | null = null
  private substituted = false
  private place: { path: string; text: string[] } | null = null
  private readonly written = new Map<string, { output: Output; text: string[] }>()
  private readonly lineReaders = new Map<string, LineReader | null>()
  constructor(io: Io, options: Options, commands: readonly Command[], files: readonly string[], printing: 'quiet' | 'prints') {
    this.io = io
    this.options = options
    this.commands = commands
    this.files = files.length > 0 ? files : ['-']
    this.quiet = printing === 'quiet'
    this.end = options.has('z') ? '\0' : '\n'
    this.separate = options.has('i', 's')
    this.standard = new Output((text) => io.out(text))
    this.output = this.standard
  }

  // ── input ─────────────────────────────────────────────────────────────────────────────────────────────
  /** Opens the next file that can be read; false when none is left. */
  private *open(): Run<boolean> {
    const { io } = this
    const inPlace = this.options.has('i')
    while (this.next < this.files.length) {
      const path = this.files[this.next++] ?? '-'
      try {
        const kind = path === '-' ? 'file' : io.sys.stat(path).kind
        if (inPlace && kind !== 'file') {
          io.err(`${io.name}: couldn't edit ${path}: not a regular file\n`)
          this.status = 4
          continue
        }
        if (kind === 'dir') {
          io.err(`${io.name}: read error on ${path}: Is a directory\n`)
          throw new Exit(4)
        }
        this.source = yield* openSource(io.sys, path)
        this.reader = new LineReader(this.source, this.end.charCodeAt(0))
        if (inPlace && path !== '-') {
          const place = { path, text: [] as string[] }
          this.place = place
          this.output = new Output((text) => place.text.push(text))
        }
        if (this.separate) this.reset()
        return true
      } catch (error) {
        io.err(`${io.name}: can't read ${path}: ${reason(error)}\n`)
        this.status = 2
      }
    }
    return false
  }
  /** Each file on its own: lines are counted anew, and ranges begin anew. */
  private reset(): void {
    this.number = 0
    for (const c of this.commands) {
      c.active = c.from?.type === 'line' && c.from.n === 0
      c.closed = false
    }
  }
  private *close(): Run {
    this.source?.close()
    this.source = null
    this.reader = null
    if (!this.place) return
    const { path, text } = this.place
    const { sys } = this.io
    const suffix = this.options.value('i')
    const stat = statOrNull(sys, path)
    if (suffix) {
      const cut = path.lastIndexOf('/') + 1
      const base = path.slice(cut)
      const backup = suffix.includes('*') ? suffix.replaceAll('*', base) : base + suffix
      sys.rename(path, backup.includes('/') ? backup : path.slice(0, cut) + backup)
    } else sys.unlink(path)
    yield* sys.writeFile(path, encode(text.join('')), { mode: stat?.mode ?? 0o644 })
    if (stat) sys.chmod(path, stat.mode)
    this.place = null
    this.output = this.standard
  }
  private *line(): Run<string | null> {
    for (;;) {
      if (!this.reader && !(yield* this.open())) return null
      const { reader } = this
      if (!reader) return null
      const line = yield* reader.next()
      if (line !== null) {
        this.complete = reader.terminated || !(yield* reader.atEnd())
        this.number++
        return line
      }
      yield* this.close()
    }
  }
  private *isLast(): Run<boolean> {
    if (this.reader && !(yield* this.reader.atEnd())) return false
    if (this.separate) return true
    // Files behind that hold nothing do not count.
    for (const path of this.files.slice(this.next)) {
      const stat = path === '-' ? null : statOrNull(this.io.sys, path)
      if (path === '-' || (stat && (stat.size > 0 || stat.kind !== 'file'))) return false
    }
    return true
  }

  // ── addresses ─────────────────────────────────────────────────────────────────────────────────────────
  private regex(regex: Regex | null): Regex {
    if (regex) this.lastRegex = regex
    if (!this.lastRegex) throw new ScriptError('whole', 'no previous regular expression')
    return this.lastRegex
  }
  private *matches(a: Address): Run<boolean> {
    switch (a.type) {
      case 'line': return this.number === a.n
      case 'step': return a.step === 0 ? this.number === a.first : this.number >= a.first && (this.number - a.first) % a.step === 0
      case 'last': return yield* this.isLast()
      case 'regex': return this.regex(a.regex).test(this.space)
      default: return false
    }
  }
  private *selected(c: Command): Run<boolean> {
    const { from, to } = c
    if (!from) return true
    if (!to) return yield* this.matches(from)
    if (c.active) return yield* this.within(c, to)
    // A line number begins a range even where the line itself was not looked at.
    if (from.type === 'line' ? c.closed || this.number < from.n : !(yield* this.matches(from))) return false
    c.closed = from.type === 'line'
    switch (to.type) {
      case 'line':
        c.active = to.n > this.number
        if (from.type === 'line' && this.number > to.n) return this.number === from.n
        break
      case 'plus': case 'multiple':
        c.until = to.type === 'plus' ? this.number + to.n : to.n === 0 ? this.number : this.number + to.n - (this.number % to.n)
        c.active = c.until > this.number
        break
      case 'last':
        c.active = !(yield* this.isLast())
        break
      default:
        c.active = true
    }
    return true
  }
  private *within(c: Command, to: Address): Run<boolean> {
    c.closed = c.from?.type === 'line'
    switch (to.type) {
      case 'line':
        if (this.number >= to.n) c.active = false
        return this.number <= to.n || (c.from !== undefined && c.from.type !== 'line' && (yield* this.matches(c.from)))
      case 'plus': case 'multiple':
        if (this.number >= c.until) c.active = false
        return true
      default:
        if (yield* this.matches(to)) c.active = false
        return true
    }
  }

  // ── output ────────────────────────────────────────────────────────────────────────────────────────────
  private print(): void {
    this.output.line(this.space, this.end, this.complete)
  }
  private *finish(): Run {
    if (!this.quiet) this.print()
    yield* this.flushAppended()
  }
  private *flushAppended(): Run {
    for (const { text, file, line } of this.appended) {
      if (text !== undefined) this.output.text(text)
      else if (line !== undefined) this.output.line(line, this.end, true)
      else if (file !== undefined) this.output.text(decode(yield* this.contents(file)))
    }
    this.appended = []
    if (this.io.sys.isatty(1) || this.options.has('u')) yield* this.io.flush()
    else yield* this.io.drain()
  }
  private *contents(path: string): Run<Uint8Array> {
    try {
      return yield* this.io.sys.readFile(path)
    } catch (error) {
      if (!isErrno(error)) throw error
      return new Uint8Array(0)
    }
  }
  private fileOutput(path: string): Output {
    if (path === '/dev/stdout') return this.output
    let known = this.written.get(path)
    if (!known) {
      const text: string[] = []
      known = { text, output: new Output(path === '/dev/stderr' ? (t) => this.io.err(t) : (t) => text.push(t)) }
      this.written.set(path, known)
    }
    return known.output
  }
  /** Files of `w` are made before anything is read. */
  private *prepareFiles(): Run {
    for (const c of this.commands) {
      const path = c.name === 'w' || c.name === 'W' ? c.text : c.substitution?.write
      if (path === undefined || path.startsWith('/dev/std')) continue
      this.fileOutput(path)
      try {
        yield* this.io.sys.writeFile(path, new Uint8Array(0))
      } catch (error) {
        this.io.err(`${this.io.name}: couldn't open file ${path}: ${reason(error)}\n`)
        throw new Exit(4)
      }
    }
  }

  // ── the cycle ─────────────────────────────────────────────────────────────────────────────────────────
  *run(): Run<number> {
    const { io } = this
    yield* this.prepareFiles()
    let restart = false
    for (;;) {
      if (!restart) {
        const line = yield* this.line()
        if (line === null) break
        this.space = line
        this.substituted = false
      }
      if (io.sys.spend(1 + this.commands.length)) yield 'preempted'
      const how = yield* this.cycle()
      restart = how === 'restart'
      if (how === 'quit') {
        // The rest of a file edited in place stays.
        if (this.place && this.reader) for (let line = yield* this.reader.next(); line !== null; line = yield* this.reader.next()) this.output.line(line, this.end, true)
        yield* this.close()
        break
      }
    }
    for (const [path, { text }] of this.written) if (path !== '/dev/stderr') yield* io.sys.writeFile(path, encode(text.join('')))
    return this.status
  }
  private *cycle(): Run<'next' | 'restart' | 'quit'> {
    for (let pc = 0; pc < this.commands.length; pc++) {
      const c = this.commands[pc]
      if (!c) break
      if ((yield* this.selected(c)) === c.not) {
        if (c.name === '{') pc = c.target - 1
        continue
      }
      switch (c.name) {
        case '=': this.output.text(`${this.number}\n`); break
        case 'a': this.appended.push({ text: c.text }); break
        case 'i': this.output.text(c.text); break
        case 'c':
          if (!c.to || !c.active || c.not) this.output.text(c.text)
          yield* this.flushAppended()
          return 'next'
        case 'd':
          yield* this.flushAppended()
          return 'next'
        case 'D': {
          const cut = this.space.indexOf(this.end)
          yield* this.flushAppended()
          if (cut < 0) return 'next'
          this.space = this.space.slice(cut + 1)
          return 'restart'
        }
        case 'e': yield* this.execute(c.text); break
        case 'g':
          this.space = this.hold
          this.complete = this.holdComplete
          break
        case 'G':
          this.space += this.end + this.hold
          this.complete = this.holdComplete
          break
        case 'h':
          this.hold = this.space
          this.holdComplete = this.complete
          break
        case 'H':
          this.hold += this.end + this.space
          this.holdComplete = this.complete
          break
        case 'x': {
          const { space, complete } = this
          this.space = this.hold
          this.complete = this.holdComplete
          this.hold = space
          this.holdComplete = complete
          break
        }
        case 'l': this.output.text(visible(this.space, Number(c.text === '' ? (this.options.value('l') ?? 70) : c.text))); break
        case 'n': case 'N': {
          if (yield* this.isLast()) {
            // GNU: the pattern space is printed, unless POSIX's way is wanted.
            if (c.name === 'N' && this.io.env('POSIXLY_CORRECT') !== undefined) yield* this.flushAppended()
            else yield* this.finish()
            return 'quit'
          }
          if (c.name === 'n') yield* this.finish()
          else yield* this.flushAppended()
          const line = (yield* this.line()) ?? ''
          this.space = c.name === 'n' ? line : this.space + this.end + line
          break
        }
        case 'p': this.print(); break
        case 'P': {
          const cut = this.space.indexOf(this.end)
          if (cut < 0) this.print()
          else this.output.line(this.space.slice(0, cut), this.end, true)
          break
        }
        case 'q':
          this.status = Number(c.text || this.status)
          yield* this.finish()
          return 'quit'
        case 'Q':
          this.status = Number(c.text || this.status)
          return 'quit'
        case 'r': this.appended.push({ file: c.text }); break
        case 'R': {
          const line = yield* this.lineOf(c.text)
          if (line !== null) this.appended.push({ line })
          break
        }
        case 'w': this.fileOutput(c.text).line(this.space, this.end, this.complete); break
        case 'W': this.fileOutput(c.text).line(this.space.split(this.end)[0] ?? '', this.end, true); break
        case 'z': this.space = ''; break
        case 'F': this.output.text(`${this.files[this.next - 1] ?? '-'}\n`); break
        case 'y': this.space = Array.from(this.space, (ch) => c.map?.get(ch) ?? ch).join(''); break
        case 'b': pc = c.target - 1; break
        case 't':
          if (this.substituted) pc = c.target - 1
          this.substituted = false
          break
        case 'T':
          if (!this.substituted) pc = c.target - 1
          this.substituted = false
          break
        case 's':
          if (c.substitution) yield* this.substitute(c.substitution)
          break
      }
      if ((c.name === 'b' || c.name === 't' || c.name === 'T') && this.io.sys.spend(1)) yield 'preempted'
    }
    yield* this.finish()
    return 'next'
  }
  private *substitute(s: Substitution): Run {
    const result = replaced(this.space, this.regex(s.regex), s)
    if (result === null) return
    this.space = result
    this.substituted = true
    if (s.evaluate) {
      const out = decode(yield* this.shell(this.space))
      this.space = out.endsWith('\n') ? out.slice(0, -1) : out
    }
    if (s.print) this.print()
    if (s.write !== undefined) this.fileOutput(s.write).line(this.space, this.end, this.complete)
  }
  /** A line of a file, each time the next. */
  private *lineOf(path: string): Run<string | null> {
    let reader = this.lineReaders.get(path)
    if (reader === undefined) {
      try {
        reader = new LineReader(yield* openSource(this.io.sys, path === '/dev/stdin' ? '-' : path), this.end.charCodeAt(0))
      } catch (error) {
        if (!isErrno(error)) throw error
        reader = null
      }
      this.lineReaders.set(path, reader)
    }
    return reader ? yield* reader.next() : null
  }
  /** e: runs a command and prints what it says, or runs the pattern space and takes what it says. */
  private *execute(command: string): Run {
    if (command !== '') {
      this.output.text(decode(yield* this.shell(command)))
      return
    }
    const out = decode(yield* this.shell(this.space))
    this.space = out.endsWith('\n') ? out.slice(0, -1) : out
  }
  private *shell(command: string): Run<Uint8Array> {
    const { sys } = this.io
    yield* this.io.flush()
    const { read, write } = sys.pipe()
    const pid = sys.fork(function* (child) {
      child.dup2(write, 1)
      child.close(read)
      if (write !== 1) child.close(write)
      return yield* child.exec('/bin/sh', ['sh', '-c', command], child.env)
    })
    sys.close(write)
    const output = yield* readToEnd(() => sys.read(read, 65_536))
    sys.close(read)
    yield* sys.wait(pid)
    return output
  }
}
