/** The commands of docker as it tells of them itself (help/texts.json, made by scripts/docker-help.mjs): how they are used, their options, and the ones below them. */
import type { FlagSpec } from '../../cobra/flags'
import { firstWord } from '../../cobra/words'
import TEXTS from './help/texts.json'

/** Short name, name, kind of value (none: a switch), what it does. */
type Option = readonly string[]

export interface CommandText {
  readonly usage: string
  readonly about: string
  /** As the list of commands has it, where that is another text. */
  readonly short?: string
  readonly aliases?: readonly string[]
  readonly examples?: string
  readonly options: readonly Option[]
  readonly below?: readonly string[]
  /** How many of those below are groups. */
  readonly managed?: number
}

const ALL: Readonly<Record<string, CommandText | { readonly as: string }>> = TEXTS

const isShort = (entry: CommandText | { readonly as: string }): entry is { readonly as: string } => 'as' in entry

/** The name under which a command's code lies: `ps` is `container ls`. */
export function canonical(path: string): string {
  const entry = ALL[path]
  return entry && isShort(entry) ? entry.as : path
}

export function textOf(path: string): CommandText {
  const entry = ALL[path]
  if (!entry) return { usage: '', about: '', options: [] }
  if (!isShort(entry)) return entry
  const long = textOf(entry.as)
  const { aliases: _, ...rest } = long
  return { ...rest, usage: long.usage.replaceAll(`docker ${entry.as}`, `docker ${path}`) }
}

export const isGroup = (path: string): boolean => textOf(path).below !== undefined

/** Options that docker does not tell of: older names of others, and what turns content trust off. */
const HIDDEN: Readonly<Record<string, readonly FlagSpec[]>> = {
  'container run': [{ name: 'net', type: 'string', value: '' }, { name: 'net-alias', type: 'string', value: '' }, { name: 'help', type: 'bool', value: 'false' }],
  'container create': [{ name: 'net', type: 'string', value: '' }, { name: 'net-alias', type: 'string', value: '' }, { name: 'help', type: 'bool', value: 'false' }],
}
const TYPES: Readonly<Record<string, FlagSpec['type']>> = { '': 'bool', int: 'int', duration: 'duration' }
const HELP: FlagSpec = { name: 'help', short: 'h', type: 'bool', value: 'false', shortDeprecated: 'please use --help' }

export function flagsOf(path: string): FlagSpec[] {
  const own = textOf(path).options.map(([short = '', name = '', kind = '', about = '']): FlagSpec => {
    const value = /\(default "?([^")]*)"?\)$/.exec(about)?.[1] ?? ''
    return { name, ...(short === '' ? {} : { short }), type: TYPES[kind] ?? 'string', value: kind === '' ? value || 'false' : kind === 'int' ? value || '0' : value }
  })
  const more = HIDDEN[canonical(path)] ?? [HELP]
  return [...own, ...more.filter(({ name }) => !own.some((flag) => flag.name === name))]
}

/** The command that the words name, and what is left of them. */
export function find(words: readonly string[]): { readonly path: string; readonly args: readonly string[] } {
  let path = ''
  let args = words
  for (;;) {
    const at = firstWord(args, flagsOf(path))
    const word = args[at]
    const below = textOf(path).below ?? []
    const long = (name: string): string => (path === '' ? name : `${path} ${name}`)
    const name = word === undefined ? undefined : (below.find((each) => each === word) ?? below.find((each) => textOf(long(each)).aliases?.includes(word)))
    if (name === undefined) return { path, args }
    path = long(name)
    args = [...args.slice(0, at), ...args.slice(at + 1)]
  }
}

interface Arity {
  readonly least: number
  readonly most: number
}

/** How many words it takes, read off its usage. */
export function arityOf(path: string): Arity {
  const [line = ''] = textOf(path).usage.split('\n')
  const words = line.replace(`docker ${path}`, '').replace(/\[ps OPTIONS\]/, '[ARG...]').trim().split(/\s+/).filter((word) => word !== '' && word !== '[OPTIONS]')
  const isOpen = words.some((word) => word.includes('...'))
  return { least: words.filter((word) => !word.startsWith('[')).length, most: isOpen ? Number.POSITIVE_INFINITY : words.length }
}
