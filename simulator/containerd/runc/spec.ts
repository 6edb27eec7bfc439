/** The specification that `runc spec` writes (libcontainer/specconv/example.go). */
import type { OciSpec } from '../oci/types'
import type { RuncRelease } from './release'

const CAPABILITIES = ['CAP_AUDIT_WRITE', 'CAP_KILL', 'CAP_NET_BIND_SERVICE']

export const defaultSpec = (cgroups: 'v1' | 'unified', { line, spec }: RuncRelease): OciSpec => ({
  ociVersion: spec,
  process: {
    terminal: true, user: { uid: 0, gid: 0 }, args: ['sh'], env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', 'TERM=xterm'], cwd: '/',
    capabilities: { bounding: CAPABILITIES, effective: CAPABILITIES, permitted: CAPABILITIES, ...(line === '1.1' ? { ambient: CAPABILITIES } : {}) },
    rlimits: [{ type: 'RLIMIT_NOFILE', hard: 1024, soft: 1024 }], noNewPrivileges: true,
  },
  root: { path: 'rootfs', readonly: true },
  hostname: 'runc',
  mounts: [
    { destination: '/proc', type: 'proc', source: 'proc' },
    { destination: '/dev', type: 'tmpfs', source: 'tmpfs', options: ['nosuid', 'strictatime', 'mode=755', 'size=65536k'] },
    { destination: '/dev/pts', type: 'devpts', source: 'devpts', options: ['nosuid', 'noexec', 'newinstance', 'ptmxmode=0666', 'mode=0620', 'gid=5'] },
    { destination: '/dev/shm', type: 'tmpfs', source: 'shm', options: ['nosuid', 'noexec', 'nodev', 'mode=1777', 'size=65536k'] },
    { destination: '/dev/mqueue', type: 'mqueue', source: 'mqueue', options: ['nosuid', 'noexec', 'nodev'] },
    { destination: '/sys', type: 'sysfs', source: 'sysfs', options: ['nosuid', 'noexec', 'nodev', 'ro'] },
    { destination: '/sys/fs/cgroup', type: 'cgroup', source: 'cgroup', options: ['nosuid', 'noexec', 'nodev', 'relatime', 'ro'] },
  ],
  linux: {
    resources: { devices: [{ allow: false, access: 'rwm' }] },
    namespaces: [{ type: 'pid' }, { type: 'network' }, { type: 'ipc' }, { type: 'uts' }, { type: 'mount' }, ...(cgroups === 'unified' ? [{ type: 'cgroup' } as const] : [])],
    maskedPaths: ['/proc/acpi', '/proc/asound', '/proc/kcore', '/proc/keys', '/proc/latency_stats', '/proc/timer_list', '/proc/timer_stats', '/proc/sched_debug', '/sys/firmware', '/proc/scsi'],
    readonlyPaths: ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'],
  },
})

/** What `--rootless` changes (ToRootless): a user namespace of the caller alone, the node's network, no limits. */
export function rootless(spec: OciSpec, uid: number, gid: number): OciSpec {
  const namespaces = (spec.linux?.namespaces ?? []).filter(({ type }) => type !== 'network' && type !== 'user')
  const mounts = (spec.mounts ?? []).map((mount) =>
    mount.destination === '/sys'
      ? { destination: '/sys', type: 'none', source: '/sys', options: ['rbind', 'nosuid', 'noexec', 'nodev', 'ro'] }
      : mount.options ? { ...mount, options: mount.options.filter((option) => !/^[gu]id=/.test(option)) } : mount,
  )
  const { resources: _, ...linux } = spec.linux ?? {}
  const only = (hostID: number) => [{ containerID: 0, hostID, size: 1 }]
  return { ...spec, mounts, linux: { uidMappings: only(uid), gidMappings: only(gid), ...linux, namespaces: [...namespaces, { type: 'user' }] } }
}
