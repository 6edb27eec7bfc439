/** The plugins of containerd 1.6.20 on Debian 12 in their order of start, and the version (recording: cri-node, ctr plugins ls). */
import { storeFilters } from '../filters'
import { decode, encode } from '../../kernel/bytes'
import { randomUuid } from '../digest'
import { exists, makeDirectories } from '../files'
import type { IntrospectionService, Plugin, VersionService } from '../services'
import type { Release } from '../release'
import type { Context } from './context'

const SKIP = 'skip plugin'
type Row = readonly [type: string, id: string, platform: 'any' | 'linux', failure?: readonly [code: string, message: string, skip: 'skip' | 'error']]

const ROWS: readonly Row[] = [
  ['io.containerd.content.v1', 'content', 'any'],
  ['io.containerd.snapshotter.v1', 'aufs', 'linux', ['Unknown', `aufs is not supported (modprobe aufs failed: exec: "modprobe": executable file not found in $PATH ""): ${SKIP}`, 'skip']],
  ['io.containerd.snapshotter.v1', 'btrfs', 'linux', ['Unknown', `path /var/lib/containerd/io.containerd.snapshotter.v1.btrfs (ext4) must be a btrfs filesystem to be used with the btrfs snapshotter: ${SKIP}`, 'skip']],
  ['io.containerd.snapshotter.v1', 'devmapper', 'linux', ['Unknown', 'devmapper not configured', 'error']],
  ['io.containerd.snapshotter.v1', 'native', 'linux'],
  ['io.containerd.snapshotter.v1', 'overlayfs', 'linux'],
  ['io.containerd.snapshotter.v1', 'zfs', 'linux', ['Unknown', `path /var/lib/containerd/io.containerd.snapshotter.v1.zfs must be a zfs filesystem to be used with the zfs snapshotter: ${SKIP}`, 'skip']],
  ['io.containerd.metadata.v1', 'bolt', 'any'],
  ['io.containerd.differ.v1', 'walking', 'linux'],
  ['io.containerd.event.v1', 'exchange', 'any'],
  ['io.containerd.gc.v1', 'scheduler', 'any'],
  ['io.containerd.service.v1', 'introspection-service', 'any'],
  ['io.containerd.service.v1', 'containers-service', 'any'],
  ['io.containerd.service.v1', 'content-service', 'any'],
  ['io.containerd.service.v1', 'diff-service', 'any'],
  ['io.containerd.service.v1', 'images-service', 'any'],
  ['io.containerd.service.v1', 'leases-service', 'any'],
  ['io.containerd.service.v1', 'namespaces-service', 'any'],
  ['io.containerd.service.v1', 'snapshots-service', 'any'],
  ['io.containerd.runtime.v1', 'linux', 'linux'],
  ['io.containerd.runtime.v2', 'task', 'linux'],
  ['io.containerd.monitor.v1', 'cgroups', 'linux'],
  ['io.containerd.service.v1', 'tasks-service', 'any'],
  ['io.containerd.grpc.v1', 'introspection', 'any'],
  ['io.containerd.internal.v1', 'restart', 'any'],
  ['io.containerd.grpc.v1', 'containers', 'any'],
  ['io.containerd.grpc.v1', 'content', 'any'],
  ['io.containerd.grpc.v1', 'diff', 'any'],
  ['io.containerd.grpc.v1', 'events', 'any'],
  ['io.containerd.grpc.v1', 'healthcheck', 'any'],
  ['io.containerd.grpc.v1', 'images', 'any'],
  ['io.containerd.grpc.v1', 'leases', 'any'],
  ['io.containerd.grpc.v1', 'namespaces', 'any'],
  ['io.containerd.internal.v1', 'opt', 'any'],
  ['io.containerd.grpc.v1', 'snapshots', 'any'],
  ['io.containerd.grpc.v1', 'tasks', 'any'],
  ['io.containerd.grpc.v1', 'version', 'any'],
  ['io.containerd.grpc.v1', 'cri', 'linux'],
]

