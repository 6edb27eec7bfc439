/** The OCI runtime specification as JSON, fields in the order in which Go writes them (runtime-spec 1.0.2, specs-go/config.go). */
export interface OciSpec {
  ociVersion: string
  process?: OciProcess
  root?: { path: string; readonly?: boolean }
  hostname?: string
  mounts?: OciMount[]
  hooks?: { prestart?: OciHook[] }
  annotations?: Record<string, string>
  linux?: OciLinux
}

/** A program that the runtime runs at a moment of the container's life, with the container's state as its input. */
export interface OciHook {
  path: string
  args?: string[]
  env?: string[]
}

export interface OciProcess {
  terminal?: boolean
  consoleSize?: { height: number; width: number }
  user: { uid: number; gid: number; umask?: number; additionalGids?: number[] }
  args?: string[]
  env?: string[]
  cwd: string
  capabilities?: OciCapabilities
  rlimits?: { type: string; hard: number; soft: number }[]
  noNewPrivileges?: boolean
  apparmorProfile?: string
  oomScoreAdj?: number
  selinuxLabel?: string
}

export interface OciCapabilities {
  bounding?: string[]
  effective?: string[]
  inheritable?: string[]
  permitted?: string[]
  ambient?: string[]
}

export interface OciMount {
  destination: string
  type?: string
  source?: string
  options?: string[]
}

export type OciNamespaceType = 'pid' | 'network' | 'mount' | 'ipc' | 'uts' | 'user' | 'cgroup'

export interface OciNamespace {
  type: OciNamespaceType
  path?: string
}

export interface OciDevice {
  path: string
  type: string
  major: number
  minor: number
  fileMode?: number
  uid?: number
  gid?: number
}

export interface OciResources {
  devices?: { allow: boolean; type?: string; major?: number; minor?: number; access?: string }[]
  memory?: { limit?: number; reservation?: number; swap?: number; swappiness?: number; disableOOMKiller?: boolean }
  cpu?: { shares?: number; quota?: number; period?: number; realtimeRuntime?: number; realtimePeriod?: number; cpus?: string; mems?: string }
  pids?: { limit: number }
  blockIO?: { weight?: number }
  /** Files of version 2 by name. */
  unified?: Record<string, string>
}

export interface OciIdMapping {
  containerID: number
  hostID: number
  size: number
}

export interface OciLinux {
  uidMappings?: OciIdMapping[]
  gidMappings?: OciIdMapping[]
  sysctl?: Record<string, string>
  resources?: OciResources
  cgroupsPath?: string
  namespaces?: OciNamespace[]
  devices?: OciDevice[]
  seccomp?: OciSeccomp
  rootfsPropagation?: string
  maskedPaths?: string[]
  readonlyPaths?: string[]
  intelRdt?: { closID?: string }
}

export interface OciSeccomp {
  defaultAction: string
  architectures?: string[]
  syscalls?: { names: string[]; action: string; errnoRet?: number; args?: { index: number; value: number; valueTwo?: number; op: string }[] }[]
}

/** An image's configuration blob (image-spec config.md). */
export interface ImageConfig {
  architecture: string
  os: string
  created?: string
  config?: {
    User?: string
    ExposedPorts?: Record<string, object>
    Env?: string[]
    Entrypoint?: string[]
    Cmd?: string[]
    Volumes?: Record<string, object>
    WorkingDir?: string
    Labels?: Record<string, string>
    StopSignal?: string
  }
  rootfs: { type: string; diff_ids: string[] }
  history?: { created?: string; created_by?: string; comment?: string; empty_layer?: boolean }[]
}

/** A descriptor (image-spec descriptor.md). */
export interface Descriptor {
  mediaType: string
  digest: string
  size: number
  platform?: { architecture: string; os: string; variant?: string }
}

/** A manifest blob (image-spec manifest.md, or Docker's schema 2). */
export interface Manifest {
  schemaVersion: number
  mediaType?: string
  config: Descriptor
  layers: Descriptor[]
}
