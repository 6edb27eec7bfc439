/** Pod sandboxes (pkg/cri/server sandbox_*.go): a network namespace first, then the network in it, then pause. */
import { goJson } from '../json'
import { encode } from '../../kernel/bytes'
import type { Run } from '../../kernel/run'
import { CniError, type CniTarget, podAddress, setUpPod, tearDownPod } from '../../cni/invoke'
import { toBase64 } from '../../kernel/base64'
import { randomHex, randomUuid } from '../digest'
import { exists, makeDirectories, removeAll, unmountAll } from '../files'
import { GrpcError, isGrpc } from '../grpc'
import type { StoredSandbox } from '../metadata/records'
import { argsOf, chainId } from '../oci/image'
import type { ImageConfig } from '../oci/types'
import { readOrEmpty } from '../runc/cgroups'
import { NO_STDIO } from '../services'
import { nanoseconds } from '../time'
import { takePin } from '../pins'
import { oomScore, readConfig } from './config'
import type { CriContext } from './context'
import { byPrefix, needByPrefix, wholeId } from './ids'
import { capabilityArgs } from './network'
import { findImage, fullReference, K8S, type KnownImage, MANAGED, needImage } from './images'
import type { Info, NamespaceMode, NamespaceModeName, PodSandbox, PodSandboxConfig, PodSandboxFilter, RuntimeService } from './services'
import { checkSelinux, readSeccomp, seccompOf } from './security'
import { loadNetwork } from '../gocni'
import { sandboxUser, userText } from './user'
import { SANDBOX_ROOT, SANDBOX_STATE, sandboxSpec } from './spec'
import { pull } from '../registry/pull'

const NODE = 2
const SANDBOX_OOM_SCORE = -998
const MODES: Readonly<Record<NamespaceMode, NamespaceModeName>> = { 0: 'POD', 1: 'CONTAINER', 2: 'NODE', 3: 'TARGET' }
/** The time of a sandbox that has none: Go's zero time in nanoseconds, which do not reach that far back. */
const NEVER = '-6795364578871345152'
const GRACE_NS = 10_000_000_000
const LONGEST_LABEL = 4096

export const labelsMatch = (labels: Readonly<Record<string, string>>, wanted: Readonly<Record<string, string>> = {}): boolean =>
  Object.entries(wanted).every(([k, v]) => labels[k] === v)

/** Of a record: the image's, then those that the client gave, then what the record is for (helpers.go buildLabels, pkg labels Validate). */
export function labelsOf(given: Readonly<Record<string, string>> = {}, image: ImageConfig, kind: 'sandbox' | 'container'): Record<string, string> {
  const valid = Object.entries(image.config?.Labels ?? {}).filter(([key, value]) => key.length + value.length <= LONGEST_LABEL)
  return { ...Object.fromEntries(valid), ...given, 'io.cri-containerd.kind': kind }
}

type Calls = Pick<RuntimeService, 'runPodSandbox' | 'stopPodSandbox' | 'removePodSandbox' | 'podSandboxStatus' | 'listPodSandbox'>

