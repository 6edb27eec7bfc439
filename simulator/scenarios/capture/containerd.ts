/**
 * What a captured containerd knew: its store, blobs, bundles and runc's states are laid on the disk as its own files, where the daemon
 * and the shims find them when their captured processes go on.
 */
import * as z from 'zod/mini'
import type { Kernel } from '../../kernel/kernel'
import { encode } from '../../kernel/bytes'
import { finish, type Run } from '../../kernel/run'
import { Syscalls } from '../../kernel/syscalls'
import { fromBase64 } from '../../kernel/base64'
import { decode } from '../../kernel/bytes'
import { exists, makeDirectories } from '../../containerd/files'
import { journalLine, META_DB } from '../../containerd/metadata/db'
import { parseTime, rfc3339 } from '../../containerd/time'
import { blobPath } from '../../containerd/services/content'
import { openStore, OVERLAY_ROOT } from '../../containerd/services/snapshots'
import { setFrozen } from '../../containerd/runc/cgroups'
import { namespacePaths } from '../../containerd/runc/state'
import { makeState } from '../../containerd/daemon'
import { statusPath, statusText } from '../../containerd/cri/status-file'
import { resourcesIn } from '../../containerd/cri/spec'
import { DEBIAN } from '../../containerd/release'
import { writeOptions } from '../../containerd/shim/options'
import { bundleOf, SHIM_BINARY, shimSocket, TTRPC_SOCKET, writeBundleFiles } from '../../containerd/shim/protocol'
import { CONTAINERD_SOCKET, dialContainerd } from '../../containerd/services'
import { dateFiles } from './dates'
import { layArchives, layLayers } from './layers'
import { readOnce } from './once'
import type { Capture } from './schema'
import { Snapshot, snapshotNumbers } from './snapshots'
import { MEASURED } from './usage'
import type { CapturedNode } from './load'

/** ctr shows a map that holds nothing as null. */
const mapOf = <T extends z.core.SomeType>(of: T) => z.pipe(z.nullable(z.record(z.string(), of)), z.transform((map) => map ?? {}))
const labels = mapOf(z.string())
// Members in the order of the real records' fields: what is parsed comes out in the order of the schema.
const Container = z.object({
  ID: z.string(), Labels: labels, Image: z.string(), Runtime: z.unknown(), SnapshotKey: z.string(), Snapshotter: z.string(), CreatedAt: z.string(), UpdatedAt: z.string(),
  Extensions: mapOf(z.object({ type_url: z.string(), value: z.string() })), Spec: z.looseObject({}),
})
type Container = z.infer<typeof Container>
const State = z.looseObject({ id: z.string(), pid: z.number(), status: z.string(), bundle: z.string(), rootfs: z.string(), created: z.string() })
const Known = z.object({
  namespaces: z.string(), containers: z.record(z.string(), Container), images: z.string(), content: z.string(), blobs: z.record(z.string(), z.string()),
  snapshot_info: z.record(z.string(), Snapshot), leases: z.string(), tasks: z.string(),
})
const Status = z.looseObject({
  createdAt: z.string(), startedAt: z.optional(z.string()), finishedAt: z.optional(z.string()), exitCode: z.optional(z.number()), reason: z.optional(z.string()), message: z.optional(z.string()),
})
const count = z.optional(z.number())
const Cpu = z.object({ shares: count, quota: count, period: count, cpus: z.optional(z.string()), mems: z.optional(z.string()) })
const Memory = z.object({ limit: count, swap: count })
/** What of a specification is read here; the whole of it stays as it was written. */
const Facts = z.object({
  hostname: z.optional(z.string()), annotations: z.optional(z.record(z.string(), z.string())), process: z.optional(z.object({ oomScoreAdj: z.optional(z.number()) })),
  linux: z.optional(z.object({ cgroupsPath: z.optional(z.string()), resources: z.optional(z.object({ cpu: z.optional(Cpu), memory: z.optional(Memory) })) })),
})
const Cri = z.object({ inspectp: z.record(z.string(), z.looseObject({ status: Status })), inspect: z.record(z.string(), z.looseObject({ status: Status })) })

