/**
 * The option languages of ps(1), as parser.c of procps-ng reads them: words are taken as UNIX, BSD and GNU options; when that fails anywhere,
 * words with a dash are read again as BSD options, and when that fails too, the first failure is told.
 */
import type { Run } from '../../../kernel/run'
import type { Sys } from '../../../kernel/sys'
import { isErrno } from '../../../kernel/errno'
import { readNames, ttyNumber } from '../processes'

/** What is wrong with the command line, in ps's words. */
export class PsUsage extends Error {}

export type Selector = 'pid' | 'quick' | 'ppid' | 'pgrp' | 'session' | 'command' | 'tty' | 'euid' | 'ruid' | 'egid' | 'rgid'

export interface Selection {
  readonly by: Selector
  readonly values: readonly (number | string)[]
}

export type Style = '-f' | '-l' | '-j' | 'j' | 'l' | 's' | 'u' | 'v' | 'X' | 'm' | 'context'
export type Modifier = 'F' | 'M' | 'P' | 'c' | 'j' | 'y'
export type ThreadFlag = 'H' | 'm' | '-m' | '-T' | '-L'

/** Specifications of columns and sort keys, which are read when all options are known. */
export interface Deferred {
  readonly kind: 'format' | '-O' | 'O' | 'sort'
  readonly text: string
}

export interface PsOptions {
  readonly selections: Selection[]
  readonly simple: Set<'-a' | '-d' | 'a' | 'g' | 'x'>
  all: 'all' | 'some'
  readonly styles: Set<Style>
  readonly modifiers: Set<Modifier>
  readonly threads: Set<ThreadFlag>
  readonly deferred: Deferred[]
  defaults: 'unix' | 'bsd'
  forest: 'none' | 'art' | 'indent'
  heading: 'once' | 'none' | 'pages'
  wide: number
  columns: number | undefined
  rows: number | undefined
  only: 'any' | 'running'
  sense: 'select' | 'deselect'
  times: 'own' | 'with-children'
  names: 'names' | 'numbers'
  environment: 'hidden' | 'shown'
  /** The BSD option c: names where whole command lines are asked for. */
  commands: 'lines' | 'names'
  /** -f makes comm show what args shows. */
  long: 'short' | 'long'
}

/** Asked to print something else than processes. */
export interface PsOther {
  readonly print: 'version' | 'formats' | { readonly help: string }
}

const fresh = (): PsOptions => ({
  selections: [], simple: new Set(), all: 'some', styles: new Set(), modifiers: new Set(), threads: new Set(), deferred: [], defaults: 'unix', forest: 'none',
  heading: 'once', wide: 0, columns: undefined, rows: undefined, only: 'any', sense: 'select', times: 'own', names: 'names', environment: 'hidden', commands: 'lines', long: 'short',
})

/** What lists are checked against. */
export interface Known {
  readonly users: ReadonlyMap<number, string>
  readonly groups: ReadonlyMap<number, string>
  readonly ownTty: number
  /** Device number of a file; undefined where there is none, null where it is no character device. */
  device(path: string): number | null | undefined
}

export function* readKnown(sys: Sys, ownTty: number): Run<Known> {
  return {
    users: yield* readNames(sys, '/etc/passwd'), groups: yield* readNames(sys, '/etc/group'), ownTty,
    device(path) {
      try {
        const { kind, rdev } = sys.stat(path)
        return kind === 'chr' ? ttyNumber(rdev) : null
      } catch (error) {
        if (!isErrno(error)) throw error
        return undefined
      }
    },
  }
}

/** strtoul(3) with base 0, of the whole word; undefined when something is left over. */
function unsigned(word: string): number | undefined {
  const m = /^\s*([+-]?)(0x[0-9a-f]+|\d+)$/i.exec(word)
  if (!m) return word === '' ? 0 : undefined
  const digits = m[2] ?? '0'
  const octal = /^0\d/.test(digits)
  if (octal && /[89]/.test(digits)) return undefined
  const value = octal ? Number.parseInt(digits, 8) : Number(digits)
  return m[1] === '-' && value > 0 ? 2 ** 64 - value : value
}

