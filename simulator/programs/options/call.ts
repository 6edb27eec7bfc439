/** The options of a program that answers a wrong call in its own way, as those not of GNU's kind do. */
import type { Io } from '../program'
import type { Declared } from './declare'
import { type Options, parseOptions, type ParseRules, UsageError } from './parse'

/** `wrong` says what is wrong with the call, in its words, and gives the status to end with. */
export function optionsOf(io: Io, declared: Declared, wrong: (message: string) => number, rules: ParseRules = {}): Options {
  try {
    return parseOptions(io.args, declared, rules)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    return io.exit(wrong(error.message))
  }
}
