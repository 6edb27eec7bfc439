/** Volumes of the local driver (volume/local, volume/service): a directory for each below volumes/, what is said of them in metadata.db. */
import { randomHex } from '../containerd/digest'
import { copyTree, exists, filesBelow, kindOf, makeDirectories, removeAll } from '../containerd/files'
import { encode } from '../kernel/bytes'
import type { Run } from '../kernel/run'
import type { Sys } from '../kernel/sys'
import { DATA_ROOT } from './context'
import { conflict, invalid, notFound, NotSimulated } from './error'
import type { Events } from './events'
import { hasLabel } from './images/list'
import { prunable } from './prune'
import type { Filters, VolumesApi } from './services'
import type { Labels, Stored, Volume } from './types'

const ROOT = `${DATA_ROOT}/volumes`
const FILE = `${ROOT}/metadata.db`
const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/

/** RFC 3339 without fractions. */
const stamp = (sys: Sys): string => `${new Date(sys.now().sec * 1000).toISOString().slice(0, 19)}Z`

export class Volumes {
  private readonly sys: Sys
  private readonly events: Events
  private readonly all = new Map<string, Volume>()
  private constructor(sys: Sys, events: Events) {
    this.sys = sys
    this.events = events
  }
  static *load(sys: Sys, events: Events): Run<Volumes> {
    makeDirectories(sys, ROOT, 0o701)
    const volumes = new Volumes(sys, events)
    if (!exists(sys, FILE)) return volumes
    const known: readonly Volume[] = JSON.parse(yield* sys.readText(FILE))
    for (const volume of known) volumes.all.set(volume.Name, volume)
    return volumes
  }
  values(): Volume[] {
    return [...this.all.values()].sort((a, b) => (a.Name < b.Name ? -1 : 1))
  }
  get(name: string): Volume {
    const found = this.all.get(name)
    if (!found) throw notFound(`get ${name}: no such volume`)
    return found
  }
  /** The volume of that name, made where there is none. */
  *create(name: string, { driver = 'local', labels = null, options = null }: { readonly driver?: string; readonly labels?: Labels | null; readonly options?: Labels | null } = {}): Run<Volume> {
    const known = this.all.get(name)
    if (known) return known
    if (driver !== 'local') throw notFound(`create ${name}: error looking up volume plugin ${driver}: plugin "${driver}" not found`)
    if (options && Object.keys(options).length > 0) throw new NotSimulated('docker volume create --opt')
    const full = name === '' ? randomHex(this.sys, 64) : name
    if (!NAME.test(full)) {
      throw invalid(full.length === 1 ? `create ${full}: volume name is too short, names should be at least two alphanumeric characters` : `create ${full}: "${full}" includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path`)
    }
    const volume: Volume = { CreatedAt: stamp(this.sys), Driver: 'local', Labels: labels, Mountpoint: `${ROOT}/${full}/_data`, Name: full, Options: options, Scope: 'local' }
    makeDirectories(this.sys, volume.Mountpoint, 0o755)
    this.all.set(full, volume)
    yield* this.write()
    this.events.log('volume', 'create', full, { driver: 'local' })
    return volume
  }
  *remove(name: string): Run {
    removeAll(this.sys, `${ROOT}/${name}`)
    this.all.delete(name)
    yield* this.write()
    this.events.log('volume', 'destroy', name, { driver: 'local' })
  }
  private *write(): Run {
    yield* this.sys.writeFile(FILE, encode(JSON.stringify(this.values())), { mode: 0o600 })
  }
  sizeOf(name: string): number {
    const { sys } = this
    return [...filesBelow(sys, this.get(name).Mountpoint)].reduce((sum, path) => sum + (sys.lstat(path).kind === 'file' ? sys.lstat(path).size : 0), 0)
  }
  /** An empty volume gets what the image has at its place (daemon/volumes_unix.go, copyup). */
  *fill(name: string, from: string): Run {
    const { sys } = this
    const { Mountpoint } = this.get(name)
    if (kindOf(sys, from) !== 'dir' || sys.readdir(Mountpoint).length > 0) return
    const { mode, uid, gid } = sys.stat(from)
    sys.chmod(Mountpoint, mode)
    sys.chown(Mountpoint, uid, gid)
    yield* copyTree(sys, from, Mountpoint)
  }
}

const usersOf = (containers: readonly Stored[], name: string): Stored[] => containers.filter(({ MountPoints }) => MountPoints.some((mount) => mount.Type === 'volume' && mount.Name === name))

const ACCEPTED = ['dangling', 'name', 'driver', 'label']

function listed(volumes: Volumes, containers: readonly Stored[], filters: Filters): Volume[] {
  const strange = Object.keys(filters).find((name) => !ACCEPTED.includes(name))
  if (strange !== undefined) throw invalid(`Invalid filter '${strange}'`)
  const is = (name: string, test: (value: string) => boolean): boolean => filters[name]?.some(test) ?? true
  return volumes.values().filter(
    ({ Name, Driver, Labels }) =>
      is('name', (value) => Name.includes(value)) && is('driver', (value) => Driver === value) && is('label', (value) => hasLabel(Labels ?? {}, value)) &&
      is('dangling', (value) => (usersOf(containers, Name).length === 0) === /^(true|1)$/.test(value)),
  )
}

export function volumesApi(volumes: Volumes, containers: () => readonly Stored[]): VolumesApi {
  return {
    *list(filters) {
      return listed(volumes, containers(), filters)
    },
    *inspect(name) {
      return volumes.get(name)
    },
    *create({ name, driver, labels, options }) {
      return yield* volumes.create(name, { driver, labels, options })
    },
    *remove(name, force) {
      if (force === 'force' && !volumes.values().some(({ Name }) => Name === name)) return
      const { Name } = volumes.get(name)
      const users = usersOf(containers(), Name)
      if (users.length > 0) throw conflict(`remove ${Name}: volume is in use - [${users.map(({ ID }) => ID).join(', ')}]`)
      yield* volumes.remove(Name)
    },
    *prune(filters) {
      const fits = prunable('volume', filters)
      const deleted: string[] = []
      let reclaimed = 0
      for (const { Name, Labels } of volumes.values()) {
        if (usersOf(containers(), Name).length > 0 || !fits(Labels)) continue
        reclaimed += volumes.sizeOf(Name)
        deleted.push(Name)
        yield* volumes.remove(Name)
      }
      return { deleted, reclaimed }
    },
  }
}
