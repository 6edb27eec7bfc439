/**
 * A capture of a real node stands up: exactly its processes, namespaces, mounts, groups and files, at the moment it was
 * recorded or at one before. What containerd and the network add is in the files beside this one.
 */
import { Cgroups } from '../../kernel/cgroups/cgroups'
import { Clock } from '../../kernel/clock'
import { MemoryFile, MemoryFs } from '../../kernel/fs/memory'
import { describeMachine, markUsed, type MachineFacts } from '../../kernel/fs/proc/machine'
import { ProcFs } from '../../kernel/fs/proc/procfs'
import { Kernel } from '../../kernel/kernel'
import { SocketFile } from '../../kernel/net/file'
import type { NetNamespace } from '../../kernel/net/namespace'
import type { Socket } from '../../kernel/net/socket'
import { TcpSocket } from '../../kernel/net/tcp'
import { Random } from '../../kernel/random'
import { DEFAULT_RLIMITS } from '../../kernel/rlimits'
import { PF_SUPERPRIV, type Task } from '../../kernel/task'
import { NS_PER_SEC } from '../../kernel/time'
import { device } from '../../kernel/vfs/filesystem'
import { Machine, type Node } from '../../machine/machine'
import type { Programs } from '../../programs/installed'
import { bootOf } from './boot'
import { CapturedPipes, numberedInode, restoreDescriptor, Said } from './descriptors'
import { layLogs, type Saids } from './logs'
import { DISK, type Cover, directoryAt, executable, fillDisk } from './disk'
import { listedFiles } from './listing'
import { fieldsOf, type MountLine, mountsOf, rlimitsOf, startOf } from './figures'
import { INIT_THREADS } from '../../containerd/runc/create'
import { fillLayer, fillUpperLayer, listingOf } from './images'
import { FileSystems, mountAll } from './mounts'
import { besideListed, heldFifos, layTree } from './tree'
import { nodeAssets } from '../assets'
import { loadNetwork } from './network'
import { layNetworkState } from './cni'
import { applyLimits, writeSandboxFiles } from './pods'
import { namesOf } from './names'
import { CapturedNamespaces, makeTasks, setFigures } from './processes'
import { resume } from './resume'
import type { Capture, CapturedProcess } from './schema'

export interface CaptureOptions {
  /** rootfs.txt and the texts of etc.json, which lie beside the capture. */
  readonly rootfs: string
  readonly etc: Readonly<Record<string, string>>
  /** Files of root's home that were not listed, by path: home.json beside the capture. */
  readonly home?: Readonly<Record<string, string>>
  /** Unix seconds at which the node stands up; the moment of the recording when not given. */
  readonly now?: number
  readonly seed?: string
  readonly hostNow: () => number
  readonly load: (name: string) => Promise<unknown>
  readonly programs: Programs
}

/** What the loaders beside this one build on. */
export interface CapturedNode {
  readonly capture: Capture
  readonly kernel: Kernel
  readonly node: Node
  readonly tasks: ReadonlyMap<number, Task>
  readonly namespaces: CapturedNamespaces
  readonly disk: MemoryFs
  /** File systems in memory that cover parts of the disk, by their mount points on the node. */
  readonly covers: readonly Cover[]
}

/** The part of the node that `./containerd.ts` restores. */
export interface CapturePart {
  restore(node: CapturedNode): void
  settled(node: CapturedNode): void
}

const PARTS = import.meta.glob<CapturePart>('./containerd.ts', { eager: true })

export interface LoadedCapture {
  readonly machine: Machine
  readonly node: Node
  /** The login shell of the capture; whoever logs in gives it its terminal. */
  readonly loginOf: (node: Node) => Task | undefined
}

const timespec = (seconds: number) => ({ sec: Math.floor(seconds), nsec: Math.round((seconds - Math.floor(seconds)) * NS_PER_SEC) })

/** The cards of the release and version in `uname -a`: `Linux node01 6.18.44 #1 SMP …  x86_64 GNU/Linux`. */
function unameOf(text: string): { release: string; version: string } {
  const words = text.split(' ')
  return { release: words[2] ?? '6.1.0', version: words.slice(3, -2).join(' ') }
}

