/** One pod's worker: brings what the runtime has to what the pod wants (pkg/kubelet: syncPod, pod_workers.go; kuberuntime SyncPod). */
import type { PodSandboxStatus } from '../../containerd/cri/services'
import { isGrpc } from '../../containerd/grpc'
import type { Run } from '../../kernel/run'
import { WaitQueue } from '../../kernel/waitqueue'
import type { Container, Pod } from '../api/objects'
import { apiTime } from '../api/server'
import { type PodActions, podActions } from './actions'
import { Backoff } from './backoff'
import { sandboxConfig } from './config'
import type { KubeletContext } from './context'
import { surroundings } from './environment'
import { ImageError } from './images'
import { Prober } from './probes'
import { type Observed, podStatus } from './status'
import { awaitTick, RELIST, tickAt, untilTick } from './ticks'
import { ContainerError, startContainer } from './start'
import { preparePod, removeLog, VolumeError, writeHosts } from './volumes'

/** A sync that failed is tried again after 10 to 15 s (pod_workers.go backOffPeriod with jitter). */
const RETRY_S = 10
const RETRY_JITTER = 0.5
/** Dead containers kept of each container (--maximum-dead-containers-per-container). */
const DEAD_CONTAINERS = 1
const LEAST_GRACE_S = 2
/** Volumes are looked for when the pod comes, and then each time this has passed (volume_manager.go podAttachAndMountRetryInterval). */
const MOUNT_NS = 300_000_000
/** What a new pod asks of the API server before it can start: a token, and the certificate of the cluster. */
const MOUNT_REQUESTS = 2
/** A volume that cannot be set up is tried again after half a second, twice that, and so on (nestedpendingoperations, exponentialbackoff). */
const SETUP_RETRY_NS = 500_000_000
const LONGEST_SETUP_NS = 122_000_000_000
const POLL_NS = 50_000_000

