/** Making a container (daemon/create.go, daemon/container.go, daemon/create_unix.go). */
import { randomHex } from '../../containerd/digest'
import { now } from '../../containerd/time'
import type { Run } from '../../kernel/run'
import type { Engine } from '../engine'
import { invalid } from '../error'
import { needImage } from '../images/lookup'
import type { Image } from '../images/store'
import type { Created } from '../services'
import type { ContainerConfig, ContainerState, EndpointRequest, EndpointSettings, HostConfig, Labels, Stored } from '../types'
import { logContainer } from './log'
import { boundMounts } from './mounts'
import { makeRoot, mountRoot, removeRoot, unmountRoot } from './root'
import { isCapability } from './spec'

const SMALLEST_MEMORY = 6 * 1024 * 1024
const SHORT = 12
const ZERO = '0001-01-01T00:00:00Z'
const IDLE: ContainerState = { Running: false, Paused: false, Restarting: false, OOMKilled: false, RemovalInProgress: false, Dead: false, Pid: 0, ExitCode: 0, Error: '', StartedAt: ZERO, FinishedAt: ZERO }

export const NO_ENDPOINT: EndpointSettings = {
  IPAMConfig: null, Links: null, Aliases: null, NetworkID: '', EndpointID: '', Gateway: '', IPAddress: '', IPPrefixLen: 0, IPv6Gateway: '', GlobalIPv6Address: '', GlobalIPv6PrefixLen: 0, MacAddress: '', DriverOpts: null,
}

interface Request {
  readonly name: string
  readonly config: ContainerConfig
  readonly host: HostConfig
  readonly networks: Readonly<Record<string, EndpointRequest>>
}

export function* createContainer(engine: Engine, { name, config: asked, host: given, networks }: Request): Run<Created> {
  const { sys, images, containers } = engine
  const Warnings: string[] = []
  checkHost(given, Warnings)
  const image = needImage(images, asked.Image)
  const id = randomHex(sys, 64)
  const Name = containers.reserve(name, id)
  const mountId = randomHex(sys, 64)
  try {
    const config = merged(asked, image, hostnameOf(engine, asked, given, id))
    const [Path, ...Args] = [...(config.Entrypoint ?? []), ...(config.Cmd ?? [])]
    if (Path === undefined || Path === '') throw invalid('No command specified')
    const host: HostConfig = { ...given, IpcMode: given.IpcMode || 'private', CgroupnsMode: given.CgroupnsMode || 'host' }
    checkJoined(engine, host)
    yield* makeRoot(sys, mountId, images.layersOf(image.config))
    const root = yield* mountRoot(sys, mountId)
    const MountPoints = yield* boundMounts(engine, root, host, config)
    unmountRoot(sys, mountId)
    const stored: Stored = {
      ID: id, Created: now(sys), Name, Path, Args, Config: config, HostConfig: host, Image: image.id, State: IDLE, RestartCount: 0, HasBeenStartedBefore: false, HasBeenManuallyStopped: false, MountPoints, MountID: mountId,
      Network: { SandboxID: '', SandboxKey: '', Ports: {}, Networks: firstNetworks(host, networks, id), Asked: networks },
    }
    yield* containers.put(stored)
    logContainer(engine, stored, 'create')
    return { Id: id, Warnings }
  } catch (error) {
    containers.release(Name)
    removeRoot(sys, mountId)
    throw error
  }
}

/** Networks by the name that they will be shown under; a container that joins another's has none. */
function firstNetworks(host: HostConfig, asked: Readonly<Record<string, EndpointRequest>>, id: string): Record<string, EndpointSettings> {
  if (host.NetworkMode.startsWith('container:')) return {}
  const name = host.NetworkMode === 'default' ? 'bridge' : host.NetworkMode
  const { Aliases, IPv4Address } = asked[host.NetworkMode] ?? {}
  const isOwn = !['bridge', 'host', 'none'].includes(name)
  const aliases = isOwn ? [...(Aliases ?? []), id.slice(0, SHORT)] : null
  return { [name]: { ...NO_ENDPOINT, IPAMConfig: IPv4Address === undefined ? null : { IPv4Address }, Aliases: aliases } }
}

function hostnameOf({ sys }: Engine, { Hostname }: ContainerConfig, { NetworkMode }: HostConfig, id: string): string {
  if (Hostname !== '') return Hostname
  return NetworkMode === 'host' ? sys.uname().nodename : id.slice(0, SHORT)
}

