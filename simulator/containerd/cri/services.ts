/**
 * The Container Runtime Interface v1 (k8s.io/cri-api runtime/v1 api.proto), as the kubelet and crictl use it. Configurations (what a client
 * sends) keep protobuf's snake_case names and leave out what is empty, as they are kept and shown in `crictl inspect`'s info;
 * answers use camelCase, as their JSON does. Times are nanoseconds since the epoch.
 */
import type { Credentials } from '../registry/resolve'
import type { Run } from '../../kernel/run'
import type { Labels } from '../services'

export interface CriServices {
  readonly runtime: RuntimeService
  readonly image: ImageService
}

// ── configurations ──────────────────────────────────────────────────────────────────────────────────────
/** Values of NamespaceMode: 0 POD, 1 CONTAINER, 2 NODE, 3 TARGET. Left out: POD. */
export type NamespaceMode = 0 | 1 | 2 | 3

export interface NamespaceOption {
  readonly network?: NamespaceMode
  readonly pid?: NamespaceMode
  readonly ipc?: NamespaceMode
  readonly target_id?: string
}

export interface SecurityProfile {
  /** 0 RuntimeDefault, 1 Unconfined, 2 Localhost. */
  readonly profile_type?: 0 | 1 | 2
  readonly localhost_ref?: string
}

export interface SelinuxOption {
  readonly user?: string
  readonly role?: string
  readonly type?: string
  readonly level?: string
}

export interface Int64Value {
  readonly value?: number
}

export interface LinuxContainerResources {
  readonly cpu_period?: number
  readonly cpu_quota?: number
  readonly cpu_shares?: number
  readonly memory_limit_in_bytes?: number
  readonly memory_swap_limit_in_bytes?: number
  readonly oom_score_adj?: number
  readonly cpuset_cpus?: string
  readonly cpuset_mems?: string
  readonly unified?: Labels
}

export interface PodSandboxMetadata {
  readonly name?: string
  readonly uid?: string
  readonly namespace?: string
  readonly attempt?: number
}

export interface DnsConfig {
  readonly servers?: readonly string[]
  readonly searches?: readonly string[]
  readonly options?: readonly string[]
}

export interface PodSandboxConfig {
  readonly metadata?: PodSandboxMetadata
  readonly hostname?: string
  readonly log_directory?: string
  readonly dns_config?: DnsConfig
  readonly port_mappings?: readonly { readonly protocol?: number; readonly container_port?: number; readonly host_port?: number; readonly host_ip?: string }[]
  readonly labels?: Labels
  readonly annotations?: Labels
  readonly linux?: {
    readonly cgroup_parent?: string
    readonly security_context?: {
      readonly namespace_options?: NamespaceOption
      readonly run_as_user?: Int64Value
      readonly run_as_group?: Int64Value
      readonly readonly_rootfs?: boolean
      readonly supplemental_groups?: readonly number[]
      readonly privileged?: boolean
      readonly selinux_options?: SelinuxOption
      readonly seccomp?: SecurityProfile
      readonly seccomp_profile_path?: string
    }
    readonly sysctls?: Labels
    readonly overhead?: LinuxContainerResources
    readonly resources?: LinuxContainerResources
  }
}

export interface ContainerMetadata {
  readonly name?: string
  readonly attempt?: number
}

export interface CriMount {
  readonly container_path?: string
  readonly host_path?: string
  readonly readonly?: boolean
  readonly selinux_relabel?: boolean
  /** 0 private, 1 host-to-container, 2 bidirectional. */
  readonly propagation?: 0 | 1 | 2
}

export interface CriDevice {
  readonly container_path?: string
  readonly host_path?: string
  /** `r`, `w`, `m`. */
  readonly permissions?: string
}

export interface Capability {
  readonly add_capabilities?: readonly string[]
  readonly drop_capabilities?: readonly string[]
}

export interface ContainerConfig {
  readonly metadata?: ContainerMetadata
  readonly image?: { readonly image?: string; readonly annotations?: Labels }
  readonly command?: readonly string[]
  readonly args?: readonly string[]
  readonly working_dir?: string
  readonly envs?: readonly { readonly key?: string; readonly value?: string }[]
  readonly mounts?: readonly CriMount[]
  readonly devices?: readonly CriDevice[]
  readonly labels?: Labels
  readonly annotations?: Labels
  readonly log_path?: string
  readonly stdin?: boolean
  readonly stdin_once?: boolean
  readonly tty?: boolean
  readonly linux?: {
    readonly resources?: LinuxContainerResources
    readonly security_context?: {
      readonly capabilities?: Capability
      readonly privileged?: boolean
      readonly namespace_options?: NamespaceOption
      readonly run_as_user?: Int64Value
      readonly run_as_group?: Int64Value
      readonly run_as_username?: string
      readonly readonly_rootfs?: boolean
      readonly supplemental_groups?: readonly number[]
      readonly no_new_privs?: boolean
      readonly masked_paths?: readonly string[]
      readonly readonly_paths?: readonly string[]
      readonly selinux_options?: SelinuxOption
      readonly seccomp?: SecurityProfile
      readonly seccomp_profile_path?: string
      readonly apparmor?: SecurityProfile
      readonly apparmor_profile?: string
    }
  }
}

