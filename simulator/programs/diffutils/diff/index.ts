/** diff(1) of diffutils 3.8. Sources: diff.info, POSIX diff; recordings: shell/userland. */
import { streamCloseout } from '../../closeout'
import { decode } from '../../../kernel/bytes'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import type { Stat } from '../../../kernel/sys'
import type { Timespec } from '../../../kernel/time'
import { readToEnd } from '../../../kernel/read-to-end'
import { compile, RegexError } from '../../../regex'
import { baseName, inside, statOrNull } from '../../coreutils/copying'
import { strftime } from '../../coreutils/date/strftime'
import { cEscape, shellEscape } from '../../coreutils/quoting'
import { openSource, reason } from '../../coreutils/files'
import { fnmatch } from '../../libc/fnmatch'
import { zoneOf } from '../../libc/timezone'
import { command, type Options } from '../../options'
import { Exit, type Io } from '../../program'
import { type Change, compareLines, type Ends } from './compare'
import { HELP, VERSION } from './help'
import { context, ed, forwardEd, type Look, merged, normal, rcs, sideBySide, type Style, type Text, unified } from './styles'

const NOT_SIMULATED = ['l', 'line-format', 'old-line-format', 'new-line-format', 'unchanged-line-format', 'old-group-format', 'new-group-format', 'changed-group-format', 'unchanged-group-format', 'GTYPE-group-format', 'LTYPE-line-format']

/** Which option asks for which style; two different ones exclude each other. */
const STYLES: readonly (readonly [names: readonly string[], style: Style])[] = [
  [['normal'], normal], [['c', 'C', 'context'], context], [['u', 'U', 'unified'], unified], [['ed'], ed], [['f'], forwardEd], [['rcs'], rcs], [['side-by-side'], sideBySide], [['ifdef'], merged],
]

export default command({
  unwritten: streamCloseout,
  summary: 'compare files line by line', help: HELP, version: VERSION, failure: 2, hint: 'named', size: 139_960,
  hidden: `  -c
  -C NUM
  --context[=NUM]
  -u
  -U NUM
  --unified[=NUM]
  -f
  -l, --paginate
  -F, --show-function-line=RE
  -D, --ifdef=NAME
  -L, --label=LABEL
  --line-format=LFMT
  --old-line-format=LFMT
  --new-line-format=LFMT
  --unchanged-line-format=LFMT
  --old-group-format=GFMT
  --new-group-format=GFMT
  --changed-group-format=GFMT
  --unchanged-group-format=GFMT
  --from-file=FILE
  --to-file=FILE
  --tabsize=NUM
  --horizon-lines=NUM
  -h
  -H, --speed-large-files
`,
  rewrite: (args) => args.flatMap((a) => (/^-\d+$/.test(a) ? ['-C', a.slice(1)] : [a])),
  *run(io, options) {
    if (options.has(...NOT_SIMULATED)) {
      io.err(`${io.name}: not simulated in this lab\n`)
      return 125
    }
    try {
      return yield* new Diff(io, options).run()
    } catch (error) {
      if (!(error instanceof RegexError)) throw error
      io.err(`${io.name}: ${error.message}\n`)
      return 2
    }
  },
})

type Side = { readonly path: string; readonly stat: Stat | null; readonly shown: string }

