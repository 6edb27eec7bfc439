/** What `--debug` tells of calls: requests and answers of the CRI as text (cmd/crictl, and the String methods of cri-api's api.pb.go). */
import type {
  ContainerConfig, ContainerFilter, ContainerStats, ContainerStatus, CriContainer, CriImage, Info, LinuxContainerResources, PodSandbox, PodSandboxConfig, PodSandboxFilter, PodSandboxStats,
  PodSandboxStatus, RuntimeCondition,
} from '../../../containerd/cri/services'
import type { Credentials } from '../../../containerd/registry/resolve'
import type { Messages } from '../../go/decode'
import { listText, messageText, type Shown } from '../../go/gogo'
import type { Told } from './client'
import { MESSAGES } from './messages'
import { containerMessage, containerStatsMessage, containerStatusMessage, imageMessage, podMessage, podStatsMessage, podStatusMessage } from './show'

const image = { message: 'ImageSpec' }
const amount = { message: 'UInt64Value' }
const containerState = { enum: 'ContainerState', values: ['CONTAINER_CREATED', 'CONTAINER_RUNNING', 'CONTAINER_EXITED', 'CONTAINER_UNKNOWN'] }
const sandboxState = { enum: 'PodSandboxState', values: ['SANDBOX_READY', 'SANDBOX_NOTREADY'] }
const container = { metadata: { message: 'ContainerMetadata' } }
const sandbox = { metadata: { message: 'PodSandboxMetadata' } }
/** This node has none of it. */
const windows = { message: 'Windows' }