type ParseOne = (word: string, o: PsOptions, known: Known) => number | string

const pid: ParseOne = (word) => {
  const n = unsigned(word)
  if (n === undefined) throw new PsUsage('process ID list syntax error')
  if (n < 1 || n > 0x7fffffff) throw new PsUsage('process ID out of range')
  return n
}

const account = (kind: 'user' | 'group'): ParseOne => (word, o, known) => {
  const n = unsigned(word)
  if (n !== undefined) {
    if (o.sense === 'select' && n > 0xfffffffe) throw new PsUsage(`${kind} ID out of range`)
    return n
  }
  for (const [id, name] of kind === 'user' ? known.users : known.groups) if (name === word) return id
  if (o.sense === 'select') throw new PsUsage(`${kind} name does not exist`)
  return -1
}
const user = account('user')
const group = account('group')
const command: ParseOne = (word) => word.slice(0, 63)

const tty: ParseOne = (word, _o, known) => {
  const places = word.startsWith('/') ? [word] : [`/dev/pts/${word}`, `/dev/${word}`, `/dev/tty${word}`, `/dev/pty${word}`, `/dev/${word}nsole`]
  for (const path of places) {
    const device = known.device(path)
    if (device === null) throw new PsUsage('list member was not a TTY')
    if (device !== undefined) return device
  }
  if (word === '-' || word === '?' || (word.length === 1 && known.device(word) !== undefined)) return 0
  throw new PsUsage('TTY could not be found')
}

function select(o: PsOptions, known: Known, by: Selector, text: string, one: ParseOne): void {
  const words = text.split(/[ ,\t]/)
  if (words.includes('')) throw new PsUsage('improper list')
  o.selections.push({ by, values: words.map((word) => one(word, o, known)) })
}

/** Options that take a list: what must follow when it is missing, what they select by. */
interface ListOption {
  readonly missing: string
  readonly by: Selector
  readonly one: ParseOne
}
const LISTS: ReadonlyMap<string, ListOption> = new Map(Object.entries<ListOption>({
  '-C': { missing: 'list of command names must follow -C', by: 'command', one: command },
  '-G': { missing: 'list of real groups must follow -G', by: 'rgid', one: group },
  '-U': { missing: 'list of real users must follow -U', by: 'ruid', one: user },
  '-p': { missing: 'list of process IDs must follow -p', by: 'pid', one: pid },
  '-q': { missing: 'List of process IDs must follow -q.', by: 'quick', one: pid },
  '-s': { missing: 'list of session IDs must follow -s', by: 'session', one: pid },
  '-t': { missing: 'list of terminals (pty, tty...) must follow -t', by: 'tty', one: tty },
  '-u': { missing: 'list of users must follow -u', by: 'euid', one: user },
  U: { missing: 'list of users must follow U', by: 'euid', one: user },
  p: { missing: 'list of process IDs must follow p', by: 'pid', one: pid },
  q: { missing: 'List of process IDs must follow q.', by: 'quick', one: pid },
  '--Group': { missing: 'list of real groups must follow --Group', by: 'rgid', one: group },
  '--User': { missing: 'list of real users must follow --User', by: 'ruid', one: user },
  '--group': { missing: 'list of effective groups must follow --group', by: 'egid', one: group },
  '--pid': { missing: 'list of process IDs must follow --pid', by: 'pid', one: pid },
  '--quick-pid': { missing: 'List of process IDs must follow --quick-pid.', by: 'quick', one: pid },
  '--ppid': { missing: 'list of process IDs must follow --ppid', by: 'ppid', one: pid },
  '--sid': { missing: 'some sid thing(s) must follow --sid', by: 'session', one: pid },
  '--tty': { missing: 'list of ttys must follow --tty', by: 'tty', one: tty },
  '--user': { missing: 'list of effective users must follow --user', by: 'euid', one: user },
}))

