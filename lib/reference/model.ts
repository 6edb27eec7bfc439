/** The reference of commands as it is gathered before a build (scripts/reference.mjs) and read by the pages. */
import fs from 'node:fs'
import path from 'node:path'

export interface RecordedExample {
  readonly command: string
  readonly output: string
}

export interface ReferenceEntry {
  readonly package: string
  readonly name: string
  readonly summary: string
  readonly paths: readonly string[]
  /** What `NAME --help` prints in the lab. */
  readonly help: string
  readonly examples: readonly RecordedExample[]
  /** How many recorded command lines begin with it. */
  readonly recorded: number
  /** Its options and subcommands that say that they are not simulated. */
  readonly refused: readonly string[]
}

export interface Reference {
  /** Of the simulator that was asked; empty when that is not known. */
  readonly version: string
  readonly entries: readonly ReferenceEntry[]
  /** Executables of the recorded node that have no program here. */
  readonly missing: readonly string[]
}

const FILE = '.generated/reference.json'

export const referenceFile = (root = process.cwd()): string => path.join(root, FILE)

/** Empty while nothing was gathered (`next dev` without a build before). */
export function loadReference(root = process.cwd()): Reference {
  const file = referenceFile(root)
  return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as Reference) : { version: '', entries: [], missing: [] }
}

/** By package, in the order of the alphabet. */
export function packagesOf({ entries }: Reference): Map<string, ReferenceEntry[]> {
  const packages = new Map<string, ReferenceEntry[]>()
  for (const entry of entries) packages.set(entry.package, [...(packages.get(entry.package) ?? []), entry])
  return new Map([...packages].sort(([a], [b]) => (a < b ? -1 : 1)))
}
