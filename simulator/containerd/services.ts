/**
 * What clients see of containerd: its gRPC services (containerd 1.6 api/services) and the CRI plugin's. `ctr`, `crictl`, the kubelet
 * and dockerd reach them only through the socket: `const client = dialContainerd(sys)`, then
 * `yield* sys.call(client, (c) => c.containers.list('k8s.io'))`. Methods throw `GrpcError`.
 *
 * The namespace that real clients send as a header is the first argument of each method. Times are RFC 3339 texts with
 * nanoseconds, as Go prints them.
 */
import type { Run } from '../kernel/run'
import type { Service, Sys } from '../kernel/sys'
import type { CriServices } from './cri/services'
import type { Descriptor, OciProcess, OciResources, OciSpec } from './oci/types'

export type { CriServices, ImageService, RuntimeService } from './cri/services'
export { GrpcError, isGrpc } from './grpc'

export const CONTAINERD_SOCKET = '/run/containerd/containerd.sock'
export const BRAND: unique symbol = Symbol('containerd')

/** All services behind the socket. */
export interface Containerd {
  readonly [BRAND]: true
  readonly namespaces: NamespacesService
  readonly containers: ContainersService
  readonly tasks: TasksService
  readonly images: ImagesService
  readonly content: ContentService
  readonly snapshots: SnapshotsService
  readonly diff: DiffService
  readonly leases: LeasesService
  readonly events: EventsService
  readonly introspection: IntrospectionService
  readonly sandboxes: SandboxesService
  readonly version: VersionService
  readonly cri: CriServices
}

const isContainerd = (service: Service): service is Containerd => BRAND in service

/** Connects to containerd. Errno ENOENT or ECONNREFUSED when nobody serves there. */
export function dialContainerd(sys: Sys, path: string = CONTAINERD_SOCKET): Containerd {
  const service = sys.dial(path)
  if (!isContainerd(service)) throw new Error(`${path} is not containerd's socket`)
  return service
}

export type Labels = Readonly<Record<string, string>>

// ── namespaces ──────────────────────────────────────────────────────────────────────────────────────────
export interface NamespaceRecord {
  readonly name: string
  readonly labels: Labels
}

export interface NamespacesService {
  list(filter?: string): Run<NamespaceRecord[]>
  get(name: string): Run<NamespaceRecord>
  /** `caller` is the namespace of who asks, where the event is told. */
  create(caller: string, name: string, labels: Labels): Run<void>
  /** Sets labels; an empty value removes one. Creates the entry when there is none, as the real store does. */
  setLabel(caller: string, name: string, key: string, value: string): Run<void>
  delete(name: string): Run<void>
}

// ── containers ──────────────────────────────────────────────────────────────────────────────────────────
/** `value` is the bytes in base64, as encoding/json writes them. */
export interface Any {
  readonly type_url: string
  readonly value: string
}

/** As `ctr containers info` prints it, fields in that order. */
export interface Container {
  readonly ID: string
  readonly Labels: Labels
  readonly Image: string
  readonly Runtime: { readonly Name: string; readonly Options: Any | null }
  readonly SnapshotKey: string
  readonly Snapshotter: string
  readonly CreatedAt: string
  readonly UpdatedAt: string
  readonly Extensions: Readonly<Record<string, Any>>
  /** The sandbox that it belongs to, from containerd 2.0 on. */
  readonly SandboxID?: string
  readonly Spec: OciSpec
}

export type NewContainer = Omit<Container, 'CreatedAt' | 'UpdatedAt'>

export interface ContainersService {
  /** `filters` as `labels."x"==y`, `id~=…`, `image==…`; one match of several is enough. */
  list(ns: string, filters?: readonly string[]): Run<Container[]>
  get(ns: string, id: string): Run<Container>
  create(ns: string, container: NewContainer): Run<Container>
  /** With field paths (`labels`, `labels.KEY`, `spec`, `extensions`, `image`, `snapshotkey`); without: all, which fails on immutable ones. */
  update(ns: string, container: NewContainer, fields: readonly string[]): Run<Container>
  delete(ns: string, id: string): Run<void>
}