export function loadCapture(capture: Capture, options: CaptureOptions): LoadedCapture {
  const clock = new Clock(timespec(bootOf(capture)))
  const now = clock.monotonicAt(timespec(options.now ?? capture.recorded_at))
  const first = capture.processes.find((p) => p.pid === 1)
  if (!first) throw new Error('capture: there is no PID 1')
  const inum = Number(/\d+/.exec(first.ns.pid ?? '')?.[0])
  const kernel = new Kernel({
    clock, random: new Random(options.seed ?? capture.hostname), ...unameOf(capture.versions.kernel ?? ''), programs: options.programs, load: nodeAssets(options.load, options.programs), firstNamespaceInode: inum,
  })
  // RLIMIT_NPROC of the first process is half of threads-max (kernel/fork.c fork_init).
  kernel.threadsMax = 2 * rlimitsOf(first.limits, DEFAULT_RLIMITS).nproc.soft + 1
  const cgroups = new Cgroups(1)
  kernel.cgroups = cgroups
  for (const line of capture.cgroups.split('\n')) {
    const path = /^\.(\/.*)?\/cgroup\.procs:/.exec(line)?.[1]
    if (path) for (const hierarchy of cgroups.hierarchies) if (hierarchy.version === 1) hierarchy.make(path)
  }
  applyLimits(capture, cgroups)
  countDying(capture, cgroups)
  clock.monotonic = startOf(first)

  const names = namesOf(capture)
  const namespaces = new CapturedNamespaces(kernel, capture.hostname, { processes: capture.processes, hostnames: names.hostnames })
  const sorted = [...capture.processes].sort((a, b) => startOf(a) - startOf(b) || a.pid - b.pid)
  for (const process of sorted) namespaces.of(process)
  const { disk, covers } = buildMounts(capture, options, kernel, namespaces, sorted)

  const tasks = makeTasks(kernel, capture.processes, namespaces, cgroups)
  const init = tasks.get(1)
  if (!init) throw new Error('capture: there is no PID 1')
  const node: Node = { name: capture.hostname, kernel, init }
  const machine = new Machine(kernel.scheduler, options.hostNow)
  machine.nodes.set(node.name, node)

  clock.monotonic = now
  const captured: CapturedNode = { capture, kernel, node, tasks, namespaces, disk, covers }
  const podNs = new Map<string, NetNamespace>()
  for (const [inum, name] of names.pods) {
    const ns = namespaces.net.get(inum)
    if (ns && ns !== init.ns.net) podNs.set(name, ns)
  }
  const { unmute, said } = restoreDescriptors(capture, tasks, kernel, loadNetwork(kernel, capture, { hostNs: init.ns.net, podNs }))
  PARTS['./containerd.ts']?.restore?.(captured)
  for (const process of sorted) {
    const task = tasks.get(process.pid)
    if (task && !task.isZombie && task.fibers.size === 0) resume(task, process)
  }
  settle(kernel)
  unmute()
  layLogs(captured, said)
  PARTS['./containerd.ts']?.settled?.(captured)
  settle(kernel)
  markLookups(capture, tasks)
  clock.monotonic = now
  for (const process of capture.processes) {
    const task = tasks.get(process.pid)
    if (task) setFigures(task, process)
  }
  describeMachine(kernel, factsOf(capture, clock.monotonic, tasks))
  markUsed(kernel)
  const counter = Number(capture.files['/proc/loadavg']?.trim().split(' ').at(-1) ?? 0)
  kernel.pidNamespace.lastPid = Math.max(counter, kernel.pidNamespace.lastPid)
  // The newest process of a container was runc's init before, whose threads took the next numbers.
  for (const pids of new Set([...tasks.values()].map((task) => task.ns.pid))) if (pids !== kernel.pidNamespace) pids.lastPid = Math.max(pids.lastPid, ...pids.tasks.keys()) + INIT_THREADS
  const shell = capture.processes.find((p) => p.cmdline[0]?.startsWith('-'))
  const login = shell && tasks.get(shell.pid)
  if (login) rewindShell(login, now, clock.monotonicAt(timespec(capture.recorded_at)))
  return { machine, node, loginOf: (of) => (of === node ? login : undefined) }
}

/**
 * Texts that were not recorded and follow from their sizes in rootfs.txt and what the shell did: its aliases came from ~/.bashrc;
 * .profile is that of Debian's base-files.
 */
