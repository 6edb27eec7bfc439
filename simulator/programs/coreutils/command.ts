/** A command of coreutils: as every GNU command, and it calls itself as it was called, directory and all (`/bin/ls: cannot access …`). */
import type { ProgramModule } from '../program'
import { type CommandSpec, command as gnuCommand, usageError } from '../options/command'
import { Exit, type Io } from '../program'
import { locale } from './files'

export { Options, parseOptions, UsageError } from '../options/parse'
export { usageError }

export const command = (spec: CommandSpec): ProgramModule => gnuCommand({ ...spec, called: 'by-path' })

/** `NAME: message`, the hint at --help, and the end. */
export function wrongCall(io: Io, message: string, status = 1): never {
  io.err(`${io.name}: ${message}\n`)
  return usageError(io, status)
}

/** `NAME: message`, and the end. */
export function fail(io: Io, message: string, status = 1): never {
  io.err(`${io.name}: ${message}\n`)
  throw new Exit(status)
}

/** What coreutils says when operands are missing (after the last one that is there). */
export function missingOperand(io: Io, operands: readonly string[], status = 1): never {
  const last = operands.at(-1)
  return wrongCall(io, last === undefined ? 'missing operand' : `missing operand after ${locale(io, last)}`, status)
}

export const extraOperand = (io: Io, operand: string, status = 1): never => wrongCall(io, `extra operand ${locale(io, operand)}`, status)
