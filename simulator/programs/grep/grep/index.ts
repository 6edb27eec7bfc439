/** grep(1) 3.8. Recordings: shell/userland, cri-node/tty (colours). */

import { closeout } from '../../closeout'
import { effort } from '../../../kernel/effort'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { RegexError } from '../../../regex'
import { command, type Options } from '../../options'
import { type Io, Exit } from '../../program'
import { allLines, LineReader, locale, openSource, reason, type Source } from '../../coreutils/files'
import { inside, statOrNull } from '../../coreutils/copying'
import { fnmatch } from '../../libc/fnmatch'
import { HELP, VERSION } from './help'
import { type Palette, palette } from './colors'
import { NotSimulated, PerlSyntaxError } from './perl'
import { NulsAsNewlines } from './nuls'
import { checked, finder, type Find, perlComplaint } from './pattern'

const BINARY = /[\0\udc80-\udcff]/
/** Bytes that are no characters; in -z's lines a NUL ends the line. */
const ENCODING = /[\udc80-\udcff]/
/** Units of work after which it is seen whether the slice is over. */
const WORK = 100
/** What a file costs the host, in microseconds, whatever is in it: many of /proc are made when they are read. */
const COST = 60

const usageLine = (name: string): string => `Usage: ${name} [OPTION]... PATTERNS [FILE]...\n`

export default command({
  unwritten: closeout(2),
  summary: 'print lines that match patterns', help: HELP, version: VERSION, failure: 2,
  hidden: '  -0\n  -1\n  -2\n  -3\n  -4\n  -5\n  -6\n  -7\n  -8\n  -9\n      --color[=WHEN], --colour[=WHEN]  x\n  -y, --old-ignore-case  x\n  -E, --extended-regexp  x\n  -u, --unix-byte-offsets  x\n',
  rewrite: (args) => args.map((a, i) => (/^-\d+$/.test(a) && !/^-[^-]*[ABCefm]$/.test(args[i - 1] ?? '') ? `-C${a.slice(1)}` : a)),
  usage: { before: usageLine },
  *run(io, options) {
    const search = yield* prepare(io, options)
    return yield* search.run()
  },
})

const BINARY_FILES = ['binary', 'text', 'without-match']
const WHEN = ['always', 'yes', 'force', 'never', 'no', 'none', 'auto', 'tty', 'if-tty']

/** Values that are looked at before anything else; --color of another word shows the help. */
function checkValues(io: Io, options: Options): void {
  for (const { name, value } of options.given) {
    if (name === 'directories') argmatch(io, value ?? '', '--directories', ['read', 'recurse', 'skip'])
    if (name === 'devices' && value !== 'read' && value !== 'skip') complaint(io, 'unknown devices method')
    if (name === 'binary-files' && !BINARY_FILES.includes(value ?? '')) complaint(io, 'unknown binary-files type')
    if (name === 'color' && value !== undefined && !WHEN.includes(value)) {
      io.out(HELP)
      throw new Exit(0)
    }
  }
}

function complaint(io: Io, message: string): never {
  io.err(`${io.name}: ${message}\n`)
  throw new Exit(2)
}

function argmatch(io: Io, value: string, option: string, words: readonly string[]): void {
  if (words.includes(value)) return
  const quote = (text: string): string => locale(io, text)
  io.err(`${io.name}: invalid argument ${quote(value)} for ${quote(option)}\nValid arguments are:\n${words.map((w) => `  - ${quote(w)}\n`).join('')}${usageLine(io.name)}Try '${io.name} --help' for more information.\n`)
  throw new Exit(1)
}

