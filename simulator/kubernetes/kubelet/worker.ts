/** One pod's worker: brings what the runtime has to what the pod wants (pkg/kubelet SyncPod, kuberuntime_manager.go). */
import type { CriServices, PodSandboxConfig, PodSandboxStatus } from '../../containerd/cri/services'
import { isGrpc } from '../../containerd/grpc'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import { WaitQueue } from '../../kernel/waitqueue'
import type { Container, Pod } from '../api/objects'
import { type ApiServer, apiTime } from '../api/server'
import { type CgroupDriver, containerConfig, sandboxConfig } from './config'
import { type Observed, podStatus } from './status'
import { mountsOf, preparePod, removeLog, writeHosts } from './volumes'

/** What a worker needs of its kubelet. */
export interface KubeletContext {
  readonly sys: Sys
  readonly nodeName: string
  readonly nodeIP: string
  readonly cgroupDriver: CgroupDriver
  readonly api: <T>(work: (api: ApiServer) => Run<T>) => Run<T>
  readonly cri: <T>(work: (cri: CriServices) => Run<T>) => Run<T>
}

const FIRST_BACKOFF_S = 10
const LONGEST_BACKOFF_S = 300
/** After this long without a crash the back-off starts anew. */
const BACKOFF_RESET_S = 600
/** A sync that failed is tried again after 10 to 15 s (pod_workers.go backOffPeriod with jitter). */
const RETRY_S = 10
const RETRY_JITTER = 0.5
/** Dead containers kept of each container (--maximum-dead-containers-per-container). */
const DEAD_CONTAINERS = 1
const LEAST_GRACE_S = 2

export class PodWorker {
  pod: Pod
  private readonly kubelet: KubeletContext
  private readonly waiting = new Map<string, { reason: string; message?: string }>()
  private readonly backoff = new Map<string, { until: number; next: number }>()
  private readonly pulls = new Map<string, { until: number; next: number }>()
  private failed = false
  private terminating = false
  private seen = ''
  private dirty = true
  /** Wakes the worker's coroutine. */
  readonly queue = new WaitQueue()
  finished = false
  /** Virtual second at which a back-off ends. */
  wakeAt = Infinity
  constructor(kubelet: KubeletContext, pod: Pod) {
    this.kubelet = kubelet
    this.pod = pod
  }
  /** Something changed: sync again. */
  notify(): void {
    this.dirty = true
    this.queue.wake()
  }
  /** Waits until there is a reason to sync: a change, or the end of a back-off. */
  *untilDue(): Run {
    const { sys } = this.kubelet
    while (!this.dirty && sys.now().sec < this.wakeAt) {
      yield* sys.waitOn(this.queue, this.wakeAt === Infinity ? undefined : (this.wakeAt - sys.now().sec) * 1e9)
    }
  }
  private event(type: 'Normal' | 'Warning', reason: string, message: string, container?: string): Run {
    const { api, nodeName } = this.kubelet
    const path = container ? `spec.containers{${container}}` : undefined
    return api((server) => server.event(this.pod, type, reason, message, { component: 'kubelet', host: nodeName }, path))
  }
  private *observe(): Run<Observed> {
    const labels = { 'io.kubernetes.pod.uid': this.pod.metadata.uid ?? '' }
    return yield* this.kubelet.cri(function* (cri) {
      const sandboxes = [...(yield* cri.runtime.listPodSandbox({ labels }))].sort((a, b) => (b.metadata.attempt - a.metadata.attempt) || (a.createdAt < b.createdAt ? 1 : -1))
      const first = sandboxes[0]
      const sandbox = first ? (yield* cri.runtime.podSandboxStatus(first.id)).status : null
      const containers = []
      for (const { id } of yield* cri.runtime.listContainers({ labels })) containers.push((yield* cri.runtime.containerStatus(id)).status)
      containers.sort((a, b) => (b.metadata.attempt - a.metadata.attempt) || (a.createdAt < b.createdAt ? 1 : -1))
      return { sandbox, containers }
    })
  }
  private *report(observed: Observed): Run {
    const { sys, api, nodeIP } = this.kubelet
    const now = apiTime(sys.now().sec)
    const { namespace = 'default', name } = this.pod.metadata
    const updated = yield* api((server) => server.updatePodStatus(namespace, name, (pod) => ({ ...pod, status: podStatus(pod, observed, this.waiting, nodeIP, now) })))
    if (updated) this.pod = { ...updated, spec: this.pod.spec }
  }

