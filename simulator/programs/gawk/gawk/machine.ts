/** What an AWK program works on: variables, the record and its fields, and the names that mean something (gawk.info, "Built-in Variables"). */
import type { Ending, Fault } from '../../closeout'
import { isErrno } from '../../../kernel/errno'
import { RegexError, type Regex } from '../../../regex'
import { Exit, type Io } from '../../program'
import { AwkArray, type Element } from './array'
import { Random } from './random'
import type { Separator } from './records'
import { matcher } from './regexp'
import { Input, lengthOf, toNumber, toText, type Value } from './values'

/** A place for a value or an array. An untyped argument remembers whose place it stands for, until it becomes an array. */
export class Cell {
  private content: Element
  readonly origin: Cell | null
  /** The caller's name of the array that a parameter stands for. */
  readonly alias: string
  constructor(content: Element = undefined, origin: Cell | null = null, alias = '') {
    this.content = content
    this.origin = origin
    this.alias = alias
  }
  get value(): Element {
    return this.content
  }
  set value(next: Element) {
    this.content = next
  }
}

/** A variable whose change something depends on. */
class WatchedCell extends Cell {
  private readonly changed: (value: Value) => void
  constructor(initial: Value, changed: (value: Value) => void) {
    super(initial)
    this.changed = changed
  }
  override get value(): Element {
    return super.value
  }
  override set value(next: Element) {
    super.value = next
    if (!(next instanceof AwkArray)) this.changed(next)
  }
}

/** NF: reading it splits the record, setting it changes the record. */
class CountCell extends Cell {
  private readonly machine: Machine
  constructor(machine: Machine) {
    super()
    this.machine = machine
  }
  override get value(): Element {
    return this.machine.count()
  }
  override set value(next: Element) {
    if (!(next instanceof AwkArray)) this.machine.resize(toNumber(next))
  }
}

type Splitter = (text: string) => { pieces: string[]; separators: string[] }

const NONE = { pieces: [], separators: [] }

/** Runs of blanks and newlines divide; those at the ends do not count. */
function byBlanks(text: string): { pieces: string[]; separators: string[] } {
  const pieces: string[] = []
  const separators: string[] = []
  let i = 0
  const blank = (): boolean => {
    const c = text.charCodeAt(i)
    return c === 32 || c === 9 || c === 10
  }
  let start = 0
  while (i < text.length && blank()) i++
  separators.push(text.slice(0, i))
  while (i < text.length) {
    start = i
    while (i < text.length && !blank()) i++
    pieces.push(text.slice(start, i))
    start = i
    while (i < text.length && blank()) i++
    separators.push(text.slice(start, i))
  }
  return { pieces, separators }
}

function byCharacter(character: string): Splitter {
  return (text) => {
    if (text === '') return NONE
    const pieces = text.split(character)
    return { pieces, separators: ['', ...pieces.slice(1).map(() => character), ''] }
  }
}

function byRegex(regex: Regex): Splitter {
  return (text) => {
    if (text === '') return NONE
    const pieces: string[] = []
    const separators = ['']
    let at = 0
    for (let from = 0; from <= text.length; ) {
      const match = regex.exec(text, from)?.[0]
      if (!match) break
      if (match[0] === match[1]) {
        from = match[1] + 1
        continue
      }
      pieces.push(text.slice(at, match[0]))
      separators.push(text.slice(match[0], match[1]))
      at = from = match[1]
    }
    pieces.push(text.slice(at))
    return { pieces, separators: [...separators, ''] }
  }
}

const byLetters: Splitter = (text) => {
  const pieces = [...text]
  return { pieces, separators: ['', ...pieces.map(() => '')] }
}

