/**
 * Programs that a page loads when they are first run: `sys.load` parks the machine until the host has the module, and the
 * program goes on in the same step, so that nothing on the node can tell the difference.
 */
import type { Run } from '../kernel/run'
import type { Sys } from '../kernel/sys'
import type { InstalledProgram, ProgramFacts, Programs } from './installed'
import type { ProgramModule } from './program'
import { RESIDENT } from './resident'

/** How assets that are programs are called. */
const PREFIX = 'program '

/** The id of the program that an asset is; undefined for other assets. The host loads the module of that folder. */
export const programOfAsset = (name: string): string | undefined => (name.startsWith(PREFIX) ? name.slice(PREFIX.length) : undefined)

const isModule = (value: unknown): value is Pick<ProgramModule, 'main'> => typeof value === 'object' && value !== null && 'main' in value && typeof value.main === 'function'

function* loadAndRun(sys: Sys, id: string): Run<number> {
  const module = yield* sys.load(`${PREFIX}${id}`)
  if (!isModule(module)) throw new Error(`the host gave no program ${id}`)
  return yield* module.main(sys)
}

/** The programs of a list of facts (`factsOf`, made where all of them are at hand). */
export const lazyPrograms = (facts: readonly ProgramFacts[]): Programs =>
  new Map(facts.map((known): [string, InstalledProgram] => [known.id, RESIDENT.get(known.id) ?? { ...known, main: (sys) => loadAndRun(sys, known.id) }]))

export const factsOf = (programs: Programs): ProgramFacts[] => [...programs.values()].map(({ main: _, ...facts }) => facts)
