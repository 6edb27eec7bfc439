/** Flags as pflag reads them (spf13/pflag): `--name=value`, `--name value`, `-n value`, `-nvalue`, `-f=x`; bools take no value unless `=`. */
export interface FlagSpec {
  readonly name: string
  readonly short?: string
  readonly type: 'string' | 'bool'
  /** Value of a string flag that is given without one (`--dry-run`). */
  readonly noValue?: string
}

/** Flags that every command knows. */
export const GLOBAL_FLAGS: readonly FlagSpec[] = [
  { name: 'namespace', short: 'n', type: 'string' },
  { name: 'kubeconfig', type: 'string' },
  { name: 'context', type: 'string' },
  { name: 'server', short: 's', type: 'string' },
  { name: 'request-timeout', type: 'string' },
  { name: 'v', short: 'v', type: 'string' },
  { name: 'help', short: 'h', type: 'bool' },
]

export class UsageError extends Error {}

/** The command's name is the first word that is no flag; flags that every command knows may come before it (cobra's Find). */
export function commandIn(words: readonly string[]): { readonly name: string; readonly args: readonly string[] } {
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    if (!word.startsWith('-') || word === '-') return { name: word, args: [...words.slice(0, at), ...words.slice(at + 1)] }
    const isLong = word.startsWith('--')
    const name = isLong ? (word.slice(2).split('=')[0] ?? '') : word.charAt(1)
    const spec = GLOBAL_FLAGS.find((flag) => (isLong ? flag.name === name : flag.short === name))
    if (!spec) throw new UsageError(isLong ? `unknown flag: --${name}` : `unknown shorthand flag: '${name}' in ${word}`)
    if (spec.type === 'bool' || (isLong ? word.includes('=') : word.length > 2)) continue
    at++
    if (words[at] === undefined) throw new UsageError(isLong ? `flag needs an argument: --${name}` : `flag needs an argument: '${name}' in ${word}`)
  }
  return { name: '', args: words }
}

export class Flags {
  private readonly values = new Map<string, string[]>()
  readonly args: string[] = []
  /** What stands after `--`. */
  rest: readonly string[] | null = null
  constructor(specs: readonly FlagSpec[], args: readonly string[]) {
    const all = [...specs, ...GLOBAL_FLAGS]
    const put = (spec: FlagSpec, value: string): void => void this.values.set(spec.name, [...(this.values.get(spec.name) ?? []), value])
    for (let i = 0; i < args.length; i++) {
      const arg = args[i] ?? ''
      if (arg === '--') {
        this.rest = args.slice(i + 1)
        break
      }
      if (arg.startsWith('--')) {
        const [name = '', ...tail] = arg.slice(2).split('=')
        const spec = all.find((s) => s.name === name)
        if (!spec) throw new UsageError(`unknown flag: --${name}`)
        if (tail.length > 0) put(spec, tail.join('='))
        else if (spec.type === 'bool') put(spec, 'true')
        else if (spec.noValue !== undefined) put(spec, spec.noValue)
        else if (args[i + 1] === undefined) throw new UsageError(`flag needs an argument: --${name}`)
        else put(spec, args[++i] ?? '')
      } else if (arg.startsWith('-') && arg !== '-') {
        for (let k = 1; k < arg.length; k++) {
          const letter = arg[k] ?? ''
          const spec = all.find((s) => s.short === letter)
          if (!spec) throw new UsageError(`unknown shorthand flag: '${letter}' in ${arg}`)
          if (spec.type === 'bool') {
            put(spec, 'true')
            continue
          }
          const tail = arg.slice(k + 1).replace(/^=/, '')
          if (tail !== '') put(spec, tail)
          else if (args[i + 1] === undefined) throw new UsageError(`flag needs an argument: '${letter}' in ${arg}`)
          else put(spec, args[++i] ?? '')
          break
        }
      } else this.args.push(arg)
    }
  }
  text(name: string): string | undefined {
    return this.values.get(name)?.at(-1)
  }
  all(name: string): readonly string[] {
    return this.values.get(name) ?? []
  }
  is(name: string): boolean {
    return this.text(name) === 'true'
  }
}