/** What a plugin asks for, by its type, or by its id where that asks for something else (ctr plugins ls -d of containerd 1.6.20). */
const REQUIRES: Readonly<Record<string, readonly string[]>> = {
  'io.containerd.metadata.v1': ['content', 'snapshotter'], 'io.containerd.differ.v1': ['metadata'], 'io.containerd.gc.v1': ['metadata'], 'io.containerd.runtime.v1': ['event', 'metadata'],
  'io.containerd.runtime.v2': ['event', 'metadata'], 'io.containerd.monitor.v1': ['event'], 'io.containerd.grpc.v1': ['service'], 'io.containerd.service.v1': ['event', 'metadata'],
  'introspection-service': [], 'diff-service': ['differ'], 'images-service': ['metadata', 'gc'], 'leases-service': ['metadata'],
  'tasks-service': ['event', 'runtime', 'runtime.v2', 'metadata', 'monitor'], restart: ['event', 'service'], events: ['event'], healthcheck: [], version: [], cri: ['event', 'service'],
}

const ROOT = '/var/lib/containerd'
/** What plugins tell of themselves, in no order that holds (a Go map). */
const EXPORTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'content/content': { root: `${ROOT}/io.containerd.content.v1.content` },
  'snapshotter/aufs': { root: `${ROOT}/io.containerd.snapshotter.v1.aufs` }, 'snapshotter/btrfs': { root: `${ROOT}/io.containerd.snapshotter.v1.btrfs` },
  'snapshotter/overlayfs': { root: `${ROOT}/io.containerd.snapshotter.v1.overlayfs` }, 'snapshotter/zfs': { root: `${ROOT}/io.containerd.snapshotter.v1.zfs` },
  'metadata/bolt': { policy: 'shared', path: `${ROOT}/io.containerd.metadata.v1.bolt/meta.db` },
  'gc/scheduler': { PauseThreshold: '0.02', DeletionThreshold: '0', MutationThreshold: '100', ScheduleDelay: '0s' },
  'internal/opt': { path: '/opt/containerd' }, 'grpc/cri': { CRIVersion: 'v1', CRIVersionAlpha: 'v1alpha2' },
}

const typeName = (short: string): string => `io.containerd.${short.includes('.') ? short : `${short}.v1`}`

const PLUGINS: readonly Plugin[] = ROWS.map(([type, id, platform, failure]) => ({
  type, id, capabilities: [],
  requires: (REQUIRES[id] ?? REQUIRES[type] ?? []).map(typeName),
  exports: EXPORTS[`${type.split('.')[2] ?? ''}/${id}`] ?? {},
  platforms: platform === 'linux' ? [{ os: 'linux', architecture: 'amd64' }] : [],
  initError: failure ? { code: failure[0], message: failure[1], skip: failure[2] === 'skip' } : null,
}))

const UUID_FILE = '/var/lib/containerd/io.containerd.grpc.v1.introspection/uuid'

export function introspectionService({ sys }: Context): IntrospectionService {
  const fresh = randomUuid(sys)
  return {
    *plugins(filters) {
      const filter = storeFilters(filters)
      return PLUGINS.filter((p) => filter(([field]) => (field === 'type' ? p.type : field === 'id' ? p.id : undefined)))
    },
    *server() {
      if (!exists(sys, UUID_FILE)) {
        makeDirectories(sys, UUID_FILE.slice(0, UUID_FILE.lastIndexOf('/')), 0o700)
        yield* sys.writeFile(UUID_FILE, encode(fresh), { mode: 0o644 })
      }
      const uuid = decode(yield* sys.readFile(UUID_FILE))
      return { uuid, pid: sys.pid, pidns: sys.stat('/proc/self/ns/pid').ino }
    },
  }
}

export const versionService = ({ version, revision }: Release): VersionService => ({
  *version() {
    return { version, revision }
  },
})