export class PodWorker {
  /** As it was when the update that is worked on began, with the status that was told last. */
  pod: Pod
  /** As the API server has it. */
  private told: Pod
  private readonly kubelet: KubeletContext
  private readonly waiting = new Map<string, { reason: string; message?: string }>()
  private readonly backoff = new Backoff()
  private readonly prober: Prober
  private failed = false
  private terminating = false
  private seen = ''
  private mounted = false
  /** An update that is worked on or waits to be, and one more that came meanwhile. */
  private updates: 0 | 1 | 2 = 1
  /** The relist that the last sync knew of. */
  private lastSync = -1
  private readonly queue = new WaitQueue()
  finished = false
  /** The API server had it no more before it had ended. */
  forgotten = false
  /** Virtual second at which a sync that failed is tried again. */
  private wakeAt = Infinity
  constructor(kubelet: KubeletContext, pod: Pod) {
    this.kubelet = kubelet
    this.pod = pod
    this.told = pod
    this.prober = new Prober(kubelet, () => this.pod, { changed: () => this.notify(), ready: () => this.restate(), tell: (...event) => this.event(...event) })
  }
  /** The API server has another version of the pod. What a worker is at goes on with the one it began with. */
  update(pod: Pod): void {
    const changed = JSON.stringify(this.told.spec) !== JSON.stringify(pod.spec) || this.told.metadata.deletionTimestamp !== pod.metadata.deletionTimestamp
    this.told = pod
    if (this.updates === 0) this.take()
    if (changed) this.notify()
  }
  /** The status is this kubelet's own; what the server has may be older. */
  private take(): void {
    if (!this.terminating) this.pod = { ...this.told, status: this.pod.status }
  }
  /** Something changed: sync again. Updates that come while one is worked on are one more. */
  notify(): void {
    this.updates = this.updates === 0 ? 1 : 2
    this.queue.wake()
  }
  /**
   * Waits until there is a reason to sync: an update, or the end of a wait. A sync wants a look at the runtime that is newer than the
   * last one (pod cache, GetNewerThan): two updates of one relist are two syncs, a second apart.
   */
  *untilDue(): Run {
    const { sys } = this.kubelet
    while (!this.finished && this.updates === 0 && sys.now().sec < this.wakeAt) {
      yield* sys.waitOn(this.queue, this.wakeAt === Infinity ? undefined : (this.wakeAt - sys.now().sec) * 1e9)
    }
    if (this.updates === 0) this.updates = 1
    while (!this.finished && tickAt(RELIST, sys.monotonic()) <= this.lastSync) yield* sys.waitOn(this.queue, untilTick(RELIST, sys.monotonic()))
  }
  private event(type: 'Normal' | 'Warning', reason: string, message: string, container?: string): Run {
    const { api, nodeName } = this.kubelet
    const init = this.pod.spec.initContainers?.some((c) => c.name === container)
    const path = container ? `spec.${init ? 'initContainers' : 'containers'}{${container}}` : undefined
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
      containers.sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
      return { sandbox, containers }
    })
  }
  private report(observed: Observed): void {
    const { sys, statuses, nodeIP } = this.kubelet
    const status = podStatus(this.pod, { observed, waiting: this.waiting, probed: (name) => this.prober.verdict(name), hostIP: nodeIP, now: apiTime(sys.now().sec) })
    const changed = JSON.stringify(status) !== JSON.stringify(this.pod.status)
    this.pod = { ...this.pod, status }
    if (changed) statuses.set(this.pod, status)
  }
  /** What probes found is told without a sync (status_manager.go SetContainerReadiness). */
  private *restate(): Run {
    this.report(yield* this.observe())
  }

  /** One round. Status is told at its start, as the kubelet does: what a round starts shows when the next relist sees it. */
  *sync(): Run {
    this.wakeAt = Infinity
    this.failed = false
    this.lastSync = tickAt(RELIST, this.kubelet.sys.monotonic())
    yield* this.syncOnce()
    this.updates = this.updates === 2 ? 1 : 0
    this.take()
    if (!this.failed) return
    const { sys } = this.kubelet
    this.wakeAt = sys.now().sec + Math.round(RETRY_S * (1 + (RETRY_JITTER * (sys.random() % 1000)) / 1000))
  }
  private *syncOnce(): Run {
    const { sys } = this.kubelet
    if (this.seen === '') {
      const { sec, nsec } = sys.now()
      this.seen = `${apiTime(sec).slice(0, -1)}.${String(nsec).padStart(9, '0')}Z`
      this.prober.start()
    }
    if (this.terminating) return
    if (this.pod.metadata.deletionTimestamp) return yield* this.terminate()
    const observed = yield* this.observe()
    this.report(observed)
    yield* this.prune(observed)
    const actions = podActions(this.pod, observed, (container, { id }) => this.prober.fault(container, id))
    if (actions.createSandbox && !this.mounted) yield* this.mount()
    if (actions.createSandbox && !this.mounted) return
    yield* this.stop(actions, observed)
    const sandbox = actions.createSandbox ? yield* this.makeSandbox(actions) : observed.sandbox
    if (sandbox?.state !== 'SANDBOX_READY' || (actions.killPod && !actions.createSandbox)) return
    // What ran in the old sandbox has been stopped since; an end that is older than this round counts for the back-off.
    if (actions.nextInit) yield* this.start(actions.nextInit, sandbox, observed)
    else for (const container of actions.toStart) yield* this.start(container, sandbox, observed)
  }
  private *mount(): Run {
    const { sys, statuses } = this.kubelet
    yield* statuses.admit(MOUNT_REQUESTS)
    yield* sys.sleep(MOUNT_NS)
    for (let delay = SETUP_RETRY_NS; !(yield* this.setUp()); delay = Math.min(delay * 2, LONGEST_SETUP_NS)) {
      const until = sys.monotonic() + delay
      while (sys.monotonic() < until && !this.told.metadata.deletionTimestamp && !this.finished) yield* sys.waitOn(this.queue, until - sys.monotonic())
      if (this.told.metadata.deletionTimestamp || this.finished) return
    }
    this.mounted = true
  }
  /** Whether the volumes are there. */
  private *setUp(): Run<boolean> {
    const { api, sys, nodeIP } = this.kubelet
    try {
      yield* preparePod(sys, yield* surroundings(api, { pod: this.pod, ip: this.pod.status.podIP ?? '', hostIP: nodeIP, start: 0 }))
      return true
    } catch (error) {
      if (!(error instanceof VolumeError)) throw error
      yield* this.event('Warning', 'FailedMount', `MountVolume.SetUp failed for volume "${error.volume}" : ${error.message}`)
      return false
    }
  }
  /** Stops what must not go on: the whole pod, or single containers. */
  private *stop({ killPod, createSandbox, toKill }: PodActions, observed: Observed): Run {
    const { cri } = this.kubelet
    if (!killPod) {
      for (const { status, message } of toKill) {
        yield* this.event('Normal', 'Killing', message, status.metadata.name)
        yield* cri((services) => services.runtime.stopContainer(status.id, this.pod.spec.terminationGracePeriodSeconds ?? 30))
      }
      return
    }
    if (createSandbox && observed.sandbox) yield* this.event('Normal', 'SandboxChanged', 'Pod sandbox changed, it will be killed and re-created.')
    yield* this.killContainers(observed, this.pod.spec.terminationGracePeriodSeconds ?? 30)
    if (observed.sandbox) yield* this.stopSandbox(observed.sandbox.id)
    if (!createSandbox) return
    // Initialization begins anew (purgeInitContainers).
    for (const { name } of this.pod.spec.initContainers ?? []) {
      for (const { id } of observed.containers.filter((c) => c.metadata.name === name)) yield* cri((services) => services.runtime.removeContainer(id))
    }
  }
  /** Only the latest dead container of each name is kept, with its log (pod_container_deletor.go). */
  private *prune({ containers }: Observed): Run {
    const { sys, cri } = this.kubelet
    for (const { name } of [...(this.pod.spec.initContainers ?? []), ...this.pod.spec.containers]) {
      const dead = containers.filter((c) => c.metadata.name === name && c.state === 'CONTAINER_EXITED')
      for (const old of dead.slice(DEAD_CONTAINERS)) {
        yield* cri((services) => services.runtime.removeContainer(old.id))
        removeLog(sys, this.pod, name, old.metadata.attempt)
        yield* this.removeEmptySandboxes()
      }
    }
  }
  /** Once a container is removed, sandboxes of the past go that have none (pod_sandbox_deleter.go). */
  private *removeEmptySandboxes(): Run {
    const labels = { 'io.kubernetes.pod.uid': this.pod.metadata.uid ?? '' }
    yield* this.kubelet.cri(function* ({ runtime }) {
      const used = new Set((yield* runtime.listContainers({ labels })).map((c) => c.podSandboxId))
      const [, ...older] = [...(yield* runtime.listPodSandbox({ labels }))].sort((a, b) => b.metadata.attempt - a.metadata.attempt)
      for (const { id, state } of older) if (state !== 'SANDBOX_READY' && !used.has(id)) yield* runtime.removePodSandbox(id)
    })
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
  private *makeSandbox({ attempt }: PodActions): Run<PodSandboxStatus | null> {
    const { sys, cri } = this.kubelet
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
  /** `observed`: what was known before anything was stopped in this round. */
  private *start(container: Container, sandbox: PodSandboxStatus, observed: Observed): Run {
    const { name } = container
    if (yield* this.backingOff(container, observed)) return
    const latest = observed.containers.find((c) => c.metadata.name === name)
    const tell = (type: 'Normal' | 'Warning', reason: string, message: string): Run => this.event(type, reason, message, name)
    try {
      const image = yield* this.kubelet.images.ensure(this.pod.metadata.uid ?? '', container, tell)
      yield* startContainer(this.kubelet, { pod: this.pod, container, sandbox, image, attempt: latest ? latest.metadata.attempt + 1 : 0, seen: this.seen, tell })
      this.waiting.delete(name)
    } catch (error) {
      if (!(error instanceof ImageError || error instanceof ContainerError)) throw error
      if (error instanceof ImageError) yield* tell('Warning', 'Failed', `Error: ${error.reason}`)
      this.hold(name, error.reason, error.message)
    }
  }
  private hold(name: string, reason: string, message: string): void {
    this.waiting.set(name, { reason, message })
    this.failed = true
  }
  /** CrashLoopBackOff (doBackOff). */
  private *backingOff(container: Container, observed: Observed): Run<boolean> {
    const ended = observed.containers.find((c) => c.metadata.name === container.name && c.state === 'CONTAINER_EXITED')
    if (!ended) return false
    const finished = Number(ended.finishedAt / 1_000_000n) / 1000
    const { sec, nsec } = this.kubelet.sys.now()
    const now = sec + nsec / 1e9
    if (!this.backoff.holdsSince(container.name, finished, now)) {
      this.backoff.next(container.name, now)
      return false
    }
    const { name, namespace, uid } = this.pod.metadata
    yield* this.event('Warning', 'BackOff', 'Back-off restarting failed container', container.name)
    this.hold(container.name, 'CrashLoopBackOff', `back-off ${goDuration(this.backoff.seconds(container.name))} restarting failed container=${container.name} pod=${name}_${namespace}(${uid})`)
    return true
  }
  /** The pod is being deleted: its containers get their grace, then everything goes. */
  private *terminate(): Run {
    this.terminating = true
    this.prober.stop()
    const observed = yield* this.observe()
    yield* this.killContainers(observed, this.grace())
    if (observed.sandbox) yield* this.stopSandbox(observed.sandbox.id)
    this.finished = true
    this.queue.wake()
  }
  /** What is left of a pod that has ended goes: its containers when the next look shows their end, its sandboxes with the one after, and a third shows that nothing is left. */
  *reclaim(): Run {
    const { sys, cri } = this.kubelet
    const labels = { 'io.kubernetes.pod.uid': this.pod.metadata.uid ?? '' }
    yield* awaitTick(sys, RELIST)
    this.report(yield* this.observe())
    yield* cri(function* ({ runtime }) {
      for (const { id } of yield* runtime.listContainers({ labels })) yield* runtime.removeContainer(id)
    })
    yield* awaitTick(sys, RELIST)
    yield* this.cleanUp()
    yield* awaitTick(sys, RELIST)
  }
  /** A container gets two seconds even of a pod that was deleted by force (minimumGracePeriodInSeconds). */
  private grace(): number {
    return Math.max(LEAST_GRACE_S, this.pod.metadata.deletionGracePeriodSeconds ?? this.pod.spec.terminationGracePeriodSeconds ?? 30)
  }
  /** The pod is gone from the server: it ends now, and one that has been ending gets no more than the least grace. */
  forget(deletionTimestamp: string): void {
    this.forgotten = true
    this.pod = { ...this.pod, metadata: { ...this.pod.metadata, deletionTimestamp, deletionGracePeriodSeconds: 0 } }
    const end = this.terminating ? this.hurry() : this.terminate()
    this.terminating = true
    this.kubelet.sys.go(end)
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

/** Whole seconds as Go's time.Duration.String has them: `40s`, `1m20s`. */
const goDuration = (seconds: number): string => (seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`)