export class Machine {
  readonly io: Io
  readonly name: string
  readonly globals = new Map<string, Cell>()
  readonly random = new Random(1)
  seed = 1
  /** The cells of the running function's parameters. */
  frame: Cell[] = []
  /** Offset in the program of the statement that runs; `where` turns it into words. */
  line = -1
  where: (line: number) => string = () => ''
  convfmt = '%.6g'
  ofmt = '%.6g'
  ofs = ' '
  ors = '\n'
  subsep = '\x1c'
  letters: 'exact' | 'folded' = 'exact'
  separator: Separator = { kind: 'character', character: '\n' }
  status = 0
  returned: Value
  private splitter: Splitter = byBlanks
  private recordSplitter: Splitter = byBlanks
  private record: Input = new Input('')
  private fields: Value[] = []
  private isSplit = true
  private isJoined = true
  private readonly nr: Cell
  private readonly fnr: Cell
  constructor(io: Io, name: string) {
    this.io = io
    this.name = name
    const text = (v: Value): string => this.text(v)
    const watched: [name: string, initial: Value, changed: (value: Value) => void][] = [
      ['FS', ' ', () => this.chooseSplitter('FS')],
      ['FIELDWIDTHS', '', (v) => this.chooseSplitter(text(v) === '' ? 'FS' : 'FIELDWIDTHS')],
      ['FPAT', '[^[:space:]]+', () => this.chooseSplitter('FPAT')],
      ['RS', '\n', () => this.chooseSeparator()],
      ['OFS', ' ', (v) => { this.join(); this.ofs = text(v) }],
      ['ORS', '\n', (v) => { this.ors = text(v) }],
      ['SUBSEP', '\x1c', (v) => { this.subsep = text(v) }],
      ['CONVFMT', '%.6g', (v) => { this.convfmt = text(v) }],
      ['OFMT', '%.6g', (v) => { this.ofmt = text(v) }],
      ['IGNORECASE', 0, (v) => {
        this.letters = toNumber(v) === 0 ? 'exact' : 'folded'
      }],
    ]
    for (const [variable, initial, changed] of watched) this.globals.set(variable, new WatchedCell(initial, changed))
    this.globals.set('NF', new CountCell(this))
    this.nr = this.cell('NR')
    this.fnr = this.cell('FNR')
    for (const [variable, value] of [['NR', 0], ['FNR', 0], ['RSTART', 0], ['RLENGTH', -1], ['ARGIND', 0], ['BINMODE', 0], ['LINT', 0]] as const) this.cell(variable).value = value
    for (const variable of ['FILENAME', 'RT', 'ERRNO']) this.cell(variable).value = ''
    this.cell('TEXTDOMAIN').value = 'messages'
    const environment = new AwkArray()
    for (const [variable, value] of io.sys.env) environment.set(variable, new Input(value))
    this.cell('ENVIRON').value = environment
    this.cell('PROCINFO').value = this.processInfo()
  }
  private processInfo(): AwkArray {
    const { sys } = this.io
    const info = new AwkArray()
    const numbers: [string, number][] = [
      ['pid', sys.pid], ['ppid', sys.ppid], ['pgrpid', sys.getpgid()], ['uid', sys.credentials.uid], ['euid', sys.credentials.euid], ['gid', sys.credentials.gid], ['egid', sys.credentials.egid],
    ]
    for (const [key, value] of [['version', '5.2.1'], ['strftime', '%a %b %e %H:%M:%S %Z %Y'], ['FS', 'FS'], ['platform', 'posix']] as const) info.set(key, value)
    for (const [key, value] of numbers) info.set(key, value)
    return info
  }
  cell(name: string): Cell {
    let cell = this.globals.get(name)
    if (!cell) {
      cell = new Cell()
      this.globals.set(name, cell)
    }
    return cell
  }

