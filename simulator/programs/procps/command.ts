/** A program of procps-ng 4.0.2: options declared by its help text, which is also what a wrong call is answered with. */
import type { Run } from '../../kernel/run'
import { closeout } from '../closeout'
import { declare } from '../options/declare'
import { type Given, type Options, parseOptions, UsageError } from '../options/parse'
import { Exit, type Io, program, type ProgramModule, type ProgramSpec } from '../program'

export interface ProcpsCommand extends Omit<ProgramSpec, 'run'> {
  readonly help: string
  /** Options that the help text does not show, or shows in another form; read first. */
  readonly hidden?: string
  /** Exit status for a wrong call; default 1. */
  readonly failure?: number
  readonly stopAtOperand?: boolean
  /** What a wrong option does besides being told; default: the help text, on standard error, and failure. */
  readonly wrong?: (io: Io, before: readonly Given[]) => number
  readonly rewrite?: (args: readonly string[]) => readonly string[]
  /** Looks at each option as it comes, before the later ones are read: what is wrong with it, or undefined. */
  readonly check?: (option: Given, before: readonly Given[]) => string | undefined
  run(io: Io, options: Options): Run<number | void>
}

export function procpsCommand(spec: ProcpsCommand): ProgramModule {
  const { help, hidden = '', failure = 1, stopAtOperand = false, rewrite, check, wrong, run, ...rest } = spec
  const declared = declare([hidden, help])
  return program({
    unwritten: closeout(),
    ...rest,
    *run(io) {
      let options: Options
      const asked = (given: readonly Given[]): boolean => {
        for (const [i, option] of given.entries()) {
          const fault = check?.(option, given.slice(0, i))
          if (fault !== undefined) {
            io.err(`${io.name}: ${fault}\n`)
            throw new Exit(failure)
          }
          if (option.name !== 'help' && option.name !== 'version') continue
          io.out(option.name === 'help' ? help : `${io.name} from procps-ng 4.0.2\n`)
          return true
        }
        return false
      }
      try {
        options = parseOptions(rewrite ? rewrite(io.args) : io.args, declared, { stopAtOperand })
      } catch (error) {
        if (!(error instanceof UsageError)) throw error
        if (asked(error.given)) return 0
        io.err(`${io.name}: ${error.message}\n`)
        if (wrong) return wrong(io, error.given)
        io.err(help)
        return failure
      }
      return asked(options.given) ? 0 : yield* run(io, options)
    },
  })
}

/** The whole help text on standard error, and the end. */
export function wrongCall(io: Io, help: string, failure = 1): never {
  io.err(help)
  return io.exit(failure)
}
