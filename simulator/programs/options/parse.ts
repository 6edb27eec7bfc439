/** getopt_long(3) of glibc: permutation, bundles, abbreviations, and its words for what is wrong. */
import type { Declared, Option } from './declare'

export interface Given {
  readonly name: string
  readonly value: string | undefined
}

export class Options {
  /** In the order given. */
  readonly given: readonly Given[]
  readonly operands: readonly string[]
  private readonly declared: Declared
  constructor(given: readonly Given[], operands: readonly string[], declared: Declared) {
    this.given = given
    this.operands = operands
    this.declared = declared
  }
  private canonical(name: string): string {
    return (name.length === 1 ? this.declared.short.get(name) : this.declared.long.get(name))?.name ?? name
  }
  /** True when any of these (a letter or a long name) was given. */
  has(...names: string[]): boolean {
    const wanted = names.map((n) => this.canonical(n))
    return this.given.some((g) => wanted.includes(g.name))
  }
  /** The last value given. */
  value(name: string): string | undefined {
    return this.values(name).at(-1)
  }
  values(name: string): string[] {
    const wanted = this.canonical(name)
    return this.given.flatMap((g) => (g.name === wanted && g.value !== undefined ? [g.value] : []))
  }
  /** Of several options that exclude each other, the one given last. */
  last(...names: string[]): string | undefined {
    const wanted = new Map(names.map((n) => [this.canonical(n), n]))
    for (let i = this.given.length - 1; i >= 0; i--) {
      const found = wanted.get(this.given[i]?.name ?? '')
      if (found !== undefined) return found
    }
    return undefined
  }
}

/** What is wrong, as getopt_long words it (without the program's name). */
export class UsageError extends Error {
  /** What was understood before: a program has acted on it by then. */
  given: readonly Given[] = []
}

export interface ParseRules {
  /** Options end at the first operand (`+` in getopt). */
  readonly stopAtOperand?: boolean
}

export function parseOptions(args: readonly string[], declared: Declared, rules: ParseRules = {}): Options {
  const given: Given[] = []
  try {
    return parseInto(given, args, declared, rules)
  } catch (error) {
    if (error instanceof UsageError) error.given = given
    throw error
  }
}

function parseInto(given: Given[], args: readonly string[], declared: Declared, rules: ParseRules): Options {
  const operands: string[] = []
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? ''
    if (arg === '--') {
      operands.push(...args.slice(i + 1))
      break
    }
    if (!arg.startsWith('-') || arg === '-') {
      if (rules.stopAtOperand) {
        operands.push(...args.slice(i))
        break
      }
      operands.push(arg)
      continue
    }
    if (arg.startsWith('--')) {
      const cut = arg.indexOf('=')
      const word = cut < 0 ? arg.slice(2) : arg.slice(2, cut)
      const value = cut < 0 ? undefined : arg.slice(cut + 1)
      const { option, full } = longOption(word, declared, arg.slice(2))
      if (option.argument === 'none' && value !== undefined) throw new UsageError(`option '--${full}' doesn't allow an argument`)
      if (option.argument === 'required' && value === undefined) {
        if (i + 1 >= args.length) throw new UsageError(`option '--${full}' requires an argument`)
        given.push({ name: option.name, value: args[++i] })
      } else given.push({ name: option.name, value })
      continue
    }
    for (let k = 1; k < arg.length; k++) {
      const letter = arg[k] ?? ''
      const option = declared.short.get(letter)
      if (!option) throw new UsageError(`invalid option -- '${letter}'`)
      if (option.argument === 'none') {
        given.push({ name: option.name, value: undefined })
        continue
      }
      const rest = arg.slice(k + 1)
      if (rest !== '') given.push({ name: option.name, value: rest })
      else if (option.argument === 'optional') given.push({ name: option.name, value: undefined })
      else {
        if (i + 1 >= args.length) throw new UsageError(`option requires an argument -- '${letter}'`)
        given.push({ name: option.name, value: args[++i] })
      }
      break
    }
  }
  return new Options(given, operands, declared)
}

/** `given`: the word with its value, as messages name it. */
function longOption(word: string, declared: Declared, given: string): { option: Option; full: string } {
  const exact = declared.long.get(word)
  if (exact) return { option: exact, full: word }
  const possible = [...declared.long].filter(([name]) => name.startsWith(word))
  const [first] = possible
  if (!first) throw new UsageError(`unrecognized option '--${given}'`)
  if (new Set(possible.map(([, option]) => option)).size > 1) {
    throw new UsageError(`option '--${given}' is ambiguous; possibilities: ${possible.map(([name]) => `'--${name}'`).join(' ')}`)
  }
  return { option: first[1], full: first[0] }
}