const ANSWERS: Messages = {
  ...MESSAGES,
  PodSandboxConfig: { ...MESSAGES.PodSandboxConfig, windows },
  ContainerConfig: { ...MESSAGES.ContainerConfig, windows },
  UInt64Value: { value: 'uint64' },
  AuthConfig: { username: 'string', password: 'string', auth: 'string', server_address: 'string', identity_token: 'string', registry_token: 'string' },
  VersionRequest: { version: 'string' },
  VersionResponse: { version: 'string', runtime_name: 'string', runtime_version: 'string', runtime_api_version: 'string' },
  StatusRequest: { verbose: 'bool' },
  StatusResponse: { status: { message: 'RuntimeStatus' }, info: 'map' },
  RuntimeStatus: { conditions: { lists: 'RuntimeCondition' } },
  RuntimeCondition: { type: 'string', status: 'bool', reason: 'string', message: 'string' },
  RunPodSandboxRequest: { config: { message: 'PodSandboxConfig' }, runtime_handler: 'string' },
  PodSandboxStatusRequest: { pod_sandbox_id: 'string', verbose: 'bool' },
  PodSandboxStatusResponse: { status: { message: 'PodSandboxStatus' }, info: 'map', containers_statuses: { lists: 'ContainerStatus' }, timestamp: 'int64' },
  PodSandboxStatus: {
    id: 'string', ...sandbox, state: sandboxState, created_at: 'int64', network: { message: 'PodSandboxNetworkStatus' }, linux: { message: 'LinuxPodSandboxStatus' }, labels: 'map', annotations: 'map',
    runtime_handler: 'string',
  },
  PodSandboxNetworkStatus: { ip: 'string', additional_ips: { lists: 'PodIP' } },
  PodIP: { ip: 'string' },
  LinuxPodSandboxStatus: { namespaces: { message: 'Namespace' } },
  Namespace: { options: { message: 'NamespaceOption' } },
  ListPodSandboxRequest: { filter: { message: 'PodSandboxFilter' } },
  PodSandboxFilter: { id: 'string', state: { message: 'PodSandboxStateValue' }, label_selector: 'map' },
  PodSandboxStateValue: { state: sandboxState },
  PodSandbox: { id: 'string', ...sandbox, state: sandboxState, created_at: 'int64', labels: 'map', annotations: 'map', runtime_handler: 'string' },
  CreateContainerRequest: { pod_sandbox_id: 'string', config: { message: 'ContainerConfig' }, sandbox_config: { message: 'PodSandboxConfig' } },
  ContainerFilter: { id: 'string', state: { message: 'ContainerStateValue' }, pod_sandbox_id: 'string', label_selector: 'map' },
  ContainerStateValue: { state: containerState },
  Container: { id: 'string', pod_sandbox_id: 'string', ...container, image, image_ref: 'string', state: containerState, created_at: 'int64', labels: 'map', annotations: 'map' },
  ContainerStatusRequest: { container_id: 'string', verbose: 'bool' },
  ContainerStatusResponse: { status: { message: 'ContainerStatus' }, info: 'map' },
  ContainerStatus: {
    id: 'string', ...container, state: containerState, created_at: 'int64', started_at: 'int64', finished_at: 'int64', exit_code: 'int32', image, image_ref: 'string', reason: 'string', message: 'string',
    labels: 'map', annotations: 'map', mounts: { lists: 'Mount' }, log_path: 'string', resources: { message: 'ContainerResources' },
  },
  ContainerResources: { linux: { message: 'LinuxContainerResources' }, windows },
  UpdateContainerResourcesRequest: { container_id: 'string', linux: { message: 'LinuxContainerResources' }, windows, annotations: 'map' },
  CheckpointContainerRequest: { container_id: 'string', location: 'string', timeout: 'int64' },
  ExecSyncRequest: { container_id: 'string', cmd: { list: 'string' }, timeout: 'int64' },
  PullImageRequest: { image, auth: { message: 'AuthConfig' }, sandbox_config: { message: 'PodSandboxConfig' } },
  PullImageResponse: { image_ref: 'string' },
  ListImagesRequest: { filter: { message: 'ImageFilter' } },
  ImageFilter: { image },
  ListImagesResponse: { images: { lists: 'Image' } },
  Image: { id: 'string', repo_tags: { list: 'string' }, repo_digests: { list: 'string' }, size: 'uint64', uid: { message: 'Int64Value' }, username: 'string', spec: image, pinned: 'bool' },
  ImageStatusRequest: { image, verbose: 'bool' },
  ImageStatusResponse: { image: { message: 'Image' }, info: 'map' },
  RemoveImageRequest: { image },
  ImageFsInfoResponse: { image_filesystems: { lists: 'FilesystemUsage' } },
  FilesystemUsage: { timestamp: 'int64', fs_id: { message: 'FilesystemIdentifier' }, used_bytes: amount, inodes_used: amount },
  FilesystemIdentifier: { mountpoint: 'string' },
  ListContainerStatsRequest: { filter: { message: 'ContainerStatsFilter' } },
  ContainerStatsFilter: { id: 'string', pod_sandbox_id: 'string', label_selector: 'map' },
  ContainerStats: { attributes: { message: 'ContainerAttributes' }, cpu: { message: 'CpuUsage' }, memory: { message: 'MemoryUsage' }, writable_layer: { message: 'FilesystemUsage' } },
  ContainerAttributes: { id: 'string', ...container, labels: 'map', annotations: 'map' },
  CpuUsage: { timestamp: 'int64', usage_core_nano_seconds: amount, usage_nano_cores: amount },
  MemoryUsage: { timestamp: 'int64', working_set_bytes: amount, available_bytes: amount, usage_bytes: amount, rss_bytes: amount, page_faults: amount, major_page_faults: amount },
  PodSandboxStatsFilter: { id: 'string', label_selector: 'map' },
  PodSandboxStats: { attributes: { message: 'PodSandboxAttributes' }, linux: { message: 'LinuxPodSandboxStats' }, windows },
  PodSandboxAttributes: { id: 'string', ...sandbox, labels: 'map', annotations: 'map' },
  LinuxPodSandboxStats: {
    cpu: { message: 'CpuUsage' }, memory: { message: 'MemoryUsage' }, network: { message: 'NetworkUsage' }, process: { message: 'ProcessUsage' }, containers: { lists: 'ContainerStats' },
  },
  NetworkUsage: { timestamp: 'int64', default_interface: { message: 'NetworkInterfaceUsage' }, interfaces: { lists: 'NetworkInterfaceUsage' } },
  NetworkInterfaceUsage: { name: 'string', rx_bytes: amount, rx_errors: amount, tx_bytes: amount, tx_errors: amount },
  ProcessUsage: { timestamp: 'int64', process_count: amount },
}

