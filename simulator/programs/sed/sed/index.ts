/** sed(1) 4.9. */
import { decode, encode } from '../../../kernel/bytes'
import type { Run } from '../../../kernel/run'
import type { Regex } from '../../../regex'
import { command, type Options } from '../../options'
import type { Io } from '../../program'
import { LineReader, openSource, reason, type Source } from '../../coreutils/files'
import { statOrNull } from '../../coreutils/copying'
import { HELP, VERSION } from './help'
import { type Address, type Command, parseScript, ScriptError } from './parse'

export default command({
  summary: 'stream editor for filtering and transforming text', help: HELP, version: VERSION,
  hidden: '  -e SCRIPT, --expression=SCRIPT\n  -f FILE, --file=FILE\n  -l N, --line-length=N\n  -E, -r, --regexp-extended\n  -n, --quiet, --silent\n  -s, --separate\n  -i[SUFFIX], --in-place[=SUFFIX]\n  -z, --null-data\n',
  *run(io, options) {
    let operands = options.operands
    const parts: string[] = []
    const from: string[] = []
    for (const { name, value } of options.given) {
      if (name === 'expression') parts.push(value ?? '')
      if (name === 'file') {
        parts.push(decode(yield* io.sys.readFile(value ?? '')).replace(/\n$/, ''))
        from.push(value ?? '')
      }
    }
    if (parts.length === 0) {
      const [first, ...rest] = operands
      if (first === undefined) {
        io.err(HELP.replace(/^GNU sed home page[\s\S]*/m, (t) => t))
        return 1
      }
      parts.push(first)
      operands = rest
    }
    const source = parts.join('\n')
    try {
      const commands = parseScript(source, options.has('E', 'r') ? 'ere' : 'bre')
      return yield* new Editor(io, options, commands, operands).run()
    } catch (error) {
      if (!(error instanceof ScriptError)) throw error
      // Positions count within the expression (or line) that is wrong.
      let at = error.at
      let expression = 1
      for (const part of parts.slice(0, -1)) {
        if (at <= part.length) break
        at -= part.length + 1
        expression++
      }
      io.err(error.at < 0 ? `${io.name}: -e expression #1, char ${source.length}: ${error.message}\n`.replace(/-e expression #1, char \d+: (can't find label)/, '$1') : `${io.name}: -e expression #${expression}, char ${at}: ${error.message}\n`)
      return 1
    }
  },
})

class Editor {
  private readonly io: Io
  private readonly options: Options
  private readonly commands: Command[]
  private readonly files: readonly string[]
  private readonly end: string
  private next = 0
  private reader: LineReader | null = null
  private source: Source | null = null
  private number = 0
  private space = ''
  private hold = ''
  private appended: { text?: string; file?: string }[] = []
  private status = 0
  private lastRegex: Regex | null = null
  private place: { path: string; text: string[] } | null = null
  private readonly written = new Map<string, string[]>()
  private newline = true
  constructor(io: Io, options: Options, commands: Command[], files: readonly string[]) {
    this.io = io
    this.options = options
    this.commands = commands
    this.files = files.length > 0 ? files : ['-']
    this.end = options.has('z') ? '\0' : '\n'
  }
  private out(text: string): void {
    if (this.place) this.place.text.push(text)
    else this.io.out(text)
  }
  /** Opens the next file that can be read; false when none is left. */
  private *open(): Run<boolean> {
    const { io } = this
    while (this.next < this.files.length) {
      const path = this.files[this.next++] ?? '-'
      try {
        if (path !== '-' && io.sys.stat(path).kind === 'dir') {
          io.err(this.options.has('i') ? `${io.name}: couldn't edit ${path}: not a regular file\n` : `${io.name}: couldn't read ${path}: Is a directory\n`.replace("couldn't read", 'read error on').replace(': Is', ': Is'))
          this.status = this.options.has('i') ? 4 : 2
          continue
        }
        this.source = yield* openSource(io.sys, path)
        this.reader = new LineReader(this.source, this.end.charCodeAt(0))
        if (this.options.has('i') && path !== '-') this.place = { path, text: [] }
        if (this.options.has('i', 's')) this.number = 0
        return true
      } catch (error) {
        io.err(`${io.name}: can't read ${path}: ${reason(error)}\n`)
        this.status = 2
      }
    }
    return false
  }
  private *close(): Run {
    this.source?.close()
    this.source = null
    this.reader = null
    if (!this.place) return
    const { path, text } = this.place
    const suffix = this.options.value('i')
    const stat = statOrNull(this.io.sys, path)
    if (suffix) this.io.sys.rename(path, suffix.includes('*') ? suffix.replaceAll('*', path) : path + suffix)
    else this.io.sys.unlink(path)
    yield* this.io.sys.writeFile(path, encode(text.join('')), { mode: stat?.mode ?? 0o644 })
    if (stat) this.io.sys.chmod(path, stat.mode)
    this.place = null
  }
  private *line(): Run<string | null> {
    for (;;) {
      if (!this.reader && !(yield* this.open())) return null
      const line = yield* (this.reader as LineReader).next()
      if (line !== null) {
        this.newline = (this.reader as LineReader).terminated || !(yield* (this.reader as LineReader).atEnd())
        this.number++
        return line
      }
      yield* this.close()
    }
  }
  private *isLast(): Run<boolean> {
    if (this.reader && !(yield* this.reader.atEnd())) return false
    if (this.options.has('i', 's')) return true
    while (this.next < this.files.length) {
      const path = this.files[this.next] ?? ''
      const stat = path === '-' ? null : statOrNull(this.io.sys, path)
      if (path === '-' || (stat && stat.size > 0)) return false
      if (!stat) return this.files.slice(this.next).every((p) => !statOrNull(this.io.sys, p))
      this.next++
    }
    return true
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
  private regex(regex: Regex | null | undefined): Regex {
    if (regex) this.lastRegex = regex
    if (!this.lastRegex) throw new ScriptError(0, 'no previous regular expression')
    return this.lastRegex
  }
  private *selected(c: Command): Run<boolean> {
    if (!c.from) return true
    if (!c.to) return yield* this.matches(c.from)
    if (!c.active) {
      const zero = c.from.type === 'line' && c.from.n === 0
      if (zero ? this.number !== 1 || c.until === -2 : !(yield* this.matches(c.from))) return false
      if (zero) {
        c.until = -2
        if (c.to.type === 'regex' && this.regex(c.to.regex).test(this.space)) return true
        c.active = true
        return true
      }
      if (c.to.type === 'line') c.active = c.to.n > this.number
      else if (c.to.type === 'plus') {
        c.until = this.number + c.to.n
        c.active = c.to.n > 0
      } else if (c.to.type === 'multiple') {
        c.until = c.to.n === 0 ? this.number : Math.ceil(this.number / c.to.n) * c.to.n
        c.active = c.until > this.number
      } else if (c.to.type === 'last') c.active = !(yield* this.isLast())
      else c.active = true
      return true
    }
    if (c.to.type === 'line') {
      if (this.number >= c.to.n) c.active = false
      return this.number <= c.to.n
    }
    if (c.to.type === 'plus' || c.to.type === 'multiple') {
      if (this.number >= c.until) c.active = false
      return true
    }
    if (yield* this.matches(c.to)) c.active = false
    return true
  }
  private *finish(): Run {
    if (!this.options.has('n')) this.out(this.space + (this.newline ? this.end : ''))
    yield* this.flushAppended()
  }
  private *flushAppended(): Run {
    for (const { text, file } of this.appended) {
      if (text !== undefined) this.out(text)
      else if (file !== undefined && statOrNull(this.io.sys, file)) this.out(decode(yield* this.io.sys.readFile(file)))
    }
    this.appended = []
    yield* this.io.drain()
  }
  *run(): Run<number> {
    const { io } = this
    let restart = false
    for (;;) {
      if (!restart) {
        const line = yield* this.line()
        if (line === null) break
        this.space = line
      }
      restart = false
      if (io.sys.spend(1 + this.commands.length)) yield 'preempted'
      const how = yield* this.cycle()
      if (how === 'restart') {
        restart = true
        continue
      }
      if (how === 'quit') {
        if (this.place) {
          for (let line = yield* (this.reader as LineReader).next(); line !== null; line = yield* (this.reader as LineReader).next()) this.out(line + this.end)
        }
        yield* this.close()
        break
      }
    }
    for (const [path, text] of this.written) yield* io.sys.writeFile(path, encode(text.join('')))
    return this.status
  }
  private write(path: string, text: string): void {
    if (path === '/dev/stdout') return this.out(text)
    if (path === '/dev/stderr') return this.io.err(text)
    const list = this.written.get(path)
    if (list) list.push(text)
    else this.written.set(path, [text])
  }
  private *cycle(): Run<'next' | 'restart' | 'quit'> {
    let substituted = false
    for (let pc = 0; pc < this.commands.length; pc++) {
      const c = this.commands[pc] as Command
      if ((yield* this.selected(c)) === c.not) {
        if (c.name === '{') pc = c.target
        continue
      }
      switch (c.name) {
        case '=': this.out(`${this.number}\n`); break
        case 'a': this.appended.push({ text: c.text }); break
        case 'i': this.out(c.text); break
        case 'c':
          if (!c.to || !c.active || c.not) this.out(c.text)
          yield* this.flushAppended()
          return 'next'
        case 'd':
          yield* this.flushAppended()
          return 'next'
        case 'D': {
          const cut = this.space.indexOf('\n')
          yield* this.flushAppended()
          if (cut < 0) return 'next'
          this.space = this.space.slice(cut + 1)
          return 'restart'
        }
        case 'g': this.space = this.hold; break
        case 'G': this.space += `\n${this.hold}`; break
        case 'h': this.hold = this.space; break
        case 'H': this.hold += `\n${this.space}`; break
        case 'x': {
          const swap = this.space
          this.space = this.hold
          this.hold = swap
          break
        }
        case 'l': this.out(visible(this.space, c.text === '' ? Number(this.options.value('l') ?? 70) : Number(c.text))); break
        case 'n': {
          if (yield* this.isLast()) {
            yield* this.finish()
            return 'quit'
          }
          yield* this.finish()
          this.space = (yield* this.line()) ?? ''
          break
        }
        case 'N': {
          if (yield* this.isLast()) {
            yield* this.finish()
            return 'quit'
          }
          yield* this.flushAppended()
          this.space += `\n${(yield* this.line()) ?? ''}`
          break
        }
        case 'p': this.out(this.space + this.end); break
        case 'P': this.out((this.space.split('\n')[0] ?? '') + this.end); break
        case 'q':
          yield* this.finish()
          this.status = Number(c.text || this.status)
          return 'quit'
        case 'Q':
          this.status = Number(c.text || 0)
          return 'quit'
        case 'r': this.appended.push({ file: c.text }); break
        case 'w': this.write(c.text, `${this.space}\n`); break
        case 'z': this.space = ''; break
        case 'F': this.out(`${this.files[this.next - 1] ?? '-'}\n`); break
        case 'y': this.space = [...this.space].map((ch) => c.map?.get(ch) ?? ch).join(''); break
        case 'b': pc = c.target - 1; break
        case 't':
          if (substituted) pc = c.target - 1
          substituted = false
          break
        case 'T':
          if (!substituted) pc = c.target - 1
          substituted = false
          break
        case 's': {
          const result = substitute(this.space, this.regex(c.regex), c.replacement ?? '', c.flags?.global ?? false, c.flags?.nth ?? 0)
          if (result === null) break
          this.space = result
          substituted = true
          if (c.flags?.print) this.out(this.space + this.end)
          if (c.flags?.write !== undefined) this.write(c.flags.write, `${this.space}\n`)
          break
        }
      }
    }
    yield* this.finish()
    return 'next'
  }
}

function substitute(text: string, regex: Regex, replacement: string, global: boolean, nth: number): string | null {
  let out = ''
  let at = 0
  let count = 0
  let changed = false
  let lastEnd = -1
  for (let from = 0; from <= text.length; ) {
    const m = regex.exec(text, from)
    if (!m) break
    const [start, end] = m[0] as [number, number]
    if (start === end && start === lastEnd) {
      from = start + 1
      continue
    }
    count++
    if (count >= Math.max(1, nth)) {
      out += text.slice(at, start) + expand(replacement, text, m)
      at = end
      changed = true
      if (!global) break
    }
    lastEnd = end
    from = end === start ? end + 1 : end
  }
  return changed ? out + text.slice(at) : null
}

function expand(replacement: string, text: string, m: readonly [number, number][]): string {
  let out = ''
  let mode: 'none' | 'U' | 'L' = 'none'
  let once: 'none' | 'u' | 'l' = 'none'
  const put = (piece: string): void => {
    let p = mode === 'U' ? piece.toUpperCase() : mode === 'L' ? piece.toLowerCase() : piece
    if (once !== 'none' && p !== '') {
      const [first = '', ...rest] = p
      p = (once === 'u' ? first.toUpperCase() : first.toLowerCase()) + rest.join('')
      once = 'none'
    }
    out += p
  }
  const group = (n: number): string => {
    const g = m[n]
    return g && g[0] >= 0 ? text.slice(g[0], g[1]) : ''
  }
  for (let i = 0; i < replacement.length; i++) {
    const c = replacement[i] ?? ''
    if (c === '&') put(group(0))
    else if (c === '\\') {
      const n = replacement[++i] ?? ''
      if (/\d/.test(n)) put(group(Number(n)))
      else if (n === 'U' || n === 'L') mode = n
      else if (n === 'E') mode = 'none'
      else if (n === 'u' || n === 'l') once = n
      else put({ n: '\n', t: '\t', f: '\f', v: '\v', a: '\x07', r: '\r' }[n] ?? n)
    } else put(c)
  }
  return out
}

/** The l command: escapes, and lines folded with a backslash. */
function visible(text: string, width: number): string {
  let out = ''
  let column = 0
  for (const byte of encode(text)) {
    const c = String.fromCharCode(byte)
    const piece = { '\\': '\\\\', '\n': '\\n', '\t': '\\t', '\r': '\\r', '\f': '\\f', '\v': '\\v', '\b': '\\b', '\x07': '\\a' }[c] ?? (byte < 32 || byte > 126 ? `\\${byte.toString(8).padStart(3, '0')}` : c)
    if (width > 1 && column + piece.length > width - 1) {
      out += '\\\n'
      column = 0
    }
    out += piece
    column += piece.length
  }
  return `${out}$\n`
}
