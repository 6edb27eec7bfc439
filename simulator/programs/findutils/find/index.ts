/** find(1) of findutils 4.9.0. Sources: find(1); recordings: shell/userland. */
import { accounts } from '../../coreutils/accounts'
import { inside } from '../../coreutils/copying'
import { locale, reason } from '../../coreutils/files'
import { isErrno } from '../../../kernel/errno'
import type { Run } from '../../../kernel/run'
import { RegexError } from '../../../regex'
import { zoneOf } from '../../libc/timezone'
import { Exit, type Io, program } from '../../program'
import { decode } from '../../../kernel/bytes'
import { Actions } from './actions'
import { Entry } from './entry'
import { type Arguments, ExpressionError, ExpressionParser, holds, type Predicate, type Tree } from './expression'
import type { View } from './format'
import { HELP, VERSION } from './help'
import { makeTest, type Settings } from './tests'

/** What a file costs the host, in microseconds. */
const COST = 40

const REGEX_TYPES = ['findutils-default', 'ed', 'emacs', 'gnu-awk', 'grep', 'posix-awk', 'awk', 'posix-basic', 'posix-egrep', 'egrep', 'posix-extended', 'posix-minimal-basic', 'sed']
/** Options that hold for the whole command wherever they stand. */
const GLOBAL = new Set(['-depth', '-d', '-maxdepth', '-mindepth', '-mount', '-xdev', '-noleaf', '-ignore_readdir_race', '-noignore_readdir_race', '-files0-from'])

interface Rules {
  depthFirst: boolean
  least: number
  most: number
  sameFileSystem: boolean
  from: string | null
}

export default program({
  unwritten: ({ name, why, isClosed }) => ({ said: `${name}: ‘standard output’: ${why}\n${name}: write error${isClosed ? `: ${why}` : ''}\n`, status: 1 }),
  summary: 'search for files in a directory hierarchy',
  size: 224_776,
  *run(io) {
    const walk = new Walk(io)
    try {
      return yield* walk.run()
    } catch (error) {
      if (error instanceof RegexError) io.err(`${io.name}: ${error.message}\n`)
      else if (!(error instanceof ExpressionError)) throw error
      else if (error.message !== '') io.err(`${io.name}: ${error.message}\n`)
      return 1
    }
  },
})

