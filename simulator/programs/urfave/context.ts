/** What an action gets: its arguments, its flags (and those of the commands above it), its streams. */
import type { Sys } from '../../kernel/sys'
import type { Io } from '../program'
import { parseDuration } from '../go/duration'
import { type Flag, nameOf } from './flag'
import { type Parsed, isTrue } from './parse'

/** A Go error: a text that the tool words. */
export class Failure extends Error {}

/** cli.NewExitError: an exit status, with or without a text of its own. */
export class ExitError extends Error {
  readonly code: number
  constructor(message: string, code: number) {
    super(message)
    this.code = code
  }
}

export class Context {
  readonly io: Io
  readonly sys: Sys
  /** `ctr`, `containers`, `list`. */
  readonly path: readonly string[]
  readonly args: readonly string[]
  readonly parent: Context | undefined
  private readonly flags: readonly Flag[]
  private readonly parsed: Parsed
  constructor(io: Io, path: readonly string[], flags: readonly Flag[], parsed: Parsed, parent?: Context) {
    this.io = io
    this.sys = io.sys
    this.path = path
    this.flags = flags
    this.parsed = parsed
    this.args = parsed.args
    this.parent = parent
  }

  /** The argument at `index`, '' when there is none. */
  arg(index: number): string {
    return this.args[index] ?? ''
  }

  /** Whether this command itself has such a flag. */
  knows(name: string): boolean {
    return this.find(name) !== undefined
  }

  isSet(name: string): boolean {
    const flag = this.find(name)
    if (flag === undefined) return this.parent?.isSet(name) ?? false
    return this.parsed.values.has(nameOf(flag)) || (flag.env !== undefined && (this.io.env(flag.env) ?? '') !== '')
  }

  bool(name: string): boolean {
    return isTrue(this.strings(name).at(-1) ?? '')
  }

  string(name: string): string {
    return this.strings(name).at(-1) ?? ''
  }

  strings(name: string): readonly string[] {
    const flag = this.find(name)
    if (flag === undefined) return this.parent?.strings(name) ?? []
    const given = this.parsed.values.get(nameOf(flag))
    if (given !== undefined) return given
    const fromEnv = flag.env === undefined ? undefined : this.io.env(flag.env)
    if (fromEnv !== undefined && fromEnv !== '') return [fromEnv]
    return flag.value === undefined ? [] : [flag.value]
  }

  number(name: string): number {
    return Number(this.string(name) || '0')
  }

  /** Nanoseconds. */
  duration(name: string): number {
    return parseDuration(this.string(name)) ?? 0
  }

  /** Prints the help of this command (cli.ShowSubcommandHelp). */
  showHelp(): number {
    return 0
  }

  /** All commands of the tool, by each of their names, and its own flags: what completion knows. */
  names(): { readonly commands: readonly { readonly name: string; readonly usage: string }[]; readonly flags: readonly string[] } {
    return { commands: [], flags: [] }
  }

  /** Completion of the tool for fish. */
  fishCompletion(): string {
    return ''
  }

  /** Ends the program: this lab does not simulate `what`. */
  refuse(what: string): never {
    this.io.err(`${this.path[0] ?? ''}: not simulated in this lab: ${what}\n`)
    return this.io.exit(125)
  }

  private find(name: string): Flag | undefined {
    return this.flags.find((flag) => flag.names.includes(name))
  }
}
