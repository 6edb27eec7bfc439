/** One node of a written scenario: its disk, its mounts, its network, PID 1 and the daemons that it starts. */
import { makeDirectories } from '../../containerd/files'
import { encode } from '../../kernel/bytes'
import { Cgroups } from '../../kernel/cgroups/cgroups'
import { MemoryFile, MemoryFs } from '../../kernel/fs/memory'
import { DESCRIPTOR_LINKS } from '../../kernel/devices'
import { elfContents } from '../../kernel/elf'
import { Kernel } from '../../kernel/kernel'
import type { EthernetSegment } from '../../kernel/net/segment'
import type { NetNamespace } from '../../kernel/net/namespace'
import { network } from '../../kernel/net/address'
import { Random } from '../../kernel/random'
import type { Scheduler } from '../../kernel/scheduler'
import type { Sys } from '../../kernel/sys'
import { device } from '../../kernel/vfs/filesystem'
import { Mount } from '../../kernel/vfs/mount'
import { mountAt } from '../../kernel/vfs/mounting'
import type { Run } from '../../kernel/run'
import { firstNamespaces, firstTask, reapForever, runIn } from '../../machine/init'
import type { Node } from '../../machine/machine'
import type { Programs } from '../../programs/installed'
import { savedContents } from '../archive'
import { nodeAssets } from '../assets'
import { directoryAt, fillDisk } from '../capture/disk'
import { cutPath, listedFiles } from '../capture/listing'
import { savedImage } from './archives'
import { pinsOf, profileOf } from './facts'
import type { Scenario, ScenarioNode } from './schema'

/** The files of a distribution: content/nodes/NAME.json. */
export interface Distribution {
  readonly rootfs: string
  readonly etc: Readonly<Record<string, string>>
}

const CONTROLLERS = ['systemd', 'memory', 'cpu', 'cpuacct', 'cpuset', 'blkio', 'devices', 'freezer', 'pids'] as const

/** What a node is made from. */
export interface NodeSources {
  readonly allotments?: Map<string, number>
  readonly distribution: Distribution
  readonly programs: Programs
  readonly load: (name: string) => Promise<unknown>
}

export function bootNode(scenario: Scenario, spec: ScenarioNode, { distribution, programs, load, allotments = new Map() }: NodeSources, scheduler: Scheduler): Node {
  const { clock } = scheduler
  const kernel = new Kernel({
    clock, scheduler, random: new Random(`${scenario.seed} ${spec.name}`), release: scenario.kernel.release, version: scenario.kernel.version, programs, load: nodeAssets(load, programs),
    pins: pinsOf(scenario, spec.name), allotments,
  })
  kernel.cgroups = new Cgroups(profileOf(scenario).cgroup)
  const disk = diskOf(scenario, spec, { distribution, programs }, kernel)
  const ns = firstNamespaces(kernel, spec.name)
  const init = firstTask(kernel, ns, new Mount({ id: kernel.mountId(), fs: disk, source: '/dev/vda1', point: null }))
  init.comm = spec.init?.comm ?? 'systemd'
  init.argv = ['/sbin/init']
  const mount = (type: string, at: string, options = '', source = type): void => mountAt(init, source, at, type, options)
  mount('proc', '/proc', 'nosuid,nodev,noexec')
  mount('sysfs', '/sys', 'nosuid,nodev,noexec')
  mount('devtmpfs', '/dev', 'nosuid', 'udev')
  for (const name of ['pts', 'shm', 'mqueue']) directoryAt(init.ns.mnt.mounts.at(-1)?.fs.root as MemoryFs['root'], name, clock.realtime())
  mount('devpts', '/dev/pts', 'nosuid,noexec,gid=5,mode=620,ptmxmode=000')
  mount('tmpfs', '/dev/shm', 'nosuid,nodev')
  mount('mqueue', '/dev/mqueue', 'nosuid,nodev,noexec')
  mount('tmpfs', '/run', 'nosuid,nodev,noexec,size=403068k,mode=755')
  mountCgroups(init, profileOf(scenario).cgroup)
  const { cgroupDriver } = profileOf(scenario)
  runIn(init, function* (sys) {
    for (const [name, target] of DEVICE_LINKS) sys.symlink(target, `/dev/${name}`)
    // What tells runc that systemd runs (sd_booted(3)).
    if (cgroupDriver === 'systemd') makeDirectories(sys, '/run/systemd/system')
    return yield* initialize(sys, spec, kernel)
  })
  return { name: spec.name, kernel, init }
}

/** What udev adds to the kernel's devices (systemd, dev-setup.c). */
const DEVICE_LINKS = [['core', '/proc/kcore'], ...DESCRIPTOR_LINKS] as const

function mountCgroups(init: Node['init'], version: 1 | 2): void {
  if (version === 2) return mountAt(init, 'cgroup2', '/sys/fs/cgroup', 'cgroup2', 'nosuid,nodev,noexec')
  mountAt(init, 'tmpfs', '/sys/fs/cgroup', 'tmpfs', 'nosuid,nodev,noexec,mode=755')
  const top = init.ns.mnt.mounts.at(-1)?.fs.root
  for (const name of CONTROLLERS) {
    directoryAt(top as MemoryFs['root'], name, init.kernel.clock.realtime())
    mountAt(init, 'cgroup', `/sys/fs/cgroup/${name}`, 'cgroup', `nosuid,nodev,noexec,${name === 'systemd' ? 'name=systemd' : name}`)
  }
}

