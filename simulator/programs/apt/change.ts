/** apt's installation and removal of packages: what it says, asks, fetches and has done. */
import { decode } from '../../kernel/bytes'
import type { Run } from '../../kernel/run'
import { loadArchive } from '../dpkg/archive'
import { Database, shownName } from '../dpkg/database'
import { lineEnd, readingDatabase, removing, triggers } from '../dpkg/report'
import type { Io } from '../program'
import type { AptOptions } from './options'
import { diskSize, fetchSize, planInstall, planRemove, unneeded } from './plan'
import { sourceOf } from './sources'
import { begin, showList, sizeOf } from './words'

/** A mirror nearby: a question for each file, then 15 MB/s. */
const ASK_NS = 12_000_000
const NS_PER_BYTE = 66
const UNPACK_NS = 90_000_000
const TRIGGER_NS = 250_000_000

/** Takes the locks that only root may take; false (with the reason said) for others. */
export function lock(io: Io): boolean {
  if (io.sys.credentials.euid === 0) return true
  io.err('E: Could not open lock file /var/lib/dpkg/lock-frontend - open (13: Permission denied)\nE: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?\n')
  return false
}

export function* open(io: Io, options: AptOptions): Run<Database> {
  const database = yield* Database.open(io.sys, yield* loadArchive(io.sys))
  yield* begin(io, options.quiet >= 2 ? 'quiet' : 'normal')
  return database
}

function noLongerRequired(io: Io, names: readonly string[]): void {
  if (names.length === 0) return
  const one = names.length === 1
  showList(io, `The following package${one ? ' was' : 's were'} automatically installed and ${one ? 'is' : 'are'} no longer required:`, names)
  io.out(`Use 'apt autoremove' to remove ${one ? 'it' : 'them'}.\n`)
}

const counts = (io: Io, installed: number, removed: number, again = 0): void =>
  io.out(`0 upgraded, ${installed} newly installed, ${again > 0 ? `${again} reinstalled, ` : ''}${removed} to remove and 0 not upgraded.\n`)

/** Asks; the answer is yes for an empty line too, and no at the end of the input. */
function* agrees(io: Io, options: AptOptions): Run<boolean> {
  if (options.yes) return true
  io.out('Do you want to continue? [Y/n] ')
  yield* io.flush()
  let answer = ''
  for (;;) {
    const bytes = yield* io.sys.read(0, 1)
    if (bytes.length === 0 || bytes[0] === 10) {
      const yes = bytes.length > 0 && /^(y(es)?)?$/i.test(answer.trim())
      if (!yes) io.out('Abort.\n')
      return yes
    }
    answer += decode(bytes)
  }
}

export function* install(io: Io, options: AptOptions, asked: readonly string[]): Run<number> {
  if (!options.simulate && !lock(io)) return 100
  const database = yield* open(io, options)
  const { archive } = database
  const plan = planInstall(database, asked, options.reinstall ? 'reinstall' : 'keep')
  for (const name of plan.unknown) io.err(`E: Unable to locate package ${name}\n`)
  if (plan.unknown.length > 0) return 100
  const loud = options.quiet < 2
  for (const name of plan.there) {
    if (loud) io.out(`${name} is already the newest version (${database.installed(name)?.version}).\n`)
    if (database.automatic.has(name)) {
      if (loud) io.out(`${name} set to manually installed.\n`)
      yield* database.configure(name, 'asked')
    }
  }
  const again = plan.install.filter((name) => database.installed(name))
  const fresh = plan.install.filter((name) => !again.includes(name))
  if (loud) {
    noLongerRequired(io, unneeded(database))
    showList(io, 'The following additional packages will be installed:', fresh.filter((name) => !asked.includes(name)).sort())
    showList(io, 'The following NEW packages will be installed:', [...fresh].sort())
    counts(io, fresh.length, 0, again.length)
  }
  if (plan.install.length === 0) return 0
  if (options.simulate) {
    const { suite } = yield* sourceOf(io.sys)
    for (const verb of ['Inst', 'Conf']) for (const name of plan.install) io.out(`${verb} ${name} (${archive.packages[name]?.fields.Version} Debian:12/${suite} [${archive.packages[name]?.fields.Architecture}])\n`)
    return 0
  }
  if (loud) {
    io.out(`Need to get ${sizeOf(fetchSize(archive, plan.install))}B of archives.\n`)
    io.out(`After this operation, ${sizeOf(diskSize(archive, fresh))}B of additional disk space will be used.\n`)
  }
  if (plan.install.some((name) => !asked.includes(name)) && !(yield* agrees(io, options))) return 1
  yield* fetchAll(io, database, plan.install)
  if (database.installed('debconf') && !database.installed('apt-utils')) io.err('debconf: delaying package configuration, since apt-utils is not installed\n')
  yield* perform(io, database, plan.install, asked)
  return 0
}

