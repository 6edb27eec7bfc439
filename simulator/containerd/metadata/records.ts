/** Records of the metadata store that clients do not see as they are. */
import type { ContainerConfig, LinuxContainerResources, PodSandboxConfig } from '../cri/services'
import type { Lease, SnapshotInfo, Usage } from '../services'
import type { CniResult } from '../cri/cni'

/** `number` is the directory below snapshots/ (storage/bolt.go keeps it as the snapshot's id). */
export interface StoredSnapshot extends SnapshotInfo {
  readonly number: number
  /** What the snapshotter itself calls it: namespace, a number that grows with each name, and the name (metadata/snapshot.go createKey). */
  readonly key?: string
  /** Measured when it was committed; where nothing was kept, its files tell. */
  readonly usage?: Usage
}

export interface StoredLease extends Lease {
  readonly resources: readonly { readonly id: string; readonly type: string }[]
}

/** A pod sandbox of the CRI plugin (pkg/cri/store/sandbox). Times are nanoseconds as text. */
export interface StoredSandbox {
  readonly id: string
  readonly name: string
  readonly config: PodSandboxConfig
  /** '' for the host's network. */
  readonly netnsPath: string
  readonly ip: string
  readonly additionalIps: readonly string[]
  readonly runtimeHandler: string
  readonly cniResult: CniResult | null
  readonly createdAt: string
  readonly pid: number
  readonly state: 'READY' | 'NOTREADY' | 'UNKNOWN'
}

/** A container of the CRI plugin (pkg/cri/store/container): metadata and status. */
export interface StoredContainer {
  readonly id: string
  readonly name: string
  readonly sandboxId: string
  readonly config: ContainerConfig
  readonly imageRef: string
  readonly logPath: string
  readonly stopSignal: string
  readonly createdAt: string
  readonly startedAt: string
  readonly finishedAt: string
  readonly pid: number
  readonly exitCode: number
  readonly reason: string
  readonly message: string
  readonly removing: boolean
  readonly starting: boolean
  readonly resources: LinuxContainerResources | null
}