  // ── complaints ────────────────────────────────────────────────────────────────────────────────────────
  private place(): string {
    const at = this.line < 0 ? '' : this.where(this.line)
    const fnr = this.fnr.value
    const file = this.cell('FILENAME').value
    const count = fnr instanceof AwkArray ? 0 : toNumber(fnr)
    return `${this.name}: ${at === '' ? '' : `${at}: `}${count > 0 ? `(FILENAME=${file instanceof AwkArray ? '' : this.text(file)} FNR=${count}) ` : ''}`
  }
  fatal(message: string): never {
    this.io.err(`${this.place()}fatal: ${message}\n`)
    throw new Exit(2)
  }
  warn(message: string): void {
    this.io.err(`${this.place()}warning: ${message}\n`)
  }
  /** Of a `print` whose text did not fit into the buffer any more, or of what was left at the end. */
  unwritten({ why, isLast }: Fault): Ending {
    if (!isLast) return { said: `${this.place()}fatal: print to "standard output" failed: ${why}\n`, status: 2 }
    this.line = -1
    return { said: `${this.place()}warning: error writing standard output: ${why}\n`, status: 1 }
  }

  // ── values ────────────────────────────────────────────────────────────────────────────────────────────
  text(value: Value): string {
    return toText(value, this.convfmt)
  }
  /** As print shows it. */
  outputText(value: number): string {
    return toText(value, this.ofmt)
  }
  /** A subscript: integers always in full. */
  key(value: Value): string {
    return typeof value === 'string' ? value : toText(value, this.convfmt)
  }
  scalar(value: Element, name: string): Value {
    return value instanceof AwkArray ? this.fatal(`attempt to use array \`${name}' in a scalar context`) : value
  }
  arrayOf(cell: Cell, name: string): AwkArray {
    const { value } = cell
    if (value instanceof AwkArray) return value
    if (value !== undefined) return this.fatal(`attempt to use scalar \`${name}' as an array`)
    const array = new AwkArray()
    for (let c: Cell | null = cell; c && c.value === undefined; c = c.origin) c.value = array
    return array
  }
  regex(source: string): Regex {
    try {
      return matcher(source, this.letters)
    } catch (error) {
      if (!(error instanceof RegexError)) throw error
      return this.fatal(`invalid regexp: ${error.message}: /${source}/`)
    }
  }
  /** `VAR=value` from the command line. */
  assign(name: string, value: string): void {
    this.cell(name).value = new Input(value)
  }

  // ── record and fields ─────────────────────────────────────────────────────────────────────────────────
  setRecord(text: string): void {
    this.record = new Input(text)
    this.isJoined = true
    this.isSplit = false
    this.recordSplitter = this.splitter
  }
  /** A record was read from the main input. */
  advance(): void {
    this.countRecord()
    const fnr = this.fnr.value
    this.fnr.value = (fnr instanceof AwkArray ? 0 : toNumber(fnr)) + 1
  }
  countRecord(): void {
    const nr = this.nr.value
    this.nr.value = (nr instanceof AwkArray ? 0 : toNumber(nr)) + 1
  }
  newFile(name: string): void {
    this.fnr.value = 0
    this.cell('FILENAME').value = name
  }
  get whole(): string {
    this.join()
    return this.record.text
  }
  private splitRecord(): void {
    if (this.isSplit) return
    this.isSplit = true
    const { pieces } = this.recordSplitter(this.record.text)
    this.fields = pieces.map((p) => new Input(p))
  }
  private join(): void {
    if (this.isJoined) return
    this.isJoined = true
    this.record = new Input(this.fields.map((f) => this.text(f)).join(this.ofs))
  }
  count(): number {
    this.splitRecord()
    return this.fields.length
  }
  resize(given: number): void {
    const size = Math.trunc(given)
    if (size < 0) this.fatal('NF set to negative value')
    this.splitRecord()
    while (this.fields.length < size) this.fields.push(new Input(''))
    this.fields.length = size
    this.isJoined = false
  }
  field(given: number): Value {
    const index = Math.trunc(given)
    if (index === 0) {
      this.join()
      return this.record
    }
    if (index < 0 || Number.isNaN(index)) this.fatal(`attempt to access field ${index}`)
    this.splitRecord()
    return this.fields[index - 1]
  }
  setField(given: number, value: Value): void {
    const index = Math.trunc(given)
    if (index === 0) return this.setRecord(this.text(value))
    if (index < 0 || Number.isNaN(index)) this.fatal(`attempt to access field ${index}`)
    this.splitRecord()
    while (this.fields.length < index) this.fields.push(new Input(''))
    this.fields[index - 1] = value
    this.isJoined = false
  }