class Diff {
  private readonly io: Io
  private readonly options: Options
  private readonly style: Style
  private readonly look: Look
  private readonly labels: readonly string[]
  private readonly excluded: string[] = []
  private readonly passedOver: ((line: string) => boolean) | null
  private lines: { a: Text; b: Text } | null = null
  constructor(io: Io, options: Options) {
    this.io = io
    this.options = options
    this.style = this.chosenStyle()
    this.labels = options.values('label')
    this.passedOver = this.ignoredLines()
    const color = this.colors()
    const found = options.value('F')
    const shows = found !== undefined ? compile(found, { syntax: 'bre' }) : options.has('p') ? compile('^[[:alpha:]$_]', { syntax: 'bre' }) : null
    this.look = {
      context: this.contextSize(), paint: color ? (code, text) => `\x1b[${code}m${text}\x1b[0m` : (_, text) => text,
      initialTab: options.has('T'), expandTabs: options.has('t'), tabsize: this.number('tabsize', 8), width: this.number('W', 130),
      leftColumn: options.has('left-column'), suppressCommon: options.has('suppress-common-lines'), showFunction: shows ? (line) => shows.test(line) : null,
      macro: options.value('ifdef') ?? '', ignorable: (change) => this.ignorable(change),
    }
  }
  private wrong(message: string): never {
    this.io.err(`${this.io.name}: ${message}\n${this.io.name}: Try '${this.io.name} --help' for more information.\n`)
    throw new Exit(2)
  }
  private number(name: string, usual: number): number {
    const text = this.options.value(name)
    if (text === undefined) return usual
    if (!/^[1-9]\d*$/.test(text)) this.wrong(`invalid ${name === 'W' ? 'width' : 'tabsize'} '${text}'`)
    return Number(text)
  }
  private chosenStyle(): Style {
    const { options } = this
    const asked = STYLES.filter(([names]) => options.has(...names))
    if (asked.length > 1) this.wrong('conflicting output style options')
    if (asked.length === 0 && options.has('p')) return context
    return asked[0]?.[1] ?? normal
  }
  private contextSize(): number {
    let size = this.style === context || this.style === unified ? 3 : 0
    let given: number | null = null
    for (const { name, value } of this.options.given) {
      if (!['C', 'U', 'context', 'unified'].includes(name) || value === undefined) continue
      if (!/^\d+$/.test(value)) this.wrong(`invalid context length '${value}'`)
      given = Math.max(given ?? 0, Number(value))
    }
    if (given !== null) size = given
    return size
  }
  private colors(): boolean {
    const given = this.options.given.findLast((g) => g.name === 'color')
    const when = given ? (given.value ?? 'auto') : 'never'
    if (!['never', 'always', 'auto'].includes(when)) this.wrong(`invalid color '${when}'`)
    return when === 'always' || (when === 'auto' && this.io.sys.isatty(1) && this.io.env('TERM') !== 'dumb')
  }
  /** -I: lines that match any of the expressions; -B: lines without anything. */
  private ignoredLines(): ((line: string) => boolean) | null {
    const expressions = this.options.values('I').map((e) => compile(e, { syntax: 'bre' }))
    const blank = this.options.has('B')
    if (expressions.length === 0 && !blank) return null
    const loose = this.options.has('b', 'w', 'Z')
    return (line) => (blank && (loose ? line.trim() === '' : line === '')) || expressions.some((e) => e.test(line))
  }
  private ignorable({ from, to, deleted, inserted }: Change): boolean {
    const { passedOver, lines } = this
    if (!passedOver || !lines) return false
    return lines.a.lines.slice(from, from + deleted).every(passedOver) && lines.b.lines.slice(to, to + inserted).every(passedOver)
  }