const DEFERRED: ReadonlyMap<string, readonly [Deferred['kind'], string]> = new Map([
  ['-o', ['format', 'format specification must follow -o']], ['-O', ['-O', 'format or sort specification must follow -O']],
  ['o', ['format', 'format specification must follow o']], ['O', ['O', 'format or sort specification must follow O']],
  ['k', ['sort', "long sort specification must follow 'k'"]], ['--format', ['format', 'format specification must follow --format']],
  ['--sort', ['sort', 'long sort specification must follow --sort']],
])

const heading = (o: PsOptions, value: 'none' | 'pages'): void => {
  if (o.heading !== 'once') throw new PsUsage('only one heading option may be specified')
  o.heading = value
}
const ownTty = (o: PsOptions, known: Known): void => {
  o.selections.push({ by: 'tty', values: [known.ownTty] })
}

const UNIX: Readonly<Record<string, (o: PsOptions) => void>> = {
  A: (o) => (o.all = 'all'), e: (o) => (o.all = 'all'),
  F: (o) => {
    o.modifiers.add('F')
    o.styles.add('-f')
    o.long = 'long'
  },
  f: (o) => {
    o.styles.add('-f')
    o.long = 'long'
  },
  H: (o) => (o.forest = 'indent'), L: (o) => o.threads.add('-L'), M: (o) => o.modifiers.add('M'), Z: (o) => o.modifiers.add('M'), N: (o) => (o.sense = 'deselect'),
  P: (o) => o.modifiers.add('P'), T: (o) => o.threads.add('-T'), a: (o) => o.simple.add('-a'), c: (o) => o.modifiers.add('c'), d: (o) => o.simple.add('-d'),
  j: (o) => o.modifiers.add('j'), l: (o) => o.styles.add('-l'), m: (o) => o.threads.add('-m'), w: (o) => o.wide++, y: (o) => o.modifiers.add('y'),
}

const BSD: Readonly<Record<string, (o: PsOptions, known: Known) => void>> = {
  H: (o) => o.threads.add('H'), M: (o) => o.threads.add('m'), S: (o) => (o.times = 'with-children'), T: ownTty, X: (o) => o.styles.add('X'), Z: (o) => o.modifiers.add('M'),
  a: (o) => o.simple.add('a'), c: (o) => (o.commands = 'names'), e: (o) => (o.environment = 'shown'), f: (o) => (o.forest = 'art'), g: (o) => o.simple.add('g'), h: (o) => heading(o, 'none'),
  j: (o) => o.styles.add('j'), l: (o) => o.styles.add('l'), n: (o) => (o.names = 'numbers'), r: (o) => (o.only = 'running'), s: (o) => o.styles.add('s'),
  u: (o) => o.styles.add('u'), v: (o) => o.styles.add('v'), w: (o) => o.wide++, x: (o) => o.simple.add('x'),
}

const GNU_FLAGS: ReadonlyMap<string, (o: PsOptions) => void> = new Map([
  ...['no-header', 'no-headers', 'no-heading', 'no-headings', 'noheader', 'noheaders', 'noheading', 'noheadings'].map((n) => [n, (o: PsOptions) => heading(o, 'none')] as const),
  ...['header', 'headers', 'heading', 'headings'].map((n) => [n, (o: PsOptions) => heading(o, 'pages')] as const),
  ['forest', (o: PsOptions) => (o.forest = 'art')], ['deselect', (o: PsOptions) => (o.sense = 'deselect')], ['cumulative', (o: PsOptions) => (o.times = 'with-children')],
  ['context', (o: PsOptions) => o.styles.add('context')],
])
const FLAG_WORDS: ReadonlyMap<string, string> = new Map([['forest', '--forest'], ['deselect', '--deselect'], ['cumulative', '--cumulative']])

