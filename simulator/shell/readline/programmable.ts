/** Completions that are chosen by the command (bash(1), "Programmable Completion"). */
import type { Run } from '../../kernel/run'
import type { Shell } from '../shell'
import type { Found } from './completion'
import type { Spot } from './spot'

export interface Candidates extends Found {
  /** What is offered when there are none. */
  readonly otherwise: 'files' | 'directories' | 'nothing'
}

/** What the command's completion offers; undefined when it has none. */
export function* programmed(shell: Shell, spot: Spot): Run<Candidates | undefined> {
  void shell
  void spot
  return undefined
}