// ── tasks ───────────────────────────────────────────────────────────────────────────────────────────────
export type TaskStatus = 'UNKNOWN' | 'CREATED' | 'RUNNING' | 'STOPPED' | 'PAUSED' | 'PAUSING'

/** Paths of FIFOs that the client has made; '' for none. With `terminal` stderr is ''. */
export interface Stdio {
  readonly stdin: string
  readonly stdout: string
  readonly stderr: string
  readonly terminal: boolean
}

export const NO_STDIO: Stdio = { stdin: '', stdout: '', stderr: '', terminal: false }

/** A mount that a snapshotter hands out. */
export interface SnapshotMount {
  readonly Type: string
  readonly Source: string
  readonly Options: readonly string[]
}

export interface TaskProcess extends Stdio {
  readonly containerId: string
  /** The exec id; '' for the container's init. */
  readonly id: string
  readonly pid: number
  readonly status: TaskStatus
  readonly exitStatus: number
  /** `0001-01-01T00:00:00Z` while it runs. */
  readonly exitedAt: string
}

export interface DeleteResponse {
  readonly id: string
  readonly pid: number
  readonly exitStatus: number
  readonly exitedAt: string
}

/** One process of a task (`ctr tasks ps`): `info` when it was started by exec. */
export interface ProcessInfo {
  readonly pid: number
  readonly info: { readonly execId: string } | null
}

export interface TasksService {
  create(ns: string, request: { readonly containerId: string; readonly rootfs: readonly SnapshotMount[]; readonly stdio: Stdio; readonly options?: Any }): Run<{ pid: number }>
  /** `execId` '' starts init. */
  start(ns: string, id: string, execId?: string): Run<{ pid: number }>
  /** Order: not that of ids (a hash map in the real one). */
  list(ns: string): Run<TaskProcess[]>
  get(ns: string, id: string, execId?: string): Run<TaskProcess>
  kill(ns: string, id: string, request: { readonly execId?: string; readonly signal: number; readonly all?: boolean }): Run<void>
  /** Deletes a stopped task and ends its shim when it was the last. */
  delete(ns: string, id: string): Run<DeleteResponse>
  deleteProcess(ns: string, id: string, execId: string): Run<DeleteResponse>
  exec(ns: string, id: string, request: { readonly execId: string; readonly stdio: Stdio; readonly spec: OciProcess }): Run<void>
  pids(ns: string, id: string): Run<ProcessInfo[]>
  pause(ns: string, id: string): Run<void>
  resume(ns: string, id: string): Run<void>
  update(ns: string, id: string, resources: OciResources): Run<void>
  metrics(ns: string, id: string): Run<Metrics>
  /** Waits for the end of init or of an exec. */
  wait(ns: string, id: string, execId?: string): Run<{ exitStatus: number; exitedAt: string }>
  resizePty(ns: string, id: string, request: { readonly execId?: string; readonly width: number; readonly height: number }): Run<void>
  closeIO(ns: string, id: string, request: { readonly execId?: string }): Run<void>
}

/** Metrics read from the container's cgroup files (github.com/containerd/cgroups), in the terms of version 1. */
export interface Metrics {
  readonly id: string
  readonly timestamp: string
  readonly pids: { readonly current: number; readonly limit: number }
  readonly cpu: { readonly total: number; readonly kernel: number; readonly user: number; readonly perCpu: readonly number[] }
  /** memory.stat of the cgroup, by the kernel's names (`rss`, `total_cache`, …). */
  readonly memoryStat: Readonly<Record<string, number>>
  readonly memory: { readonly usage: number; readonly max: number; readonly failcnt: number; readonly limit: number }
  readonly kernelMemory: { readonly usage: number; readonly max: number; readonly failcnt: number; readonly limit: number }
  /** In those of version 2, where the groups are: numbers of 64 bits, as texts, by the names that ctr gives them. */
  readonly unified?: readonly (readonly [name: string, value: string])[]
}

