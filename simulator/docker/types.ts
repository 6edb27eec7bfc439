/** Objects of the Engine API 1.41 as its JSON has them, fields in their order (moby api/types of 20.10). */
export type Labels = Readonly<Record<string, string>>
export type PortSet = Readonly<Record<string, object>>

/** What a container is made from, on any node (container.Config). */
export interface ContainerConfig {
  readonly Hostname: string
  readonly Domainname: string
  readonly User: string
  readonly AttachStdin: boolean
  readonly AttachStdout: boolean
  readonly AttachStderr: boolean
  readonly ExposedPorts?: PortSet
  readonly Tty: boolean
  readonly OpenStdin: boolean
  readonly StdinOnce: boolean
  readonly Env: readonly string[] | null
  readonly Cmd: readonly string[] | null
  /** Only the one that turns an image's own off. */
  readonly Healthcheck?: { readonly Test: readonly ['NONE'] }
  readonly Image: string
  readonly Volumes: PortSet | null
  readonly WorkingDir: string
  readonly Entrypoint: readonly string[] | null
  readonly OnBuild: null
  readonly Labels: Labels | null
  readonly StopSignal?: string
  readonly StopTimeout?: number
}

export interface PortBinding {
  readonly HostIp: string
  readonly HostPort: string
}
export type PortMap = Readonly<Record<string, readonly PortBinding[] | null>>

export interface MountSpec {
  readonly Type: 'bind' | 'volume' | 'tmpfs'
  readonly Source?: string
  readonly Target: string
  readonly ReadOnly?: boolean
}

export interface Ulimit {
  readonly Name: string
  readonly Hard: number
  readonly Soft: number
}

export interface DeviceMapping {
  readonly PathOnHost: string
  readonly PathInContainer: string
  readonly CgroupPermissions: string
}

/** What of a container depends on this node (container.HostConfig). */
export interface HostConfig {
  readonly Binds: readonly string[] | null
  readonly ContainerIDFile: string
  readonly LogConfig: { readonly Type: string; readonly Config: Labels }
  readonly NetworkMode: string
  readonly PortBindings: PortMap
  readonly RestartPolicy: { readonly Name: string; readonly MaximumRetryCount: number }
  readonly AutoRemove: boolean
  readonly VolumeDriver: string
  readonly VolumesFrom: readonly string[] | null
  readonly CapAdd: readonly string[] | null
  readonly CapDrop: readonly string[] | null
  readonly CgroupnsMode: string
  readonly Dns: readonly string[]
  readonly DnsOptions: readonly string[]
  readonly DnsSearch: readonly string[]
  readonly ExtraHosts: readonly string[] | null
  readonly GroupAdd: readonly string[] | null
  readonly IpcMode: string
  readonly Cgroup: string
  readonly Links: readonly string[] | null
  readonly OomScoreAdj: number
  readonly PidMode: string
  readonly Privileged: boolean
  readonly PublishAllPorts: boolean
  readonly ReadonlyRootfs: boolean
  readonly SecurityOpt: readonly string[] | null
  readonly Tmpfs?: Labels
  readonly UTSMode: string
  readonly UsernsMode: string
  readonly ShmSize: number
  readonly Sysctls?: Labels
  readonly Runtime: string
  readonly ConsoleSize: readonly [number, number]
  readonly Isolation: string
  readonly CpuShares: number
  readonly Memory: number
  readonly NanoCpus: number
  readonly CgroupParent: string
  readonly BlkioWeight: number
  readonly BlkioWeightDevice: readonly object[]
  readonly BlkioDeviceReadBps: null
  readonly BlkioDeviceWriteBps: null
  readonly BlkioDeviceReadIOps: null
  readonly BlkioDeviceWriteIOps: null
  readonly CpuPeriod: number
  readonly CpuQuota: number
  readonly CpuRealtimePeriod: number
  readonly CpuRealtimeRuntime: number
  readonly CpusetCpus: string
  readonly CpusetMems: string
  readonly Devices: readonly DeviceMapping[]
  readonly DeviceCgroupRules: null
  readonly DeviceRequests: null
  readonly KernelMemory: number
  readonly KernelMemoryTCP: number
  readonly MemoryReservation: number
  readonly MemorySwap: number
  readonly MemorySwappiness: number | null
  readonly OomKillDisable: boolean
  readonly PidsLimit: number | null
  readonly Ulimits: readonly Ulimit[] | null
  readonly Mounts?: readonly MountSpec[]
  readonly CpuCount: number
  readonly CpuPercent: number
  readonly IOMaximumIOps: number
  readonly IOMaximumBandwidth: number
  readonly MaskedPaths: readonly string[] | null
  readonly ReadonlyPaths: readonly string[] | null
}