const INFERRED: Readonly<Record<string, string>> = {
  '/root/.bash_profile': '. ~/.bashrc\n',
  '/root/.profile':
    '# ~/.profile: executed by Bourne-compatible login shells.\n\nif [ "$BASH" ]; then\n  if [ -f ~/.bashrc ]; then\n    . ~/.bashrc\n  fi\nfi\n\nmesg n 2> /dev/null || true\n',
}

/**
 * The shell that recorded used its time evenly, all else had come to rest: before the recording's end it has used less, has no more memory
 * than a shell that has just begun, and has not yet used a privilege.
 */
function rewindShell(task: Task, now: number, end: number): void {
  if (now >= end) return
  task.memory = { ...task.memory, ...task.kernel.programs.get('bash/bash')?.memory }
  task.flags &= ~PF_SUPERPRIV
  const share = Math.min(1, (now - task.startTime) / (end - task.startTime))
  for (const kind of ['user', 'system', 'childUser', 'childSystem'] as const) task.times[kind] = Math.round(task.times[kind] * share)
}

/** /proc/cgroups counts more groups than there are directories: those that were removed and are still charged for memory. */
function countDying(capture: Capture, cgroups: Cgroups): void {
  for (const line of (capture.files['/proc/cgroups'] ?? '').split('\n')) {
    const [name = '', , count] = line.split('\t')
    const hierarchy = cgroups.of(name)
    if (hierarchy && Number(count) > 0) hierarchy.dying = Math.max(0, Number(count) - [...hierarchy.root.below()].length)
  }
}

/** File systems and mount namespaces, each at the time its first process started. */
function buildMounts(
  capture: Capture, options: CaptureOptions, kernel: Kernel, namespaces: CapturedNamespaces, sorted: readonly CapturedProcess[],
): { disk: MemoryFs; covers: readonly Cover[] } {
  const { clock } = kernel
  const first = sorted.find((p) => p.pid === 1) ?? sorted[0]
  if (!first) throw new Error('capture: there are no processes')
  const [rootLine] = mountsOf(first)
  if (!rootLine) throw new Error('capture: PID 1 has no mounts')
  const [major = 254, minor = 0] = rootLine.device.split(':').map(Number)
  const disk = new MemoryFs({ type: rootLine.type, dev: device(major, minor), now: () => clock.realtime(), options: rootLine.options, disk: DISK })
  const systems = new FileSystems(kernel, disk, rootLine.device)
  const started = clock.realtime()
  let covers: Cover[] = []
  const done = new Set<number>()
  // A container's mounts came with its first process, a network namespace with its sandbox's.
  const owners = new Map<string, CapturedProcess | undefined>()
  const madeAt = ({ point, root }: MountLine): number | undefined => {
    const id = /[0-9a-f]{64}/.exec(point)?.[0]
    const of = id ?? root
    if (!owners.has(of)) owners.set(of, sorted.find((process) => (id ? process.cgroup.includes(id) : process.pid !== first.pid && process.ns.net === root)))
    const owner = owners.get(of)
    return owner && startOf(owner)
  }
  for (const process of [first, ...sorted]) {
    const ns = namespaces.of(process)
    if (process.mountinfo === '' || done.has(ns.mnt.inum)) continue
    done.add(ns.mnt.inum)
    clock.monotonic = startOf(process)
    const found = mountAll(ns.mnt, mountsOf(process), systems, { pids: ns.pid, net: ns.net, ipc: ns.ipc, netByInum: namespaces.net }, kernel, madeAt)
    if (process !== first) continue
    covers = found.filter((c) => !c.point.startsWith('/run/containerd/'))
    // The listing is the disk's alone: it has /run and /dev as they are below what is mounted there.
    fillDisk(disk, { files: listedFiles(options.rootfs), texts: { ...INFERRED, ...options.etc, ...capture.files }, programs: options.programs }, started)
    const held = heldFifos(sorted.flatMap(({ fd }) => Object.values(fd)))
    for (const listing of [...Object.values(capture.tree), besideListed(capture), held]) layTree(disk, { covers, programs: options.programs }, listing, started)
    writeSandboxFiles(capture, disk, started, options.home ?? {})
    // Before the containers mount: what their images have is not made in their own layers.
    fillImages(capture, disk, sorted, options.programs)
    const run = covers.find((c) => c.point === '/run')
    if (run && first.exe.startsWith('/run/')) {
      run.fs.root.insert(first.exe.slice('/run/'.length), new MemoryFile(run.fs, { mode: 0o755, uid: 0, gid: 0, now: started }, executable(options.programs, first.exe, 904_648)))
    }
  }
  layNetworkState(capture, disk, started)
  return { disk, covers }
}

