/** Containers as they are listed and shown (daemon/list.go, container/view.go, container/state.go String, daemon/inspect.go). */
import { nanoseconds, parseTime } from '../../containerd/time'
import { humanDuration } from '../../containerd/units'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import type { Engine } from '../engine'
import { invalid } from '../error'
import { findImage } from '../images/lookup'
import { hasLabel } from '../images/list'
import { lowerOf, overlayPath } from '../images/store'
import { networkName } from '../network/endpoints'
import type { Filters, Shown } from '../services'
import type { ContainerSummary, ShownPort, Stored } from '../types'
import { stateOf } from './remove'
import { containerPath, logPath } from './store'
import { directorySize } from './size'

const ACCEPTED = ['ancestor', 'before', 'exited', 'expose', 'health', 'id', 'isolation', 'is-task', 'label', 'name', 'network', 'publish', 'since', 'status', 'volume']
const STATUSES = ['created', 'restarting', 'running', 'removing', 'paused', 'exited', 'dead']

/** `Up 3 minutes`, `Exited (0) 2 hours ago`. */
function statusOf(sys: Sys, { State, HasBeenStartedBefore }: Stored): string {
  const { Running, Paused, Restarting, RemovalInProgress, Dead, StartedAt, FinishedAt, ExitCode } = State
  const since = (moment: string): string => humanDuration(nanoseconds(sys) - parseTime(moment))
  if (Running) {
    if (Paused) return `Up ${since(StartedAt)} (Paused)`
    return Restarting ? `Restarting (${ExitCode}) ${since(FinishedAt)} ago` : `Up ${since(StartedAt)}`
  }
  if (RemovalInProgress) return 'Removal In Progress'
  if (Dead) return 'Dead'
  return HasBeenStartedBefore && !FinishedAt.startsWith('0001') ? `Exited (${ExitCode}) ${since(FinishedAt)} ago` : 'Created'
}

/** The newest first. */
const inOrder = (containers: readonly Stored[]): Stored[] => [...containers].sort((a, b) => Number(parseTime(b.Created) - parseTime(a.Created)))

interface ListOptions {
  readonly all: 'all' | 'running'
  readonly filters: Filters
  readonly limit: number
  readonly size: 'counted' | 'none'
}

export function* listContainers(engine: Engine, { all, filters, limit, size }: ListOptions): Run<ContainerSummary[]> {
  const strange = Object.keys(filters).find((name) => !ACCEPTED.includes(name))
  if (strange !== undefined) throw invalid(`Invalid filter '${strange}'`)
  const wrong = filters.status?.find((status) => !STATUSES.includes(status))
  if (wrong !== undefined) throw invalid(`Invalid filter 'status=${wrong}'`)
  const ordered = inOrder(engine.containers.values())
  const edge = (name: string): number | undefined => (filters[name]?.[0] === undefined ? undefined : ordered.indexOf(engine.containers.find(filters[name]?.[0] ?? '')))
  const [before, since] = [edge('before'), edge('since')]
  const wantsAll = all === 'all' || limit > 0 || filters.status !== undefined || filters.exited !== undefined || filters.before !== undefined || filters.since !== undefined
  const rows: ContainerSummary[] = []
  for (const [i, container] of ordered.entries()) {
    if (limit > 0 && rows.length === limit) break
    if ((!wantsAll && !container.State.Running) || (before !== undefined && i <= before) || (since !== undefined && i >= since) || !fits(engine, container, filters)) continue
    rows.push(yield* summary(engine, container, size))
  }
  return rows
}

