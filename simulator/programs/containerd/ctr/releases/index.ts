/**
 * What ctr offers by release: the commands of 1.6 as they are declared, for later ones with what each release changed (`1.7.ts`, `2.ts`). The help texts of
 * every command were compared with ctr built from the tags v1.7.28 and v2.2.0 (recorded.jsonl).
 */
import type { Release } from '../../../../containerd/release'
import type { Command, Group } from '../../../urfave/command'
import type { Flag } from '../../../urfave/flag'
import { capital, type Revisions, revised } from '../../../urfave/revise'
import { COMMANDS as COMMANDS_1_6 } from './1.6'
import { COMMANDS as COMMANDS_1_7, REVISIONS as REVISIONS_1_7 } from './1.7'
import { REVISIONS as REVISIONS_2 } from './2'

export interface Offer {
  /** Names of the commands in the order of the help. */
  readonly commands: readonly string[]
  /** The global flags, of which 1.6's are given. */
  flags(given: readonly Flag[]): readonly Flag[]
  revise(path: string, spec: Command | Group): Command | Group
}

/** Not touched when the others were given capital letters, in 1.7. */
const KEPT = ["output format to use (Examples: 'default', 'json')", 'inspect an image', 'shim API version {2,3}']
const worded = <Worded extends { readonly usage: string }>(given: Worded): Worded => (KEPT.includes(given.usage) ? given : capital(given))
const flags = (given: readonly Flag[]): readonly Flag[] => given.map(worded)

const through = (...steps: readonly Revisions[]): Offer['revise'] => (path, spec) => steps.reduce((so, step) => revised(so, step[path]), worded({ ...spec, ...(spec.flags ? { flags: flags(spec.flags) } : {}) }))

const OFFERS: Readonly<Record<Release['line'], Offer>> = {
  '1.6': { commands: COMMANDS_1_6, flags: (given) => given, revise: (_, spec) => spec },
  '1.7': { commands: COMMANDS_1_7, flags, revise: through(REVISIONS_1_7) },
  2: { commands: COMMANDS_1_7, flags, revise: through(REVISIONS_1_7, REVISIONS_2) },
}

export const offerOf = ({ line }: Release): Offer => OFFERS[line]
