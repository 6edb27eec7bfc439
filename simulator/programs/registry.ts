/** All programs at once, found by their place: `PACKAGE/NAME/index.ts`. For hosts that have them at hand; a page loads them as they are run (`lazy.ts`). */
import { installed, type Programs } from './installed'
import type { ProgramModule } from './program'

const MODULES = import.meta.glob<{ default: ProgramModule }>('./*/*/index.ts', { eager: true })

export const PROGRAMS: Programs = new Map(Object.entries(MODULES).map(([file, module]) => installed(file, module.default)).map((p) => [p.id, p]))