/** Programs that an image has beside the one that its container runs: session app-dies-pause-stays ran them there. */
const BESIDE: Readonly<Record<string, readonly string[]>> = { '/usr/local/bin/node': ['/usr/bin/curl'] }

/** The files of each container's image, put into the lowest layers that its overlay names. */
function fillImages(capture: Capture, disk: MemoryFs, processes: readonly CapturedProcess[], programs: Programs): void {
  const time = timespec(capture.recorded_at - 600)
  const listings = Object.values(capture.rootfs).map(listingOf)
  const byPid = new Map<number, (typeof listings)[number]>()
  for (const [i, text] of Object.values(capture.rootfs).entries()) {
    const pid = Number(/^\/proc\/(\d+)\//.exec(text)?.[1])
    const listing = listings[i]
    if (listing) byPid.set(pid, listing)
  }
  const done = new Set<string>()
  for (const process of processes) {
    const [root] = mountsOf(process)
    if (root?.type !== 'overlay') continue
    const lower = /lowerdir=([^,]+)/.exec(root.options)?.[1]?.split(':') ?? []
    const base = lower.at(-1)
    const top = lower[0]
    if (!base || !top) continue
    const isPause = process.exe === '/pause'
    const listing = byPid.get(process.pid) ?? (isPause ? byPid.get([...byPid.keys()].find((pid) => processes.find((p) => p.pid === pid)?.exe === '/pause') ?? 0) : undefined)
    if (listing && !done.has(base)) {
      done.add(base)
      // The pause image holds nothing but pause: its directories were made for the mounts.
      fillLayer(directoryAt(disk.root, base, time), isPause ? new Map() : listing, process.exe.startsWith('/bin/') || isPause ? process.exe : '/bin/busybox', time, programs)
    }
    if (!isPause && !done.has(`${top} ${process.exe}`)) {
      done.add(`${top} ${process.exe}`)
      // What its listing has beside the base's own, an upper layer brought.
      if (listing && base !== top) fillUpperLayer(directoryAt(disk.root, lower.at(-2) ?? top, time), directoryAt(disk.root, base, time), listing, time, programs)
      fillLayer(directoryAt(disk.root, top, time), new Map(), process.exe, time, programs)
      for (const path of BESIDE[process.exe] ?? []) fillLayer(directoryAt(disk.root, lower[1] ?? top, time), new Map(), path, time, programs)
      directoryAt(directoryAt(disk.root, top, time), process.cwd, time)
    }
  }
}

/** Names in /proc have the time when somebody first looked: runc and the shim had looked when a container started. */
function markLookups(capture: Capture, tasks: ReadonlyMap<number, Task>): void {
  const { kernel } = tasks.get(1) ?? {}
  const procfs = tasks.get(1)?.ns.mnt.mounts.find((m) => m.fs instanceof ProcFs)?.fs
  if (!kernel || !(procfs instanceof ProcFs)) return
  const touch = (task: Task, folder: string, names: readonly string[]): void => {
    const top = procfs.folderOf(task)
    const at = folder === '' ? top : top.lookup(folder, null)
    if (at && 'lookup' in at) for (const name of names) at.lookup(name, null)
  }
  for (const process of capture.processes) {
    const task = tasks.get(process.pid)
    if (!task || task.pid !== 1 && task.pids.length === 1) continue
    kernel.clock.monotonic = startOf(process)
    touch(task, '', ['exe'])
    touch(task, 'fd', ['0', '1', '2'])
    const holders = [...tasks.values()].filter((t) => t !== task && t.parent === task.parent && t.comm === 'pause')
    for (const pause of holders) {
      touch(pause, 'ns', ['net', 'ipc', 'uts'])
      if (pause.ns.pid === task.ns.pid) touch(pause, 'ns', ['pid'])
    }
  }
}

/**
 * Descriptors in the order of their inode numbers: pipes get theirs from the machine's counter, and so does the socket of a
 * server that starts to listen again. What programs print while they start was printed on the real node already: until the
 * returned function is called, standard output and error lead nowhere.
 */
function restoreDescriptors(capture: Capture, tasks: ReadonlyMap<number, Task>, kernel: Kernel, sockets: ReadonlyMap<number, Socket>): { readonly unmute: () => void; readonly said: Saids } {
  const pipes = new CapturedPipes()
  const later: (() => void)[] = []
  const said: Saids = new Map()
  const entries = capture.processes.flatMap((process) => Object.entries(process.fd).map(([fd, target]) => ({ process, fd: Number(fd), target, ino: numberedInode(target)?.ino ?? 0 })))
  entries.sort((a, b) => a.ino - b.ino || a.process.pid - b.process.pid || a.fd - b.fd)
  for (const { process, fd, target, ino } of entries) {
    const task = tasks.get(process.pid)
    if (!task) continue
    const socket = target.startsWith('socket:') ? sockets.get(ino) : undefined
    if (socket && listens(process)) {
      socket.close()
      kernel.reserveAnonymousInodes(ino - 1)
      resume(task, process)
      settle(kernel)
      const opened = socket instanceof TcpSocket ? TcpSocket.all(socket.namespace).find((each) => each.inode === ino) : undefined
      if (opened && socket instanceof TcpSocket) opened.pointer = socket.pointer
    } else if (socket) task.fds.set(fd, { file: new SocketFile(socket, kernel.clock.realtime()), closeOnExec: false })
    else {
      restoreDescriptor(task, fd, target, pipes)
      const own = task.fds.get(fd)
      if ((fd === 1 || fd === 2) && own && target.startsWith('pipe:')) {
        const file = new Said(own.file)
        task.fds.set(fd, { file, closeOnExec: false })
        said.set(`${process.pid} ${fd}`, file)
        later.push(() => void task.fds.set(fd, own))
      }
    }
  }
  for (const { ino } of entries) kernel.reserveAnonymousInodes(ino)
  const unmute = (): void => {
    for (const put of later) put()
  }
  return { unmute, said }
}

/** A server that waits for connections opens its socket itself. */
const listens = (process: CapturedProcess): boolean => process.wchan.trim() === 'inet_csk_accept'

const SETTLE_NS = 1_000_000_000

/** Lets programs come to rest. What they need of virtual time is given and taken back by the caller, who sets the clock. */
function settle(kernel: Kernel): void {
  const { scheduler, clock } = kernel
  const limit = clock.monotonic + SETTLE_NS
  while (clock.monotonic < limit && scheduler.run({ until: clock.monotonic, expired: () => false }).state === 'busy');
}

/** What /proc says of the machine itself. */
function factsOf(capture: Capture, since: number, tasks: ReadonlyMap<number, Task>): Partial<MachineFacts> {
  const file = (name: string): string => capture.files[`/proc/${name}`] ?? ''
  const stat = new Map(file('stat').split('\n').filter(Boolean).map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1).trim()]))
  const cpuTimes = [...stat].filter(([name]) => /^cpu\d/.test(name)).map(([, row]) => row.split(/\s+/).map(Number))
  const [one = 0, five = 0, fifteen = 0] = file('loadavg').split(' ').map(Number)
  const all = Number(/\/(\d+)/.exec(file('loadavg'))?.[1] ?? 0)
  let own = 0
  for (const task of tasks.values()) own += 1 + task.threads.length
  return {
    cpus: cpuTimes.length,
    memory: new Map([...fieldsOf(file('meminfo'))].map(([name, value]) => [name, { value: Number.parseInt(value, 10), unit: value.endsWith(' kB') ? 'kB' : '' }])),
    load: [one, five, fifteen], otherTasks: Math.max(0, all - own), cpuTimes, interrupts: stat.get('intr') ?? '0', softirqs: stat.get('softirq') ?? '0',
    contextSwitches: Number(stat.get('ctxt') ?? 0), forks: Number(stat.get('processes') ?? 0), idle: Number(file('uptime').split(' ')[1] ?? 0), since,
    lastPid: Number(file('loadavg').trim().split(' ').at(-1) ?? 0), bootId: file('sys/kernel/random/boot_id').trim(), filesystems: file('filesystems'),
  }
}
