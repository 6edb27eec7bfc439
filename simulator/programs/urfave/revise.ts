/** A tool's later release, told by what is different from the one before: by a command's path, its words and its flags. */
import type { Command, Group } from './command'
import { type Flag, nameOf } from './flag'

export type FlagEdit = (flags: readonly Flag[]) => readonly Flag[]

export interface Revision {
  readonly usage?: string
  readonly args?: string
  readonly description?: string
  readonly aliases?: readonly string[]
  readonly flags?: readonly FlagEdit[]
  readonly flagsFirst?: 'only'
  /** A group's commands, in the order of its help. */
  readonly commands?: readonly string[]
}

/** By the command's path below the tool: `images pull`. */
export type Revisions = Readonly<Record<string, Revision>>

export const first = (...more: readonly Flag[]): FlagEdit => (flags) => [...more, ...flags]
export const last = (...more: readonly Flag[]): FlagEdit => (flags) => [...flags, ...more]
export const after = (name: string, ...more: readonly Flag[]): FlagEdit => (flags) => flags.flatMap((flag) => (nameOf(flag) === name ? [flag, ...more] : [flag]))
export const without = (...names: readonly string[]): FlagEdit => (flags) => flags.filter((flag) => !names.includes(nameOf(flag)))
export const reworded = (name: string, change: Partial<Flag>): FlagEdit => (flags) => flags.map((flag) => (nameOf(flag) === name ? { ...flag, ...change } : flag))

export function revised<Spec extends Command | Group>(spec: Spec, { flags, ...words }: Revision = {}): Spec {
  const edited = flags?.reduce((all, edit) => edit(all), spec.flags ?? [])
  return { ...spec, ...words, ...(edited ? { flags: edited } : {}) }
}

/** A usage that begins with a capital letter. */
export const capital = <Worded extends { readonly usage: string }>(worded: Worded): Worded => ({ ...worded, usage: worded.usage.charAt(0).toUpperCase() + worded.usage.slice(1) })