function fits(engine: Engine, container: Stored, filters: Filters): boolean {
  const { ID, Name, Config, HostConfig, Image, State, MountPoints, Network } = container
  const is = (name: string, test: (value: string) => boolean): boolean => filters[name]?.some(test) ?? true
  const pattern = (text: string, value: string): boolean => {
    try {
      return new RegExp(value).test(text)
    } catch {
      return text.includes(value)
    }
  }
  const ancestors = (): string[] => {
    const image = engine.images.images.get(Image)
    return image ? engine.images.layersOf(image.config).map(({ chain }) => chain) : []
  }
  const descends = (value: string): boolean => {
    const image = findImage(engine.images, value)
    const own = image ? engine.images.layersOf(image.config).at(-1)?.chain : undefined
    return image !== undefined && (image.id === Image || (own !== undefined && ancestors().includes(own)))
  }
  return (
    is('id', (value) => ID.startsWith(value)) && is('name', (value) => pattern(Name, value) || pattern(Name.slice(1), value.replace(/^\//, ''))) &&
    (filters.label?.every((value) => hasLabel(Config.Labels ?? {}, value)) ?? true) && is('status', (value) => stateOf(container) === value) &&
    is('exited', (value) => !State.Running && !State.FinishedAt.startsWith('0001') && State.ExitCode === Number(value)) && is('ancestor', descends) &&
    is('volume', (value) => MountPoints.some(({ Name: name, Destination, Source }) => [name, Destination, Source].includes(value))) &&
    is('network', (value) => Object.entries(Network.Networks).some(([name, { NetworkID }]) => name === value || NetworkID.startsWith(value) || networkName(HostConfig.NetworkMode) === value)) &&
    is('publish', (value) => portsOf(container).some(({ PublicPort, Type }) => PublicPort > 0 && value.replace(/\/.*/, '') === String(PublicPort) && (value.split('/')[1] ?? 'tcp') === Type)) &&
    is('expose', (value) => Object.keys({ ...Config.ExposedPorts, ...HostConfig.PortBindings }).includes(value.includes('/') ? value : `${value}/tcp`)) &&
    is('health', (value) => value === 'none') && is('is-task', (value) => /^(false|0)$/.test(value))
  )
}

/** Only one that runs has ports. */
export function portsOf({ Network }: Stored): ShownPort[] {
  return Object.entries(Network.Ports).flatMap(([port, bindings]): ShownPort[] => {
    const [number = '', Type = 'tcp'] = port.split('/')
    const PrivatePort = Number(number)
    if (!bindings) return [{ IP: '', PrivatePort, PublicPort: 0, Type }]
    return bindings.map(({ HostIp, HostPort }) => ({ IP: HostIp, PrivatePort, PublicPort: Number(HostPort), Type }))
  })
}

function* summary(engine: Engine, container: Stored, size: ListOptions['size']): Run<ContainerSummary> {
  const { ID, Name, Config, Path, Args, Created, Image, Network, MountPoints, MountID } = container
  const command = [Path, ...Args].map((word) => (/\s/.test(word) || word === '' ? `'${word}'` : word)).join(' ')
  const image = engine.images.images.get(Image)
  // A name that by now is another image's is not the container's.
  const own = findImage(engine.images, Config.Image)?.id === Image ? Config.Image : Image
  const written = size === 'counted' ? yield* directorySize(engine.sys, overlayPath(MountID, 'diff')) : 0
  return {
    Id: ID, Names: [Name], Image: own, ImageID: Image, Command: command, Created: Number(parseTime(Created) / 1_000_000_000n), Ports: portsOf(container),
    ...(size === 'counted' ? { SizeRw: written, SizeRootFs: written + (image ? engine.images.sizeOf(image.config) : 0) } : {}), Labels: Config.Labels ?? {}, State: stateOf(container), Status: statusOf(engine.sys, container),
    Networks: Object.keys(Network.Networks), Mounts: MountPoints.map(({ Name: name, Source }) => ({ name: name ?? '', source: Source })),
  }
}

export function* inspectContainer(engine: Engine, text: string, size?: 'counted'): Run<Shown> {
  const container = engine.containers.find(text)
  const { ID, Created, Path, Args, State, Image, Name, RestartCount, HostConfig, MountID, MountPoints, Config, Network } = container
  const { Running, Paused, Restarting, OOMKilled, Dead, Pid, ExitCode, Error: error, StartedAt, FinishedAt } = State
  const image = engine.images.images.get(Image)
  const { [Object.keys(Network.Networks)[0] ?? '']: first } = Network.Networks
  const bridge = Network.Networks.bridge
  const execs = [...engine.live(ID).execs.keys()]
  const written = size ? yield* directorySize(engine.sys, overlayPath(MountID, 'diff')) : 0
  const file = (name: string): string => (first || HostConfig.NetworkMode.startsWith('container:') ? containerPath(networkOwner(engine, container), name) : '')
  return {
    Id: ID, Created, Path, Args,
    State: { Status: stateOf(container), Running, Paused, Restarting, OOMKilled, Dead, Pid, ExitCode, Error: error, StartedAt, FinishedAt },
    Image, ResolvConfPath: State.StartedAt.startsWith('0001') ? '' : file('resolv.conf'), HostnamePath: State.StartedAt.startsWith('0001') ? '' : file('hostname'), HostsPath: State.StartedAt.startsWith('0001') ? '' : file('hosts'),
    LogPath: State.StartedAt.startsWith('0001') ? '' : logPath(ID), Name, RestartCount, Driver: 'overlay2', Platform: 'linux', MountLabel: '', ProcessLabel: '', AppArmorProfile: '', ExecIDs: execs.length > 0 ? execs : null,
    HostConfig,
    GraphDriver: {
      Data: {
        LowerDir: [overlayPath(`${MountID}-init`, 'diff'), ...lowerOf(image ? engine.images.layersOf(image.config) : [])].join(':'), MergedDir: overlayPath(MountID, 'merged'), UpperDir: overlayPath(MountID, 'diff'),
        WorkDir: overlayPath(MountID, 'work'),
      },
      Name: 'overlay2',
    },
    ...(size ? { SizeRw: written, SizeRootFs: written + (image ? engine.images.sizeOf(image.config) : 0) } : {}),
    Mounts: MountPoints, Config,
    NetworkSettings: {
      Bridge: '', SandboxID: Network.SandboxID, HairpinMode: false, LinkLocalIPv6Address: '', LinkLocalIPv6PrefixLen: 0, Ports: Network.Ports, SandboxKey: Network.SandboxKey, SecondaryIPAddresses: null, SecondaryIPv6Addresses: null,
      EndpointID: bridge?.EndpointID ?? '', Gateway: bridge?.Gateway ?? '', GlobalIPv6Address: '', GlobalIPv6PrefixLen: 0, IPAddress: bridge?.IPAddress ?? '', IPPrefixLen: bridge?.IPPrefixLen ?? 0, IPv6Gateway: '',
      MacAddress: bridge?.MacAddress ?? '', Networks: Network.Networks,
    },
  }
}

function networkOwner({ containers }: Engine, { ID, HostConfig: { NetworkMode } }: Stored): string {
  const other = /^container:(.*)$/.exec(NetworkMode)?.[1]
  try {
    return other === undefined ? ID : containers.find(other).ID
  } catch {
    return ID
  }
}