interface Verbosity {
  readonly verbose: boolean
}

const CRI: Shown = {
  messages: ANSWERS,
  byNumber: {
    LinuxSandboxSecurityContext: [
      'namespace_options', 'selinux_options', 'run_as_user', 'readonly_rootfs', 'supplemental_groups', 'privileged', 'seccomp_profile_path', 'run_as_group', 'seccomp', 'apparmor',
    ],
    LinuxContainerSecurityContext: [
      'capabilities', 'privileged', 'namespace_options', 'selinux_options', 'run_as_user', 'run_as_username', 'readonly_rootfs', 'supplemental_groups', 'apparmor_profile', 'seccomp_profile_path',
      'no_new_privs', 'run_as_group', 'masked_paths', 'readonly_paths', 'seccomp', 'apparmor',
    ],
  },
  // Messages have a method Size.
  renamed: { 'Image.size': 'Size_' },
}

const text = (name: string, value: object | null): string => messageText(value, name, CRI)
/** `Name: &Name{…}`. */
const line = (name: string, value: object | null): string => `${name}: ${text(name, value)}`

const podFilterMessage = ({ id, state, labels }: PodSandboxFilter): object => ({ id, state: state ? { state } : null, label_selector: labels })
export const containerFilterText = ({ id, podSandboxId, state, labels }: ContainerFilter): string =>
  text('ContainerFilter', { id, state: state ? { state } : null, pod_sandbox_id: podSandboxId, label_selector: labels })
export const imageFilterText = (name: string): string => text('ImageFilter', { image: { image: name } })
export const podFilterText = (filter: PodSandboxFilter): string => text('PodSandboxFilter', podFilterMessage(filter))
export const containerStatsFilterText = ({ id, podSandboxId, labels }: ContainerFilter): string => text('ContainerStatsFilter', { id, pod_sandbox_id: podSandboxId, label_selector: labels })
export const podStatsFilterText = ({ id, labels }: PodSandboxFilter): string => text('PodSandboxStatsFilter', { id, label_selector: labels })

