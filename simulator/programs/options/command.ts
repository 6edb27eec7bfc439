/** A command of the GNU kind: help text, options derived from it, `--help` and `--version`, and GNU's words for a wrong call. */
import type { Run } from '../../kernel/run'
import { Exit, type Io, program, type ProgramModule, type ProgramSpec } from '../program'
import { closeout } from '../closeout'
import { declare } from './declare'
import { type Given, type Options, parseOptions, UsageError } from './parse'

export interface CommandSpec extends Omit<ProgramSpec, 'run'> {
  /** What `--help` prints; declares the options. */
  readonly help: string
  readonly version: string
  /** Options that the help text does not show, in the same form (one a line). */
  readonly hidden?: string
  /** Exit status for a wrong call; default 1. */
  readonly failure?: number
  readonly stopAtOperand?: boolean
  /** The hint after a wrong call begins with the name, as diffutils have it. */
  readonly hint?: 'bare' | 'named'
  /** What is shown after a wrong call: the hint, another text instead (sed), or lines before the hint (grep). */
  readonly usage?: 'hint' | { readonly instead: string } | { readonly before: (name: string, io: Io) => string }
  /** Rewrites arguments of older forms (`head -5`) before they are parsed. */
  readonly rewrite?: (args: readonly string[]) => readonly string[]
  /** Looks at each option as it comes, before the later ones are read: what is wrong with it, or undefined. */
  readonly check?: (option: Given, before: readonly Given[]) => string | undefined
  run(io: Io, options: Options): Run<number | void>
}

/** `Try 'NAME --help' for more information.`, and the end. */
export function usageError(io: Io, status = 1): never {
  io.err(`Try '${io.name} --help' for more information.\n`)
  throw new Exit(status)
}

/** The help text of a program that calls itself by its path names that path where the name stood. */
function helpOf(io: Io, help: string, called: ProgramSpec['called']): string {
  const own = /^Usage: (\S+)/.exec(help)?.[1]
  if (called !== 'by-path' || own === undefined || own === io.name) return help
  return help.replace(/^(Usage: | {2}or: {2}| {2})(\S+)(?=[ \n])/gm, (whole, lead: string, name: string) => (name === own ? lead + io.name : whole))
}

export function command(spec: CommandSpec): ProgramModule {
  const { help, version, hidden = '', failure = 1, stopAtOperand = false, hint = 'bare', usage = 'hint', rewrite, check, run, ...rest } = spec
  const declared = declare([hidden, help])
  return program({
    unwritten: closeout(),
    ...rest,
    *run(io) {
      let options: Options
      const asked = (given: readonly Given[]): boolean => {
        for (const [i, option] of given.entries()) {
          const wrong = check?.(option, given.slice(0, i))
          if (wrong !== undefined) {
            io.err(`${io.name}: ${wrong}\n`)
            throw new Exit(failure)
          }
          if (option.name === 'help' && help !== '' && declared.long.has('help')) io.out(helpOf(io, help, spec.called))
          else if (option.name === 'version' && version !== '' && declared.long.has('version')) io.out(version)
          else continue
          return true
        }
        return false
      }
      try {
        options = parseOptions(rewrite ? rewrite(io.args) : io.args, declared, { stopAtOperand })
      } catch (error) {
        if (!(error instanceof UsageError)) throw error
        if (asked(error.given)) return 0
        io.err(`${io.name}: ${error.message}\n${hint === 'named' ? `${io.name}: ` : ''}`)
        if (usage !== 'hint') io.err('instead' in usage ? usage.instead : usage.before(io.name, io))
        if (usage !== 'hint' && 'instead' in usage) return failure
        return usageError(io, failure)
      }
      if (asked(options.given)) return 0
      return yield* run(io, options)
    },
  })
}
