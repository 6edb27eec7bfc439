/**
 * What dockerd serves on its socket: the Engine API 1.41, a method for each endpoint that the lab's client uses (moby api/server/router). The
 * calls run in the daemon; whoever makes them does so by `sys.call`.
 */
import type { Chunk, Stream } from '../containerd/cri/services'
import type { Run } from '../kernel/run'
import type { Service, Sys } from '../kernel/sys'
import type { ContainerConfig, ContainerSummary, EndpointRequest, EventMessage, HistoryRow, HostConfig, ImageSummary, Labels, Volume } from './types'

export { EngineError, isEngineError, NotSimulated } from './error'
export const DOCKER_SOCKET = '/var/run/docker.sock'
export const BRAND: unique symbol = Symbol('docker')

/** Values of a filter by its name, as `--filter name=value` gives them. */
export type Filters = Readonly<Record<string, readonly string[]>>
/** An object as encoding/json writes it, fields in order. */
export type Shown = Readonly<Record<string, unknown>>

export interface Created {
  readonly Id: string
  readonly Warnings: readonly string[]
}

export interface AttachOptions {
  readonly stdin: 'stdin' | 'none'
}

export interface ExecConfig {
  readonly Cmd: readonly string[]
  readonly Env: readonly string[]
  readonly User: string
  readonly WorkingDir: string
  readonly Tty: boolean
  readonly AttachStdin: boolean
  readonly Detach: boolean
  readonly Privileged: boolean
}

export interface LogOptions {
  /** How many lines from the end; undefined: all. */
  readonly tail?: number
  /** Nanoseconds since the epoch. */
  readonly since?: bigint
  readonly until?: bigint
  readonly follow: 'follow' | 'stop'
  readonly timestamps: 'shown' | 'none'
}

export interface Chunks {
  next(seen: number): Run<Chunk | null>
}

export interface ContainersApi {
  create(request: { readonly name: string; readonly config: ContainerConfig; readonly host: HostConfig; readonly networks: Readonly<Record<string, EndpointRequest>> }): Run<Created>
  start(id: string): Run<void>
  /** Seconds until it is killed; undefined: the container's own. */
  stop(id: string, seconds?: number): Run<void>
  restart(id: string, seconds?: number): Run<void>
  kill(id: string, signal: string): Run<void>
  pause(id: string): Run<void>
  unpause(id: string): Run<void>
  rename(id: string, name: string): Run<void>
  update(id: string, changes: Partial<HostConfig>): Run<{ readonly Warnings: readonly string[] }>
  remove(id: string, options: { readonly force: 'force' | 'gently'; readonly volumes: 'removed' | 'kept' }): Run<void>
  /** The exit status once the condition holds. */
  wait(id: string, condition: 'not-running' | 'next-exit' | 'removed'): Run<number>
  list(options: { readonly all: 'all' | 'running'; readonly filters: Filters; readonly limit: number; readonly size: 'counted' | 'none' }): Run<ContainerSummary[]>
  inspect(id: string, size?: 'counted'): Run<Shown>
  attach(id: string, options: AttachOptions): Run<Stream>
  logs(id: string, options: LogOptions): Run<Chunks>
  resize(id: string, size: { readonly width: number; readonly height: number }): Run<void>
  exec(id: string, config: ExecConfig): Run<Stream>
  execDetached(id: string, config: ExecConfig): Run<void>
  top(id: string, args: readonly string[]): Run<{ readonly Titles: readonly string[]; readonly Processes: readonly (readonly string[])[] }>
  stats(id: string): Run<Stats>
  changes(id: string): Run<{ readonly Kind: 0 | 1 | 2; readonly Path: string }[]>
  /** A tar archive of what lies at a path, and what that is. */
  archive(id: string, path: string): Run<{ readonly bytes: Uint8Array; readonly kind: 'dir' | 'other' }>
  statPath(id: string, path: string): Run<'dir' | 'other'>
  extract(id: string, path: string, archive: Uint8Array): Run<void>
  export(id: string): Run<Uint8Array>
  commit(id: string, request: { readonly repository: string; readonly comment: string; readonly author: string; readonly pause: 'paused' | 'running' }): Run<string>
  prune(filters: Filters): Run<{ readonly deleted: readonly string[]; readonly reclaimed: number }>
}

