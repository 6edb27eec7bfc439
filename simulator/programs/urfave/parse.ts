/**
 * Go's flag.FlagSet as urfave/cli uses it: one or two dashes alike, parsing stops at the first argument that is no flag.
 * Version 1 first moves the flags it knows to the front; version 2 can split `-it` into `-i -t`.
 */
import { parseDuration } from '../go/duration'
import { quote } from '../go/strconv'
import { type Flag, nameOf } from './flag'

export class UsageError extends Error {}

export interface Parsed {
  /** Texts as given, by the flag's first name; the last one counts unless the flag is a list. */
  readonly values: ReadonlyMap<string, readonly string[]>
  readonly args: readonly string[]
}

export interface ParseRules {
  readonly reorder?: 'flags-first'
  readonly shortOptions?: 'joined'
  /** Lists take several values in one, with commas. */
  readonly lists?: 'commas'
  /** How a list of integers words what is none: 2.27 in another way than those before. */
  readonly integers?: '2.27'
}

const TRUE = ['1', 't', 'T', 'TRUE', 'true', 'True']
const FALSE = ['0', 'f', 'F', 'FALSE', 'false', 'False']

export const isTrue = (text: string): boolean => TRUE.includes(text)

export function parse(flags: readonly Flag[], given: readonly string[], rules: ParseRules): Parsed {
  const find = (name: string): Flag | undefined => flags.find((flag) => flag.names.includes(name))
  const values = new Map<string, string[]>()
  const args = rules.reorder ? reorder(flags, given) : [...given]
  for (;;) {
    const arg = args[0]
    if (arg === undefined || arg.length < 2 || !arg.startsWith('-')) break
    args.shift()
    if (arg === '--') break
    const body = arg.replace(/^--?/, '')
    if (body === '' || body.startsWith('-') || body.startsWith('=')) throw new UsageError(`bad flag syntax: ${arg}`)
    const equals = body.indexOf('=')
    const name = equals < 0 ? body : body.slice(0, equals)
    const flag = find(name)
    if (flag === undefined) {
      const split = rules.shortOptions && !arg.startsWith('--') && arg.length > 2 ? [...body].map((c) => `-${c}`) : []
      if (split.length > 0 && split.every((short) => find(short.slice(1)))) {
        args.unshift(...split)
        continue
      }
      throw new UsageError(`flag provided but not defined: -${name}`)
    }
    let value = equals < 0 ? undefined : body.slice(equals + 1)
    if (value === undefined) {
      if (flag.kind === 'bool') value = 'true'
      else {
        value = args.shift()
        if (value === undefined) throw new UsageError(`flag needs an argument: -${name}`)
      }
    }
    check(flag, name, value, rules)
    const key = nameOf(flag)
    const isList = flag.kind === 'strings' || flag.kind === 'ints'
    const fresh = isList && rules.lists ? value.split(',').map((item) => item.trim()) : [value]
    values.set(key, isList ? [...(values.get(key) ?? []), ...fresh] : fresh)
  }
  return { values, args }
}

function check(flag: Flag, name: string, value: string, { integers }: ParseRules): void {
  const bad = (): never => {
    if (flag.kind === 'bool') throw new UsageError(`invalid boolean value ${quote(value)} for -${name}: parse error`)
    throw new UsageError(`invalid value ${quote(value)} for flag -${name}: parse error`)
  }
  switch (flag.kind) {
    case 'bool':
      if (!TRUE.includes(value) && !FALSE.includes(value)) bad()
      break
    case 'int':
      if (!/^[+-]?(?:\d+|0[xX][\da-fA-F]+)$/.test(value)) bad()
      break
    case 'ints':
      if (!/^[+-]?\d+$/.test(value)) throw new UsageError(`invalid value ${quote(value)} for flag -${name}: ${integers ? 'strconv.ParseInt' : 'strconv.Atoi'}: parsing ${quote(value)}: invalid syntax`)
      break
    case 'uint':
      if (!/^(?:\d+|0[xX][\da-fA-F]+)$/.test(value)) bad()
      break
    case 'float':
      if (value.trim() === '' || Number.isNaN(Number(value))) bad()
      break
    case 'duration':
      if (parseDuration(value) === undefined) bad()
      break
  }
}

/** Moves what looks like a known flag, and the argument after it, to the front, and `--` before what is left (urfave/cli 1.22 command.go). */
function reorder(flags: readonly Flag[], args: readonly string[]): string[] {
  const known = (arg: string): boolean => {
    if (arg === '-' || arg === '--' || !arg.startsWith('-')) return false
    const name = arg.replace(/^--?/, '').split('=')[0] ?? ''
    return flags.some((flag) => flag.names.includes(name))
  }
  const front: string[] = []
  const rest: string[] = []
  let mayBeValue = false
  for (const [i, arg] of args.entries()) {
    if (mayBeValue && !known(arg)) {
      mayBeValue = false
      front.push(arg)
    } else if (arg === '--') {
      return [...front, arg, ...rest, ...args.slice(i + 1)]
    } else if (known(arg)) {
      front.push(arg)
      mayBeValue = !arg.includes('=')
    } else rest.push(arg)
  }
  return [...front, ...rest]
}