function* fetchAll(io: Io, { archive }: Database, names: readonly string[]): Run {
  const { sys } = io
  const { uri, codename, component } = yield* sourceOf(sys)
  const begun = sys.monotonic()
  for (const [i, name] of names.entries()) {
    const { Architecture = '', Version = '', Size = '0' } = archive.packages[name]?.fields ?? {}
    yield* sys.sleep(ASK_NS + Number(Size) * NS_PER_BYTE)
    io.out(`Get:${i + 1} ${uri} ${codename}/${component} ${Architecture} ${name} ${Architecture} ${Version} [${sizeOf(Number(Size))}B]\n`)
    yield* io.flush()
  }
  const seconds = (sys.monotonic() - begun) / 1e9
  const bytes = fetchSize(archive, names)
  io.out(`Fetched ${sizeOf(bytes)}B in ${Math.floor(seconds)}s (${sizeOf(bytes / seconds)}B/s)\n`)
}

function* perform(io: Io, database: Database, names: readonly string[], asked: readonly string[]): Run {
  const end = lineEnd(io)
  const shown = (name: string): string => shownName(name, new Map(Object.entries(database.archive.packages[name]?.fields ?? {})))
  const version = (name: string): string => database.archive.packages[name]?.fields.Version ?? ''
  for (const [i, name] of names.entries()) {
    const before = database.installed(name)
    if (!before) io.out(`Selecting previously unselected package ${shown(name)}.${end}`)
    if (i === 0) readingDatabase(io, database, end)
    io.out(`Preparing to unpack .../${name}_${version(name).replace(':', '%3a')}_${database.archive.packages[name]?.fields.Architecture}.deb ...${end}`)
    yield* io.flush()
    yield* io.sys.sleep(UNPACK_NS)
    io.out(`Unpacking ${shown(name)} (${version(name)})${before ? ` over (${before.version})` : ''} ...${end}`)
    yield* database.unpack(name)
    yield* io.flush()
  }
  for (const name of names) {
    io.out(`Setting up ${shown(name)} (${version(name)}) ...${end}`)
    yield* database.configure(name, asked.includes(name) ? 'asked' : 'needed')
    yield* io.flush()
    yield* io.sys.sleep(UNPACK_NS / 3)
  }
  triggers(io, database, names, end)
  yield* io.flush()
  yield* io.sys.sleep(TRIGGER_NS)
}

/** `remove`, `purge`, and `autoremove` (which removes what nothing needs any more). */
export function* remove(io: Io, options: AptOptions, names: readonly string[], how: 'remove' | 'purge' | 'autoremove'): Run<number> {
  if (!options.simulate && !lock(io)) return 100
  const database = yield* open(io, options)
  const unknown = names.filter((name) => !database.archive.packages[name] && !database.installed(name))
  for (const name of unknown) io.err(`E: Unable to locate package ${name}\n`)
  if (unknown.length > 0) return 100
  for (const name of names) if (!database.installed(name)) io.out(`Package '${name}' is not installed, so not removed\n`)
  const asked = planRemove(database, names)
  const swept = how === 'autoremove' || options.given.has('autoremove')
  const going = swept ? [...asked, ...unneeded(database, asked)] : asked
  const essential = going.filter((name) => database.installed(name)?.fields.get('Essential') === 'yes')
  if (essential.length > 0) {
    showList(io, 'The following packages will be REMOVED:', [...going].sort())
    showList(io, 'WARNING: The following essential packages will be removed.\nThis should NOT be done unless you know exactly what you are doing!', essential)
    counts(io, 0, going.length)
    io.err('E: Essential packages were removed and -y was used without --allow-remove-essential.\n')
    return 100
  }
  if (!swept) noLongerRequired(io, unneeded(database, going))
  showList(io, 'The following packages will be REMOVED:', [...going].sort().map((name) => (how === 'purge' || options.purge ? `${name}*` : name)))
  counts(io, 0, going.length)
  if (going.length === 0) return 0
  if (options.simulate) {
    for (const name of going) io.out(`${how === 'purge' ? 'Purg' : 'Remv'} ${name} [${database.installed(name)?.version}]\n`)
    return 0
  }
  io.out(`After this operation, ${sizeOf(diskSize(database.archive, going))}B disk space will be freed.\n`)
  if (!(yield* agrees(io, options))) return 1
  const end = lineEnd(io)
  readingDatabase(io, database, end)
  for (const name of going) {
    const found = database.installed(name)
    if (!found) continue
    removing(io, found, end)
    yield* io.flush()
    yield* io.sys.sleep(UNPACK_NS)
    yield* database.remove(name)
  }
  triggers(io, database, going, end)
  return 0
}
