/** The messages of CRI v1 that a configuration file is read into, with their fields in the protocol's order (cri-api v1 api.proto). */
import type { Messages } from '../../go/decode'

const resources = { message: 'LinuxContainerResources' }
const profile = { message: 'SecurityProfile' }
const number = { message: 'Int64Value' }
const mode = { enum: 'NamespaceMode', values: ['POD', 'CONTAINER', 'NODE', 'TARGET'] }

export const MESSAGES: Messages = {
  PodSandboxConfig: {
    metadata: { message: 'PodSandboxMetadata' }, hostname: 'string', log_directory: 'string', dns_config: { message: 'DNSConfig' }, port_mappings: { lists: 'PortMapping' }, labels: 'map', annotations: 'map',
    linux: { message: 'LinuxPodSandboxConfig' },
  },
  PodSandboxMetadata: { name: 'string', uid: 'string', namespace: 'string', attempt: 'uint32' },
  DNSConfig: { servers: { list: 'string' }, searches: { list: 'string' }, options: { list: 'string' } },
  PortMapping: { protocol: { enum: 'Protocol', values: ['TCP', 'UDP', 'SCTP'] }, container_port: 'int32', host_port: 'int32', host_ip: 'string' },
  LinuxPodSandboxConfig: { cgroup_parent: 'string', security_context: { message: 'LinuxSandboxSecurityContext' }, sysctls: 'map', overhead: resources, resources },
  LinuxSandboxSecurityContext: {
    namespace_options: { message: 'NamespaceOption' }, selinux_options: { message: 'SELinuxOption' }, run_as_user: number, run_as_group: number, readonly_rootfs: 'bool', supplemental_groups: { list: 'int64' },
    privileged: 'bool', seccomp: profile, apparmor: profile, seccomp_profile_path: 'string',
  },
  NamespaceOption: { network: mode, pid: mode, ipc: mode, target_id: 'string', userns_options: { message: 'UserNamespace' } },
  UserNamespace: { mode, uids: { lists: 'IDMapping' }, gids: { lists: 'IDMapping' } },
  IDMapping: { host_id: 'uint32', container_id: 'uint32', length: 'uint32' },
  SELinuxOption: { user: 'string', role: 'string', type: 'string', level: 'string' },
  Int64Value: { value: 'int64' },
  SecurityProfile: { profile_type: { enum: 'SecurityProfile_ProfileType', values: ['RuntimeDefault', 'Unconfined', 'Localhost'] }, localhost_ref: 'string' },
  LinuxContainerResources: {
    cpu_period: 'int64', cpu_quota: 'int64', cpu_shares: 'int64', memory_limit_in_bytes: 'int64', oom_score_adj: 'int64', cpuset_cpus: 'string', cpuset_mems: 'string', hugepage_limits: { lists: 'HugepageLimit' },
    unified: 'map', memory_swap_limit_in_bytes: 'int64',
  },
  HugepageLimit: { page_size: 'string', limit: 'uint64' },
  ContainerConfig: {
    metadata: { message: 'ContainerMetadata' }, image: { message: 'ImageSpec' }, command: { list: 'string' }, args: { list: 'string' }, working_dir: 'string', envs: { lists: 'KeyValue' }, mounts: { lists: 'Mount' },
    devices: { lists: 'Device' }, labels: 'map', annotations: 'map', log_path: 'string', stdin: 'bool', stdin_once: 'bool', tty: 'bool', linux: { message: 'LinuxContainerConfig' },
  },
  ContainerMetadata: { name: 'string', attempt: 'uint32' },
  ImageSpec: { image: 'string', annotations: 'map' },
  KeyValue: { key: 'string', value: 'string' },
  Mount: { container_path: 'string', host_path: 'string', readonly: 'bool', selinux_relabel: 'bool', propagation: { enum: 'MountPropagation', values: ['PROPAGATION_PRIVATE', 'PROPAGATION_HOST_TO_CONTAINER', 'PROPAGATION_BIDIRECTIONAL'] } },
  Device: { container_path: 'string', host_path: 'string', permissions: 'string' },
  LinuxContainerConfig: { resources, security_context: { message: 'LinuxContainerSecurityContext' } },
  LinuxContainerSecurityContext: {
    capabilities: { message: 'Capability' }, privileged: 'bool', namespace_options: { message: 'NamespaceOption' }, selinux_options: { message: 'SELinuxOption' }, run_as_user: number, run_as_group: number,
    run_as_username: 'string', readonly_rootfs: 'bool', supplemental_groups: { list: 'int64' }, no_new_privs: 'bool', masked_paths: { list: 'string' }, readonly_paths: { list: 'string' }, seccomp: profile,
    apparmor: profile, apparmor_profile: 'string', seccomp_profile_path: 'string',
  },
  Capability: { add_capabilities: { list: 'string' }, drop_capabilities: { list: 'string' }, add_ambient_capabilities: { list: 'string' } },
}