// ── answers ─────────────────────────────────────────────────────────────────────────────────────────────
export type SandboxState = 'SANDBOX_READY' | 'SANDBOX_NOTREADY'
export type ContainerState = 'CONTAINER_CREATED' | 'CONTAINER_RUNNING' | 'CONTAINER_EXITED' | 'CONTAINER_UNKNOWN'

export interface PodSandbox {
  readonly id: string
  readonly metadata: { readonly name: string; readonly uid: string; readonly namespace: string; readonly attempt: number }
  readonly state: SandboxState
  readonly createdAt: bigint
  readonly labels: Labels
  readonly annotations: Labels
  readonly runtimeHandler: string
}

export type NamespaceModeName = 'POD' | 'CONTAINER' | 'NODE' | 'TARGET'

export interface PodSandboxStatus extends PodSandbox {
  readonly network: { readonly ip: string; readonly additionalIps: readonly { readonly ip: string }[] }
  readonly namespaces: { readonly network: NamespaceModeName; readonly pid: NamespaceModeName; readonly ipc: NamespaceModeName; readonly targetId: string }
}

export interface CriContainer {
  readonly id: string
  readonly podSandboxId: string
  readonly metadata: { readonly name: string; readonly attempt: number }
  readonly image: { readonly image: string; readonly annotations: Labels }
  readonly imageRef: string
  readonly state: ContainerState
  readonly createdAt: bigint
  readonly labels: Labels
  readonly annotations: Labels
}

export interface ContainerStatus {
  readonly id: string
  readonly metadata: { readonly name: string; readonly attempt: number }
  readonly state: ContainerState
  readonly createdAt: bigint
  readonly startedAt: bigint
  readonly finishedAt: bigint
  readonly exitCode: number
  readonly image: { readonly image: string; readonly annotations: Labels }
  readonly imageRef: string
  /** `Completed`, `Error`, `OOMKilled`, `StartError`, `ContainerCannotRun`, or what the runtime says. */
  readonly reason: string
  readonly message: string
  readonly labels: Labels
  readonly annotations: Labels
  readonly mounts: readonly CriMount[]
  readonly logPath: string
  /** Null until it was started. */
  readonly resources: LinuxContainerResources | null
}

/** `verbose` answers: JSON texts by name (`info` for sandboxes and containers). */
export type Info = Readonly<Record<string, string>>

export interface PodSandboxFilter {
  readonly id?: string
  readonly state?: SandboxState
  readonly labels?: Labels
}

export interface ContainerFilter {
  readonly id?: string
  readonly podSandboxId?: string
  readonly state?: ContainerState
  readonly labels?: Labels
}

export interface ContainerStats {
  readonly id: string
  readonly metadata: { readonly name: string; readonly attempt: number }
  readonly labels: Labels
  readonly annotations: Labels
  /** Null while the container does not run. */
  readonly usage: CpuAndMemory | null
  /** Null before the snapshot has been looked at. */
  readonly writableLayer: { readonly timestamp: bigint; readonly mountpoint: string; readonly usedBytes: number; readonly inodesUsed: number } | null
}

/** An error that the streaming server tells its client, after the call that named the stream had succeeded. */
export class StreamError extends Error {}

/** A piece of output. Numbers count up from 1. */
export interface Chunk {
  readonly number: number
  readonly stream: 'stdout' | 'stderr'
  readonly bytes: Uint8Array
}

export interface WindowCells {
  readonly width: number
  readonly height: number
}

/** An exec or attach session: what goes over the streaming connection. */
export interface Stream {
  write(bytes: Uint8Array): Run<void>
  closeInput(): Run<void>
  /** The first chunk after number `seen`; null when all output has been handed over. */
  next(seen: number): Run<Chunk | null>
  resize(size: WindowCells): Run<void>
  /** The command's exit status; 0 for attach. */
  wait(): Run<number>
}

export interface StreamOptions {
  readonly stdin: 'stdin' | 'none'
  readonly terminal: 'tty' | 'pipes'
}

