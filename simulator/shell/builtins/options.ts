/** Options of builtins, as bash's internal_getopt reads them. No command of its own. */
import type { Run } from '../../kernel/run'
import type { Shell } from '../shell'

export interface ParsedOptions {
  /** The letter and its argument (`''` for a letter without one), in the order given. */
  readonly flags: Map<string, string>
  readonly rest: readonly string[]
  /** Where `rest` begins in the arguments. */
  readonly at: number
}

export interface BadOption {
  /** The message's second half. */
  readonly bad: string
}

/** `spec` as for getopt(3). `args` starts with the command's name. */
export function parseOptions(args: readonly string[], spec: string): ParsedOptions | BadOption {
  const flags = new Map<string, string>()
  let at = 1
  for (; at < args.length; at++) {
    const arg = args[at] as string
    if (arg === '--') {
      at++
      break
    }
    if (arg === '-' || !arg.startsWith('-')) break
    for (let i = 1; i < arg.length; i++) {
      const letter = arg[i] as string
      const place = letter === ':' ? -1 : spec.indexOf(letter)
      if (place < 0) return { bad: `-${letter}: invalid option` }
      if (spec[place + 1] !== ':') {
        flags.set(letter, '')
        continue
      }
      const inline = arg.slice(i + 1)
      if (inline === '') at++
      const value = inline === '' ? args[at] : inline
      if (value === undefined) return { bad: `-${letter}: option requires an argument` }
      flags.set(letter, value)
      break
    }
  }
  return { flags, rest: args.slice(at), at }
}

/** Says what is wrong and how it would be right. */
export function* usage(shell: Shell, name: string, problem: string, text: string): Run<number> {
  if (problem !== '') yield* shell.error(`${name}: ${problem}`)
  yield* shell.write(2, `${name}: usage: ${text}\n`)
  return 2
}