export function sandboxCalls(context: CriContext): Calls {
  const { sys, db, services, tasks, release } = context
  /** Names of sandboxes that are being made. */
  const reserved = new Map<string, string>()
  const calls: Calls = {
    *runPodSandbox(config, runtimeHandler = '') {
      if (!config.metadata) throw new GrpcError('Unknown', 'sandbox config must include metadata')
      const { name: pod = '', namespace = '', uid = '', attempt = 0 } = config.metadata
      const name = `${pod}_${namespace}_${uid}_${attempt}`
      const pin = takePin(sys, `sandbox ${namespace}/${pod}`)
      const id = pin.id ?? randomHex(sys, 64)
      const holder = reserved.get(name) ?? db.sandboxes.values().find((s) => s.name === name)?.id
      if (holder) throw new GrpcError('Unknown', `failed to reserve sandbox name "${name}": name "${name}" is reserved for "${holder}"`)
      reserved.set(name, id)
      let sandbox: StoredSandbox = { id, name, config, netnsPath: '', ip: '', additionalIps: [], runtimeHandler, cniResult: null, createdAt: NEVER, pid: 0, state: 'UNKNOWN' }
      /** What takes back what was done so far, the last first. */
      const undo: (() => Run)[] = []
      try {
        const settings = yield* readConfig(sys, release)
        const image = yield* sandboxImage(context, settings.sandboxImage)
        const runtime = runtimeHandler || settings.defaultRuntime
        if (!settings.runtimes.includes(runtime)) throw new GrpcError('Unknown', `failed to get sandbox runtime: no runtime for "${runtime}" is configured`)
        const security = config.linux?.security_context ?? {}
        yield* worded('failed to generate sandbox container spec', function* () {
          if (argsOf(image.config, [], []).length === 0) throw new GrpcError('Unknown', 'invalid empty entrypoint and cmd in image config')
          yield* worded('failed to init selinux options', function* () {
            checkSelinux(security.selinux_options)
          })
        })
        // The real one's words have this slip.
        const profile = yield* worded('failed to generate sanbdox container spec options', function* () {
          const chosen = seccompOf(security)
          userText(security)
          return chosen
        })
        yield* services.snapshots.prepare(K8S, 'overlayfs', { key: id, parent: chainId(image.config.rootfs.diff_ids) })
        undo.push(() => forget(context, id))
        const { record, request } = yield* worded('failed to create containerd container', function* () {
          const seccomp = yield* readSeccomp(sys, profile)
          const user = yield* sandboxUser(sys, yield* services.snapshots.mounts(K8S, 'overlayfs', id), security, image.config.config?.User ?? '')
          const request = { release, imageName: settings.sandboxImage, id, config, image: image.config, oomScoreAdj: yield* oomScore(sys, settings, SANDBOX_OOM_SCORE), user, seccomp }
          const record = yield* services.containers.create(K8S, {
            ID: id, Labels: labelsOf(config.labels, image.config, 'sandbox'), Image: settings.sandboxImage, Runtime: { Name: 'io.containerd.runc.v2', Options: settings.runtimeOptions },
            SnapshotKey: id, Snapshotter: 'overlayfs', Extensions: { 'io.cri-containerd.sandbox.metadata': metadataOf(sandbox) }, Spec: sandboxSpec({ ...request, netnsPath: '' }),
          })
          return { record, request }
        })
        const createdAt = nanoseconds(sys).toString()
        undo.push(() => removeFiles(context, id))
        yield* writeFiles(context, id, config)
        if (config.linux?.security_context?.namespace_options?.network !== NODE) {
          const netnsPath = `/var/run/netns/cni-${randomUuid(sys)}`
          yield* bindNetns(context, netnsPath)
          undo.push(function* () {
            removeNetns(context, netnsPath)
          })
          sandbox = { ...sandbox, netnsPath }
          const withNetwork = { ...record, Spec: sandboxSpec({ ...request, netnsPath }) }
          yield* services.containers.update(K8S, { ...withNetwork, Extensions: { 'io.cri-containerd.sandbox.metadata': metadataOf(sandbox) } }, [])
          const target = sandbox
          undo.push(() => tearDown(context, target))
          const network = yield* told(`failed to setup network for sandbox "${id}"`, function* () {
            return yield* setUpPod(sys, yield* cniTarget(context, target))
          })
          sandbox = { ...sandbox, ip: podAddress(network) ?? '', cniResult: network }
          yield* services.containers.update(K8S, { ...withNetwork, Extensions: { 'io.cri-containerd.sandbox.metadata': metadataOf(sandbox) } }, [])
        }
        tasks.pins.set(id, pin)
        yield* worded(release.line === '2' ? `failed to start sandbox "${id}": failed to create containerd task` : 'failed to create containerd task', function* () {
          yield* services.tasks.create(K8S, { containerId: id, rootfs: yield* services.snapshots.mounts(K8S, 'overlayfs', id), stdio: NO_STDIO })
        })
        undo.push(() => endTask(context, id))
        const { pid } = yield* worded(`failed to start sandbox container task "${id}"`, () => services.tasks.start(K8S, id))
        db.sandboxes.put(id, { ...sandbox, createdAt, pid, state: 'READY' })
        return id
      } catch (error) {
        try {
          for (const step of undo.reverse()) yield* step()
        } catch (left) {
          // What could not be taken back keeps the sandbox, in no known state, and its name.
          if (!isGrpc(left)) throw left
          db.sandboxes.put(id, sandbox)
        }
        if (isGrpc(error)) throw error
        throw new GrpcError('Unknown', error instanceof Error ? error.message : String(error))
      } finally {
        reserved.delete(name)
      }
    },
    *stopPodSandbox(id) {
      // What is not there has stopped, from 1.7 on.
      if (context.release.line !== '1.6' && byPrefix(db.sandboxes.values(), id) === 'none') return
      const sandbox = needByPrefix(db.sandboxes.values(), id, `an error occurred when try to find sandbox "${id}"`, context.release)
      const live = db.criContainers.values().filter((c) => c.sandboxId === sandbox.id && c.pid > 0)
      for (const container of live) yield* endTask(context, container.id)
      unmountAll(sys, `${SANDBOX_STATE}/${sandbox.id}/shm`)
      if (sandbox.state !== 'NOTREADY') yield* endTask(context, sandbox.id)
      const now = db.sandboxes.get(sandbox.id)
      if (now) db.sandboxes.put(sandbox.id, { ...now, state: 'NOTREADY', pid: 0 })
      if (sandbox.netnsPath !== '' && exists(sys, sandbox.netnsPath)) {
        yield* tearDown(context, sandbox)
        removeNetns(context, sandbox.netnsPath)
      }
    },
    *removePodSandbox(id) {
      if (byPrefix(db.sandboxes.values(), id) === 'none') return
      const sandbox = needByPrefix(db.sandboxes.values(), id, `an error occurred when try to find sandbox "${id}"`, context.release)
      yield* worded(`failed to forcibly stop sandbox "${sandbox.id}"`, () => calls.stopPodSandbox(sandbox.id))
      for (const container of db.criContainers.values()) {
        if (container.sandboxId !== sandbox.id) continue
        yield* forget(context, container.id)
        db.criContainers.delete(container.id)
        removeAll(sys, `/var/lib/containerd/io.containerd.grpc.v1.cri/containers/${container.id}`)
        removeAll(sys, `/run/containerd/io.containerd.grpc.v1.cri/containers/${container.id}`)
      }
      yield* removeFiles(context, sandbox.id)
      yield* forget(context, sandbox.id)
      db.sandboxes.delete(sandbox.id)
    },
    *podSandboxStatus(id, { verbose = false } = {}) {
      const sandbox = needByPrefix(db.sandboxes.values(), id, 'an error occurred when try to find sandbox', context.release)
      const options = sandbox.config.linux?.security_context?.namespace_options ?? {}
      const status = {
        ...shown(sandbox),
        network: sandbox.netnsPath === '' || exists(sys, sandbox.netnsPath) ? { ip: sandbox.ip, additionalIps: sandbox.additionalIps.map((ip) => ({ ip })) } : { ip: '', additionalIps: [] },
        namespaces: { network: MODES[options.network ?? 0], pid: MODES[options.pid ?? 0], ipc: MODES[options.ipc ?? 0], targetId: options.target_id ?? '' },
      }
      const none: Info = {}
      if (!verbose) return { status, info: none }
      const container = db.containers(K8S).get(sandbox.id)
      const info = {
        pid: sandbox.pid, processStatus: sandbox.state === 'READY' ? 'running' : 'deleted', netNamespaceClosed: sandbox.netnsPath !== '' && !exists(sys, sandbox.netnsPath),
        image: container?.Image ?? '', snapshotKey: container?.SnapshotKey ?? '', snapshotter: container?.Snapshotter ?? '', ...(release.line === '2' ? {} : { runtimeHandler: sandbox.runtimeHandler }),
        runtimeType: 'io.containerd.runc.v2', runtimeOptions: null, config: sandbox.config, runtimeSpec: container?.Spec ?? null, cniResult: sandbox.cniResult,
        ...(release.line === '2' ? { sandboxMetadata: metadata(sandbox) } : {}),
      }
      const all: Info = { info: goJson(info) }
      return { status, info: all }
    },
    *listPodSandbox(filter: PodSandboxFilter = {}) {
      const all = db.sandboxes.values().map(shown)
      const id = wholeId(db.sandboxes.values(), filter.id ?? '')
      return all.filter((s) => (id === '' || s.id === id) && (!filter.state || s.state === filter.state) && labelsMatch(s.labels, filter.labels))
    },
  }
  return calls
}

