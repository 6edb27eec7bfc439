/**
 * Runs a tool written with urfave/cli: global flags, then commands down to an action. Follows app.go and command.go of 1.22 (ctr)
 * and 2.23 (crictl) in what is printed where, and in the order in which things are checked.
 */
import type { Run } from '../../kernel/run'
import type { Io } from '../program'
import type { Command, Group, Node } from './command'
import { Context, ExitError, Failure } from './context'
import { fishCompletion } from './fish'
import { type Flag, nameOf, withoutDefault } from './flag'
import { appHelp, commandHelp, groupAsApp, groupFromAbove, groupHelp, HELP_FLAG, helpHelp, helpHelp2, HELP_USAGE, VERSION_FLAG } from './help'
import { type Parsed, type ParseRules, parse, UsageError } from './parse'
import { SUGGEST_FLAG, suggestions } from './suggest'

export interface App {
  readonly name: string
  readonly usage: string
  /** The major version of urfave/cli. */
  readonly version: 1 | 2
  /** How help is laid out, where it isn't as in 2.23: as in 2.25 or 2.27. */
  readonly layout?: '2.25' | '2.27'
  /** `--help` and `--version`, where the tool words them itself. */
  readonly helpFlag?: Flag
  readonly versionFlag?: Flag
  /** What is given to a list is one value, commas and all (DisableSliceFlagSeparator). */
  readonly lists?: 'whole'
  /** The tool's own version as help shows it. */
  readonly release: string
  readonly description?: string
  readonly flags: readonly Flag[]
  readonly commands: readonly Node[]
  /** What `--version` prints. */
  readonly versionLine: string
  before?(context: Context): Run
  /** What the tool does when no command is named; its help when not given. */
  action?(context: Context): Run<number>
  /** Words a failed action on standard error; its value is the exit status. */
  fail(context: Context, error: unknown): number | Run<number>
  /** Where the text of an exit goes (cli.ErrWriter); standard error when not given. */
  exitText?(context: Context, text: string): Run
}

const EMPTY: Parsed = { values: new Map(), args: [] }

export function* runApp(app: App, io: Io): Run<number> {
  if (io.args.at(-1) === SUGGEST_FLAG) return print(io, suggestions(app, io.args.slice(0, -1)))
  const asked: Asked = { root: new Context(io, [app.name], app.flags, EMPTY) }
  try {
    return yield* top(app, io, asked)
  } catch (error) {
    const { root } = asked
    if (error instanceof ExitError) {
      if (error.message === '') return error.code
      if (app.exitText) yield* app.exitText(root, error.message)
      else io.err(`${error.message}\n`)
      return error.code
    }
    const code = app.fail(root, error)
    return typeof code === 'number' ? code : yield* code
  }
}

/** The tool's own flags, once they are read. */
interface Asked {
  root: Context
}

const noTopic = (name: string): ExitError => new ExitError(`No help topic for '${name}'`, 3)
const named = (nodes: readonly Node[], name: string): Node | undefined =>
  nodes.find((node) => node.name === name) ?? nodes.find(({ spec }) => spec.aliases?.includes(name))
const isHelp = (name: string): boolean => name === 'help' || name === 'h'

function* top(app: App, io: Io, asked: Asked): Run<number> {
  const flags = [...app.flags, HELP_FLAG, VERSION_FLAG]
  const parsed = read(app, io, flags, io.args, {}, () => appHelp(app))
  const context = new Context(io, [app.name], flags, parsed)
  if (context.bool('help')) {
    const [topic] = parsed.args
    if (topic === undefined || app.version === 1) return print(io, appHelp(app))
    if (!isHelp(topic) && named(app.commands, topic) === undefined) throw new Failure(noTopic(topic).message)
    return help(app, io, app.commands, topic, [app.name])
  }
  if (context.bool('version')) return print(io, `${app.versionLine}\n`)
  asked.root = context
  const refused = flags.find((flag) => flag.refused && context.isSet(nameOf(flag)))
  if (refused) return context.refuse(`--${nameOf(refused)}`)
  if (app.before) yield* app.before(context)
  const [name, ...rest] = parsed.args
  if (name === undefined) return app.action ? yield* app.action(context) : print(io, appHelp(app))
  if (isHelp(name)) return rest[0] === undefined ? print(io, appHelp(app)) : help(app, io, app.commands, rest[0], [app.name])
  const node = named(app.commands, name)
  if (node === undefined && app.action) return yield* app.action(context)
  if (node === undefined) throw noTopic(name)
  return yield* enter(app, node, rest, context)
}

function help(app: App, io: Io, nodes: readonly Node[], name: string, path: readonly string[]): number {
  if (isHelp(name)) return print(io, app.version === 1 ? helpHelp(path) : helpHelp2(app, path))
  if (app.version === 2 && (name === '--help' || name === '-h')) return print(io, appHelp(app))
  const node = named(nodes, name)
  if (node === undefined) throw noTopic(name)
  const inner = [...path, node.spec.name]
  if (app.version === 1) return print(io, commandHelp(app, node.spec, inner))
  if (app.layout === '2.27') return print(io, node.spec.kind === 'group' ? groupFromAbove(app, node.spec, inner) : commandHelp(app, node.spec, inner))
  return print(io, node.spec.kind === 'group' ? groupHelp(app, node, inner) : commandHelp(app, app.layout === undefined ? asRead(node.spec) : node.spec, inner))
}