  /** One round. Status is told at its start, as the kubelet does: what a round starts shows when the next relist sees it. */
  *sync(): Run {
    this.dirty = false
    this.wakeAt = Infinity
    this.failed = false
    yield* this.syncOnce()
    if (!this.failed) return
    const { sys } = this.kubelet
    this.wakeAt = sys.now().sec + Math.round(RETRY_S * (1 + (RETRY_JITTER * (sys.random() % 1000)) / 1000))
  }
  private *syncOnce(): Run {
    const { sys } = this.kubelet
    if (this.seen === '') {
      const { sec, nsec } = sys.now()
      this.seen = `${apiTime(sec).slice(0, -1)}.${String(nsec).padStart(9, '0')}Z`
    }
    if (this.pod.metadata.deletionTimestamp) return yield* this.terminate()
    const observed = yield* this.observe()
    yield* this.report(observed)
    yield* this.prune(observed)
    if (this.settled(observed)) {
      if (observed.sandbox?.state === 'SANDBOX_READY') yield* this.stopSandbox(observed.sandbox.id)
      return
    }
    if (observed.sandbox && observed.sandbox.state !== 'SANDBOX_READY') yield* this.sandboxChanged(observed)
    const ready = observed.sandbox?.state === 'SANDBOX_READY' ? observed.sandbox : yield* this.makeSandbox(observed)
    if (!ready) return
    for (const container of this.pod.spec.containers) yield* this.startIfNeeded(container, ready, observed)
  }
  /** Only the latest dead container of each name is kept, with its log (pod_container_deletor.go). */
  private *prune({ containers }: Observed): Run {
    const { sys, cri } = this.kubelet
    for (const { name } of this.pod.spec.containers) {
      const dead = containers.filter((c) => c.metadata.name === name && c.state === 'CONTAINER_EXITED')
      for (const old of dead.slice(DEAD_CONTAINERS)) {
        yield* cri((services) => services.runtime.removeContainer(old.id))
        removeLog(sys, this.pod, name, old.metadata.attempt)
      }
    }
  }

