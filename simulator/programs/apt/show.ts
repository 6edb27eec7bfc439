/** What apt(8) and apt-cache(8) tell of packages. */
import type { Run } from '../../kernel/run'
import { paragraphOf } from '../dpkg/archive'
import { dependenciesOf, formatParagraph } from '../dpkg/control'
import type { Database } from '../dpkg/database'
import type { Io } from '../program'
import { sourceOf } from './sources'
import { sizeOf } from './words'

const namesOf = (database: Database): string[] => [...new Set([...Object.keys(database.archive.packages), ...database.packages.keys()])].sort()
const summary = (database: Database, name: string): string => (database.archive.packages[name]?.description ?? '').split('\n')[0] ?? ''

const line = (database: Database, name: string, suite: string): string => {
  const { Version, Architecture } = database.archive.packages[name]?.fields ?? {}
  const there = database.installed(name)
  return `${name}/${suite}${there ? ',now' : ''} ${Version} ${Architecture}${there ? ` [installed${database.automatic.has(name) ? ',automatic' : ''}]` : ''}\n`
}

/** `apt list [--installed] [PATTERN…]`. */
export function* listPackages(io: Io, database: Database, patterns: readonly string[], which: 'all' | 'installed' | 'upgradable'): Run<number> {
  const { suite } = yield* sourceOf(io.sys)
  io.out('Listing...')
  io.out(io.sys.isatty(1) ? ' Done\n' : '\n')
  const res = patterns.map((p) => new RegExp(`^${p.replace(/[.+^${}()|\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.')}$`))
  for (const name of namesOf(database)) {
    if (res.length > 0 && !res.some((re) => re.test(name))) continue
    if (which === 'upgradable' || (which === 'installed' && !database.installed(name))) continue
    io.out(line(database, name, suite))
  }
  return 0
}

/** `apt search WORD…`: every word is a regular expression over names and descriptions. */
export function* searchPackages(io: Io, database: Database, words: readonly string[], where: 'names' | 'all'): Run<number> {
  const { suite } = yield* sourceOf(io.sys)
  const done = io.sys.isatty(1) ? ' Done\n' : '\n'
  io.out(`Sorting...${done}Full Text Search...${done}`)
  const found = matching(database, words, where)
  for (const name of found) io.out(`${line(database, name, suite)}  ${summary(database, name)}\n\n`)
  return 0
}

export function cacheSearch(io: Io, database: Database, words: readonly string[], where: 'names' | 'all'): number {
  for (const name of matching(database, words, where)) io.out(`${name} - ${summary(database, name)}\n`)
  return 0
}

function matching(database: Database, words: readonly string[], where: 'names' | 'all'): string[] {
  const res = words.map((w) => new RegExp(w, 'i'))
  return namesOf(database).filter((name) => res.every((re) => re.test(name) || (where === 'all' && re.test(database.archive.packages[name]?.description ?? ''))))
}

/** `apt show`: fields in apt's order, sizes in its words. */
export function* showPackages(io: Io, database: Database, names: readonly string[]): Run<number> {
  const { uri, codename, component } = yield* sourceOf(io.sys)
  let shown = 0
  for (const name of names) {
    const known = database.archive.packages[name]
    if (!known) continue
    shown++
    const { fields } = known
    const rows: [string, string | undefined][] = [
      ['Package', name], ['Version', fields.Version], ['Priority', fields.Priority], ['Essential', fields.Essential], ['Section', fields.Section], ['Source', fields.Source], ['Maintainer', fields.Maintainer],
      ['Installed-Size', `${sizeOf(1024 * Number(fields['Installed-Size']))}B`], ['Provides', fields.Provides], ['Pre-Depends', fields['Pre-Depends']], ['Depends', fields.Depends], ['Homepage', fields.Homepage],
      ['Download-Size', `${sizeOf(Number(fields.Size))}B`], ['APT-Manual-Installed', database.installed(name) ? (database.automatic.has(name) ? 'no' : 'yes') : undefined],
      ['APT-Sources', `${uri} ${codename}/${component} ${fields.Architecture} Packages`], ['Description', known.description],
    ]
    io.out(`${rows.flatMap(([key, value]) => (value === undefined ? [] : [`${key}: ${value}\n`])).join('')}\n`)
  }
  if (shown > 0) return 0
  io.err('E: No packages found\n')
  return 100
}

export function cacheShow(io: Io, database: Database, names: readonly string[]): number {
  const known = names.filter((name) => database.archive.packages[name])
  for (const name of known) {
    const entry = database.archive.packages[name]
    if (entry) io.out(`${formatParagraph(paragraphOf(name, entry))}\n`)
  }
  if (known.length > 0) return 0
  io.err('E: No packages found\n')
  return 100
}

export function* policy(io: Io, database: Database, names: readonly string[]): Run<number> {
  const { uri, codename, component } = yield* sourceOf(io.sys)
  for (const name of names) {
    const { Version, Architecture } = database.archive.packages[name]?.fields ?? {}
    const there = database.installed(name)
    if (Version === undefined) continue
    io.out(`${name}:\n  Installed: ${there?.version ?? '(none)'}\n  Candidate: ${Version}\n  Version table:\n ${there ? '***' : '   '} ${Version} 500\n        500 ${uri} ${codename}/${component} ${Architecture} Packages\n${there ? '        100 /var/lib/dpkg/status\n' : ''}`)
  }
  return 0
}

export function depends(io: Io, database: Database, names: readonly string[]): number {
  for (const name of names) {
    const known = database.archive.packages[name]
    if (!known) {
      io.err('E: No packages found\n')
      return 100
    }
    io.out(`${name}\n${dependenciesOf(paragraphOf(name, known)).map((other) => `  Depends: ${other}\n`).join('')}`)
  }
  return 0
}

export function packageNames(io: Io, database: Database, [prefix = '']: readonly string[]): number {
  for (const name of namesOf(database)) if (name.startsWith(prefix)) io.out(`${name}\n`)
  return 0
}
