/** Flags of github.com/urfave/cli, declared once: parsing, help and error words all come from here. */
export type FlagKind = 'bool' | 'string' | 'strings' | 'int' | 'uint' | 'float' | 'duration' | 'ints'

export interface Flag {
  readonly kind: FlagKind
  /** The first is the name by which actions ask. */
  readonly names: readonly string[]
  /** A word in backquotes is the placeholder of its value. */
  readonly usage: string
  readonly value?: string
  readonly env?: string
  /** Its value is the name of a file: completion offers files. */
  readonly file?: 'file'
  readonly required?: 'required'
  /** Taken, and in no help text. */
  readonly hidden?: 'hidden'
  /** Taken, but refused with `not simulated in this lab`. */
  readonly refused?: 'refused'
  /** Its help does not tell what stands where it is not given. */
  readonly default?: 'hidden'
}

type Rest = Omit<Partial<Flag>, 'kind' | 'names' | 'usage'>

const maker = (kind: FlagKind) => (names: string, usage: string, rest: Rest = {}): Flag => ({
  kind,
  names: names.split(',').map((name) => name.trim()),
  usage,
  ...rest,
})

export const bool = maker('bool')
export const string = maker('string')
export const strings = maker('strings')
export const int = maker('int')
export const uint = maker('uint')
export const float = maker('float')
export const duration = maker('duration')
export const ints = maker('ints')

/** A flag's name, as the first of its names. */
export const nameOf = (flag: Flag): string => flag.names[0] ?? ''

export const withoutDefault = ({ value: _, ...flag }: Flag): Flag => flag

const dashed = (name: string): string => (name.length === 1 ? `-${name}` : `--${name}`)

/** A flag in a help text: names, a tab, usage with default and environment. The two major versions differ. */
export function describe(flag: Flag, version: 1 | 2): string {
  const quoted = /`([^`]*)`/.exec(flag.usage)
  const usage = quoted ? flag.usage.replace(quoted[0], quoted[1] ?? '') : flag.usage
  const placeholder = flag.kind === 'bool' ? '' : ` ${quoted?.[1] ?? 'value'}`
  const names = flag.names.map((name) => dashed(name) + placeholder).join(', ')
  const repeated = version === 2 && (flag.kind === 'strings' || flag.kind === 'ints') ? `${names} [ ${names} ]` : names
  const env = flag.env === undefined ? '' : ` [$${flag.env}]`
  return `${repeated}\t${`${usage}${shownDefault(flag, version)}`.trim()}${env}`
}

function shownDefault(flag: Flag, version: 1 | 2): string {
  if (flag.default) return ''
  switch (flag.kind) {
    case 'bool': return version === 2 ? ` (default: ${flag.value ?? 'false'})` : ''
    case 'string': return flag.value === undefined || flag.value === '' ? '' : ` (default: "${flag.value}")`
    case 'strings':
    case 'ints': return ''
    case 'duration': return ` (default: ${flag.value ?? '0s'})`
    case 'int':
    case 'uint':
    case 'float': return ` (default: ${flag.value ?? '0'})`
  }
}
