/** What the daemon says of itself (daemon/info.go, disk_usage.go). */
import { hexDigest } from '../containerd/digest'
import { readOrEmpty } from '../containerd/runc/cgroups'
import { now } from '../containerd/time'
import { encode } from '../kernel/bytes'
import type { Run } from '../kernel/run'
import { DATA_ROOT } from './context'
import { listContainers } from './containers/list'
import type { Engine } from './engine'
import { listImages } from './images/list'
import { RELEASE } from './release'
import type { Shown, SystemApi } from './services'

const LOG_DRIVERS = ['awslogs', 'fluentd', 'gcplogs', 'gelf', 'journald', 'json-file', 'local', 'logentries', 'splunk', 'syslog']
const KIB = 1024

/** Debian's builds of what it runs. */
const CONTAINERD = { version: '1.6.20~ds1', commit: '1.6.20~ds1-1+deb12u3' }
const RUNC = { version: '1.1.5+ds1', commit: '1.1.5+ds1-1+deb12u1' }
const INIT = { version: '0.19.0', commit: '' }

/** libtrust's fingerprint of the daemon's key: here of the machine's name. */
const idOf = (name: string): string => {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const hex = hexDigest(encode(`docker ${name}`)) + hexDigest(encode(`${name} docker`))
  return Array.from({ length: 12 }, (_, i) => Array.from({ length: 4 }, (__, k) => letters[Number.parseInt(hex.slice(2 * (4 * i + k), 2 * (4 * i + k) + 2), 16) % 32]).join('')).join(':')
}

export function systemApi(engine: Engine): SystemApi {
  const { sys, containers, images, volumes, events } = engine
  return {
    *info(): Run<Shown> {
      const all = containers.values()
      const running = all.filter(({ State }) => State.Running)
      const paused = running.filter(({ State }) => State.Paused)
      const { release, nodename } = sys.uname()
      const isUnified = sys.access('/sys/fs/cgroup/cgroup.controllers', { read: true })
      const osName = /^PRETTY_NAME="?([^"\n]*)"?/m.exec((yield* readOrEmpty(sys, '/etc/os-release')) ?? '')?.[1] ?? 'Linux'
      return {
        ID: idOf(nodename), Containers: all.length, ContainersRunning: running.length - paused.length, ContainersPaused: paused.length, ContainersStopped: all.length - running.length, Images: images.images.size, Driver: 'overlay2',
        DriverStatus: [['Backing Filesystem', 'extfs'], ['Supports d_type', 'true'], ['Native Overlay Diff', 'true'], ['userxattr', 'false']],
        Plugins: { Volume: ['local'], Network: ['bridge', 'host', 'ipvlan', 'macvlan', 'null', 'overlay'], Authorization: null, Log: LOG_DRIVERS },
        MemoryLimit: true, SwapLimit: true, KernelMemory: true, KernelMemoryTCP: true, CpuCfsPeriod: true, CpuCfsQuota: true, CPUShares: true, CPUSet: true, PidsLimit: true, IPv4Forwarding: true, BridgeNfIptables: true,
        BridgeNfIp6tables: true, Debug: false, NFd: sys.descriptors().length, OomKillDisable: !isUnified, NGoroutines: 36, SystemTime: now(sys), LoggingDriver: 'json-file', CgroupDriver: 'cgroupfs',
        CgroupVersion: isUnified ? '2' : '1', NEventsListener: 0, KernelVersion: release, OperatingSystem: osName, OSVersion: '12', OSType: 'linux', Architecture: 'x86_64', IndexServerAddress: 'https://index.docker.io/v1/',
        RegistryConfig: {
          AllowNondistributableArtifactsCIDRs: [], AllowNondistributableArtifactsHostnames: [], InsecureRegistryCIDRs: ['127.0.0.0/8'],
          IndexConfigs: { 'docker.io': { Name: 'docker.io', Mirrors: [], Secure: true, Official: true } }, Mirrors: [],
        },
        NCPU: ((yield* readOrEmpty(sys, '/proc/cpuinfo')) ?? '').split('\n').filter((line) => line.startsWith('processor')).length,
        MemTotal: Number(/^MemTotal:\s+(\d+)/m.exec((yield* readOrEmpty(sys, '/proc/meminfo')) ?? '')?.[1] ?? 0) * KIB, GenericResources: null, DockerRootDir: DATA_ROOT, HttpProxy: '', HttpsProxy: '', NoProxy: '', Name: nodename,
        Labels: [], ExperimentalBuild: false, ServerVersion: RELEASE.version,
        Runtimes: { 'io.containerd.runc.v2': { path: 'runc' }, 'io.containerd.runtime.v1.linux': { path: 'runc' }, runc: { path: 'runc' } }, DefaultRuntime: 'runc',
        Swarm: { NodeID: '', NodeAddr: '', LocalNodeState: 'inactive', ControlAvailable: false, Error: '', RemoteManagers: null }, LiveRestoreEnabled: false, Isolation: '', InitBinary: 'docker-init',
        ContainerdCommit: { ID: CONTAINERD.commit, Expected: CONTAINERD.commit }, RuncCommit: { ID: RUNC.commit, Expected: RUNC.commit }, InitCommit: { ID: INIT.commit, Expected: INIT.commit },
        SecurityOptions: ['name=seccomp,profile=default'], Warnings: null,
      }
    },
    *version() {
      const { release } = sys.uname()
      const engineDetails = {
        ApiVersion: RELEASE.api, Arch: 'amd64', BuildTime: RELEASE.buildTime, Experimental: 'false', GitCommit: RELEASE.serverCommit, GoVersion: RELEASE.go, KernelVersion: release, MinAPIVersion: RELEASE.oldestApi, Os: 'linux',
      }
      return {
        Platform: { Name: '' },
        Components: [
          { Name: 'Engine', Version: RELEASE.version, Details: engineDetails }, { Name: 'containerd', Version: CONTAINERD.version, Details: { GitCommit: CONTAINERD.commit } },
          { Name: 'runc', Version: RUNC.version, Details: { GitCommit: RUNC.commit } }, { Name: 'docker-init', Version: INIT.version, Details: { GitCommit: INIT.commit } },
        ],
        Version: RELEASE.version, ApiVersion: RELEASE.api, MinAPIVersion: RELEASE.oldestApi, GitCommit: RELEASE.serverCommit, GoVersion: RELEASE.go, Os: 'linux', Arch: 'amd64', KernelVersion: release, BuildTime: RELEASE.buildTime,
      }
    },
    *df() {
      const all = containers.values()
      const used = (id: string): number => all.filter(({ Image }) => Image === id).length
      return {
        layersSize: images.total, images: listImages(images, {}, { shared: 'counted', used }), containers: yield* listContainers(engine, { all: 'all', filters: {}, limit: 0, size: 'counted' }),
        volumes: volumes.values().map((volume) => ({
          volume, size: volumes.sizeOf(volume.Name), uses: all.filter(({ MountPoints }) => MountPoints.some(({ Type, Name }) => Type === 'volume' && Name === volume.Name)).length,
        })),
      }
    },
    *events(options) {
      return events.listen(options)
    },
  }
}