/** One sample of `docker stats`. */
export interface Stats {
  readonly name: string
  readonly id: string
  readonly cpuPercent: number
  readonly memory: number
  readonly memoryLimit: number
  readonly received: number
  readonly sent: number
  readonly read: number
  readonly written: number
  readonly pids: number
}

export interface ImagesApi {
  list(options: { readonly all: 'all' | 'named'; readonly filters: Filters; readonly shared?: 'counted' }): Run<ImageSummary[]>
  inspect(name: string): Run<Shown>
  history(name: string): Run<HistoryRow[]>
  load(archive: Uint8Array): Run<string[]>
  save(names: readonly string[]): Run<Uint8Array>
  import(archive: Uint8Array, request: { readonly repository: string; readonly source: string; readonly message: string }): Run<string>
  /** Lines of progress are told as they come. */
  pull(reference: string, told: (line: PullLine) => Run): Run<void>
  tag(source: string, target: string): Run<void>
  remove(name: string, force: 'force' | 'gently'): Run<{ readonly Untagged?: string; readonly Deleted?: string }[]>
  prune(filters: Filters): Run<{ readonly deleted: readonly { readonly Untagged?: string; readonly Deleted?: string }[]; readonly reclaimed: number }>
}

/** `id` is a layer's, or empty for what is said of the whole. */
export interface PullLine {
  readonly id: string
  readonly status: string
}

export interface NetworkRequest {
  readonly name: string
  readonly driver: string
  readonly internal: boolean
  readonly attachable: boolean
  readonly labels: Labels
  readonly options: Labels
  readonly subnet?: string
  readonly gateway?: string
  readonly ipRange?: string
}

export interface NetworksApi {
  list(filters: Filters): Run<Shown[]>
  inspect(id: string): Run<Shown>
  create(request: NetworkRequest): Run<string>
  remove(id: string): Run<void>
  connect(id: string, container: string, request: EndpointRequest): Run<void>
  disconnect(id: string, container: string, force: 'force' | 'gently'): Run<void>
  prune(filters: Filters): Run<string[]>
}

export interface VolumesApi {
  list(filters: Filters): Run<Volume[]>
  inspect(name: string): Run<Volume>
  create(request: { readonly name: string; readonly driver: string; readonly labels: Labels; readonly options: Labels }): Run<Volume>
  remove(name: string, force: 'force' | 'gently'): Run<void>
  prune(filters: Filters): Run<{ readonly deleted: readonly string[]; readonly reclaimed: number }>
}

export interface EventStream {
  next(): Run<EventMessage | null>
}

/** What `docker system df` counts. */
export interface DiskUsage {
  readonly layersSize: number
  readonly images: readonly ImageSummary[]
  readonly containers: readonly ContainerSummary[]
  readonly volumes: readonly { readonly volume: Volume; readonly size: number; readonly uses: number }[]
}

export interface SystemApi {
  info(): Run<Shown>
  version(): Run<Shown>
  df(): Run<DiskUsage>
  /** Moments in nanoseconds since the epoch. */
  events(options: { readonly since?: bigint; readonly until?: bigint; readonly filters: Filters }): Run<EventStream>
}

export interface Docker {
  readonly [BRAND]: true
  readonly containers: ContainersApi
  readonly images: ImagesApi
  readonly networks: NetworksApi
  readonly volumes: VolumesApi
  readonly system: SystemApi
}

const isDocker = (service: Service): service is Docker => BRAND in service

/** Errno ENOENT or ECONNREFUSED when nobody serves there. */
export function dialDocker(sys: Sys, path: string): Docker {
  const service = sys.dial(path)
  if (!isDocker(service)) throw new Error(`${path} is not docker's socket`)
  return service
}