class Walk {
  private readonly io: Io
  private readonly rules: Rules = { depthFirst: false, least: 0, most: Infinity, sameFileSystem: false, from: null }
  private readonly settings: Settings
  private warnings: boolean
  private acts = false
  /** The first test or action met, for the warning about options behind it. */
  private firstTest = ''
  constructor(io: Io) {
    this.io = io
    this.warnings = io.sys.isatty(0)
    this.settings = {
      regextype: 'findutils-default', dayStart: false, follow: 'never', quote: (text) => locale(io, text),
      warn: (message) => {
        if (this.warnings) io.err(`${io.name}: warning: ${message}\n`)
      },
    }
  }
  *run(): Run<number> {
    const { io } = this
    const rest = this.leading(io.args)
    const start = rest.findIndex((word) => (word.startsWith('-') && word.length > 1) || word === '(' || word === '!')
    const paths = start < 0 ? rest : rest.slice(0, start)
    const view: View = { sys: io.sys, names: yield* accounts(io.sys), zone: zoneOf(io.env('TZ')), now: io.sys.now() }
    const actions = new Actions(io, view, this.settings.quote)
    const parser = new ExpressionParser(start < 0 ? [] : rest.slice(start), (name, args) => this.make(name, args, view, actions), (path) => this.exists(path))
    const tree = yield* parser.parse()
    const print: Tree = { type: 'leaf', run: (yield* actions.make('-print', NOTHING)) ?? (() => true) }
    const whole: Tree = tree === null ? print : this.acts ? tree : { type: 'and', left: tree, right: print }
    const roots = this.rules.from === null ? (paths.length > 0 ? paths : ['.']) : yield* this.startingPoints(this.rules.from, paths, actions)
    for (const root of roots) {
      yield* this.visit(root, root, 0, whole, actions, [])
      if (actions.quit) break
    }
    yield* actions.finish()
    return actions.status
  }
  private exists(path: string): boolean {
    try {
      this.io.sys.lstat(path)
      return true
    } catch (error) {
      if (!isErrno(error)) throw error
      return false
    }
  }
  private *startingPoints(file: string, paths: readonly string[], actions: Actions): Run<string[]> {
    const first = paths[0]
    if (first !== undefined) {
      this.io.err(`${this.io.name}: extra operand ${this.settings.quote(first)}\n${this.io.name}: file operands cannot be combined with -files0-from\n`)
      throw new Exit(1)
    }
    try {
      return decode(yield* this.io.sys.readFile(file === '-' ? '/dev/stdin' : file)).split('\0').filter((p) => p !== '')
    } catch (error) {
      actions.complain(`cannot open ${this.settings.quote(file)} for reading: ${reason(error)}`)
      return []
    }
  }
  /** -H -L -P -O -D before the paths. */
  private leading(args: readonly string[]): readonly string[] {
    let i = 0
    for (; i < args.length; i++) {
      const word = args[i] ?? ''
      if (word === '-P') this.settings.follow = 'never'
      else if (word === '-H') this.settings.follow = 'operands'
      else if (word === '-L') this.settings.follow = 'always'
      else if (word === '-D') i++
      else if (word === '--') return args.slice(i + 1)
      else if (!/^-O\d+$/.test(word)) break
    }
    return args.slice(i)
  }
  /** Options, tests, actions, by their name. */
  private *make(name: string, args: Arguments, view: View, actions: Actions): Run<Predicate | undefined> {
    const option = this.option(name, args)
    if (option) return option
    if (this.firstTest === '') this.firstTest = name
    const test = yield* makeTest(name, args, view, this.settings)
    if (test) return test
    const action = yield* actions.make(name, args)
    if (action && name !== '-prune') this.acts = true
    if (name === '-delete') this.rules.depthFirst = true
    return action
  }
  private option(name: string, args: Arguments): Predicate | undefined {
    const { rules, settings, io } = this
    const yes = (): boolean => true
    if (GLOBAL.has(name) && this.firstTest !== '') {
      settings.warn(`you have specified the global option ${name} after the argument ${this.firstTest}, but global options are not positional, i.e., ${name} affects tests specified before it as well as those specified after it.  Please specify global options before other arguments.`)
    }
    switch (name) {
      case '-help': case '--help':
        io.out(HELP)
        throw new Exit(0)
      case '-version': case '--version':
        io.out(VERSION)
        throw new Exit(0)
      case '-depth': case '-d':
        rules.depthFirst = true
        return yes
      case '-maxdepth': case '-mindepth': {
        const text = args.take()
        if (!/^\d+$/.test(text)) throw new ExpressionError(`Expected a positive decimal integer argument to ${name}, but got ${settings.quote(text)}`)
        if (name === '-maxdepth') rules.most = Number(text)
        else rules.least = Number(text)
        return yes
      }
      case '-mount': case '-xdev':
        rules.sameFileSystem = true
        return yes
      case '-files0-from':
        rules.from = args.take()
        return yes
      case '-daystart':
        settings.dayStart = true
        return yes
      case '-follow':
        settings.follow = 'always'
        return yes
      case '-regextype': {
        const type = args.take()
        if (!REGEX_TYPES.includes(type)) throw new ExpressionError(`Unknown regular expression type ${settings.quote(type)}; valid types are ${REGEX_TYPES.map((t) => settings.quote(t)).join(', ')}.`)
        settings.regextype = type
        return yes
      }
      case '-warn': case '-nowarn':
        this.warnings = name === '-warn'
        return yes
      case '-noleaf': case '-ignore_readdir_race': case '-noignore_readdir_race': return yes
    }
    return undefined
  }
  private *visit(path: string, root: string, depth: number, tree: Tree, actions: Actions, ancestors: readonly { dev: number; ino: number; path: string }[]): Run {
    const { io, rules, settings } = this
    if (io.sys.spend(4, COST)) yield 'preempted'
    let entry: Entry
    try {
      entry = new Entry(io.sys, path, root, depth, settings.follow)
    } catch (error) {
      actions.complain(`${settings.quote(path)}: ${reason(error)}`)
      return
    }
    const { stat } = entry
    const loop = stat.kind === 'dir' && settings.follow === 'always' ? ancestors.find((a) => a.dev === stat.dev && a.ino === stat.ino) : undefined
    if (loop) {
      actions.complain(`File system loop detected; ${settings.quote(path)} is part of the same file system loop as ${settings.quote(loop.path)}.`)
      return
    }
    if (!rules.depthFirst && depth >= rules.least) yield* holds(tree, entry)
    if (actions.quit) return
    const [top] = ancestors
    const crosses = rules.sameFileSystem && top !== undefined && top.dev !== stat.dev
    if (stat.kind === 'dir' && depth < rules.most && !crosses && !(entry.pruned && !rules.depthFirst)) {
      yield* this.children(entry, tree, actions, [...ancestors, { dev: stat.dev, ino: stat.ino, path }])
      if (actions.quit) return
    }
    if (rules.depthFirst && depth >= rules.least) yield* holds(tree, entry)
    yield* io.drain()
  }
  private *children(entry: Entry, tree: Tree, actions: Actions, ancestors: readonly { dev: number; ino: number; path: string }[]): Run {
    let names: string[]
    try {
      if (!this.io.sys.access(entry.path, { read: true })) {
        actions.complain(`${this.settings.quote(entry.path)}: Permission denied`)
        return
      }
      names = this.io.sys.readdir(entry.path).map((e) => e.name)
    } catch (error) {
      actions.complain(`${this.settings.quote(entry.path)}: ${reason(error)}`)
      return
    }
    for (const name of names) {
      yield* this.visit(inside(entry.path, name), entry.root, entry.depth + 1, tree, actions, ancestors)
      if (actions.quit) return
    }
  }
}

const NOTHING: Arguments = {
  take() {
    throw new ExpressionError('missing argument')
  },
  rest: [],
  skip() {},
}
