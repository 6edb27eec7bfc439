/** What dpkg-query(1) tells; dpkg(1) hands its own -l, -s, -L and -S to it. Each answers with the exit status. */
import type { Run } from '../../kernel/run'
import type { Io } from '../program'
import { type Database, type Installed, shownName } from './database'
import { formatParagraph } from './control'

const TITLE = `Desired=Unknown/Install/Remove/Purge/Hold
| Status=Not/Inst/Conf-files/Unpacked/halF-conf/Half-inst/trig-aWait/Trig-pend
|/ Err?=(none)/Reinst-required (Status,Err: uppercase=bad)
`
/** Widths of name, version and architecture when nothing longer is shown. */
const NARROWEST = [14, 12, 12] as const
const WIDTH = 80

const summaryOf = (p: Installed): string => (p.fields.get('Description') ?? '').split('\n')[0] ?? ''

/** Shell patterns as dpkg matches package names. */
export const matches = (pattern: string): ((name: string) => boolean) => {
  const re = new RegExp(`^${pattern.replace(/[.+^${}()|\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.')}$`)
  return (name) => re.test(name)
}

function chosen(io: Io, database: Database, patterns: readonly string[]): { packages: Installed[]; missing: readonly string[] } {
  const all = database.all()
  if (patterns.length === 0) return { packages: all, missing: [] }
  const missing = patterns.filter((p) => !all.some(({ name }) => matches(p.split(':')[0] ?? p)(name)))
  for (const p of missing) io.err(`dpkg-query: no packages found matching ${p}\n`)
  return { packages: all.filter(({ name }) => patterns.some((p) => matches(p.split(':')[0] ?? p)(name))), missing }
}

export function list(io: Io, database: Database, patterns: readonly string[]): number {
  const { packages, missing } = chosen(io, database, patterns)
  if (packages.length === 0) return 1
  const rows = packages.map((p) => [shownName(p.name, p.fields), p.version, p.architecture, summaryOf(p)])
  const [name, version, architecture] = NARROWEST.map((least, i) => Math.max(least, ...rows.map((r) => r[i]?.length ?? 0))) as [number, number, number]
  const longest = Math.max(...rows.map((r) => r[3]?.length ?? 0))
  const rest = io.sys.isatty(1) ? Math.max(WIDTH, io.sys.getWindowSize(1).cols) - name - version - architecture - 7 : longest
  const description = Math.max(11, Math.min(longest, rest))
  const line = (mark: string, cells: readonly string[]): string =>
    `${mark} ${(cells[0] ?? '').padEnd(name)} ${(cells[1] ?? '').padEnd(version)} ${(cells[2] ?? '').padEnd(architecture)} ${(cells[3] ?? '').slice(0, description)}`.trimEnd()
  io.out(TITLE)
  io.out(`${line('||/', ['Name', 'Version', 'Architecture', 'Description'])}\n`)
  io.out(`+++-${'='.repeat(name)}-${'='.repeat(version)}-${'='.repeat(architecture)}-${'='.repeat(description)}\n`)
  for (const row of rows) io.out(`${line('ii ', row)}\n`)
  return missing.length > 0 ? 1 : 0
}

export function status(io: Io, database: Database, names: readonly string[]): number {
  let code = 0
  for (const [i, name] of names.entries()) {
    const found = database.installed(name.split(':')[0] ?? name)
    if (found) io.out(`${i > 0 ? '\n' : ''}${formatParagraph(found.fields)}`)
    else {
      io.err(`dpkg-query: package '${name}' is not installed and no information is available\nUse dpkg --info (= dpkg-deb --info) to examine archive files.\n`)
      code = 1
    }
  }
  return code
}

export function* listFiles(io: Io, database: Database, names: readonly string[]): Run<number> {
  let code = 0
  for (const [i, name] of names.entries()) {
    const bare = name.split(':')[0] ?? name
    if (!database.installed(bare)) {
      io.err(`dpkg-query: package '${name}' is not installed\nUse dpkg --contents (= dpkg-deb --contents) to list archive files contents.\n`)
      code = 1
      continue
    }
    const files = yield* database.listOf(bare)
    if (!files) {
      io.err(`${io.name}: the files of ${name}: not simulated in this lab\n`)
      return 125
    }
    if (i > 0) io.out('\n')
    for (const path of files) io.out(`${path}\n`)
  }
  return code
}

export function search(io: Io, database: Database, paths: readonly string[]): number {
  let code = 0
  for (const path of paths) {
    const owners = database.ownersOf(path)
    if (owners.length > 0) io.out(`${owners.join(', ')}: ${path}\n`)
    else {
      io.err(`dpkg-query: no path found matching pattern ${path}\n`)
      code = 1
    }
  }
  return code
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\' }

export function show(io: Io, database: Database, patterns: readonly string[], format: string): number {
  const { packages, missing } = chosen(io, database, patterns)
  for (const p of packages) {
    const value = (name: string): string => (name === 'binary:Package' ? shownName(p.name, p.fields) : name === 'db:Status-Abbrev' ? 'ii ' : name === 'binary:Summary' ? summaryOf(p) : (p.fields.get(name) ?? ''))
    io.out(format.replace(/\\(.)|\$\{([^};]+)(?:;(-?\d+))?\}/g, (_, escaped: string | undefined, name: string | undefined, width: string | undefined) => {
      if (escaped !== undefined) return ESCAPES[escaped] ?? escaped
      const n = Number(width ?? 0)
      return n < 0 ? value(name ?? '').padEnd(-n) : value(name ?? '').padStart(n)
    }))
  }
  return missing.length > 0 ? 1 : 0
}
