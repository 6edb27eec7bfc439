/**
 * dpkg's database (dpkg(1), FILES): /var/lib/dpkg/status says how each package stands, /var/lib/dpkg/info/NAME.list which
 * files it brought. On a node that has none yet it is made by what lies on its disk: a package whose programs are there is
 * installed, and so is all that it depends on.
 */
import { decode, encode } from '../../kernel/bytes'
import { isErrno } from '../../kernel/errno'
import { exists } from '../../kernel/exists'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { type Archive, type ArchiveFile, filesOf, paragraphOf } from './archive'
import { dependenciesOf, formatParagraph, type Paragraph, parseParagraphs } from './control'

const STATUS = '/var/lib/dpkg/status'
const INFO = '/var/lib/dpkg/info'
const EXTENDED = '/var/lib/apt/extended_states'
const INSTALLED = 'install ok installed'

export interface Installed {
  readonly name: string
  readonly version: string
  readonly architecture: string
  readonly fields: Paragraph
}

/** `libjq1:amd64` for what may be installed for several architectures, else the bare name. */
export const shownName = (name: string, fields: Paragraph): string => (fields.get('Multi-Arch') === 'same' ? `${name}:${fields.get('Architecture')}` : name)

export class Database {
  private readonly sys: Sys
  readonly archive: Archive
  /** By name, in the order of the file (which is that of names). */
  readonly packages: Map<string, Map<string, string>>
  /** Installed only because another needs them. */
  readonly automatic: Set<string>

  private constructor(sys: Sys, archive: Archive, packages: Map<string, Map<string, string>>, automatic: Set<string>) {
    this.sys = sys
    this.archive = archive
    this.packages = packages
    this.automatic = automatic
  }

  static *open(sys: Sys, archive: Archive): Run<Database> {
    const text = yield* textOf(sys, STATUS)
    const packages = text === undefined ? found(sys, archive) : new Map(parseParagraphs(text).map((p) => [p.get('Package') ?? '', p]))
    const marked = parseParagraphs((yield* textOf(sys, EXTENDED)) ?? '').filter((p) => p.get('Auto-Installed') === '1')
    const database = new Database(sys, archive, packages, new Set(marked.map((p) => p.get('Package') ?? '')))
    if (text === undefined && sys.credentials.euid === 0) yield* database.save()
    return database
  }

  installed(name: string): Installed | undefined {
    const fields = this.packages.get(name)
    if (fields?.get('Status') !== INSTALLED) return undefined
    return { name, version: fields.get('Version') ?? '', architecture: fields.get('Architecture') ?? '', fields }
  }

  all(): Installed[] {
    return [...this.packages.keys()].flatMap((name) => this.installed(name) ?? [])
  }

  /** Files and directories that all installed packages brought. */
  entries(): number {
    return this.all().reduce((sum, { name }) => sum + (this.archive.packages[name]?.entries ?? 0), 0)
  }

  /** Paths of a package; undefined when the lab's archive does not know them all. */
  *listOf(name: string): Run<string[] | undefined> {
    const text = (yield* textOf(this.sys, `${INFO}/${name}.list`)) ?? (yield* textOf(this.sys, `${INFO}/${name}:amd64.list`))
    if (text !== undefined) return text.split('\n').filter(Boolean)
    const known = this.archive.packages[name]
    return known?.whole ? filesOf(known).map((f) => f.path) : undefined
  }

