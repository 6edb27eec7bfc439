/** Commands and groups as declarations. A command is a file, a group is a folder with `group.ts`; both are found by their place. */
import type { Run } from '../../kernel/run'
import type { Context } from './context'
import type { Flag } from './flag'

interface Declared {
  readonly name: string
  readonly aliases?: readonly string[]
  readonly usage: string
  /** What stands after the flags in the usage line; `[arguments...]` where not given. */
  readonly args?: string
  /** The whole usage line, where it is written by hand. */
  readonly usageText?: string
  readonly description?: string
  readonly flags?: readonly Flag[]
}

export interface Command extends Declared {
  readonly kind: 'command'
  /** Flags end at the first argument, also in version 1. */
  readonly flagsFirst?: 'only'
  /** `-it` is `-i -t`. */
  readonly shortOptions?: 'joined'
  run(context: Context): Run<number | void>
}

export interface Group extends Declared {
  readonly kind: 'group'
  /** Names of its commands in the order in which help lists them. */
  readonly commands: readonly string[]
}

export const command = (spec: Omit<Command, 'kind'>): Command => ({ kind: 'command', ...spec })
export const group = (spec: Omit<Group, 'kind'>): Group => ({ kind: 'group', ...spec })

export interface Node {
  readonly name: string
  readonly spec: Command | Group
  readonly children: readonly Node[]
}

/** A command may be a function that gives its declaration: what a boot runs of its tool then needs no other command's texts (scripts/split.mjs). */
export type Modules = Readonly<Record<string, { readonly default: Command | Group | (() => Command) }>>

type Revise = (path: string, spec: Command | Group) => Command | Group

/**
 * The tree of a tool's commands, from the files below `root`: `containers/list.ts`, `containers/group.ts`; `revise` has the last word on each,
 * by its file without the ending.
 */
export function tree(modules: Modules, root: string, names: readonly string[], revise: Revise = (_, spec) => spec): Node[] {
  return names.map((name): Node => {
    const declared = modules[`${root}/${name}.ts`]?.default ?? modules[`${root}/${name}/group.ts`]?.default
    if (declared === undefined) throw new Error(`no command ${root}/${name}`)
    if (typeof declared !== 'function') {
      const spec = revise(`${root}/${name}`, declared)
      return { name, spec, children: spec.kind === 'group' ? tree(modules, `${root}/${name}`, spec.commands, revise) : [] }
    }
    let spec: Command | Group | undefined
    return {
      name,
      get spec() {
        spec ??= revise(`${root}/${name}`, declared())
        return spec
      },
      children: [],
    }
  })
}

/** A command that is known, with its flags and help, but whose work is not simulated. */
export const notSimulated = (spec: Omit<Command, 'kind' | 'run'>): Command =>
  command({
    ...spec,
    *run(context) {
      return context.refuse(context.path.slice(1).join(' '))
    },
  })
