/** All programs, found by their place: `PACKAGE/NAME/index.ts`. */
import type { Program } from '../kernel/program'
import type { ProgramModule } from './program'

const MODULES = import.meta.glob<{ default: ProgramModule }>('./*/*/index.ts', { eager: true })

export interface InstalledProgram extends Program {
  readonly package: string
  readonly name: string
  readonly paths: readonly string[]
  readonly size: number | undefined
  readonly summary: string
}

/** By id, `package/name`. */
export const PROGRAMS: ReadonlyMap<string, InstalledProgram> = new Map(
  Object.entries(MODULES).map(([file, module]) => {
    const [, pkg = '', name = ''] = file.split('/')
    const spec = module.default
    const id = `${pkg}/${name}`
    return [id, { id, package: pkg, name, paths: spec.paths ?? [`/usr/bin/${name}`], size: spec.size, summary: spec.summary, memory: spec.memory, threads: spec.threads, main: spec.main }]
  }),
)