/** A command that was not entered has not set its flags up: their defaults are those of their kinds. */
const asRead = (spec: Command | Group): Command | Group => ({ ...spec, flags: (spec.flags ?? []).map(withoutDefault) })

function* enter(app: App, node: Node, args: readonly string[], parent: Context): Run<number> {
  const path = [...parent.path, node.spec.name]
  return node.spec.kind === 'command' ? yield* act(app, node.spec, args, parent, path) : yield* descend(app, node, args, parent, path)
}

function* descend(app: App, node: Node, args: readonly string[], parent: Context, path: readonly string[]): Run<number> {
  const { io } = parent
  const flags = [...(node.spec.flags ?? []), HELP_FLAG]
  const text = (): string => groupHelp(app, node, path)
  const parsed = read(app, io, flags, args, {}, text)
  const context = new Context(io, path, flags, parsed, parent)
  const [name, ...rest] = parsed.args
  if (context.bool('help') || name === undefined) return print(io, text())
  if (isHelp(name)) return rest[0] === undefined ? print(io, app.version === 1 ? groupAsApp(app, node, path) : text()) : help(app, io, node.children, rest[0], path)
  const child = named(node.children, name)
  if (child === undefined) throw noTopic(name)
  return yield* enter(app, child, rest, context)
}

function* act(app: App, spec: Command, args: readonly string[], parent: Context, path: readonly string[]): Run<number> {
  const { io } = parent
  const flags = [...(spec.flags ?? []), HELP_FLAG]
  const rules: ParseRules =
    app.version === 1
      ? { reorder: spec.flagsFirst ? undefined : 'flags-first' }
      : { integers: app.layout === '2.27' ? app.layout : undefined, lists: app.lists ? undefined : 'commas', shortOptions: spec.shortOptions }
  const misused = (): string => (app.version === 1 ? commandHelp(app, spec, path) : groupHelp(app, { name: spec.name, spec, children: [] }, path))
  const parsed = read(app, io, flags, args, rules, misused)
  const context = new ActionContext(app, spec, new Context(io, path, flags, parsed, parent), flags, parsed, parent)
  if (context.bool('help')) return print(io, commandHelp(app, spec, path))
  const missing = flags.filter((flag) => flag.required && !context.isSet(nameOf(flag))).map(nameOf)
  if (missing.length > 0) {
    if (app.layout !== '2.27') io.out(misused())
    else if (parsed.args.length === 0) io.out(commandHelp(app, spec, path))
    else if (isHelp(context.arg(0))) io.out(helpHelp2(app, path.slice(0, -1)))
    throw new Failure(missing.length === 1 ? `Required flag "${missing[0]}" not set` : `Required flags "${missing.join(', ')}" not set`)
  }
  // Version 2 gives every command a help of its own.
  if (app.version === 2 && isHelp(context.arg(0))) {
    if (context.arg(1) !== '') throw noTopic(context.arg(1))
    return print(io, commandHelp(app, spec, path))
  }
  const refused = flags.find((flag) => flag.refused && context.isSet(nameOf(flag)))
  if (refused) return context.refuse(`${path.slice(1).join(' ')} --${nameOf(refused)}`)
  return (yield* spec.run(context)) ?? 0
}

/** An action's context: it can also show the help of its own command. */
class ActionContext extends Context {
  private readonly app: App
  private readonly spec: Command
  constructor(app: App, spec: Command, own: Context, flags: readonly Flag[], parsed: Parsed, parent: Context) {
    super(own.io, own.path, flags, parsed, parent)
    this.app = app
    this.spec = spec
  }
  override showHelp(): number {
    const { app, spec, path } = this
    return print(this.io, app.version === 1 ? commandHelp(app, spec, path) : groupHelp(app, { name: spec.name, spec, children: [] }, path))
  }
  override fishCompletion(): string {
    return fishCompletion(this.app, this.spec.name)
  }
  override names(): ReturnType<Context['names']> {
    const { commands, flags } = this.app
    const own = commands.flatMap(({ spec }) => [spec.name, ...(spec.aliases ?? [])].map((name) => ({ name, usage: spec.usage })))
    const help = ['help', 'h'].map((name) => ({ name, usage: HELP_USAGE }))
    return { commands: [...own, ...help], flags: [...flags, HELP_FLAG, VERSION_FLAG].map(nameOf) }
  }
}

/** Parses, and tells on standard output what was wrong, with the help text, before the error goes on. */
function read(app: App, io: Io, flags: readonly Flag[], args: readonly string[], rules: ParseRules, text: () => string): Parsed {
  try {
    return parse(flags, args, rules)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    // Version 1 writes a full stop for the tool and its groups, a colon for commands (whose rules name an order).
    const mark = app.version === 1 && !('reorder' in rules) ? '.' : ':'
    io.out(`Incorrect Usage${mark} ${error.message}\n\n${text()}`)
    if (app.version === 1) io.out('')
    throw new Failure(error.message)
  }
}

function print(io: Io, text: string): number {
  io.out(text)
  return 0
}
