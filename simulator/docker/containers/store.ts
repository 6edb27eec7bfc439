/** Containers as the daemon keeps them: config.v2.json and hostconfig.json in a directory for each below containers/ (moby container/container.go, container/view.go). */
import { exists, makeDirectories, removeAll } from '../../containerd/files'
import { goJson } from '../../containerd/json'
import { encode } from '../../kernel/bytes'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { DATA_ROOT } from '../context'
import { conflict, invalid, notFound } from '../error'
import type { ContainerState, HostConfig, MountPoint, Stored, StoredNetwork } from '../types'
import { randomName } from './names'

const ROOT = `${DATA_ROOT}/containers`
const MOUNTS = `${DATA_ROOT}/image/overlay2/layerdb/mounts`
const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/

export const containerPath = (id: string, file = ''): string => `${ROOT}/${id}${file === '' ? '' : `/${file}`}`
export const logPath = (id: string): string => containerPath(id, `${id}-json.log`)

export class ContainerStore {
  private readonly sys: Sys
  private readonly all = new Map<string, Stored>()
  /** Names that are taken, those of containers that are being made among them. */
  private readonly names = new Map<string, string>()
  private constructor(sys: Sys) {
    this.sys = sys
  }
  static *load(sys: Sys): Run<ContainerStore> {
    makeDirectories(sys, ROOT, 0o710)
    makeDirectories(sys, MOUNTS, 0o700)
    const store = new ContainerStore(sys)
    for (const { name: id } of sys.readdir(ROOT)) {
      if (!exists(sys, containerPath(id, 'config.v2.json'))) continue
      const config: Written = JSON.parse(yield* sys.readText(containerPath(id, 'config.v2.json')))
      const HostConfig: HostConfig = JSON.parse(yield* sys.readText(containerPath(id, 'hostconfig.json')))
      const { NetworkSettings: Network, MountPoints, ...rest } = config
      const stored: Stored = { ...rest, HostConfig, Network, MountPoints: Object.values(MountPoints), MountID: yield* sys.readText(`${MOUNTS}/${id}/mount-id`) }
      store.all.set(id, stored)
      store.names.set(stored.Name, id)
    }
    return store
  }
  values(): Stored[] {
    return [...this.all.values()]
  }
  get(id: string): Stored | undefined {
    return this.all.get(id)
  }
  /** By whole id, name or the beginning of an id (daemon GetContainer). */
  find(text: string): Stored {
    const found = this.all.get(text) ?? this.all.get(this.names.get(text.startsWith('/') ? text : `/${text}`) ?? '')
    if (found) return found
    const begun = text === '' ? [] : this.values().filter(({ ID }) => ID.startsWith(text))
    if (begun.length > 1) throw invalid(`multiple IDs found with provided prefix: ${text}`)
    const [only] = begun
    if (!only) throw notFound(`No such container: ${text}`)
    return only
  }
  /** The name with its slash, which nobody else gets from now on. */
  reserve(name: string, id: string): string {
    if (name !== '' && !NAME.test(name.replace(/^\//, ''))) throw invalid(`Invalid container name (${name}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`)
    const full = `/${name === '' ? randomName(this.sys, (text) => this.names.has(`/${text}`)) : name.replace(/^\//, '')}`
    const holder = this.names.get(full)
    if (holder !== undefined && holder !== id) {
      throw conflict(`Conflict. The container name "${full}" is already in use by container "${holder}". You have to remove (or rename) that container to be able to reuse that name.`)
    }
    this.names.set(full, id)
    return full
  }
  release(name: string): void {
    this.names.delete(name)
  }
  *put(stored: Stored): Run<Stored> {
    const { sys } = this
    if (!this.all.has(stored.ID)) {
      makeDirectories(sys, containerPath(stored.ID, 'checkpoints'), 0o700)
      makeDirectories(sys, containerPath(stored.ID, 'mounts'), 0o710)
      makeDirectories(sys, `${MOUNTS}/${stored.ID}`, 0o755)
      yield* sys.writeFile(`${MOUNTS}/${stored.ID}/mount-id`, encode(stored.MountID), { mode: 0o644 })
    }
    this.all.set(stored.ID, stored)
    yield* sys.writeFile(containerPath(stored.ID, 'config.v2.json'), encode(goJson(written(stored))), { mode: 0o600 })
    yield* sys.writeFile(containerPath(stored.ID, 'hostconfig.json'), encode(goJson(stored.HostConfig)), { mode: 0o644 })
    return stored
  }
  /** What has changed of a container, and what of its state. */
  *change(id: string, changes: Partial<Stored>, state: Partial<ContainerState> = {}): Run<Stored> {
    const now = this.all.get(id)
    if (!now) throw notFound(`No such container: ${id}`)
    return yield* this.put({ ...now, ...changes, State: { ...now.State, ...state } })
  }
  remove(id: string): void {
    const { sys } = this
    const stored = this.all.get(id)
    if (!stored) return
    this.all.delete(id)
    this.names.delete(stored.Name)
    removeAll(sys, containerPath(id))
    removeAll(sys, `${MOUNTS}/${id}`)
  }
}

interface Written extends Omit<Stored, 'HostConfig' | 'Network' | 'MountPoints' | 'MountID'> {
  readonly NetworkSettings: StoredNetwork
  readonly MountPoints: Readonly<Record<string, MountPoint>>
}

function written({ HostConfig: _, Network, MountPoints, MountID: __, ...rest }: Stored): object {
  const { ID, Created, Name, Path, Args, Config, Image, State, RestartCount, HasBeenStartedBefore, HasBeenManuallyStopped } = rest
  return {
    StreamConfig: {}, State: { ...State, Health: null }, ID, Created, Managed: false, Path, Args, Config, Image, ImageManifest: null, NetworkSettings: Network, LogPath: logPath(ID), Name, Driver: 'overlay2', OS: 'linux', MountLabel: '',
    ProcessLabel: '', RestartCount, HasBeenStartedBefore, HasBeenManuallyStopped, MountPoints: Object.fromEntries(MountPoints.map((mount) => [mount.Destination, mount])), SecretReferences: null, ConfigReferences: null,
    AppArmorProfile: '', HostnamePath: containerPath(ID, 'hostname'), HostsPath: containerPath(ID, 'hosts'), ShmPath: '', ResolvConfPath: containerPath(ID, 'resolv.conf'), SeccompProfile: '', NoNewPrivileges: false,
  }
}
