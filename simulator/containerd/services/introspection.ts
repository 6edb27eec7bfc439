/** The plugins of containerd 1.6.20 on Debian 12 in their order of start, and the version (recording: cri-node, ctr plugins ls). */
import { parseFilters } from '../filters'
import { randomUuid } from '../digest'
import type { IntrospectionService, Plugin, VersionService } from '../services'
import type { Release } from '../release'
import type { Context } from './context'

const SKIP = 'skip this plugin'
type Row = readonly [type: string, id: string, platform: 'any' | 'linux', failure?: readonly [code: string, message: string, skip: 'skip' | 'error']]

const ROWS: readonly Row[] = [
  ['io.containerd.content.v1', 'content', 'any'],
  ['io.containerd.snapshotter.v1', 'aufs', 'linux', ['InvalidArgument', `aufs is not supported (modprobe aufs failed: exec: "modprobe": executable file not found in $PATH ""): ${SKIP}`, 'skip']],
  ['io.containerd.snapshotter.v1', 'btrfs', 'linux', ['InvalidArgument', `path /var/lib/containerd/io.containerd.snapshotter.v1.btrfs (ext4) must be a btrfs filesystem to be used with the btrfs snapshotter: ${SKIP}`, 'skip']],
  ['io.containerd.snapshotter.v1', 'devmapper', 'linux', ['Unknown', 'devmapper not configured', 'error']],
  ['io.containerd.snapshotter.v1', 'native', 'linux'],
  ['io.containerd.snapshotter.v1', 'overlayfs', 'linux'],
  ['io.containerd.snapshotter.v1', 'zfs', 'linux', ['InvalidArgument', `path /var/lib/containerd/io.containerd.snapshotter.v1.zfs must be a zfs filesystem to be used with the zfs snapshotter: ${SKIP}`, 'skip']],
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

const PLUGINS: readonly Plugin[] = ROWS.map(([type, id, platform, failure]) => ({
  type, id, requires: [], exports: {}, capabilities: [],
  platforms: platform === 'linux' ? [{ os: 'linux', architecture: 'amd64' }] : [],
  initError: failure ? { code: failure[0], message: failure[1], skip: failure[2] === 'skip' } : null,
}))

export function introspectionService({ sys }: Context): IntrospectionService {
  const uuid = randomUuid(sys)
  return {
    *plugins(filters) {
      const filter = parseFilters(filters)
      return PLUGINS.filter((p) => filter(([field]) => (field === 'type' ? p.type : field === 'id' ? p.id : undefined)))
    },
    *server() {
      return { uuid, pid: sys.pid, pidns: sys.stat('/proc/self/ns/pid').ino }
    },
  }
}

export const versionService = ({ version, revision }: Release): VersionService => ({
  *version() {
    return { version, revision }
  },
})