const knownOf = readOnce(({ containerd }: Capture) => z.parse(Known, containerd))
const factsOf = readOnce((capture: Capture) => new Map(Object.entries(knownOf(capture).containers).map(([id, { Spec }]) => [id, z.parse(Facts, Spec)])))
const inspectedOf = readOnce(({ cri }: Capture) => z.parse(Cri, cri))
const statesOf = readOnce(({ runc }: Capture) => z.parse(z.record(z.string(), State), runc))

const K8S = 'k8s.io'
const CONTROLLERS = ['blkio', 'cpu', 'cpuacct', 'cpuset', 'devices', 'freezer', 'memory', 'systemd', 'pids']

/** `a=b,c=d`, or `-`. */
const labelsOf = (text: string): Record<string, string> =>
  Object.fromEntries(text.trim().split(',').filter((t) => t.includes('=')).sort().map((t): [string, string] => [t.slice(0, t.indexOf('=')), t.slice(t.indexOf('=') + 1)]))

const UNITS: Readonly<Record<string, number>> = { B: 1, kB: 1e3, MB: 1e6, GB: 1e9 }

/** A moment that the plugin keeps as nanoseconds; what has not happened is shown as the year 1 or as 1970. */
function nanosecondsOf(time: string | undefined): string {
  const at = time === undefined ? 0n : parseTime(time)
  return at > 0n ? at.toString() : '0'
}

/** What goes on once the node stands. */
export function settled(captured: CapturedNode): void {
  const { capture, node } = captured
  dateFiles(captured)
  const sys = new Syscalls(node.init)
  for (const row of knownOf(capture).namespaces.split('\n').slice(1)) {
    const [name = '', list = ''] = row.trim().split(/\s+/)
    if (name !== '' && name !== K8S) sys.go(labelAt(node.kernel, sys, capture.recorded_at, name, labelsOf(list)))
  }
}

/** A namespace that holds nothing is there because somebody labelled it; that was seen when the capture was taken, not before. */
function* labelAt(kernel: Kernel, sys: Syscalls, at: number, name: string, list: Readonly<Record<string, string>>): Run {
  const left = (): number => {
    const { sec, nsec } = sys.now()
    return (at - sec) * 1e9 - nsec
  }
  // Not sleep(2): PID 1 goes on waiting for its children, as far as anybody sees.
  while (left() > 0) yield* kernel.block([], left())
  const client = dialContainerd(sys)
  for (const [key, value] of Object.entries(list)) yield* sys.call(client, (c) => c.namespaces.setLabel(name, name, key, value))
}

/** A shim gets its socket as this descriptor, makes its own of it and closes it; what has it later is a connection. */
const HANDED = '3'

/**
 * The sockets that containerd and its shims listen on, among their recorded descriptors: a server's come before those of its connections,
 * and containerd opens the one for ttrpc first (seen on a node: its descriptors 8 and 9, a shim's 12).
 */
function pinSockets({ processes }: CapturedNode['capture'], kernel: Kernel): void {
  for (const { cmdline, fd } of processes) {
    const program = cmdline[0]?.split('/').at(-1)
    const option = (name: string): string => cmdline[cmdline.indexOf(name) + 1] ?? ''
    const paths = program === 'containerd' ? [TTRPC_SOCKET, CONTAINERD_SOCKET] : program === 'containerd-shim-runc-v2' ? [shimSocket(option('-address'), option('-namespace'), option('-id'))] : []
    const sockets = Object.entries(fd).filter(([number, target]) => target.startsWith('socket:') && number !== HANDED).sort(([a], [b]) => Number(a) - Number(b))
    paths.forEach((path, i) => {
      const [number, target] = sockets[i] ?? []
      if (number !== undefined && target) kernel.pins.set(`socket ${path}`, `${number} ${target.slice('socket:['.length, -1)}`)
    })
  }
}