  /** A pod whose containers have all ended and will not be started again. */
  private settled(observed: Observed): boolean {
    const { restartPolicy, containers } = this.pod.spec
    if (restartPolicy === 'Always') return false
    return containers.every((c) => {
      const latest = observed.containers.find((s) => s.metadata.name === c.name)
      return latest?.state === 'CONTAINER_EXITED' && (restartPolicy === 'Never' || latest.exitCode === 0)
    })
  }
  private *sandboxChanged(observed: Observed): Run {
    yield* this.event('Normal', 'SandboxChanged', 'Pod sandbox changed, it will be killed and re-created.')
    yield* this.killContainers(observed, this.pod.spec.terminationGracePeriodSeconds ?? 30)
    if (observed.sandbox) yield* this.stopSandbox(observed.sandbox.id)
  }
  private *stopSandbox(id: string): Run {
    yield* this.kubelet.cri((cri) => cri.runtime.stopPodSandbox(id))
  }
  private *killContainers(observed: Observed, grace: number): Run {
    const running = observed.containers.filter((c) => c.state === 'CONTAINER_RUNNING')
    let left = running.length
    const { sys, cri } = this.kubelet
    for (const container of running) {
      yield* this.event('Normal', 'Killing', `Stopping container ${container.metadata.name}`, container.metadata.name)
      sys.go(
        (function* () {
          try {
            yield* cri((services) => services.runtime.stopContainer(container.id, grace))
          } finally {
            left--
          }
        })(),
      )
    }
    while (left > 0) yield* sys.sleep(POLL_NS)
  }
  private *makeSandbox(observed: Observed): Run<PodSandboxStatus | null> {
    const { sys, cri } = this.kubelet
    yield* preparePod(sys, this.pod)
    const attempt = observed.sandbox ? observed.sandbox.metadata.attempt + 1 : 0
    const config = sandboxConfig(this.pod, attempt, this.seen, this.kubelet.cgroupDriver)
    try {
      const id = yield* cri((services) => services.runtime.runPodSandbox(config))
      const { status } = yield* cri((services) => services.runtime.podSandboxStatus(id))
      yield* writeHosts(sys, this.pod, status.network.ip)
      return status
    } catch (error) {
      if (!isGrpc(error)) throw error
      yield* this.event('Warning', 'FailedCreatePodSandBox', `Failed to create pod sandbox: rpc error: code = ${error.code} desc = ${error.message}`)
      this.failed = true
      return null
    }
  }
  private *startIfNeeded(container: Container, sandbox: PodSandboxStatus, observed: Observed): Run {
    const latest = observed.containers.find((c) => c.metadata.name === container.name)
    const sandboxIsNew = observed.sandbox?.id !== sandbox.id
    if (latest?.state === 'CONTAINER_RUNNING' && !sandboxIsNew) {
      this.waiting.delete(container.name)
      return
    }
    if (latest?.state === 'CONTAINER_EXITED' && !sandboxIsNew) {
      const { restartPolicy } = this.pod.spec
      if (restartPolicy === 'Never' || (restartPolicy === 'OnFailure' && latest.exitCode === 0)) return
      if (yield* this.backingOff(container, Number(latest.finishedAt / 1_000_000_000n))) return
    }
    const attempt = latest ? latest.metadata.attempt + 1 : 0
    yield* this.start(container, sandbox, attempt)
  }
  /** CrashLoopBackOff: 10 s, doubled each time, at most 5 min, counted from the last end. */
  private *backingOff(container: Container, finished: number): Run<boolean> {
    const now = this.kubelet.sys.now().sec
    const entry = this.backoff.get(container.name)
    if (!entry || now - entry.until > BACKOFF_RESET_S) {
      this.backoff.set(container.name, { until: finished, next: FIRST_BACKOFF_S })
      return false
    }
    if (entry.until < finished) entry.until = finished + entry.next
    if (now >= entry.until) {
      entry.next = Math.min(entry.next * 2, LONGEST_BACKOFF_S)
      this.waiting.delete(container.name)
      return false
    }
    this.failed = true
    const { name, namespace, uid } = this.pod.metadata
    this.waiting.set(container.name, { reason: 'CrashLoopBackOff', message: `back-off ${entry.next}s restarting failed container=${container.name} pod=${name}_${namespace}(${uid})` })
    yield* this.event('Warning', 'BackOff', 'Back-off restarting failed container', container.name)
    return true
  }
  private *start(container: Container, sandbox: PodSandboxStatus, attempt: number): Run {
    const { sys, cri } = this.kubelet
    const image = yield* this.ensureImage(container)
    if (!image) return
    const config = containerConfig(this.pod, container, { image, attempt, ip: sandbox.network.ip, random: () => sys.random(), mounts: mountsOf(sys, this.pod, container) })
    const log = config.mounts?.find((m) => m.container_path === (container.terminationMessagePath ?? '/dev/termination-log'))?.host_path
    if (log) yield* sys.writeFile(log, new Uint8Array(0), { mode: 0o666 })
    const sandboxed: PodSandboxConfig = sandboxConfig(this.pod, sandbox.metadata.attempt, this.seen, this.kubelet.cgroupDriver)
    try {
      const id = yield* cri((services) => services.runtime.createContainer(sandbox.id, config, sandboxed))
      yield* this.event('Normal', 'Created', `Created container ${container.name}`, container.name)
      yield* cri((services) => services.runtime.startContainer(id))
      yield* this.event('Normal', 'Started', `Started container ${container.name}`, container.name)
      this.waiting.delete(container.name)
    } catch (error) {
      if (!isGrpc(error)) throw error
      yield* this.event('Warning', 'Failed', `Error: ${error.message}`, container.name)
      this.waiting.set(container.name, { reason: 'RunContainerError', message: error.message })
      this.failed = true
    }
  }
  /** The image's id, pulled when the policy says so; undefined when it cannot be had. */
  private *ensureImage(container: Container): Run<string | undefined> {
    const { cri, sys } = this.kubelet
    const { image: name, imagePullPolicy } = container
    const present = (yield* cri((services) => services.image.imageStatus(name))).image
    if (present && imagePullPolicy !== 'Always') {
      yield* this.event('Normal', 'Pulled', `Container image "${name}" already present on machine`, container.name)
      return present.id
    }
    const backoff = this.pulls.get(container.name)
    if (backoff && sys.now().sec < backoff.until) {
      yield* this.event('Normal', 'BackOff', `Back-off pulling image "${name}"`, container.name)
      yield* this.event('Warning', 'Failed', 'Error: ImagePullBackOff', container.name)
      this.waiting.set(container.name, { reason: 'ImagePullBackOff', message: `Back-off pulling image "${name}"` })
      this.failed = true
      return undefined
    }
    yield* this.event('Normal', 'Pulling', `Pulling image "${name}"`, container.name)
    const begun = sys.monotonic()
    try {
      const id = yield* cri((services) => services.image.pullImage(name))
      this.pulls.delete(container.name)
      yield* this.event('Normal', 'Pulled', `Successfully pulled image "${name}" in ${duration(sys.monotonic() - begun)}`, container.name)
      return id
    } catch (error) {
      if (!isGrpc(error)) throw error
      const words = `rpc error: code = ${error.code} desc = ${error.message}`
      yield* this.event('Warning', 'Failed', `Failed to pull image "${name}": ${words}`, container.name)
      yield* this.event('Warning', 'Failed', 'Error: ErrImagePull', container.name)
      this.waiting.set(container.name, { reason: 'ErrImagePull', message: words })
      const next = backoff?.next ?? FIRST_BACKOFF_S
      this.pulls.set(container.name, { until: sys.now().sec + next, next: Math.min(next * 2, LONGEST_BACKOFF_S) })
      this.failed = true
      return undefined
    }
  }
  /** The pod is being deleted: its containers get their grace, then everything goes. */
  private *terminate(): Run {
    this.terminating = true
    const observed = yield* this.observe()
    yield* this.killContainers(observed, this.grace())
    yield* this.kubelet.cri(function* (cri) {
      if (observed.sandbox) yield* cri.runtime.stopPodSandbox(observed.sandbox.id)
    })
    this.finished = true
  }
  /** A container gets two seconds even of a pod that was deleted by force (minimumGracePeriodInSeconds). */
  private grace(): number {
    return Math.max(LEAST_GRACE_S, this.pod.metadata.deletionGracePeriodSeconds ?? this.pod.spec.terminationGracePeriodSeconds ?? 30)
  }
  /** The pod is gone from the server: it ends now, and one that has been ending gets no more than the least grace. */
  forget(deletionTimestamp: string): void {
    this.pod = { ...this.pod, metadata: { ...this.pod.metadata, deletionTimestamp, deletionGracePeriodSeconds: 0 } }
    if (!this.terminating) return this.notify()
    this.kubelet.sys.go(this.hurry())
  }
  private *hurry(): Run {
    const { containers } = yield* this.observe()
    for (const { id, state } of containers) {
      if (state !== 'CONTAINER_RUNNING') continue
      yield* this.kubelet.cri((services) => services.runtime.stopContainer(id, this.grace()))
    }
  }
  /** Removes what is left of the pod from the runtime. */
  *cleanUp(): Run {
    const labels = { 'io.kubernetes.pod.uid': this.pod.metadata.uid ?? '' }
    yield* this.kubelet.cri(function* (cri) {
      for (const { id } of yield* cri.runtime.listContainers({ labels })) yield* cri.runtime.removeContainer(id)
      for (const { id } of yield* cri.runtime.listPodSandbox({ labels })) {
        yield* cri.runtime.stopPodSandbox(id)
        yield* cri.runtime.removePodSandbox(id)
      }
    })
  }
}

const POLL_NS = 50_000_000

/** Go's time.Duration.String for what pulls take: `13.861814ms`, `1.2034s`. */
function duration(ns: number): string {
  const trim = (value: number, digits: number): string => value.toFixed(digits).replace(/\.?0+$/, '')
  if (ns < 1e6) return `${trim(ns / 1e3, 3)}µs`
  return ns < 1e9 ? `${trim(ns / 1e6, 6)}ms` : `${trim(ns / 1e9, 9)}s`
}
