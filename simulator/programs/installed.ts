/** Programs as a machine has them: what each is, where it lies on a disk, how to run it. */
import type { Program } from '../kernel/program'
import type { ProgramModule } from './program'

/** What is known of a program without loading it. */
export interface ProgramFacts extends Omit<Program, 'main'> {
  readonly package: string
  readonly name: string
  /** Where Debian installs it. */
  readonly paths: readonly string[]
  /** Of the file, in bytes. */
  readonly size?: number | undefined
  readonly summary: string
}

export type InstalledProgram = ProgramFacts & Program

/** By id. */
export type Programs = ReadonlyMap<string, InstalledProgram>

/** `./PACKAGE/NAME/index.ts` as a program: all that its file declares, and what follows from its place. */
export function installed(file: string, module: Omit<ProgramModule, 'run'>): InstalledProgram {
  const [, pkg = '', name = ''] = file.split('/')
  return { ...module, id: `${pkg}/${name}`, package: pkg, name, paths: module.paths ?? [`/usr/bin/${name}`] }
}

const BY_PATH = new WeakMap<Programs, ReadonlyMap<string, string>>()
/** /bin and /sbin are links to their namesakes below /usr. */
const merged = (path: string): string => path.replace(/^\/(s?bin)\//, '/usr/$1/')

/** The program that Debian puts at a path. */
export function programAt(programs: Programs, path: string): string | undefined {
  let known = BY_PATH.get(programs)
  if (!known) {
    known = new Map([...programs.values()].flatMap((p) => p.paths.map((at) => [merged(at), p.id] as const)))
    BY_PATH.set(programs, known)
  }
  return known.get(merged(path))
}