/** What the image says where the client says nothing (daemon/commit.go merge). */
function merged(config: ContainerConfig, { config: { config: own = {} } }: Image, Hostname: string): ContainerConfig {
  const env = config.Env ?? []
  const names = new Set(env.map((entry) => entry.split('=', 1)[0]))
  const Env = [...env, ...(own.Env ?? []).filter((entry) => !names.has(entry.split('=', 1)[0]))]
  const labels: Labels = { ...own.Labels, ...config.Labels }
  const hasEntrypoint = (config.Entrypoint ?? []).length > 0
  const Cmd = !hasEntrypoint && (config.Cmd ?? []).length === 0 ? (own.Cmd ?? null) : config.Cmd
  // One empty word takes the image's away.
  const Entrypoint = config.Entrypoint === null ? (own.Entrypoint ?? null) : config.Entrypoint.length === 1 && config.Entrypoint[0] === '' ? null : config.Entrypoint
  const exposed = { ...own.ExposedPorts, ...config.ExposedPorts }
  const volumes = { ...own.Volumes, ...config.Volumes }
  const { ExposedPorts: _, StopSignal, StopTimeout, ...rest } = config
  const order = {
    Hostname, Domainname: rest.Domainname, User: rest.User || (own.User ?? ''), AttachStdin: rest.AttachStdin, AttachStdout: rest.AttachStdout, AttachStderr: rest.AttachStderr,
    ...(Object.keys(exposed).length > 0 ? { ExposedPorts: exposed } : {}), Tty: rest.Tty, OpenStdin: rest.OpenStdin, StdinOnce: rest.StdinOnce, Env: Env.length > 0 ? Env : null, Cmd, ...(rest.Healthcheck ? { Healthcheck: rest.Healthcheck } : {}), Image: rest.Image,
    Volumes: Object.keys(volumes).length > 0 ? volumes : null, WorkingDir: rest.WorkingDir || (own.WorkingDir ?? ''), Entrypoint, OnBuild: null, Labels: labels,
  }
  const signal = StopSignal ?? own.StopSignal
  return { ...order, ...(signal === undefined ? {} : { StopSignal: signal }), ...(StopTimeout === undefined ? {} : { StopTimeout }) }
}

/** daemon/daemon_unix.go verifyPlatformContainerSettings, daemon/container.go verifyContainerSettings. */
function checkHost(host: HostConfig, warnings: string[]): void {
  if (host.Memory !== 0 && host.Memory < SMALLEST_MEMORY) throw invalid('Minimum memory limit allowed is 6MB.')
  if (host.Memory > 0 && host.MemorySwap > 0 && host.MemorySwap < host.Memory) throw invalid('Minimum memoryswap limit should be larger than memory limit, see usage.')
  if (host.Memory === 0 && host.MemorySwap > 0) throw invalid('You should always set the Memory limit when using Memoryswap limit, see usage.')
  if (host.Memory > 0 && host.MemoryReservation > 0 && host.Memory < host.MemoryReservation) throw invalid('Minimum memory limit can not be less than memory reservation limit, see usage.')
  if (host.NanoCpus > 0 && (host.CpuPeriod > 0 || host.CpuQuota > 0)) throw invalid(`Conflicting options: Nano CPUs and CPU ${host.CpuPeriod > 0 ? 'Period' : 'Quota'} cannot both be set.`)
  if (host.CpuPeriod !== 0 && (host.CpuPeriod < 1000 || host.CpuPeriod > 1_000_000)) throw invalid('CPU cfs period can not be less than 1ms (i.e. 1000) or larger than 1s (i.e. 1000000)')
  if (host.CpuQuota > 0 && host.CpuQuota < 1000) throw invalid('CPU cfs quota can not be less than 1ms (i.e. 1000)')
  if (host.OomKillDisable && host.Memory === 0) warnings.push('OOM killer is disabled for the container, but no memory limit is set, this can result in the system running out of resources.')
  if (host.AutoRemove && host.RestartPolicy.Name !== '' && host.RestartPolicy.Name !== 'no') throw invalid(`can't create 'AutoRemove' container with restart policy`)
  if (!['', 'no', 'always', 'unless-stopped', 'on-failure'].includes(host.RestartPolicy.Name)) throw invalid(`invalid restart policy '${host.RestartPolicy.Name}'`)
  for (const [which, names] of [['CapAdd', host.CapAdd], ['CapDrop', host.CapDrop]] as const) {
    const strange = names?.find((name) => !isCapability(name))
    if (strange !== undefined) throw invalid(`invalid ${which}: unknown capability: "${strange.toUpperCase().startsWith('CAP_') ? strange.toUpperCase() : `CAP_${strange.toUpperCase()}`}"`)
  }
  if (host.Runtime !== '' && host.Runtime !== 'runc') throw invalid(`Unknown runtime specified ${host.Runtime}`)
}

/** Whoever is named must be there. */
function checkJoined({ containers }: Engine, { NetworkMode, IpcMode, PidMode }: HostConfig): void {
  for (const mode of [NetworkMode, IpcMode, PidMode]) {
    const name = /^container:(.*)$/.exec(mode)?.[1]
    if (name !== undefined) containers.find(name)
  }
}