const shown = ({ id, config, state, createdAt, runtimeHandler }: StoredSandbox): PodSandbox => ({
  id, metadata: { name: config.metadata?.name ?? '', uid: config.metadata?.uid ?? '', namespace: config.metadata?.namespace ?? '', attempt: config.metadata?.attempt ?? 0 },
  state: state === 'READY' ? 'SANDBOX_READY' : 'SANDBOX_NOTREADY', createdAt: BigInt(createdAt), labels: config.labels ?? {}, annotations: config.annotations ?? {}, runtimeHandler,
})

/** What the network's plugins say goes on as the end of `sentence`. */
function* told<T>(sentence: string, work: () => Run<T>): Run<T> {
  try {
    return yield* work()
  } catch (error) {
    if (!(error instanceof CniError)) throw error
    throw new GrpcError('Unknown', `${sentence}: ${error.message}`)
  }
}

/** A failed call goes on as the end of `sentence`. */
export function* worded<T>(sentence: string, work: () => Run<T>): Run<T> {
  try {
    return yield* work()
  } catch (error) {
    if (!isGrpc(error)) throw error
    throw new GrpcError(error.code, `${sentence}: ${error.message}`)
  }
}

/** The image that pause is in, pulled when it is not here. */
function* sandboxImage(context: CriContext, name: string): Run<KnownImage> {
  return yield* worded(`failed to get sandbox image "${name}"`, function* () {
    if (!(yield* findImage(context, name))) yield* worded(`failed to pull image "${name}"`, () => pull(context, K8S, fullReference(name), { labels: MANAGED }))
    return yield* needImage(context, name)
  })
}