/** One forwarded connection. */
export interface Connection {
  write(bytes: Uint8Array): Run<void>
  next(seen: number): Run<Chunk | null>
  close(): Run<void>
}

export interface PortForward {
  /** Connects to a port of the pod's loopback address. StreamError. */
  connect(port: number): Run<Connection>
}

export interface CpuAndMemory {
  readonly timestamp: bigint
  readonly cpuNanoseconds: number
  /** Billionths of a core in use since the last reading. */
  readonly cpuNanoCores: number
  readonly memoryWorkingSetBytes: number
  readonly memoryAvailableBytes: number
  readonly memoryUsageBytes: number
  readonly memoryRssBytes: number
  readonly pageFaults: number
  readonly majorPageFaults: number
}

export interface PodSandboxStats {
  readonly id: string
  readonly metadata: PodSandbox['metadata']
  readonly labels: Labels
  readonly annotations: Labels
  readonly usage: CpuAndMemory
  /** Null on the host's network. */
  readonly network: { readonly name: string; readonly rxBytes: number; readonly rxErrors: number; readonly txBytes: number; readonly txErrors: number } | null
  readonly processCount: number
  readonly containers: readonly ContainerStats[]
}

export interface RuntimeCondition {
  readonly type: string
  readonly status: boolean
  readonly reason: string
  readonly message: string
}

export interface RuntimeService {
  version(): Run<{ version: string; runtimeName: string; runtimeVersion: string; runtimeApiVersion: string }>
  status(options?: { readonly verbose?: boolean }): Run<{ conditions: RuntimeCondition[]; info: Info }>
  updateRuntimeConfig(podCidr: string): Run<void>
  runtimeConfig(): Run<{ readonly cgroupDriver: 'SYSTEMD' | 'CGROUPFS' }>
  /** Whether there are any; what they are is not simulated. */
  listPodSandboxMetrics(): Run<void>
  runPodSandbox(config: PodSandboxConfig, runtimeHandler?: string): Run<string>
  stopPodSandbox(id: string): Run<void>
  removePodSandbox(id: string): Run<void>
  /** Ids may be shortened. */
  podSandboxStatus(id: string, options?: { readonly verbose?: boolean }): Run<{ status: PodSandboxStatus; info: Info }>
  listPodSandbox(filter?: PodSandboxFilter): Run<PodSandbox[]>
  createContainer(sandboxId: string, config: ContainerConfig, sandboxConfig: PodSandboxConfig): Run<string>
  startContainer(id: string): Run<void>
  /** `timeout` in seconds before SIGKILL; 0: at once. */
  stopContainer(id: string, timeout: number): Run<void>
  removeContainer(id: string): Run<void>
  listContainers(filter?: ContainerFilter): Run<CriContainer[]>
  containerStatus(id: string, options?: { readonly verbose?: boolean }): Run<{ status: ContainerStatus; info: Info }>
  updateContainerResources(id: string, linux: LinuxContainerResources): Run<void>
  reopenContainerLog(id: string): Run<void>
  /** Unimplemented in containerd 1.6. */
  checkpointContainer(id: string): Run<void>
  /** `timeout` in seconds; 0: none. */
  execSync(id: string, cmd: readonly string[], timeout: number): Run<{ stdout: Uint8Array; stderr: Uint8Array; exitCode: number }>
  exec(id: string, cmd: readonly string[], options: StreamOptions): Run<Stream>
  attach(id: string, options: StreamOptions): Run<Stream>
  portForward(id: string): Run<PortForward>
  containerStats(id: string): Run<ContainerStats>
  listContainerStats(filter?: ContainerFilter): Run<ContainerStats[]>
  listPodSandboxStats(filter?: PodSandboxFilter): Run<PodSandboxStats[]>
}

// ── images ──────────────────────────────────────────────────────────────────────────────────────────────
export interface CriImage {
  readonly id: string
  readonly repoTags: readonly string[]
  readonly repoDigests: readonly string[]
  readonly size: number
  readonly uid: number | null
  readonly username: string
}

export interface ImageService {
  listImages(filter?: { readonly image?: string }): Run<CriImage[]>
  /** Null when there is none. */
  imageStatus(image: string, options?: { readonly verbose?: boolean }): Run<{ image: CriImage | null; info: Info }>
  /** Its value is the image's id. */
  pullImage(image: string, sandboxConfig?: PodSandboxConfig, auth?: Credentials): Run<string>
  removeImage(image: string): Run<void>
  imageFsInfo(): Run<{ timestamp: bigint; mountpoint: string; usedBytes: number; inodesUsed: number }>
}