  // ── separators ────────────────────────────────────────────────────────────────────────────────────────
  private setting(name: string): string {
    const { value } = this.cell(name)
    return value instanceof AwkArray ? '' : this.text(value)
  }
  private chooseSplitter(by: 'FS' | 'FIELDWIDTHS' | 'FPAT'): void {
    if (by === 'FIELDWIDTHS') this.splitter = byWidths(this.setting('FIELDWIDTHS'))
    else if (by === 'FPAT') this.splitter = byContent(this.regex(this.setting('FPAT')))
    else {
      const fs = this.setting('FS')
      this.splitter = this.separator.kind === 'paragraph' && fs !== ' ' ? this.alsoNewlines(fs) : this.splitterFor(fs)
    }
  }
  private alsoNewlines(fs: string): Splitter {
    if (fs === '') return byLetters
    const source = fs.length === 1 ? (fs === '\\' ? '\\\\' : `[${fs}]`) : fs
    return byRegex(this.regex(`${source === '[^]' ? '\\^' : source}|\n`))
  }
  /** How a separator given as text divides: one blank by blanks, another character by itself, more as a regular expression. */
  splitterFor(separator: string): Splitter {
    if (separator === ' ') return byBlanks
    if (separator === '') return byLetters
    if (lengthOf(separator) === 1 && !(this.letters === 'folded' && /\p{L}/u.test(separator))) return byCharacter(separator)
    return byRegex(this.regex(separator))
  }
  splitterOf(regex: Regex): Splitter {
    return byRegex(regex)
  }
  private chooseSeparator(): void {
    const rs = this.setting('RS')
    if (rs === '') this.separator = { kind: 'paragraph' }
    else if (rs.length === 1 && !(this.letters === 'folded' && /\p{L}/u.test(rs))) this.separator = { kind: 'character', character: rs }
    else this.separator = { kind: 'regexp', regex: this.regex(rs) }
    this.chooseSplitter('FS')
  }
  /** ERRNO: why the last input or output failed. */
  failed(error: unknown): void {
    if (!isErrno(error)) throw error
    this.cell('ERRNO').value = error.message
  }
}

function byWidths(widths: string): Splitter {
  const parts = widths.trim().split(/[ \t]+/)
  return (text) => {
    const pieces: string[] = []
    let at = 0
    for (const part of parts) {
      if (at >= text.length) break
      const [skip, width = skip] = part.includes(':') ? part.split(':') : ['0', part]
      at += Number(skip)
      if (width === '*') {
        pieces.push(text.slice(at))
        break
      }
      pieces.push(text.slice(at, at + Number(width)))
      at += Number(width)
    }
    return { pieces, separators: [] }
  }
}

/** The pieces that match; what lies between them are the separators. */
export function byContent(regex: Regex): Splitter {
  return (text) => {
    const pieces: string[] = []
    const separators: string[] = []
    let at = 0
    let touching = false
    for (let from = 0; from <= text.length && text !== ''; ) {
      const match = regex.exec(text, from)?.[0]
      if (!match) break
      const empty = match[0] === match[1]
      if (empty && touching && match[0] === from) {
        // Right behind a field: a separator is passed first.
        from++
        touching = false
        continue
      }
      separators.push(text.slice(at, match[0]))
      pieces.push(text.slice(match[0], match[1]))
      at = match[1]
      from = empty ? match[1] + 1 : match[1]
      touching = !empty
    }
    separators.push(text.slice(at))
    return { pieces, separators }
  }
}