/** What the plugin keeps of a sandbox in its record. */
const metadata = (s: StoredSandbox): object => ({
  Version: 'v1',
  Metadata: {
    ID: s.id, Name: s.name, Config: s.config, NetNSPath: s.netnsPath, IP: s.ip, AdditionalIPs: s.additionalIps.length ? s.additionalIps : null, RuntimeHandler: s.runtimeHandler,
    CNIResult: s.cniResult, ProcessLabel: '',
  },
})

/** The record's extension, as encoding/json writes it. */
const metadataOf = (s: StoredSandbox) => ({ type_url: 'github.com/containerd/cri/pkg/store/sandbox/Metadata', value: toBase64(encode(goJson(metadata(s)))) })

/** A new network namespace, kept by a bind mount (pkg/netns/netns_linux.go). */
function* bindNetns({ sys }: CriContext, path: string): Run {
  makeDirectories(sys, '/var/run/netns')
  yield* sys.writeFile(path, new Uint8Array(0), { mode: 0o444 })
  const made = sys.pipe()
  const done = sys.pipe()
  // The real one does this on a thread of its own; the namespace lives in that thread until the bind mount holds it.
  const pid = sys.fork(
    function* (child) {
      child.close(done.write)
      yield* child.write(made.write, encode('1'))
      yield* child.read(done.read, 1)
      return 0
    },
    { unshare: ['net'] },
  )
  yield* sys.read(made.read, 1)
  sys.mount(`/proc/${pid}/ns/net`, path, 'bind', 'bind')
  for (const fd of [made.read, made.write, done.read, done.write]) sys.close(fd)
  yield* sys.wait(pid)
}

