/** Volumes and binds of a container (volume/mounts/linux_parser.go, daemon/volumes.go): what is asked for, what the image declares, what others have. */
import { makeDirectories } from '../../containerd/files'
import { clean } from '../../containerd/cri/mounts'
import type { OciMount } from '../../containerd/oci/types'
import { randomHex } from '../../containerd/digest'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import type { Engine } from '../engine'
import { invalid } from '../error'
import type { ContainerConfig, HostConfig, MountPoint } from '../types'

const MODES = ['rw', 'ro', 'z', 'Z', 'nocopy', 'rprivate', 'private', 'rshared', 'shared', 'rslave', 'slave', 'consistent', 'cached', 'delegated']
const PROPAGATIONS = ['rprivate', 'private', 'rshared', 'shared', 'rslave', 'slave']

/** In the order in which they were asked for, then the image's. */
export function* boundMounts(engine: Engine, root: string, host: HostConfig, config: ContainerConfig): Run<MountPoint[]> {
  const { sys, volumes, containers } = engine
  const mounts = new Map<string, MountPoint>()
  for (const from of host.VolumesFrom ?? []) {
    const [name = '', mode = 'rw'] = from.split(':')
    for (const mount of containers.find(name).MountPoints) mounts.set(mount.Destination, { ...mount, RW: mount.RW && mode !== 'ro' })
  }
  const volume = function* (name: string, Destination: string, { Mode, RW }: { readonly Mode: string; readonly RW: boolean }): Run<MountPoint> {
    const { Name, Mountpoint } = yield* volumes.create(name)
    if (!Mode.split(',').includes('nocopy')) yield* volumes.fill(Name, root + clean(Destination))
    return { Type: 'volume', Name, Source: Mountpoint, Destination, Driver: 'local', Mode, RW, Propagation: '' }
  }
  const chosen = new Set<string>()
  for (const bind of host.Binds ?? []) {
    const { source, destination, mode } = parseBind(bind)
    if (chosen.has(destination)) throw invalid(`Duplicate mount point: ${destination}`)
    chosen.add(destination)
    const RW = !mode.split(',').includes('ro')
    if (source.startsWith('/')) mounts.set(destination, bindOf(sys, clean(source), destination, mode))
    else mounts.set(destination, yield* volume(source, destination, { Mode: mode === '' ? 'z' : mode, RW }))
  }
  for (const { Type, Source = '', Target, ReadOnly } of host.Mounts ?? []) {
    if (Type === 'tmpfs') continue
    const destination = clean(Target)
    if (chosen.has(destination)) throw invalid(`Duplicate mount point: ${destination}`)
    chosen.add(destination)
    if (Type === 'volume') mounts.set(destination, yield* volume(Source, destination, { Mode: 'z', RW: !ReadOnly }))
    else {
      if (!sys.access(Source, {})) throw invalid(`invalid mount config for type "bind": bind source path does not exist: ${Source}`)
      mounts.set(destination, { ...bindOf(sys, clean(Source), destination, ''), RW: !ReadOnly })
    }
  }
  for (const path of Object.keys(config.Volumes ?? {})) {
    const destination = clean(path)
    if (!mounts.has(destination)) mounts.set(destination, yield* volume(randomHex(sys, 64), destination, { Mode: '', RW: true }))
  }
  return [...mounts.values()]
}

/** SOURCE:DESTINATION[:MODE]; a source that is no path is the name of a volume. */
function parseBind(text: string): { readonly source: string; readonly destination: string; readonly mode: string } {
  const parts = text.split(':')
  const fault = (why = ''): never => {
    throw invalid(`invalid volume specification: '${text}'${why}`)
  }
  if (parts.length < 2 || parts.length > 3 || parts[0] === '' || parts[1] === '') return fault()
  const [source = '', destination = '', mode = ''] = parts
  if (parts.length === 2 && MODES.includes(destination)) return fault()
  if (!destination.startsWith('/')) return fault(`: invalid mount config for type "${source.startsWith('/') ? 'bind' : 'volume'}": invalid mount path: '${destination}' mount path must be absolute`)
  if (clean(destination) === '/') return fault(`: invalid specification: destination can't be '/'`)
  const strange = mode === '' ? undefined : mode.split(',').find((word) => !MODES.includes(word))
  if (strange !== undefined) throw invalid(`invalid mode: ${mode}`)
  return { source, destination: clean(destination), mode }
}

const bindOf = (sys: Sys, Source: string, Destination: string, Mode: string): MountPoint => {
  // A source that is not there is made, as a directory.
  if (!sys.access(Source, {})) makeDirectories(sys, Source)
  return { Type: 'bind', Source, Destination, Mode, RW: !Mode.split(',').includes('ro'), Propagation: Mode.split(',').find((word) => PROPAGATIONS.includes(word)) ?? 'rprivate' }
}

export const ociMount = ({ Source, Destination, RW, Propagation }: MountPoint): OciMount => ({ destination: Destination, type: 'bind', source: Source, options: ['rbind', ...(RW ? [] : ['ro']), Propagation || 'rprivate'] })
