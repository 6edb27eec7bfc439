/** Interpreters of images: the release is what the image's file says; what they would run is not simulated. */
import { ownNote } from '../../kernel/executable'
import { type ProgramModule, program } from '../program'

interface Interpreter {
  readonly summary: string
  readonly asked: readonly string[]
  readonly version: (release: string) => string
}

export const interpreter = ({ summary, asked, version }: Interpreter): ProgramModule =>
  program({
    paths: [],
    summary,
    *run(io) {
      if (io.args.length === 1 && asked.includes(io.args[0] ?? '')) {
        io.out(`${version((yield* ownNote(io.sys)).release)}\n`)
        return 0
      }
      io.err(`${io.name}: not simulated in this lab\n`)
      return 125
    },
  })