class Parser {
  readonly o = fresh()
  private at = -1
  private readonly args: readonly string[]
  private readonly known: Known
  private readonly dialect: 'first' | 'bsd'
  constructor(args: readonly string[], known: Known, dialect: 'first' | 'bsd') {
    this.args = args
    this.known = known
    this.dialect = dialect
    if (dialect === 'bsd') this.o.defaults = 'bsd'
  }
  parse(): PsOptions | PsOther {
    while (++this.at < this.args.length) {
      const word = this.args[this.at] ?? ''
      let other: PsOther | undefined
      if (/^--[a-z]/i.test(word)) other = this.gnu(word.slice(2))
      else if (/^-[a-z]/i.test(word)) other = this.dialect === 'bsd' ? this.bsd(word.slice(1)) : this.unix(word.slice(1))
      else if (/^[a-z]/i.test(word)) {
        if (this.dialect === 'bsd') throw new PsUsage('second chance parse failed, not BSD or SysV')
        other = this.bsd(word)
      } else if (/^(\+|-?\d)/.test(word)) this.trailing()
      else throw new PsUsage('garbage option')
      if (other) return other
    }
    return this.o
  }
  /** The rest of the word, or the next word. */
  private value(rest: string, missing: string): string {
    const value = rest !== '' ? rest : (this.args[this.at + 1] ?? '')
    if (value === '') throw new PsUsage(missing)
    if (rest === '') this.at++
    return value
  }
  private exclusive(name: string): void {
    if (this.args.length !== 1 || this.args[0] !== name) throw new PsUsage(`the option is exclusive: ${name}`)
  }
  /** An option that takes a value, and ends its word with it. */
  private taking(name: string, rest: string): boolean {
    const list = LISTS.get(name)
    const deferred = DEFERRED.get(name)
    if (list) select(this.o, this.known, list.by, this.value(rest, list.missing), list.one)
    else if (deferred) this.o.deferred.push({ kind: deferred[0], text: this.value(rest, deferred[1]) })
    return list !== undefined || deferred !== undefined
  }
  private unix(word: string): PsOther | undefined {
    for (let i = 0; i < word.length; i++) {
      const c = word[i] ?? ''
      const rest = word.slice(i + 1)
      const flag = UNIX[c]
      if (this.taking(`-${c}`, rest)) return undefined
      if (flag) flag(this.o)
      else if (c === 'g') {
        this.leadersOrGroups(this.value(rest, 'list of session leaders OR effective group names must follow -g'))
        return undefined
      } else if (c === 'V') {
        this.exclusive('-V')
        return { print: 'version' }
      } else if (c === 'x') throw new PsUsage('must set personality to get -x option')
      else throw new PsUsage(c === '-' ? "embedded '-' among SysV options makes no sense" : 'unsupported SysV option')
    }
    return undefined
  }
  private leadersOrGroups(text: string): void {
    for (const [by, one] of [['session', pid], ['egid', group]] as const) {
      try {
        select(this.o, this.known, by, text, one)
        return
      } catch (error) {
        if (!(error instanceof PsUsage)) throw error
      }
    }
    throw new PsUsage('list of session leaders OR effective group IDs was invalid')
  }
  private bsd(word: string): PsOther | undefined {
    const { o, known } = this
    o.defaults = 'bsd'
    for (let i = 0; i < word.length; i++) {
      const c = word[i] ?? ''
      const rest = word.slice(i + 1)
      if (/\d/.test(c)) {
        select(o, known, 'pid', word.slice(i), pid)
        return undefined
      }
      const flag = BSD[c]
      if (this.taking(c, rest)) return undefined
      if (flag) flag(o, known)
      // Without a dash m shows threads; the second reading takes it for the memory format of old Linux.
      else if (c === 'm') this.dialect === 'bsd' ? o.styles.add('m') : o.threads.add('m')
      else if (c === 't') {
        if (rest === '' && (this.args[this.at + 1] ?? '') === '') ownTty(o, known)
        else select(o, known, 'tty', this.value(rest, ''), tty)
        return undefined
      } else if (c === 'L' || c === 'V') {
        this.exclusive(c)
        return { print: c === 'L' ? 'formats' : 'version' }
      } else if (c === 'W') throw new PsUsage('obsolete W option not supported (you have a /dev/drum?)')
      else throw new PsUsage(c === '-' ? "embedded '-' among BSD options makes no sense" : 'unsupported option (BSD syntax)')
    }
    return undefined
  }
  private gnu(word: string): PsOther | undefined {
    const cut = word.search(/[:=]/)
    const name = cut < 0 ? word : word.slice(0, cut)
    const given = cut < 0 ? undefined : word.slice(cut + 1)
    const flag = GNU_FLAGS.get(name)
    const number = /^(cols|columns|width)$/.test(name) ? 'columns' : /^(rows|lines)$/.test(name) ? 'rows' : undefined
    if (flag) {
      if (given !== undefined && name !== 'context') throw new PsUsage(`option ${FLAG_WORDS.get(name) ?? (name.startsWith('no') ? '--no-heading' : '--heading')} does not take an argument`)
      flag(this.o)
    } else if (number) {
      const missing = number === 'columns' ? 'number of columns must follow --cols, --width, or --columns' : 'number of rows must follow --rows or --lines'
      const n = unsigned(this.gnuValue(given, missing))
      if (n === undefined || n < 1 || n >= 2_000_000_000) throw new PsUsage(missing)
      this.o[number] = n
    } else if (name === 'version') {
      this.exclusive('--version')
      return { print: 'version' }
    } else if (name === 'help') return { print: { help: given ?? this.args[this.at + 1] ?? '' } }
    else if (LISTS.has(`--${name}`) || DEFERRED.has(`--${name}`)) {
      const missing = LISTS.get(`--${name}`)?.missing ?? DEFERRED.get(`--${name}`)?.[1] ?? ''
      this.taking(`--${name}`, this.gnuValue(given, missing))
    } else throw new PsUsage('unknown gnu long option')
    return undefined
  }
  private gnuValue(given: string | undefined, missing: string): string {
    if (given === '') throw new PsUsage(missing)
    return given ?? this.value('', missing)
  }
  /** From the first number on all words are pids, `-` groups and `+` sessions. */
  private trailing(): void {
    const { o, known } = this
    o.defaults = 'bsd'
    for (const word of this.args.slice(this.at)) {
      const by = word.startsWith('-') ? 'pgrp' : word.startsWith('+') ? 'session' : 'pid'
      o.selections.push({ by, values: [pid(by === 'pid' ? word : word.slice(1), o, known)] })
    }
    this.at = this.args.length
  }
}

/** Combinations of thread options that make no sense. */
function checkThreads({ threads: t, forest }: PsOptions): void {
  if (t.size === 0) return
  if (forest !== 'none') throw new PsUsage('thread display conflicts with forest display')
  if (t.has('H') && (t.has('m') || t.has('-m'))) throw new PsUsage("thread flags conflict; can't use H with m or -m")
  if (t.has('m') && t.has('-m')) throw new PsUsage("thread flags conflict; can't use both m and -m")
  if (t.has('-L') && t.has('-T')) throw new PsUsage("thread flags conflict; can't use both -L and -T")
}

/** Parses, then `finish`es (reads formats and sort keys); on failure both again in the other way. */
export function parsePs<T>(args: readonly string[], known: Known, finish: (o: PsOptions) => T): T | PsOther {
  const attempt = (dialect: 'first' | 'bsd'): T | PsOther => {
    const o = new Parser(args, known, dialect).parse()
    if ('print' in o) return o
    checkThreads(o)
    return finish(o)
  }
  try {
    return attempt('first')
  } catch (first) {
    if (!(first instanceof PsUsage)) throw first
    try {
      return attempt('bsd')
    } catch (second) {
      throw second instanceof PsUsage ? first : second
    }
  }
}