function* cniTarget({ sys }: CriContext, sandbox: StoredSandbox): Run<CniTarget> {
  const network = yield* loadNetwork(sys)
  if (network.kind === 'failed') throw new CniError('cni plugin not initialized')
  const { conflist } = network
  const { name = '', namespace = '', uid = '' } = sandbox.config.metadata ?? {}
  return {
    containerId: sandbox.id, netnsPath: sandbox.netnsPath, ifName: 'eth0', conflist, capabilityArgs: capabilityArgs(sandbox.config),
    args: [['K8S_POD_UID', uid], ['IgnoreUnknown', '1'], ['K8S_POD_NAMESPACE', namespace], ['K8S_POD_NAME', name], ['K8S_POD_INFRA_CONTAINER_ID', sandbox.id]],
  }
}

/** /etc files and /dev/shm of the pod (sandbox_run_linux.go setupSandboxFiles). */
function* writeFiles({ sys }: CriContext, id: string, config: PodSandboxConfig): Run {
  const root = `${SANDBOX_ROOT}/${id}`
  makeDirectories(sys, root)
  const hostname = config.hostname || sys.uname().nodename
  yield* sys.writeFile(`${root}/hostname`, encode(`${hostname}\n`), { mode: 0o644 })
  yield* sys.writeFile(`${root}/hosts`, encode((yield* readOrEmpty(sys, '/etc/hosts')) ?? ''), { mode: 0o644 })
  const dns = config.dns_config
  const lines = dns
    ? [
        ...(dns.searches?.length ? [`search ${dns.searches.join(' ')}`] : []), ...(dns.servers ?? []).map((s) => `nameserver ${s}`), ...(dns.options?.length ? [`options ${dns.options.join(' ')}`] : []),
      ].map((l) => `${l}\n`).join('')
    : ''
  yield* sys.writeFile(`${root}/resolv.conf`, encode(lines || ((yield* readOrEmpty(sys, '/etc/resolv.conf')) ?? '')), { mode: 0o644 })
  if (config.linux?.security_context?.namespace_options?.ipc === NODE) return
  makeDirectories(sys, `${SANDBOX_STATE}/${id}/shm`)
  sys.mount('shm', `${SANDBOX_STATE}/${id}/shm`, 'tmpfs', 'nosuid,nodev,noexec,mode=1777,size=65536k')
}

/** SIGKILL and the wait for the end of a task, if there is one. */
export function* endTask({ sys, services }: CriContext, id: string): Run {
  try {
    yield* services.tasks.kill(K8S, id, { signal: 9, all: true })
  } catch (error) {
    if (!isGrpc(error)) throw error
  }
  const until = sys.monotonic() + GRACE_NS
  while (sys.monotonic() < until) {
    try {
      yield* services.tasks.get(K8S, id)
    } catch (error) {
      if (isGrpc(error, 'NotFound')) return
      throw error
    }
    yield* sys.sleep(1_000_000)
  }
}

/** Removes a container's snapshot and record. */
export function* forget({ services }: CriContext, id: string): Run {
  for (const step of [() => services.snapshots.remove(K8S, 'overlayfs', id), () => services.containers.delete(K8S, id)]) {
    try {
      yield* step()
    } catch (error) {
      if (!isGrpc(error, 'NotFound')) throw error
    }
  }
}

function* removeFiles({ sys }: CriContext, id: string): Run {
  unmountAll(sys, `${SANDBOX_STATE}/${id}/shm`)
  removeAll(sys, `${SANDBOX_STATE}/${id}`)
  removeAll(sys, `${SANDBOX_ROOT}/${id}`)
}

function removeNetns({ sys }: CriContext, path: string): void {
  unmountAll(sys, path)
  removeAll(sys, path)
}

function* tearDown(context: CriContext, sandbox: StoredSandbox): Run {
  yield* told(`failed to destroy network for sandbox "${sandbox.id}"`, function* () {
    yield* tearDownPod(context.sys, yield* cniTarget(context, sandbox))
  })
}