export const toldVersion: Told<object> = {
  request: () => line('VersionRequest', { version: 'v1' }), answer: (v) => line('VersionResponse', v), failed: 'VersionResponse: nil',
}
export const toldStatus = ({ verbose }: Verbosity): Told<{ readonly conditions: readonly RuntimeCondition[]; readonly info: Info }> => ({
  request: () => line('StatusRequest', { verbose }), answer: ({ conditions, info }) => line('StatusResponse', { status: { conditions }, info }), failed: 'StatusResponse: nil',
})
export const toldRunPod = (config: PodSandboxConfig, runtimeHandler: string): Told<string> => ({
  request: () => line('RunPodSandboxRequest', { config, runtimeHandler }), answer: (id) => `RunPodSandboxResponse: ${id}`, failed: 'RunPodSandboxResponse: ',
})
export const toldPodStatus = (id: string, { verbose }: Verbosity): Told<{ readonly status: PodSandboxStatus; readonly info: Info }> => ({
  request: () => line('PodSandboxStatusRequest', { pod_sandbox_id: id, verbose }),
  answer: ({ status, info }) => line('PodSandboxStatusResponse', { status: { ...podStatusMessage(status), createdAt: status.createdAt }, info }),
  failed: 'PodSandboxStatusResponse: nil',
})
export const toldPods = (filter: PodSandboxFilter): Told<readonly PodSandbox[]> => ({
  request: () => line('ListPodSandboxRequest', { filter: podFilterMessage(filter) }), answer: (pods) => `ListPodSandboxResponse: ${listText(pods.map(podMessage), 'PodSandbox', CRI)}`,
  failed: 'ListPodSandboxResponse: []',
})
export const toldCreate = (podSandboxId: string, config: ContainerConfig, sandboxConfig: PodSandboxConfig): Told<string> => ({
  request: () => line('CreateContainerRequest', { podSandboxId, config, sandboxConfig }), answer: (id) => `CreateContainerResponse: ${id}`, failed: 'CreateContainerResponse: ',
})
export const toldContainers: Told<readonly CriContainer[]> = {
  answer: (all) => `ListContainerResponse: ${listText(all.map((c) => containerMessage(c)), 'Container', CRI)}`, failed: 'ListContainerResponse: []',
}
export const toldContainerStatus = (id: string, { verbose }: Verbosity): Told<{ readonly status: ContainerStatus; readonly info: Info }> => ({
  request: () => line('ContainerStatusRequest', { container_id: id, verbose }),
  answer: ({ status, info }) => {
    const { createdAt, startedAt, finishedAt } = status
    return line('ContainerStatusResponse', { status: { ...containerStatusMessage(status), createdAt, startedAt, finishedAt }, info })
  },
  failed: 'ContainerStatusResponse: nil',
})
export const toldUpdate = (id: string, linux: LinuxContainerResources): Told<void> => ({ request: () => line('UpdateContainerResourcesRequest', { container_id: id, linux }) })
export const toldCheckpoint = (id: string, location: string): Told<void> => ({ request: () => line('CheckpointContainerRequest', { container_id: id, location }) })
export const toldExecSync = (id: string, cmd: readonly string[], timeout: number): Told<unknown> => ({ request: () => line('ExecSyncRequest', { container_id: id, cmd, timeout }) })
export const toldPull = (name: string, annotations: Readonly<Record<string, string>>, auth: Credentials | undefined, sandboxConfig: PodSandboxConfig | undefined): Told<string> => ({
  request: () => line('PullImageRequest', { image: { image: name, annotations }, auth, sandboxConfig }), answer: (imageRef) => line('PullImageResponse', { imageRef }),
})
export const toldImages = (name: string): Told<readonly CriImage[]> => ({
  request: () => line('ListImagesRequest', { filter: { image: { image: name } } }), answer: (images) => line('ListImagesResponse', { images: images.map(imageMessage) }),
})
export const toldImageStatus = (name: string, { verbose }: Verbosity): Told<{ readonly image: CriImage | null; readonly info: Info }> => ({
  request: () => line('ImageStatusRequest', { image: { image: name }, verbose }),
  answer: ({ image: found, info }) => line('ImageStatusResponse', { image: found && imageMessage(found), info }),
})
export const toldRemoveImage = (name: string): Told<void> => ({ request: () => line('RemoveImageRequest', { image: { image: name } }) })
export const toldImageFs: Told<{ readonly timestamp: bigint; readonly mountpoint: string; readonly usedBytes: number; readonly inodesUsed: number }> = {
  answer: ({ timestamp, mountpoint, usedBytes, inodesUsed }) =>
    line('ImageFsInfoResponse', { imageFilesystems: [{ timestamp, fsId: { mountpoint }, usedBytes: { value: usedBytes }, inodesUsed: { value: inodesUsed } }] }),
}
export const toldStats = (filter: ContainerFilter): Told<readonly ContainerStats[]> => ({
  request: () => `ListContainerStatsRequest: &ListContainerStatsRequest{Filter:${containerStatsFilterText(filter)},}`,
  answer: (stats) => `ListContainerResponse: ${listText(stats.map((s) => containerStatsMessage(s)), 'ContainerStats', CRI)}`, failed: 'ListContainerResponse: []',
})
export const toldPodStats = (filter: PodSandboxFilter): Told<readonly PodSandboxStats[]> => ({
  request: () => `PodSandboxStatsFilter: ${podStatsFilterText(filter)}`, answer: (stats) => `Stats: ${listText(stats.map(podStatsMessage), 'PodSandboxStats', CRI)}`,
})