// ── images ──────────────────────────────────────────────────────────────────────────────────────────────
export interface Image {
  readonly name: string
  readonly labels: Labels
  readonly target: Descriptor
  readonly createdAt: string
  readonly updatedAt: string
}

export interface ImagesService {
  list(ns: string, filters?: readonly string[]): Run<Image[]>
  get(ns: string, name: string): Run<Image>
  create(ns: string, image: { readonly name: string; readonly labels: Labels; readonly target: Descriptor }): Run<Image>
  update(ns: string, image: { readonly name: string; readonly labels: Labels; readonly target: Descriptor }, fields?: readonly string[]): Run<Image>
  /** `sync` waits for garbage collection. */
  delete(ns: string, name: string, options?: { readonly sync?: boolean }): Run<void>
}

// ── content ─────────────────────────────────────────────────────────────────────────────────────────────
export interface ContentInfo {
  readonly digest: string
  readonly size: number
  readonly createdAt: string
  readonly updatedAt: string
  readonly labels: Labels
}

export interface Ingest {
  readonly ref: string
  readonly offset: number
  readonly total: number
  readonly startedAt: string
  readonly updatedAt: string
}

export interface ContentService {
  info(ns: string, digest: string): Run<ContentInfo>
  list(ns: string, filters?: readonly string[]): Run<ContentInfo[]>
  update(ns: string, info: { readonly digest: string; readonly labels: Labels }, fields?: readonly string[]): Run<ContentInfo>
  read(ns: string, digest: string, range?: { readonly offset: number; readonly size: number }): Run<Uint8Array>
  /** Writes and commits a blob; `expected` is checked when given. AlreadyExists when it is there. */
  write(ns: string, request: { readonly ref: string; readonly bytes: Uint8Array; readonly expected?: string; readonly labels: Labels }): Run<ContentInfo>
  /** Begins to write, or goes on where another has stopped: how far it is. AlreadyExists when what is expected is there. */
  begin(ns: string, request: { readonly ref: string; readonly total: number; readonly expected?: string }): Run<Ingest>
  append(ns: string, ref: string, bytes: Uint8Array): Run<void>
  /** What was written becomes a blob; `size` and `expected` are checked when given. */
  commit(ns: string, request: { readonly ref: string; readonly size: number; readonly expected?: string }): Run<void>
  delete(ns: string, digest: string): Run<void>
  listStatuses(ns: string, filters?: readonly string[]): Run<Ingest[]>
}

// ── snapshots ───────────────────────────────────────────────────────────────────────────────────────────
export type SnapshotKind = 'View' | 'Active' | 'Committed'

/** As `ctr snapshots info` prints it. */
export interface SnapshotInfo {
  readonly Kind: SnapshotKind
  readonly Name: string
  readonly Parent?: string
  readonly Labels?: Labels
  readonly Created: string
  readonly Updated: string
}

/** What a snapshot's own files take: bytes on the disk, and how many files and directories. */
export interface Usage {
  readonly size: number
  readonly inodes: number
}

