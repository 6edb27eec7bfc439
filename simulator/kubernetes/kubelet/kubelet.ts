/** kubelet: keeps the pods of its node as the API wants them, and watches the runtime (PLEG) for what changes by itself. */
import { CONTAINERD_SOCKET, dialContainerd } from '../../containerd/services'
import { isErrno } from '../../kernel/errno'
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import type { NodeObject, Pod } from '../api/objects'
import { persistentClient } from '../api/client'
import { apiTime, isPod, pods } from '../api/server'
import { ApiStatus } from '../api/status'
import type { CgroupDriver } from './config'
import type { KubeletContext } from './context'
import { ImageManager } from './images'
import { register, renewLease } from './node'
import { KUBELET_PORT, KubeletServer } from './server'
import { StatusManager } from './status-manager'
import { removePodDirectories } from './volumes'
import { awaitTick, GARBAGE, RELIST, STATUS } from './ticks'
import { PodWorker } from './worker'

const RETRY_NS = 1_000_000_000

export interface KubeletOptions {
  readonly nodeName: string
  readonly nodeIP: string
  readonly cgroupDriver: CgroupDriver
  readonly apiServer: string
  readonly version: string
  readonly runtimeVersion: string
  readonly labels: Record<string, string>
  readonly taints: NodeObject['spec']['taints']
}

export function* runKubelet(sys: Sys, options: KubeletOptions): Run<never> {
  const api = persistentClient(sys, options.apiServer, 'kubelet')
  const cri: KubeletContext['cri'] = (work) => callCri(sys, work)
  const { nodeName, nodeIP, cgroupDriver } = options
  const statuses = new StatusManager(sys, api)
  const context: KubeletContext = { sys, nodeName, nodeIP, cgroupDriver, api, cri, statuses, images: new ImageManager({ sys, cri }) }
  sys.servePort(KUBELET_PORT, new KubeletServer(sys))
  yield* register(sys, api, options)
  const workers = new Map<string, PodWorker>()
  sys.go(renewLease(sys, api, nodeName))
  sys.go(statuses.run())
  sys.go(watchPods(context, workers))
  sys.go(relist(context, workers))
  for (;;) yield* sys.sleep(3_600_000_000_000)
}

function* callCri<T>(sys: Sys, work: Parameters<KubeletContext['cri']>[0]): Run<T> {
  for (;;) {
    try {
      const client = dialContainerd(sys, CONTAINERD_SOCKET)
      return (yield* sys.call(client, (c) => work(c.cri))) as T
    } catch (error) {
      if (!isErrno(error)) throw error
      yield* sys.sleep(RETRY_NS)
    }
  }
}

/** Follows the API: a worker for each pod of this node. */
function* watchPods(context: KubeletContext, workers: Map<string, PodWorker>): Run {
  let { items, resourceVersion } = yield* context.api((server) => server.list(pods()))
  for (const pod of items) if (isPod(pod)) notice(context, workers, pod)
  for (;;) {
    const changes = yield* context.api((server) => server.watch(resourceVersion, ({ object }) => isPod(object) && object.spec.nodeName === context.nodeName))
    for (const { object, type } of changes) {
      if (!isPod(object)) continue
      if (type === 'DELETED') {
        const worker = workers.get(object.metadata.uid ?? '')
        if (worker && !worker.finished) worker.forget(object.metadata.deletionTimestamp ?? apiTime(context.sys.now().sec))
      } else notice(context, workers, object)
    }
    resourceVersion = changes.at(-1)?.resourceVersion ?? resourceVersion
    items = []
  }
}

function notice(context: KubeletContext, workers: Map<string, PodWorker>, pod: Pod): void {
  if (pod.spec.nodeName !== context.nodeName) return
  const uid = pod.metadata.uid ?? ''
  const known = workers.get(uid)
  if (known) return known.update(pod)
  const worker = new PodWorker(context, pod)
  workers.set(uid, worker)
  context.sys.go(workPod(context, workers, uid, worker))
}

function* workPod(context: KubeletContext, workers: Map<string, PodWorker>, uid: string, worker: PodWorker): Run {
  const { sys } = context
  while (!worker.finished) {
    yield* worker.untilDue()
    if (!worker.finished) yield* worker.sync()
  }
  if (worker.forgotten) {
    yield* awaitTick(sys, GARBAGE)
    yield* worker.cleanUp()
  } else {
    yield* worker.reclaim()
    yield* awaitTick(sys, STATUS)
    const { namespace = 'default', name, uid: own } = worker.pod.metadata
    try {
      yield* context.api(function* (server) {
        // Another pod may have the name by now.
        if ((yield* server.get(pods(), namespace, name)).metadata.uid === own) yield* server.delete(pods(), namespace, name, { gracePeriodSeconds: 0 })
      })
    } catch (error) {
      if (!(error instanceof ApiStatus)) throw error
    }
  }
  removePodDirectories(sys, worker.pod)
  workers.delete(uid)
}

/**
 * The pod lifecycle event generator: once a second it compares what runs with what ran and wakes the workers concerned. A
 * second in which containerd reported nothing needs no look.
 */
function* relist(context: KubeletContext, workers: Map<string, PodWorker>): Run {
  const { sys } = context
  const before = new Map<string, string>()
  for (;;) {
    try {
      const client = dialContainerd(sys, CONTAINERD_SOCKET)
      for (;;) {
        const stream = yield* sys.call(client, (c) => c.events.subscribe())
        yield* lookOnce(context, workers, before)
        yield* sys.call(client, () => stream.next())
        stream.close()
        yield* awaitTick(sys, RELIST)
      }
    } catch (error) {
      if (!isErrno(error)) throw error
      yield* sys.sleep(RETRY_NS)
    }
  }
}

function* lookOnce(context: KubeletContext, workers: Map<string, PodWorker>, before: Map<string, string>): Run {
  const now = yield* context.cri(function* (cri) {
    const seen = new Map<string, { uid: string; state: string }>()
    for (const s of yield* cri.runtime.listPodSandbox()) seen.set(s.id, { uid: s.metadata.uid, state: s.state })
    for (const c of yield* cri.runtime.listContainers()) seen.set(c.id, { uid: c.labels['io.kubernetes.pod.uid'] ?? '', state: c.state })
    return seen
  })
  for (const [id, { uid, state }] of now) {
    if (before.get(id) !== state) workers.get(uid)?.notify()
    before.set(id, state)
  }
  for (const id of before.keys()) if (!now.has(id)) before.delete(id)
}