const RELEASED = [
  ['/usr/bin/containerd', 'containerd/containerd', 'containerd'], ['/usr/bin/ctr', 'containerd/ctr', 'containerd'],
  ['/usr/bin/containerd-shim-runc-v2', 'containerd/containerd-shim-runc-v2', 'containerd'], ['/usr/sbin/runc', 'runc/runc', 'runc'], ['/usr/local/bin/crictl', 'cri-tools/crictl', 'crictl'],
] as const

function diskOf(scenario: Scenario, spec: ScenarioNode, { distribution, programs }: Omit<NodeSources, 'load' | 'allotments'>, kernel: Kernel): MemoryFs {
  const now = kernel.clock.realtime()
  const disk = new MemoryFs({ type: 'ext4', dev: device(254, 1), now: () => kernel.clock.realtime(), options: 'rw' })
  const without = new Set(spec.without ?? [])
  const files = listedFiles(distribution.rootfs)
  fillDisk(disk, { files: without.size === 0 ? files : files.filter(({ path }) => !without.has(path)), texts: distribution.etc, programs }, now)
  for (const path of ['/proc', '/sys', '/dev', '/run', '/tmp', '/var/log', '/var/lib', '/mnt', '/root', '/opt']) directoryAt(disk.root, path, now)
  const put = (path: string, mode: number, contents: ConstructorParameters<typeof MemoryFile>[2]): void => {
    const { directory, name } = cutPath(path)
    const parent = directoryAt(disk.root, directory, now)
    if (parent.lookup(name, null)) parent.remove(name)
    parent.insert(name, new MemoryFile(disk, { mode, uid: 0, gid: 0, now }, contents))
  }
  // The listing ends at /usr/lib: what the lab's programs put there (CNI plugins) is added.
  for (const { id, paths, size } of programs.values()) for (const path of paths) if (path.startsWith('/usr/lib/')) put(path, 0o755, elfContents(id, size ?? 4_000_000))
  for (const [path, id] of Object.entries(spec.programs ?? {})) put(path, 0o755, elfContents(id, programs.get(id)?.size ?? 1_000_000))
  const { cgroupDriver, ...releases } = profileOf(scenario)
  for (const [path, id, of] of RELEASED) if (releases[of] !== '') put(path, 0o755, elfContents(`${id}@${releases[of]}`, programs.get(id)?.size ?? 1_000_000))
  if (cgroupDriver === 'systemd') put('/var/lib/kubelet/config.yaml', 0o644, encode('apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\ncgroupDriver: systemd\n'))
  put('/etc/hostname', 0o644, encode(`${spec.name}\n`))
  put('/etc/hosts', 0o644, encode(`127.0.0.1 localhost\n127.0.1.1 ${spec.name}\n${scenario.nodes.map((n) => `${addressOf(n)} ${n.name}\n`).join('')}`))
  if (scenario.kubernetes) put('/var/lib/kubelet/node.yaml', 0o644, encode(nodeYaml(scenario.kubernetes, scenario, spec)))
  for (const [path, archive] of Object.entries(spec.archives ?? {})) put(path, 0o644, savedContents(savedImage(archive), now))
  for (const [path, text] of Object.entries(spec.files ?? {})) put(path, path.endsWith('.sh') ? 0o755 : 0o644, encode(text))
  return disk
}

export const addressOf = (spec: ScenarioNode): string => spec.address.split('/')[0] ?? ''

const nodeYaml = ({ version, kubectl }: NonNullable<Scenario['kubernetes']>, scenario: Scenario, spec: ScenarioNode): string =>
  `${JSON.stringify({ version, kubectl, runtimeVersion: `containerd://${profileOf(scenario).containerd}`, nodeIP: addressOf(spec), labels: spec.labels ?? {}, taints: spec.taints ?? [] })}\n`

/** PID 1: starts the daemons in order, then reaps. */
function* initialize(sys: Sys, spec: ScenarioNode, kernel: Kernel): Run<number> {
  for (const { argv, pid } of spec.processes) {
    const [file = ''] = argv
    sys.fork(
      function* (child) {
        child.setsid()
        for (let i = 0; i < 3; i++) yield* child.open('/dev/null', { read: true, write: true })
        return yield* child.exec(file, argv, new Map([['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'], ['LANG', 'C.UTF-8']]))
      },
      pid ? { setTid: pid } : {},
    )
  }
  if (spec.lastPid) kernel.pidNamespace.lastPid = spec.lastPid
  return yield* reapForever(sys)
}

/** Plugs a node into its network: an Ethernet device with its address, and a default route to the router of that network. */
export function connect(node: Node, spec: ScenarioNode, segment: EthernetSegment): void {
  const ns = node.init.ns.net
  ns.setUp(ns.loopback)
  const name = spec.device ?? 'enp1s0'
  const card = ns.addEthernet(name)
  segment.plug(card)
  card.segment = segment
  give(ns, card, spec.address)
  const gateway = routerAddress(spec.address)
  ns.addRoute({ destination: { family: 'inet', address: '0.0.0.0', length: 0 }, device: card, gateway, protocol: 'static', scope: 'global', metric: 0, type: 'unicast' })
}

export function give(ns: NetNamespace, card: ReturnType<NetNamespace['addEthernet']>, address: string): void {
  const [local = '', length = '24'] = address.split('/')
  ns.setUp(card)
  ns.addAddress(card, { family: 'inet', local, length: Number(length), scope: 'global', label: card.name })
}

/** The first address of a network is its router's. */
export function routerAddress(address: string): string {
  const [local = '', length = '24'] = address.split('/')
  return network(local, Number(length)).address.replace(/\d+$/, (last) => String(Number(last) + 1))
}