function* prepare(io: Io, options: Options): Run<Search> {
  checkValues(io, options)
  const given = [...options.values('e')]
  let operands = options.operands
  for (const file of options.values('f')) {
    const { lines, status } = yield* allLines(io, [file])
    if (status !== 0) throw new Exit(2)
    given.push(...lines)
  }
  if (options.values('e').length === 0 && options.values('f').length === 0) {
    const [first, ...rest] = operands
    if (first === undefined) {
      io.err(`${usageLine(io.name)}Try '${io.name} --help' for more information.\n`)
      throw new Exit(2)
    }
    given.push(first)
    operands = rest
  }
  const kinds = new Set((['G', 'E', 'F', 'P'] as const).filter((k) => options.has(k)))
  const [kind = 'G', other] = kinds
  if (other) {
    io.err(`${io.name}: conflicting matchers specified\n`)
    throw new Exit(2)
  }
  if (options.has('u')) io.err(`${io.name}: warning: --unix-byte-offsets (-u) is obsolete\n`)
  const whole = options.has('x') ? 'line' : options.has('w') ? 'word' : 'any'
  try {
    const warnings: string[] = []
    const patterns = given.flatMap((p) => p.split('\n')).map((p) => (kind === 'G' || kind === 'E' ? checked(p, kind, (message) => warnings.push(message)) : p))
    const find = finder(patterns, kind, { icase: options.has('i', 'y') && options.last('i', 'y', 'no-ignore-case') !== 'no-ignore-case', whole })
    for (const message of warnings) io.err(`${io.name}: warning: ${message}\n`)
    return new Search(io, options, find, operands)
  } catch (error) {
    if (error instanceof RegexError) io.err(`${io.name}: ${error.message}\n`)
    else if (error instanceof PerlSyntaxError) io.err(`${io.name}: ${error.message}\n`)
    else if (error instanceof NotSimulated) {
      io.err(`${io.name}: not simulated in this lab\n`)
      throw new Exit(125)
    } else if (error instanceof SyntaxError) io.err(`${io.name}: ${perlComplaint(error.message)}\n`)
    else throw error
    throw new Exit(2)
  }
}