export function restore({ capture, node, tasks, disk }: CapturedNode): void {
  const known = knownOf(capture)
  const facts = factsOf(capture)
  const cri = inspectedOf(capture)
  const states = statesOf(capture)
  const sys = new Syscalls(node.init)
  makeState(sys, DEBIAN)
  // Mounts of containers have made these already.
  for (const path of ['/var/lib/containerd', OVERLAY_ROOT, `${OVERLAY_ROOT}/snapshots`]) sys.chmod(path, 0o700)
  const write = (path: string, text: string | Uint8Array, mode = 0o644): void => {
    makeDirectories(sys, path.slice(0, path.lastIndexOf('/')))
    finish(sys.writeFile(path, typeof text === 'string' ? encode(text) : text, { mode }))
  }
  let journal = ''
  const put = (bucket: string, key: string, value: unknown): void => {
    journal += journalLine({ bucket, key, value })
  }

  // The namespace label that a query of the recordings sets was set when the capture was taken; the node's own are those that hold something.
  for (const row of known.namespaces.split('\n').slice(1)) {
    const [name = '', list = ''] = row.trim().split(/\s+/)
    if (name === K8S) put('namespaces', name, labelsOf(list))
  }
  for (const [id, container] of Object.entries(known.containers)) put(`containers/${K8S}`, id, container)

  const sizes = new Map<string, number>()
  for (const text of Object.values(known.blobs)) {
    const blob: { layers?: { digest: string; size: number }[]; config?: { digest?: string; size?: number } } = JSON.parse(text)
    for (const layer of blob.layers ?? []) sizes.set(layer.digest, layer.size)
  }
  const imported = Object.values(known.snapshot_info).filter((s) => s.Name.startsWith('sha256:')).map((s) => s.Created).sort()
  const at = imported[0] ?? rfc3339(BigInt(Math.round(capture.recorded_at)) * 1_000_000_000n)
  for (const row of known.content.split('\n').slice(1)) {
    const [digest = '', shown = '', , list = ''] = row.split('\t')
    if (!digest.startsWith('sha256:')) continue
    const text = known.blobs[digest]
    const rounded = /^([\d.]+)([kMG]?B)$/.exec(shown)
    const size = text !== undefined ? encode(text).length : (sizes.get(digest) ?? Math.round(Number(rounded?.[1] ?? 0) * (UNITS[rounded?.[2] ?? 'B'] ?? 1)))
    put(`content/${K8S}`, digest, { digest, size, createdAt: at, updatedAt: at, labels: labelsOf(list) })
    if (text !== undefined) write(blobPath(digest), text, 0o444)
  }
  const named = new Map<string, string>()
  for (const row of known.images.split('\n').slice(1)) {
    const [name = '', mediaType = '', digest = ''] = row.split(/\s+/)
    const list = row.trim().split(/\s+/).at(-1) ?? ''
    if (name === '' || !digest.startsWith('sha256:')) continue
    const size = encode(known.blobs[digest] ?? '').length
    if (!name.startsWith('sha256:')) named.set(name, digest)
    put(`images/${K8S}`, name, { name, labels: labelsOf(list), target: { mediaType, digest, size }, createdAt: at, updatedAt: at })
  }

  for (const row of known.leases.split('\n').slice(1)) {
    const [id = '', createdAt = '', list = ''] = row.trim().split(/\s+/)
    if (createdAt !== '') put(`leases/${K8S}`, id, { id, createdAt, labels: labelsOf(list), resources: [] })
  }

  if (capture.processes.some(({ fd }) => Object.values(fd).includes(`${OVERLAY_ROOT}/metadata.db`))) finish(openStore(sys, OVERLAY_ROOT))
  const numbers = snapshotNumbers(capture)
  for (const [name, number] of numbers) {
    const snapshot = known.snapshot_info[name]
    if (!snapshot) continue
    put(`snapshots/${K8S}/overlayfs`, name, { ...snapshot, number, ...(MEASURED[name] && { usage: MEASURED[name] }) })
    makeDirectories(sys, `${OVERLAY_ROOT}/snapshots/${number}/fs`)
    sys.chmod(`${OVERLAY_ROOT}/snapshots/${number}`, 0o700)
  }
  const layers = {
    disk, now: node.kernel.clock.realtime(), blobs: known.blobs,
    directoryOf: (snapshot: string) => (numbers.has(snapshot) ? `${OVERLAY_ROOT}/snapshots/${numbers.get(snapshot)}/fs` : undefined),
  }
  layLayers(layers)
  layArchives(layers, named)
  put('numbers', 'snapshot', Math.max(0, ...numbers.values()))

  /** runc no longer says the pid of a process that has ended; containerd's list of tasks does. */
  const pidOf = new Map(known.tasks.split('\n').slice(1).map((row): [string, number] => {
    const [id = '', pid = ''] = row.trim().split(/\s+/)
    return [id, Number(pid)]
  }))
  const byPid = new Map(capture.processes.map((process) => [process.pid, process]))
  const cgroupsOf = (path: string): Record<string, string> => Object.fromEntries(CONTROLLERS.map((c) => [c === 'systemd' ? 'name=systemd' : c, `/sys/fs/cgroup/${c}${path}`]))
  for (const [id, container] of Object.entries(known.containers)) {
    const [extension] = Object.values(container.Extensions)
    if (extension) restoreCri(id, decode(fromBase64(extension.value)), container)
    const recorded = states[id]
    if (!recorded) continue
    const state = { ...recorded, pid: recorded.pid || (pidOf.get(id) ?? 0) }
    const spec = facts.get(id) ?? {}
    const group = spec.annotations?.['io.kubernetes.cri.sandbox-id'] ?? id
    write(`${state.bundle}/config.json`, JSON.stringify(container.Spec))
    write(`${state.bundle}/init.pid`, String(state.pid))
    write(`${state.bundle}/address`, `unix://${shimSocket(CONTAINERD_SOCKET, K8S, group)}`)
    finish(writeBundleFiles(sys, state.bundle, SHIM_BINARY))
    finish(writeOptions(sys, state.bundle, {}))
    write(`${state.bundle}/log.json`, '')
    const work = `/var/lib/containerd/io.containerd.runtime.v2.task/${K8S}/${id}`
    makeDirectories(sys, work, 0o711)
    if (!exists(sys, `${state.bundle}/work`)) sys.symlink(work, `${state.bundle}/work`)
    const start = tasks.get(state.pid)?.startTime ?? 0
    const paths = cgroupsOf(spec.linux?.cgroupsPath ?? '')
    if (state.status === 'paused') finish(setFrozen(sys, paths, 'frozen'))
    write(`/run/containerd/runc/${K8S}/${id}/state.json`, JSON.stringify({
      id, init_process_pid: state.pid, init_process_start: Math.floor(start / 10_000_000), created: state.created,
      config: { rootfs: state.rootfs, labels: [`bundle=${bundleOf(K8S, id)}`], hostname: spec.hostname ?? '' }, rootless: false, cgroup_paths: paths, namespace_paths: namespacePaths(state.pid),
      external_descriptors: ['0', '1', '2'].map((fd) => byPid.get(state.pid)?.fd[fd] ?? '/dev/null'), intel_rdt_path: '',
    }), 0o600)
  }
  write(META_DB, journal)
  pinSockets(capture, node.kernel)

  function restoreCri(id: string, text: string, { Labels }: Container): void {
    const { Metadata: m }: { Metadata: Record<string, unknown> } = JSON.parse(text)
    const pid = states[id]?.pid ?? 0
    if (Labels['io.cri-containerd.kind'] === 'sandbox') {
      const createdAt = parseTime(cri.inspectp[id]?.status.createdAt ?? '').toString()
      put('sandboxes', id, {
        id, name: m.Name, config: m.Config, netnsPath: m.NetNSPath ?? '', ip: m.IP ?? '', additionalIps: m.AdditionalIPs ?? [], runtimeHandler: m.RuntimeHandler ?? '', cniResult: m.CNIResult ?? null,
        createdAt, pid, state: pid > 0 ? 'READY' : 'NOTREADY',
      })
      return
    }
    const status = cri.inspect[id]?.status
    const { exitCode = 0, reason = '', message = '' } = status ?? {}
    const kept = {
      createdAt: nanosecondsOf(status?.createdAt), startedAt: nanosecondsOf(status?.startedAt), finishedAt: nanosecondsOf(status?.finishedAt), pid, exitCode,
      // These two are said of an end that has no reason of its own (pkg/cri/server/container_status.go).
      reason: reason === 'Completed' || reason === 'Error' ? '' : reason, message, resources: resourcesIn(facts.get(id) ?? {}),
    }
    put('cri-containers', id, { id, name: m.Name, sandboxId: m.SandboxID, config: m.Config, imageRef: m.ImageRef, logPath: m.LogPath, stopSignal: m.StopSignal, removing: false, starting: false, ...kept })
    write(statusPath(id), statusText(kept, DEBIAN), 0o600)
  }
}