/** A container's place in one network (network.EndpointSettings). */
export interface EndpointSettings {
  readonly IPAMConfig: { readonly IPv4Address?: string } | null
  readonly Links: null
  readonly Aliases: readonly string[] | null
  readonly NetworkID: string
  readonly EndpointID: string
  readonly Gateway: string
  readonly IPAddress: string
  readonly IPPrefixLen: number
  readonly IPv6Gateway: string
  readonly GlobalIPv6Address: string
  readonly GlobalIPv6PrefixLen: number
  readonly MacAddress: string
  readonly DriverOpts: null
}

/** What a client asks for in one network when a container is made. */
export interface EndpointRequest {
  readonly Aliases?: readonly string[]
  readonly IPv4Address?: string
}

export interface ContainerState {
  readonly Running: boolean
  readonly Paused: boolean
  readonly Restarting: boolean
  readonly OOMKilled: boolean
  readonly RemovalInProgress: boolean
  readonly Dead: boolean
  readonly Pid: number
  readonly ExitCode: number
  readonly Error: string
  readonly StartedAt: string
  readonly FinishedAt: string
}

/** A mount of a container, as it is kept and shown (types.MountPoint). */
export interface MountPoint {
  readonly Type: 'bind' | 'volume'
  readonly Name?: string
  readonly Source: string
  readonly Destination: string
  readonly Driver?: string
  readonly Mode: string
  readonly RW: boolean
  readonly Propagation: string
}

/** A container as the daemon keeps it: config.v2.json and hostconfig.json of its directory. */
export interface Stored {
  readonly ID: string
  readonly Created: string
  readonly Name: string
  readonly Path: string
  readonly Args: readonly string[]
  readonly Config: ContainerConfig
  readonly HostConfig: HostConfig
  /** The image's id. */
  readonly Image: string
  readonly State: ContainerState
  readonly Network: StoredNetwork
  readonly RestartCount: number
  readonly HasBeenStartedBefore: boolean
  readonly HasBeenManuallyStopped: boolean
  readonly MountPoints: readonly MountPoint[]
  /** The name of its directory below overlay2. */
  readonly MountID: string
}

export interface StoredNetwork {
  readonly SandboxID: string
  readonly SandboxKey: string
  readonly Ports: PortMap
  /** By the network's name. */
  readonly Networks: Readonly<Record<string, EndpointSettings>>
  /** What was asked for, by the network's name. */
  readonly Asked: Readonly<Record<string, EndpointRequest>>
}

export interface ContainerSummary {
  readonly Id: string
  readonly Names: readonly string[]
  readonly Image: string
  readonly ImageID: string
  readonly Command: string
  /** Unix seconds. */
  readonly Created: number
  readonly Ports: readonly ShownPort[]
  readonly SizeRw?: number
  readonly SizeRootFs?: number
  readonly Labels: Labels
  readonly State: string
  readonly Status: string
  readonly Networks: readonly string[]
  readonly Mounts: readonly { readonly name: string; readonly source: string }[]
}

export interface ShownPort {
  readonly IP: string
  readonly PrivatePort: number
  readonly PublicPort: number
  readonly Type: string
}

export interface ImageSummary {
  readonly Id: string
  readonly ParentId: string
  readonly RepoTags: readonly string[]
  readonly RepoDigests: readonly string[]
  readonly Created: number
  readonly Size: number
  readonly SharedSize: number
  readonly Labels: Labels | null
  readonly Containers: number
}

export interface HistoryRow {
  readonly Id: string
  readonly Created: number
  readonly CreatedBy: string
  readonly Tags: readonly string[]
  readonly Size: number
  readonly Comment: string
}

export interface Volume {
  readonly CreatedAt: string
  readonly Driver: string
  readonly Labels: Labels | null
  readonly Mountpoint: string
  readonly Name: string
  readonly Options: Labels | null
  readonly Scope: string
}

export interface EventMessage {
  readonly Type: string
  readonly Action: string
  readonly Actor: { readonly ID: string; readonly Attributes: Labels }
  readonly scope: 'local'
  /** Nanoseconds since the epoch. */
  readonly timeNano: bigint
}