class Search {
  private readonly io: Io
  private readonly options: Options
  private readonly find: Find
  private readonly files: readonly string[]
  private readonly recursive: boolean
  private readonly names: boolean
  private readonly before: number
  private readonly after: number
  private readonly max: number
  private readonly color: boolean
  private readonly colors: Palette
  private readonly include: readonly string[]
  private readonly exclude: readonly string[]
  private readonly excludeDirs: readonly string[]
  /** What stands between groups of context; null: nothing. */
  private readonly between: string | null
  private matched = false
  private failed = false
  private separated = false
  /** -T: as wide as the file's size has digits. */
  private numberWidth = 0
  constructor(io: Io, options: Options, find: Find, operands: readonly string[]) {
    this.io = io
    this.options = options
    this.find = find
    this.recursive = options.has('r', 'R') || options.value('d') === 'recurse'
    this.files = operands.length > 0 ? operands : [this.recursive ? '.' : '-']
    this.names = options.last('H', 'h') === 'H' || (options.last('H', 'h') !== 'h' && (this.files.length > 1 || (this.recursive && operands.length === 0) || (this.recursive && this.files.some((f) => statOrNull(io.sys, f)?.kind === 'dir'))))
    // Digits among other letters: -Z9 is -Z -C9.
    const digits = options.given.filter((g) => /^\d$/.test(g.name)).map((g) => g.name).join('')
    const context = options.value('C') ?? (digits === '' ? undefined : digits)
    for (const text of [context, options.value('A'), options.value('B')]) {
      if (text !== undefined && !/^\d+$/.test(text)) {
        io.err(`${io.name}: ${text}: invalid context length argument\n`)
        throw new Exit(2)
      }
    }
    this.before = Number(options.value('B') ?? context ?? 0)
    this.after = Number(options.value('A') ?? context ?? 0)
    const most = options.value('m')
    if (most !== undefined && !/^-?\d+$/.test(most)) {
      io.err(`${io.name}: invalid max count\n`)
      throw new Exit(2)
    }
    this.max = most === undefined || Number(most) < 0 ? Infinity : Number(most)
    const color = options.given.findLast((g) => g.name === 'color')
    const mode = color ? (color.value ?? 'auto') : 'never'
    this.color = mode === 'always' || mode === 'yes' || mode === 'force' || (mode === 'auto' && io.sys.isatty(1) && io.env('TERM') !== 'dumb')
    this.colors = palette(io, options.has('v') ? 'inverted' : 'plain')
    this.include = options.values('include')
    this.exclude = options.values('exclude')
    this.excludeDirs = options.values('exclude-dir').map((g) => g.replace(/(?<=.)\/+$/, ''))
    this.between = options.last('group-separator', 'no-group-separator') === 'no-group-separator' ? null : (options.value('group-separator') ?? '--')
  }
  *run(): Run<number> {
    for (const path of this.files) {
      yield* this.path(path, path, 'operand')
      if (this.matched && this.options.has('q')) return 0
    }
    return this.failed && !(this.matched && this.options.has('q')) ? 2 : this.matched ? 0 : 1
  }
  private complain(message: string): void {
    this.failed = true
    if (!this.options.has('s')) this.io.err(`${this.io.name}: ${message}\n`)
  }
  private *path(path: string, shownAs: string, origin: 'operand' | 'found'): Run {
    const { io, options } = this
    const base = path.split('/').at(-1) ?? path
    if (io.sys.spend(0, COST)) yield 'preempted'
    try {
      const stat = path === '-' ? null : origin === 'operand' ? io.sys.stat(path) : options.has('R') ? io.sys.stat(path) : io.sys.lstat(path)
      if (stat?.kind === 'dir') {
        if (!this.recursive) {
          if (options.value('d') !== 'skip') {
            this.complain(`${path}: Is a directory`)
            this.total(shownAs, 0)
          }
          return
        }
        if (origin === 'found' && this.excludeDirs.some((p) => fnmatch(p, base))) return
        for (const entry of io.sys.readdir(path)) {
          const omitDot = path === '.' && options.operands.length <= (options.values('e').length > 0 ? 0 : 1)
          yield* this.path(inside(path, entry.name), omitDot ? entry.name : inside(shownAs, entry.name), 'found')
          if (this.matched && options.has('q')) return
        }
        return
      }
      if (origin === 'found' && stat && stat.kind !== 'file') return
      if (this.include.length > 0 && !this.include.some((p) => fnmatch(p, base))) return
      if (this.exclude.some((p) => fnmatch(p, base) || fnmatch(p, path))) return
      const source = yield* openSource(io.sys, path)
      if (options.has('T')) {
        const own = io.sys.fstat(source.fd)
        this.numberWidth = own.kind === 'file' ? String(own.size).length : 19
      }
      yield* this.file(source, path === '-' ? (options.value('label') ?? '(standard input)') : shownAs)
      source.close()
    } catch (error) {
      if (!isErrno(error)) throw error
      this.complain(`${shownAs}: ${reason(error)}`)
    }
    yield* io.drain()
  }
  private paint(code: string, text: string): string {
    const erase = this.colors.erases ? '\x1b[K' : ''
    return this.color && text !== '' && code !== '' ? `\x1b[${code}m${erase}${text}\x1b[m${erase}` : text
  }
  private head(name: string, number: number, offset: number, mark: ':' | '-'): string {
    const { options } = this
    const separator = this.paint(this.colors.separator, mark)
    let out = ''
    if (this.names) out += this.paint(this.colors.name, name) + (options.has('Z') ? '\0' : separator)
    if (options.has('n')) out += this.paint(this.colors.line, String(number).padStart(this.numberWidth)) + separator
    if (options.has('b')) out += this.paint(this.colors.offset, String(offset).padStart(this.numberWidth)) + separator
    if (options.has('T') && out !== '') out += '\t'
    return out
  }
  /** A line in its colours: lines that match have their matches in theirs, also as the context of -v. */
  private painted(line: string, kind: 'selected' | 'context'): string {
    if (!this.color) return line
    const { colors } = this
    const erase = colors.erases ? '\x1b[K' : ''
    const own = colors[kind]
    const begins = own === '' ? '' : `\x1b[${own}m${erase}`
    let out = ''
    let at = 0
    if ((kind === 'selected') !== this.options.has('v')) [out, at] = this.matches(line, begins, kind === 'selected' ? colors.match : colors.contextMatch)
    return at < line.length ? out + this.paint(own, line.slice(at)) : out
  }
  /** The line up to the end of its last match, and how far that is. */
  private matches(line: string, begins: string, code: string): [string, number] {
    let out = ''
    let at = 0
    for (let from = 0; from <= line.length; ) {
      const m = this.find(line, from)
      if (!m) break
      if (m[1] === m[0]) {
        from = m[1] + 1
        continue
      }
      out += begins + line.slice(at, m[0]) + this.paint(code, line.slice(m[0], m[1]))
      at = from = m[1]
    }
    return [out, at]
  }
  private *file(source: Source, name: string): Run {
    const { io, options, find } = this
    const invert = options.has('v')
    const quiet = options.has('q')
    const listing = options.last('l', 'L')
    const counting = options.has('c')
    const only = options.has('o')
    const end = options.has('z') ? '\0' : '\n'
    const text = options.has('a', 'text') || options.value('binary-files') === 'text'
    const silent = quiet || listing !== undefined || counting
    const nuls = text || end === '\0' ? null : new NulsAsNewlines(source, (find('', 0) !== null) !== invert ? 'count' : 'skip')
    const reader = new LineReader(nuls ?? source, end.charCodeAt(0))
    let count = 0
    let number = 0
    let offset = 0
    let binary = false
    let trailing = 0
    // Before the file's first line: a group of another file is never its neighbour.
    let lastShown = -1
    const recent: { line: string; number: number; offset: number }[] = []
    reading: for (;;) {
      const lines = yield* reader.batch()
      if (lines === null) break
      let out = ''
      if (!text && !binary && lines.some((l) => (end === '\0' ? ENCODING : BINARY).test(l))) binary = true
      if (nuls?.seen) binary = true
      let units = 0
      for (const line of lines) {
        if (units + effort.units > WORK) {
          if (io.sys.spend(units)) yield 'preempted'
          units = 0
        }
        number++
        units += 1 + (line.length >> 5)
        const here = offset
        offset += (options.has('b') ? bytesIn(line) : line.length) + 1
        const hit = count < this.max && (find(line, 0) !== null) !== invert
        if (hit) {
          count++
          this.matched = true
          if (quiet || listing === 'l') break reading
          if (silent) {
            if (count >= this.max) break reading
            continue
          }
          if (binary) {
            io.out(out)
            if (options.value('binary-files') !== 'without-match' && !options.has('I')) io.err(`${io.name}: ${name}: binary file matches\n`)
            return
          }
          if ((this.before > 0 || this.after > 0) && this.separated && number - recent.length > lastShown + 1) if (this.between !== null) out += `${this.paint(this.colors.separator, this.between)}\n`
          if (!only) for (const old of recent) out += this.head(name, old.number, old.offset, '-') + this.painted(old.line, 'context') + end
          recent.length = 0
          this.separated = true
          if (only) {
            if (!invert) for (let from = 0; from <= line.length; ) {
              const m = find(line, from)
              if (!m) break
              if (m[1] > m[0]) out += this.head(name, number, options.has('b') ? here + bytesIn(line.slice(0, m[0])) : here, ':') + this.paint(this.colors.match, line.slice(m[0], m[1])) + end
              from = m[1] > m[0] ? m[1] : m[1] + 1
            }
          } else out += this.head(name, number, here, ':') + this.painted(line, 'selected') + end
          lastShown = number
          trailing = this.after
          if (count >= this.max && trailing === 0) {
            io.out(out)
            break reading
          }
        } else if (trailing > 0 && !silent) {
          trailing--
          if (!only) out += this.head(name, number, here, '-') + this.painted(line, 'context') + end
          lastShown = number
          if (count >= this.max && trailing === 0) {
            io.out(out)
            break reading
          }
        } else if (count >= this.max) break reading
        else if (this.before > 0 && !silent) {
          recent.push({ line, number, offset: here })
          if (recent.length > this.before) recent.shift()
        }
      }
      io.out(out)
      if (io.sys.spend(units)) yield 'preempted'
      yield* io.drain()
      if (source.fd === 0) yield* io.flush()
    }
    this.total(name, count)
  }
  /** What is said of a file as a whole. */
  private total(name: string, count: number): void {
    const { io, options } = this
    const listing = options.last('l', 'L')
    if (options.has('q')) return
    const nul = options.has('Z') ? '\0' : '\n'
    if (options.has('c') && listing === undefined) io.out(`${this.names ? this.paint(this.colors.name, name) + (options.has('Z') ? '\0' : this.paint(this.colors.separator, ':')) : ''}${count}\n`)
    if (listing === 'l' && count > 0) io.out(this.paint(this.colors.name, name) + nul)
    if (listing === 'L') {
      if (count === 0) {
        io.out(this.paint(this.colors.name, name) + nul)
      }
    }
  }
}

const bytesIn = (text: string): number => {
  let n = 0
  for (const c of text) {
    const code = c.codePointAt(0) ?? 0
    n += code < 0x80 || (code >= 0xdc80 && code <= 0xdcff) ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return n
}