  *run(): Run<number> {
    const { options, io } = this
    for (const file of options.values('X')) {
      try {
        this.excluded.push(...decode(yield* io.sys.readFile(file)).split('\n').filter((l) => l !== ''))
      } catch (error) {
        io.err(`${io.name}: ${file}: ${reason(error)}\n`)
        return 2
      }
    }
    this.excluded.push(...options.values('x'))
    const { operands } = options
    const one = options.value('from-file')
    const all = options.value('to-file')
    if (one !== undefined || all !== undefined) {
      let status = 0
      for (const operand of operands) status = Math.max(status, one !== undefined ? yield* this.pair(one, operand) : yield* this.pair(operand, all ?? ''))
      return status
    }
    if (operands.length < 2) this.wrong(`missing operand after '${io.args.at(-1) ?? io.name}'`)
    if (operands.length > 2) this.wrong(`extra operand '${operands[2] ?? ''}'`)
    return yield* this.pair(operands[0] ?? '', operands[1] ?? '')
  }
  /** Two operands: a directory beside a file stands for its file of the same name. */
  private *pair(first: string, second: string): Run<number> {
    const { io, options } = this
    const missing: string[] = []
    const side = (path: string): Side => {
      if (path === '-') return { path, stat: io.sys.fstat(0), shown: path }
      try {
        return { path, stat: io.sys.stat(path), shown: path }
      } catch (error) {
        const absent = isErrno(error, 'ENOENT')
        if (!absent || !options.has('N')) missing.push(`${io.name}: ${path}: ${reason(error)}\n`)
        return { path, stat: null, shown: path }
      }
    }
    let a = side(first)
    let b = side(second)
    if (missing.length === 0 && options.has('N') && !a.stat && !b.stat) missing.push(...[first, second].map((p) => `${io.name}: ${p}: No such file or directory\n`))
    if (missing.length > 0) {
      for (const message of missing) io.err(message)
      return 2
    }
    if (a.stat?.kind === 'dir' && b.stat && b.stat.kind !== 'dir' && second !== '-') a = side(inside(first, baseName(second)))
    else if (b.stat?.kind === 'dir' && a.stat && a.stat.kind !== 'dir' && first !== '-') b = side(inside(second, baseName(first)))
    if (missing.length > 0) {
      for (const message of missing) io.err(message)
      return 2
    }
    if (a.stat && b.stat && a.stat.kind === 'dir' && a.stat.dev === b.stat.dev && a.stat.ino === b.stat.ino) return 0
    if (a.stat?.kind === 'dir' || b.stat?.kind === 'dir') return yield* this.directories(a, b)
    return yield* this.files(a, b, 'operands')
  }
  private names(side: Side): string[] {
    if (!side.stat) return []
    return this.io.sys.readdir(side.path).map((e) => e.name).filter((name) => !this.excluded.some((pattern) => fnmatch(pattern, name)))
  }
  private *directories(a: Side, b: Side): Run<number> {
    const { io, options } = this
    let status = 0
    let names: [Set<string>, Set<string>]
    try {
      names = [new Set(this.names(a)), new Set(this.names(b))]
    } catch (error) {
      io.err(`${io.name}: ${reason(error)}\n`)
      return 2
    }
    const all = [...new Set([...names[0], ...names[1]])].sort((x, y) => (x < y ? -1 : x > y ? 1 : 0))
    const start = options.value('S')
    for (const name of all) {
      if (start !== undefined && name < start) continue
      status = Math.max(status, yield* this.member(name, a, b, names))
      yield* io.drain()
    }
    return status
  }
  private *member(name: string, a: Side, b: Side, [inA, inB]: readonly [ReadonlySet<string>, ReadonlySet<string>]): Run<number> {
    const { io, options } = this
    const sideOf = (side: Side, there: boolean): Side => {
      const path = inside(side.path, name)
      return { path, shown: path, stat: there ? statOrNull(io.sys, path, options.has('no-dereference') ? 'lstat' : 'stat') : null }
    }
    const x = sideOf(a, inA.has(name))
    const y = sideOf(b, inB.has(name))
    const together = options.has('N') || (options.has('unidirectional-new-file') && !inA.has(name))
    if (!together && !(inA.has(name) && inB.has(name))) {
      io.out(`Only in ${inA.has(name) ? a.path : b.path}: ${name}\n`)
      return 1
    }
    for (const side of [x, y]) {
      const listed = side === x ? inA.has(name) : inB.has(name)
      if (listed && !side.stat) {
        io.err(`${io.name}: ${side.path}: No such file or directory\n`)
        return 2
      }
    }
    const folder = x.stat?.kind === 'dir' || y.stat?.kind === 'dir'
    if (folder && (x.stat === null || x.stat.kind === 'dir') && (y.stat === null || y.stat.kind === 'dir')) {
      if (options.has('r')) return yield* this.directories(x, y)
      io.out(x.stat && y.stat ? `Common subdirectories: ${x.path} and ${y.path}\n` : `Only in ${x.stat ? a.path : b.path}: ${name}\n`)
      return x.stat && y.stat ? 0 : 1
    }
    if (x.stat && y.stat && (folder || x.stat.kind !== y.stat.kind)) {
      io.out(`File ${x.path} is a ${kindOf(x.stat)} while file ${y.path} is a ${kindOf(y.stat)}\n`)
      return 1
    }
    return yield* this.files(x, y, 'members')
  }
  private *bytes(side: Side): Run<Uint8Array> {
    if (!side.stat) return new Uint8Array(0)
    const source = yield* openSource(this.io.sys, side.path)
    const all = yield* readToEnd(() => source.read())
    source.close()
    return all
  }
  private head(side: Side, label: string | undefined): string {
    if (label !== undefined) return label
    const time: Timespec = side.stat ? (side.stat.kind === 'fifo' || side.path === '-' ? this.io.sys.now() : side.stat.mtime) : { sec: 0, nsec: 0 }
    const name = /[\s"\\\x00-\x1f\x7f]/.test(side.shown) ? `"${cEscape(side.shown, '"\\')}"` : side.shown
    return `${name}\t${strftime('%Y-%m-%d %H:%M:%S.%N %z', time, zoneOf(this.io.env('TZ')))}`
  }
  private *files(a: Side, b: Side, origin: 'operands' | 'members'): Run<number> {
    const { io, options } = this
    const same = (): number => {
      if (options.has('s')) io.out(`Files ${a.shown} and ${b.shown} are identical\n`)
      return 0
    }
    const differ = (): number => {
      io.out(`Files ${a.shown} and ${b.shown} differ\n`)
      return 1
    }
    let left: Uint8Array
    let right: Uint8Array
    try {
      left = yield* this.bytes(a)
      right = yield* this.bytes(b)
    } catch (error) {
      io.err(`${io.name}: ${a.path}: ${reason(error)}\n`)
      return 2
    }
    const identical = left.length === right.length && left.every((byte, i) => byte === right[i])
    if (identical && this.style !== sideBySide && this.style !== merged) return same()
    const binary = !options.has('a') && (isBinary(left) || isBinary(right))
    if (binary && !identical) {
      io.out(options.has('q') ? `Files ${a.shown} and ${b.shown} differ\n` : `Binary files ${a.shown} and ${b.shown} differ\n`)
      return 1
    }
    const [labelA, labelB] = this.labels
    const x = text(a.shown, this.head(a, labelA), left, options.has('strip-trailing-cr'))
    const y = text(b.shown, this.head(b, labelB), right, options.has('strip-trailing-cr'))
    this.lines = { a: x, b: y }
    const changes = yield* compareLines(io.sys, this.keys(x), this.keys(y), sameEnds(x, y, this.look.context))
    const shownChanges = changes.filter((c) => !this.ignorable(c))
    if (shownChanges.length === 0 && this.style !== sideBySide && this.style !== merged) return same()
    if (options.has('q') && shownChanges.length > 0) return differ()
    if (shownChanges.length > 0 && origin === 'members') io.out(`diff${this.switches()} ${shellEscape(a.shown)} ${shellEscape(b.shown)}\n`)
    io.out(this.style(changes, x, y, this.look))
    if (this.style === ed || this.style === forwardEd) {
      for (const t of [x, y]) {
        if (t.complete || t.lines.length === 0) continue
        io.err(`${io.name}: ${t.name}: No newline at end of file\n\n`)
        return 2
      }
    }
    if (shownChanges.length === 0) return same()
    return 1
  }
  /** The options as given, for the line before each pair of a directory. */
  private switches(): string {
    return this.io.args.filter((a, i) => a.startsWith('-') && a !== '-' && a !== '--' ? true : i > 0 && /^-[CUWFIxXSDL]$/.test(this.io.args[i - 1] ?? '')).map((a) => ` ${shellEscape(a)}`).join('')
  }
  /** What lines are compared by, with what -i, -b and their kind pass over. */
  private keys(t: Text): string[] {
    const { options } = this
    const loose = options.has('b', 'w', 'Z')
    const tabsize = this.look.tabsize
    return t.lines.map((line, i) => {
      let key = line
      if (options.has('i')) key = key.toLowerCase()
      if (options.has('E')) key = untabbed(key, tabsize)
      if (options.has('w')) key = key.replace(/\s+/g, '')
      else if (options.has('b')) key = key.replace(/\s+$/, '').replace(/\s+/g, ' ')
      else if (options.has('Z')) key = key.replace(/\s+$/, '')
      // A last line without its newline is another line.
      return i === t.lines.length - 1 && !t.complete && !loose ? `${key}\0` : key
    })
  }
}

function untabbed(line: string, tabsize: number): string {
  let out = ''
  for (const c of line) out += c === '\t' ? ' '.repeat(tabsize - (out.length % tabsize)) : c
  return out
}

/** The equal lines at both ends, but for as many as are shown around changes. */
function sameEnds(a: Text, b: Text, horizon: number): Ends {
  const least = Math.min(a.lines.length, b.lines.length)
  const same = (i: number, j: number): boolean => a.lines[i] === b.lines[j] && (i === a.lines.length - 1 && !a.complete) === (j === b.lines.length - 1 && !b.complete)
  let prefix = 0
  while (prefix < least && same(prefix, prefix)) prefix++
  let suffix = 0
  while (suffix < least - prefix && same(a.lines.length - 1 - suffix, b.lines.length - 1 - suffix)) suffix++
  return { prefix: Math.max(0, prefix - horizon), suffix: Math.max(0, suffix - horizon) }
}

const isBinary = (bytes: Uint8Array): boolean => bytes.subarray(0, 32_768).includes(0)

function text(name: string, head: string, bytes: Uint8Array, stripReturns: boolean): Text {
  let whole = decode(bytes)
  if (stripReturns) whole = whole.replaceAll('\r\n', '\n')
  const complete = whole === '' || whole.endsWith('\n')
  const lines = whole === '' ? [] : (complete ? whole.slice(0, -1) : whole).split('\n')
  return { name, head, lines, complete }
}

const KINDS: { readonly [K in Stat['kind']]: string } = { file: 'regular file', dir: 'directory', link: 'symbolic link', chr: 'character special file', blk: 'block special file', fifo: 'fifo', sock: 'socket' }
const kindOf = (stat: Stat): string => (stat.kind === 'file' && stat.size === 0 ? 'regular empty file' : KINDS[stat.kind])

