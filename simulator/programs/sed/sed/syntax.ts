/** What a script is made of: addresses, commands, and complaints about them. */
import type { Regex } from '../../../regex'
import type { Part } from './replacement'

export type Address =
  | { readonly type: 'line'; readonly n: number }
  | { readonly type: 'step'; readonly first: number; readonly step: number }
  | { readonly type: 'last' }
  | { readonly type: 'regex'; readonly regex: Regex | null }
  | { readonly type: 'plus' | 'multiple'; readonly n: number }

export interface Substitution {
  readonly regex: Regex | null
  readonly parts: readonly Part[]
  readonly global: boolean
  readonly nth: number
  readonly print: boolean
  readonly evaluate: boolean
  readonly write?: string
}

export interface Command {
  readonly from?: Address
  readonly to?: Address
  readonly not: boolean
  readonly name: string
  /** Text of a, i, c; label; file name; number; command. */
  text: string
  substitution?: Substitution
  map?: ReadonlyMap<string, string>
  /** Where `{`, `b`, `t`, `T` go on. */
  target: number
  /** A range that has begun. */
  active: boolean
  /** A range from a line number that is over does not begin again. */
  closed: boolean
  until: number
}

export class ScriptError extends Error {
  /** How many characters of the whole script had been read; -1: the place does not matter. */
  readonly at: number | 'nowhere' | 'whole'
  constructor(at: number | 'nowhere' | 'whole', message: string) {
    super(message)
    this.at = at
  }
}
