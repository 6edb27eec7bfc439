/** Flags as pflag reads them (spf13/pflag): `--name=value`, `--name value`, `-n value`, `-nvalue`, `-f=x`; bools take no value unless `=`. */
import { parseDuration } from '../go/duration'

export interface FlagSpec {
  readonly name: string
  readonly short?: string
  readonly type: 'string' | 'bool' | 'int' | 'duration'
  /** Value when it is not given. */
  readonly value: string
  /** Value when it is given without one (`--dry-run`). */
  readonly noValue?: string
  /** What is said when it is given. */
  readonly deprecated?: string
  /** What is said when it is given by its short name. */
  readonly shortDeprecated?: string
}

export class UsageError extends Error {}

/** `-f, --filename=[]` as the table of a release has it: `f,filename=[]`. The kind of a flag shows in its first value. */
export function specOf(text: string, noValue: Readonly<Record<string, string>>): FlagSpec {
  const [, short, name = '', value = ''] = /^(?:(\w),)?([^=]*)=(.*)$/.exec(text) ?? []
  const type = /^(true|false)$/.test(value) ? 'bool' : /^-?\d+$/.test(value) ? 'int' : /^(\d+(h|m|s))+$/.test(value) ? 'duration' : 'string'
  const bare = noValue[name]
  return { name, type, value: value.replace(/^'(.*)'$/, '$1'), ...(short === undefined ? {} : { short }), ...(bare === undefined || type !== 'string' ? {} : { noValue: bare }) }
}

const TRUE = /^(?:1|t|T|true|TRUE|True)$/
const FALSE = /^(?:0|f|F|false|FALSE|False)$/

/** Go's words for a value that a flag's type does not take. */
function faultIn(type: FlagSpec['type'], value: string): string | undefined {
  switch (type) {
    case 'bool': return TRUE.test(value) || FALSE.test(value) ? undefined : `strconv.ParseBool: parsing ${JSON.stringify(value)}: invalid syntax`
    case 'int': return /^[-+]?(?:\d+|0x[\da-f]+)$/i.test(value) ? undefined : `strconv.ParseInt: parsing ${JSON.stringify(value)}: invalid syntax`
    case 'duration': return parseDuration(value) === undefined ? `time: invalid duration ${JSON.stringify(value)}` : undefined
    case 'string': return undefined
  }
}

export class Flags {
  private readonly values = new Map<string, string[]>()
  private readonly specs: readonly FlagSpec[]
  readonly args: string[] = []
  /** What is said of flags that are given and should not be. */
  readonly notices: string[] = []
  /** What stands after `--`. */
  rest: readonly string[] | null = null
  /** `until first word`: all that follows the first word is words, flags or not (SetInterspersed). */
  constructor(specs: readonly FlagSpec[], args: readonly string[], reading: 'throughout' | 'until first word' = 'throughout') {
    this.specs = specs
    for (let i = 0; i < args.length; i++) {
      const arg = args[i] ?? ''
      if (arg === '--') {
        this.rest = args.slice(i + 1)
        break
      }
      if (arg.startsWith('--')) {
        const [name = '', ...tail] = arg.slice(2).split('=')
        const spec = specs.find((s) => s.name === name)
        if (!spec) throw new UsageError(`unknown flag: --${name}`)
        if (tail.length > 0) this.put(spec, tail.join('='))
        else if (spec.type === 'bool') this.put(spec, 'true')
        else if (spec.noValue !== undefined) this.put(spec, spec.noValue)
        else if (args[i + 1] === undefined) throw new UsageError(`flag needs an argument: --${name}`)
        else this.put(spec, args[++i] ?? '')
      } else if (arg.startsWith('-') && arg !== '-') {
        for (let k = 1; k < arg.length; k++) {
          const letter = arg[k] ?? ''
          const spec = specs.find((s) => s.short === letter)
          if (!spec) throw new UsageError(`unknown shorthand flag: '${letter}' in ${arg}`)
          if (spec.shortDeprecated !== undefined) this.notices.push(`Flag shorthand -${letter} has been deprecated, ${spec.shortDeprecated}`)
          if (arg.charAt(k + 1) === '=') this.put(spec, arg.slice(k + 2))
          else if (spec.type === 'bool') {
            this.put(spec, 'true')
            continue
          } else if (k + 1 < arg.length) this.put(spec, arg.slice(k + 1))
          else if (args[i + 1] === undefined) throw new UsageError(`flag needs an argument: '${letter}' in ${arg}`)
          else this.put(spec, args[++i] ?? '')
          break
        }
      } else {
        this.args.push(arg)
        if (reading === 'throughout') continue
        this.args.push(...args.slice(i + 1))
        break
      }
    }
  }
  private put(spec: FlagSpec, value: string): void {
    if (spec.deprecated !== undefined) this.notices.push(`Flag --${spec.name} has been deprecated, ${spec.deprecated}`)
    const fault = faultIn(spec.type, value)
    if (fault !== undefined) throw new UsageError(`invalid argument ${JSON.stringify(value)} for "${this.words(spec.name)}" flag: ${fault}`)
    this.values.set(spec.name, [...(this.values.get(spec.name) ?? []), spec.type === 'bool' ? String(TRUE.test(value)) : value])
  }
  /** As errors name it: `-f, --filter`. */
  words(name: string): string {
    const short = this.specs.find((spec) => spec.name === name)?.short
    return short ? `-${short}, --${name}` : `--${name}`
  }
  /** Names of the flags that were given. */
  given(): string[] {
    return [...this.values.keys()]
  }
  text(name: string): string | undefined {
    return this.values.get(name)?.at(-1)
  }
  all(name: string): readonly string[] {
    return this.values.get(name) ?? []
  }
  is(name: string): boolean {
    return (this.text(name) ?? this.specs.find((spec) => spec.name === name)?.value) === 'true'
  }
  /** What a flag's value is when nobody gives one. */
  standing(name: string): string {
    return this.specs.find((spec) => spec.name === name)?.value ?? ''
  }
  /** The value of a number, given or not. */
  number(name: string): number {
    return Number(this.text(name) ?? this.specs.find((spec) => spec.name === name)?.value ?? 0)
  }
}