  /** Installed packages that brought a path. */
  ownersOf(path: string): string[] {
    const merged = path.replace(/^\/(s?bin)\//, '/usr/$1/')
    const owns = (file: ArchiveFile): boolean => file.path === path || file.path.replace(/^\/(s?bin)\//, '/usr/$1/') === merged
    return this.all().flatMap(({ name, fields }) => (filesOf(this.archive.packages[name] ?? { fields: {}, description: '', entries: 0, files: [] }).some(owns) ? [shownName(name, fields)] : []))
  }

  /** Installed packages that need `name`. */
  dependentsOf(name: string): string[] {
    return this.all().filter(({ fields }) => dependenciesOf(fields).includes(name)).map((p) => p.name)
  }

  /** Lays down a package's files: programs and libraries. Documentation is left out, as `path-exclude` of dpkg.cfg(5) does. */
  *unpack(name: string): Run {
    const { sys } = this
    const known = this.archive.packages[name]
    if (!known) return
    for (const file of filesOf(known)) {
      if (/^\/usr\/share\/(doc|man|locale)\//.test(file.path) || file.path === '/.') continue
      if (file.kind === 'dir') makeDirectory(sys, file.path)
      else {
        unlinkIfThere(sys, file.path)
        if (file.kind === 'link') sys.symlink(file.target, file.path)
        else {
          yield* sys.writeFile(file.path, this.archive.executable(file.path, file.size), { mode: file.mode })
          sys.chmod(file.path, file.mode)
        }
      }
    }
    makeDirectory(sys, INFO)
    const list = `${INFO}/${shownName(name, paragraphOf(name, known))}.list`
    yield* sys.writeFile(list, encode(filesOf(known).map((f) => `${f.path}\n`).join('')), { mode: 0o644 })
  }

  /** Marks a package as installed; `how`: asked for by name, or because another needs it. */
  *configure(name: string, how: 'asked' | 'needed'): Run {
    const known = this.archive.packages[name]
    if (!known) return
    const [first, ...rest] = paragraphOf(name, known)
    this.packages.set(name, new Map([...(first ? [first] : []), ['Status', INSTALLED] as const, ...rest]))
    if (how === 'needed') this.automatic.add(name)
    else this.automatic.delete(name)
    yield* this.save()
  }

  *remove(name: string): Run {
    for (const path of ((yield* this.listOf(name)) ?? []).reverse()) removeIfOwn(this.sys, path)
    const fields = this.packages.get(name)
    if (fields) unlinkIfThere(this.sys, `${INFO}/${shownName(name, fields)}.list`)
    this.packages.delete(name)
    this.automatic.delete(name)
    yield* this.save()
  }

  private *save(): Run {
    makeDirectory(this.sys, INFO)
    makeDirectory(this.sys, '/var/lib/apt')
    const sorted = [...this.packages].sort(([a], [b]) => (a < b ? -1 : 1))
    yield* this.sys.writeFile(STATUS, encode(sorted.map(([, fields]) => `${formatParagraph(fields)}\n`).join('')), { mode: 0o644 })
    const states = [...this.automatic].sort().map((name) => `Package: ${name}\nArchitecture: amd64\nAuto-Installed: 1\n\n`)
    yield* this.sys.writeFile(EXTENDED, encode(states.join('')), { mode: 0o644 })
  }
}

/** What is installed, told by the disk. */
function found(sys: Sys, archive: Archive): Map<string, Map<string, string>> {
  const names = new Set<string>()
  const add = (name: string): void => {
    const known = archive.packages[name]
    if (!known || names.has(name)) return
    names.add(name)
    for (const other of dependenciesOf(paragraphOf(name, known))) add(other)
  }
  for (const [name, known] of Object.entries(archive.packages)) {
    const program = filesOf(known).find((f) => f.kind === 'file' && /\/s?bin\/[^/]+$/.test(f.path))
    if (program && exists(sys, program.path)) add(name)
  }
  return new Map([...names].sort().map((name) => {
    const known = archive.packages[name]
    const [first, ...rest] = known ? paragraphOf(name, known) : []
    return [name, new Map([...(first ? [first] : []), ['Status', INSTALLED] as const, ...rest])]
  }))
}

export function makeDirectory(sys: Sys, path: string): void {
  const parts = path.split('/').filter(Boolean)
  for (let i = 1; i <= parts.length; i++) {
    const here = `/${parts.slice(0, i).join('/')}`
    if (!exists(sys, here)) sys.mkdir(here, 0o755)
  }
}

function unlinkIfThere(sys: Sys, path: string): void {
  if (exists(sys, path)) sys.unlink(path)
}

/** A file of its own goes; a directory when nothing else lies in it. */
function removeIfOwn(sys: Sys, path: string): void {
  if (path === '/.' || !exists(sys, path)) return
  try {
    if (sys.lstat(path).kind === 'dir') sys.rmdir(path)
    else sys.unlink(path)
  } catch (error) {
    if (!isErrno(error)) throw error
  }
}

function* textOf(sys: Sys, path: string): Run<string | undefined> {
  try {
    return decode(yield* sys.readFile(path))
  } catch (error) {
    if (isErrno(error)) return undefined
    throw error
  }
}
