/** The builtins, found by their place: builtins/NAME.ts, one file each (those that are one command under several names share one). */
import type { Assignment } from 'unbash'
import type { Run } from '../kernel/run'
import type { Shell } from './shell'

export interface Invocation {
  /** Name and arguments. */
  readonly args: readonly string[]
  /** Array assignments among the arguments (`declare -a x=(1 2)`), by their place. */
  readonly compound: ReadonlyMap<number, Assignment>
}

export interface Builtin {
  readonly name: string
  /** A special builtin of POSIX. */
  readonly special?: true
  /** bash looks whether its output was written and says so when it was not: always, or for these arguments. dash does for every builtin. */
  readonly writes?: true | ((args: readonly string[]) => boolean)
  run(shell: Shell, invocation: Invocation): Run<number>
}

/** By file. */
export const FILES = import.meta.glob<{ default?: Builtin | readonly Builtin[] }>(['./builtins/*.ts', '!./builtins/*.test.ts'], { eager: true })

let table: ReadonlyMap<string, Builtin> | undefined

/** All, by name. */
export function builtins(): ReadonlyMap<string, Builtin> {
  table ??= new Map(
    Object.values(FILES)
      .flatMap((module) => (module.default === undefined ? [] : 'run' in module.default ? [module.default] : [...module.default]))
      .map((builtin) => [builtin.name, builtin]),
  )
  return table
}

/** Those that dash has not. */
const NOT_IN_DASH = new Set(['declare', 'typeset', 'shopt', 'source', 'mapfile', 'readarray', 'pushd', 'popd', 'dirs', 'let', 'builtin', 'enable', 'compgen', 'complete', 'compopt', 'caller', 'disown', 'logout', 'suspend', 'bind', 'help', 'history'])

/** Those that ash has all the same. */
const IN_ASH = new Set(['source', 'let', 'help', 'history'])

export function builtinNamed(shell: Shell, name: string): Builtin | undefined {
  if (shell.disabled.size > 0 && shell.disabled.has(name)) return undefined
  if (shell.dialect === 'dash' && NOT_IN_DASH.has(name) && !(shell.startOptions.voice === 'ash' && IN_ASH.has(name))) return undefined
  return builtins().get(name)
}
