/** What an installation or a removal will do: packages in the order in which dpkg gets them. */
import { type Archive, paragraphOf } from '../dpkg/archive'
import { dependenciesOf } from '../dpkg/control'
import type { Database } from '../dpkg/database'

export interface Plan {
  /** In the order of installation: what a package needs comes before it. */
  readonly install: readonly string[]
  /** Asked for, and there already. */
  readonly there: readonly string[]
  /** Not in the archive. */
  readonly unknown: readonly string[]
}

export function planInstall(database: Database, asked: readonly string[], again: 'keep' | 'reinstall'): Plan {
  const { archive } = database
  const unknown = asked.filter((name) => !archive.packages[name])
  const there = asked.filter((name) => database.installed(name))
  const install: string[] = []
  const visit = (name: string, how: 'asked' | 'needed'): void => {
    const known = archive.packages[name]
    const present = database.installed(name) && !(how === 'asked' && again === 'reinstall')
    if (!known || present || install.includes(name)) return
    for (const other of dependenciesOf(paragraphOf(name, known))) visit(other, 'needed')
    if (!install.includes(name)) install.push(name)
  }
  for (const name of asked) visit(name, 'asked')
  return { install, there: again === 'keep' ? there : [], unknown }
}

/** The packages and all that need them, those that need others first. */
export function planRemove(database: Database, names: readonly string[]): string[] {
  const out: string[] = []
  const visit = (name: string): void => {
    if (out.includes(name)) return
    for (const other of database.dependentsOf(name)) visit(other)
    if (!out.includes(name)) out.push(name)
  }
  for (const name of names) if (database.installed(name)) visit(name)
  return out
}

/** Installed only because something needed them that is no longer there (or is about to go). */
export function unneeded(database: Database, leaving: readonly string[] = []): string[] {
  const gone = new Set(leaving)
  for (let grown = true; grown; ) {
    grown = false
    for (const name of database.automatic) {
      if (gone.has(name) || !database.installed(name)) continue
      if (database.dependentsOf(name).every((other) => gone.has(other))) {
        gone.add(name)
        grown = true
      }
    }
  }
  return [...gone].filter((name) => !leaving.includes(name)).sort()
}

/** Bytes: to fetch, and on the disk afterwards (Installed-Size counts KiB, deb-control(5)). */
export const fetchSize = (archive: Archive, names: readonly string[]): number => names.reduce((sum, name) => sum + Number(archive.packages[name]?.fields.Size ?? 0), 0)
export const diskSize = (archive: Archive, names: readonly string[]): number => names.reduce((sum, name) => sum + 1024 * Number(archive.packages[name]?.fields['Installed-Size'] ?? 0), 0)