export interface SnapshotsService {
  /** An unknown snapshotter: InvalidArgument `snapshotter not loaded: NAME`. */
  list(ns: string, snapshotter: string, filters?: readonly string[]): Run<SnapshotInfo[]>
  stat(ns: string, snapshotter: string, key: string): Run<SnapshotInfo>
  update(ns: string, snapshotter: string, info: { readonly name: string; readonly labels: Labels }, fields?: readonly string[]): Run<SnapshotInfo>
  usage(ns: string, snapshotter: string, key: string): Run<Usage>
  mounts(ns: string, snapshotter: string, key: string): Run<SnapshotMount[]>
  prepare(ns: string, snapshotter: string, request: { readonly key: string; readonly parent: string; readonly labels?: Labels }): Run<SnapshotMount[]>
  view(ns: string, snapshotter: string, request: { readonly key: string; readonly parent: string; readonly labels?: Labels }): Run<SnapshotMount[]>
  commit(ns: string, snapshotter: string, request: { readonly name: string; readonly key: string; readonly labels?: Labels }): Run<void>
  remove(ns: string, snapshotter: string, key: string): Run<void>
}

export interface DiffService {
  /** Unpacks a layer blob onto mounts; the uncompressed layer's descriptor. */
  apply(ns: string, layer: Descriptor, mounts: readonly SnapshotMount[]): Run<Descriptor>
  /** The layer that makes what the second mounts show out of what the first do, as a tar. NotImplemented for another media type. */
  compare(ns: string, lower: readonly SnapshotMount[], upper: readonly SnapshotMount[], mediaType: string): Run<Uint8Array>
}

// ── leases ──────────────────────────────────────────────────────────────────────────────────────────────
export interface Lease {
  readonly id: string
  readonly createdAt: string
  readonly labels: Labels
}

export interface LeasesService {
  list(ns: string, filters?: readonly string[]): Run<Lease[]>
  create(ns: string, lease: { readonly id: string; readonly labels: Labels }): Run<Lease>
  delete(ns: string, id: string, options?: { readonly sync?: boolean }): Run<void>
  addResource(ns: string, id: string, resource: { readonly id: string; readonly type: string }): Run<void>
  listResources(ns: string, id: string): Run<{ id: string; type: string }[]>
}

// ── events ──────────────────────────────────────────────────────────────────────────────────────────────
/** `event` in the order of the message's fields; `ctr events` prints its JSON. Fields that are empty are not there. */
export interface Envelope {
  readonly timestamp: string
  readonly namespace: string
  /** `/tasks/create`. */
  readonly topic: string
  /** The message's type, `containerd.events.TaskCreate`. */
  readonly type: string
  readonly event: Readonly<Record<string, unknown>>
  /** What somebody has published, as it came; nobody but who shows it has to know the type. `event` is empty then. */
  readonly payload?: Uint8Array
}

export interface EventStream {
  /** The next event; waits for it. Call it through `sys.call` like any other: `sys.call(client, () => stream.next())`. */
  next(): Run<Envelope>
  close(): void
}

export interface EventsService {
  /** Events of all namespaces; `filters` such as `topic=="/tasks/exit"`, `namespace==k8s.io`. */
  subscribe(filters?: readonly string[]): Run<EventStream>
  publish(ns: string, topic: string, event: { readonly type: string; readonly payload: Uint8Array }): Run<void>
}

// ── sandboxes ───────────────────────────────────────────────────────────────────────────────────────────
/** Of the sandbox store, as far as it is shown. */
export interface SandboxRecord {
  readonly ID: string
  readonly CreatedAt: string
  readonly Runtime: string
}

export interface SandboxesService {
  list(ns: string): Run<SandboxRecord[]>
}

// ── introspection and version ───────────────────────────────────────────────────────────────────────────
export interface Plugin {
  readonly type: string
  readonly id: string
  readonly requires: readonly string[]
  readonly platforms: readonly { readonly os: string; readonly architecture: string }[]
  readonly exports: Labels
  readonly capabilities: readonly string[]
  /** Why it did not load; `skip` is set for those that chose not to. */
  readonly initError: { readonly code: string; readonly message: string; readonly skip: boolean } | null
}

export interface IntrospectionService {
  plugins(filters?: readonly string[]): Run<Plugin[]>
  server(): Run<{ uuid: string; pid: number; pidns: number }>
}

export interface VersionService {
  version(): Run<{ version: string; revision: string }>
}
