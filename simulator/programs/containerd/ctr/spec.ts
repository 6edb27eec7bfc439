/** The default OCI specification (containerd oci/spec.go, spec_opts.go of 1.6). */
import { maskedPaths, readonlyPaths } from '../../../containerd/oci/defaults'
import type { Release } from '../../../containerd/release'
import type { OciCapabilities, OciMount, OciResources, OciSpec } from '../../../containerd/oci/types'

export const DEFAULT_PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

const CAPABILITIES = [
  'CHOWN', 'DAC_OVERRIDE', 'FSETID', 'FOWNER', 'MKNOD', 'NET_RAW', 'SETGID', 'SETUID', 'SETFCAP', 'SETPCAP', 'NET_BIND_SERVICE', 'SYS_CHROOT', 'KILL', 'AUDIT_WRITE',
].map((name) => `CAP_${name}`)

const MOUNTS: readonly OciMount[] = [
  { destination: '/proc', type: 'proc', source: 'proc', options: ['nosuid', 'noexec', 'nodev'] },
  { destination: '/dev', type: 'tmpfs', source: 'tmpfs', options: ['nosuid', 'strictatime', 'mode=755', 'size=65536k'] },
  { destination: '/dev/pts', type: 'devpts', source: 'devpts', options: ['nosuid', 'noexec', 'newinstance', 'ptmxmode=0666', 'mode=0620', 'gid=5'] },
  { destination: '/dev/shm', type: 'tmpfs', source: 'shm', options: ['nosuid', 'noexec', 'nodev', 'mode=1777', 'size=65536k'] },
  { destination: '/dev/mqueue', type: 'mqueue', source: 'mqueue', options: ['nosuid', 'noexec', 'nodev'] },
  { destination: '/sys', type: 'sysfs', source: 'sysfs', options: ['nosuid', 'noexec', 'nodev', 'ro'] },
  { destination: '/run', type: 'tmpfs', source: 'tmpfs', options: ['nosuid', 'strictatime', 'mode=755', 'size=65536k'] },
]

/** Sets of capabilities; inheritable stays empty. */
export const capabilities = (names: readonly string[]): OciCapabilities => ({ bounding: [...names], effective: [...names], permitted: [...names] })

export function defaultSpec(container: { readonly ns: string; readonly id: string }, release: Release): OciSpec {
  return {
    ociVersion: release.oci,
    process: {
      user: { uid: 0, gid: 0 },
      cwd: '/',
      capabilities: capabilities(CAPABILITIES),
      rlimits: [{ type: 'RLIMIT_NOFILE', hard: 1024, soft: 1024 }],
      noNewPrivileges: true,
    },
    root: { path: 'rootfs' },
    mounts: MOUNTS.map((mount) => ({ ...mount, options: [...(mount.options ?? [])] })),
    linux: {
      resources: { devices: [{ allow: false, access: 'rwm' }] },
      cgroupsPath: `/${container.ns}${container.id === '' ? '' : `/${container.id}`}`,
      namespaces: [{ type: 'pid' }, { type: 'ipc' }, { type: 'uts' }, { type: 'mount' }, { type: 'network' }],
      maskedPaths: maskedPaths(release),
      readonlyPaths: readonlyPaths(),
    },
  }
}

/** WithDefaultUnixDevices: what a container may open. */
export const UNIX_DEVICES: NonNullable<OciResources['devices']> = [
  [1, 3], [1, 8], [1, 7], [5, 0], [1, 5], [1, 9], [5, 1], [136, undefined], [5, 2],
].map(([major, minor]) => ({ allow: true, type: 'c', major, minor, access: 'rwm' }))
