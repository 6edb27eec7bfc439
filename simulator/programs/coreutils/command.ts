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

/** A word out of a list (gnulib's argmatch): exact, or the beginning of one; words of a row mean the same. Says what is valid when it is none. */
export function argmatch<T>(io: Io, value: string, option: string, rows: readonly (readonly [words: readonly string[], meaning: T])[], status = 1): T {
  const exact = rows.find(([words]) => words.includes(value))
  if (exact) return exact[1]
  const begun = value === '' ? [] : rows.filter(([words]) => words.some((w) => w.startsWith(value)))
  if (begun.length === 1 && begun[0]) return begun[0][1]
  io.err(`${io.name}: ${begun.length > 1 ? 'ambiguous' : 'invalid'} argument ${locale(io, value)} for ${locale(io, option)}\nValid arguments are:\n${rows.map(([words]) => `  - ${words.map((w) => locale(io, w)).join(', ')}\n`).join('')}`)
  return usageError(io, status)
}

/** The operand that one too many is, or nothing. */
export function atMost(io: Io, operands: readonly string[], count: number, status = 1): void {
  const extra = operands[count]
  if (extra !== undefined) extraOperand(io, extra, status)
}
