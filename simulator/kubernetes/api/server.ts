/** kube-apiserver: the one door to the cluster's objects. Every component and kubectl use this interface. */
import type { Run } from '../../kernel/run'
import type { Sys } from '../../kernel/sys'
import type { Timespec } from '../../kernel/time'
import type { WaitQueue } from '../../kernel/waitqueue'
import { checkTypes } from './decode'
import { admitPod, defaultPod } from './defaults'
import { qualified, type Resource, RESOURCES, resourceOfKind } from './kinds'
import type { ApiObject, EventObject, NodeObject, Pod, Service } from './objects'
import { isKeptUp, type Keeper, keepUp } from './kept-up'
import { managedFields } from './managed'
import { prepare } from './prepare'
import { PodProxy } from './proxy'
import { ApiStatus } from './status'
import { type Change, Store, type Writer } from './store'
import { validateMetadata, validateNamespace, validatePod } from './validation'
import { defaultWorkload, newWorkload } from './workloads'

/** Letters of generated names, without vowels and look-alikes (apimachinery util/rand). */
export const SAFE_LETTERS = 'bcdfghjklmnpqrstvwxz2456789'
/** What a request costs: TLS, JSON, etcd. */
const REQUEST_NS = 3_000_000
/** What a new cluster makes for itself (roles, bindings, priority classes), and what leases cost: both use up versions. */
const FIRST_OBJECTS = 190
const RENEWALS_PER_S = 2.8
/** Namespaces that the NamespaceLifecycle admission plugin lets nobody delete. */
const IMMORTAL = ['default', 'kube-system', 'kube-public']
const NAMESPACES = ['default', 'kube-node-lease', 'kube-public', 'kube-system'] as const

/** RFC 3339 in seconds, as API times are. */
export const apiTime = (sec: number): string => `${new Date(sec * 1000).toISOString().slice(0, 19)}Z`

/** The service of the API server itself. */
const KUBERNETES: Service = {
  apiVersion: 'v1', kind: 'Service', metadata: { name: 'kubernetes', namespace: 'default', labels: { component: 'apiserver', provider: 'kubernetes' } },
  spec: { clusterIP: '10.96.0.1', clusterIPs: ['10.96.0.1'], ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: 6443 }], sessionAffinity: 'None', type: 'ClusterIP' }, status: { loadBalancer: {} },
}

interface Namespace extends ApiObject {
  readonly status?: { readonly phase: string }
}

export class ApiServer {
  readonly store: Store
  readonly version: string
  readonly pods: PodProxy
  /** When each node's kubelet last renewed its lease. */
  readonly nodeLeases = new Map<string, Timespec>()
  private readonly sys: Sys
  /** In whose name fields are set; the server's own doing is nobody's. */
  private manager = ''
  /** Blocks the caller until something changes (a watch's long poll). */
  private readonly waitForChange: (queue: WaitQueue) => Run
  constructor(sys: Sys, options: { version: string; wait: (queue: WaitQueue) => Run }) {
    this.sys = sys
    const began = sys.now().sec
    this.store = new Store(() => FIRST_OBJECTS + Math.floor((sys.now().sec - began) * RENEWALS_PER_S))
    this.version = options.version
    this.waitForChange = options.wait
    this.pods = new PodProxy(sys, {
      pod: (namespace, name) => {
        const found = this.store.get(pods(), namespace, name)
        if (!isPod(found)) throw new Error(`${name} is no pod`)
        return found
      },
      node: (name) => this.store.list(nodes()).find((n): n is NodeObject => n.kind === 'Node' && n.metadata.name === name),
    })
    for (const name of NAMESPACES) this.seed({ apiVersion: 'v1', kind: 'Namespace', metadata: { name }, ...{ spec: { finalizers: ['kubernetes'] }, status: { phase: 'Active' } } })
    this.seed(KUBERNETES)
  }
  /** The same server, asked in a manager's name. */
  as(manager: string): ApiServer {
    const view: ApiServer = Object.create(this)
    view.manager = manager
    return view
  }
  private writer(manager = this.manager, sent?: ApiObject): Writer {
    return { manager, at: this.sys.now().sec, ...(sent ? { sent } : {}) }
  }
  private seed(object: ApiObject): void {
    const resource = resourceOfKind(object.apiVersion, object.kind)
    if (resource) this.store.create(resource, this.stamp(object), this.writer())
  }
  private stamp<T extends ApiObject>(object: T): T {
    return { ...object, metadata: { ...object.metadata, uid: object.metadata.uid ?? this.uuid(), creationTimestamp: apiTime(this.sys.now().sec) } }
  }
  private uuid(): string {
    const h = Array.from({ length: 4 }, () => this.sys.random().toString(16).padStart(8, '0')).join('')
    return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-8${h.slice(17, 20)}-${h.slice(20, 32)}`
  }
  /** Five letters, as in `web-x7k2p`. */
  suffix(): string {
    return Array.from({ length: 5 }, () => SAFE_LETTERS[this.sys.random() % SAFE_LETTERS.length]).join('')
  }

  private get minor(): number {
    return Number(this.version.split('.')[1])
  }
  private keeper(): Keeper {
    return { store: this.store, minor: this.minor, leases: this.nodeLeases, suffix: () => this.suffix(), uuid: () => this.uuid(), time: apiTime, now: () => this.now() }
  }
  /** Unix time in seconds. */
  now(): number {
    return this.sys.now().sec
  }
  *get(resource: Resource, namespace: string | undefined, name: string): Run<ApiObject> {
    yield* this.sys.sleep(REQUEST_NS)
    if (isKeptUp(resource)) keepUp(resource, this.keeper())
    return this.store.get(resource, namespace, name)
  }
  *list(resource: Resource, namespace?: string): Run<{ items: ApiObject[]; resourceVersion: number }> {
    yield* this.sys.sleep(REQUEST_NS)
    if (isKeptUp(resource)) keepUp(resource, this.keeper())
    return { items: this.store.list(resource, namespace), resourceVersion: this.store.version }
  }
  /** Changes after a resource version, once there is one that `wants` is true of. What nobody asked for wakes nobody. */
  *watch(resourceVersion: number, wants: (change: Change) => boolean = () => true): Run<Change[]> {
    for (;;) {
      const changes = this.store.since(resourceVersion)
      if (changes.some(wants)) return changes
      yield* this.store.untilChange(wants, this.waitForChange)
    }
  }
  *create(resource: Resource, object: ApiObject): Run<ApiObject> {
    yield* this.sys.sleep(REQUEST_NS)
    const { metadata } = object
    const name = metadata.name || (metadata.generateName ? `${metadata.generateName}${this.suffix()}` : '')
    if (!name) throw new ApiStatus('Invalid', `${object.kind} "" is invalid: metadata.name: Required value: name or generateName is required`)
    if (resource.namespaced && !this.store.has(namespaces(), undefined, metadata.namespace ?? 'default')) {
      throw new ApiStatus('NotFound', `namespaces "${metadata.namespace}" not found`)
    }
    if (resource.namespaced && resource.kind !== 'Event') this.refuseEnding(qualified(resource), metadata.namespace ?? 'default', name)
    const sent = { ...object, metadata: { ...metadata, ...(resource.namespaced ? { namespace: metadata.namespace ?? 'default' } : {}) } }
    const named = this.stamp({ ...object, metadata: { ...metadata, name, ...(resource.namespaced ? { namespace: metadata.namespace ?? 'default' } : {}) } })
    checkTypes(sent, this.minor)
    validateMetadata(named)
    if (named.kind === 'Namespace') validateNamespace(named)
    if (!isPod(named)) {
      const made = prepare(named, { minor: this.minor, random: () => this.sys.random() })
      return this.store.create(resource, newWorkload(made), this.writer(this.manager, withoutStatus(defaultWorkload(made))))
    }
    validatePod(named)
    const defaulted = defaultPod(named)
    const { status: _, ...spoken } = defaulted
    return this.store.create(resource, admitPod(defaulted, () => this.suffix()), this.writer(this.manager, spoken))
  }
  /** Nothing new comes into a namespace that is to go (plugin/namespace/lifecycle). */
  private refuseEnding(plural: string, namespace: string, name: string): void {
    const { metadata } = this.store.get(namespaces(), undefined, namespace)
    if (metadata.deletionTimestamp) throw new ApiStatus('Forbidden', `${plural} "${name}" is forbidden: unable to create new content in namespace ${namespace} because it is being terminated`)
  }
  /** An object as it is told where it is shown whole: with who set what. */
  managed<T extends ApiObject>(object: T): T {
    const versions = this.store.versions(object.metadata.uid ?? '').map(({ object: version, writer }) => ({ object: version, ...writer }))
    const fields = managedFields(versions, apiTime)
    return fields.length === 0 ? object : { ...object, metadata: { ...object.metadata, managedFields: fields } }
  }
  *update(resource: Resource, object: ApiObject): Run<ApiObject> {
    yield* this.sys.sleep(REQUEST_NS)
    validateMetadata(object)
    const { spec, ...old } = this.store.get(resource, object.metadata.namespace, object.metadata.name) as ApiObject & { spec?: unknown }
    const { uid = '', creationTimestamp = '', generation } = old.metadata
    const whole = defaultWorkload({ ...old, ...object })
    const changed = 'spec' in whole && JSON.stringify(whole.spec) !== JSON.stringify(spec)
    return this.store.update(resource, { ...whole, metadata: { ...object.metadata, uid, creationTimestamp, ...(generation === undefined ? {} : { generation: changed ? generation + 1 : generation }) } }, this.writer())
  }
  /** A node's lease of kube-node-lease. Renewals wake nobody: there is one every few seconds. */
  *renewNodeLease(node: string): Run {
    yield* this.sys.sleep(REQUEST_NS)
    this.nodeLeases.set(node, this.sys.now())
  }
  /** The status subresource of what controllers keep. */
  *updateStatus<T extends ApiObject & { status: object }>(resource: Resource, { metadata: { namespace, name } }: T, status: T['status']): Run {
    yield* this.sys.sleep(REQUEST_NS)
    if (!this.store.has(resource, namespace, name)) return
    this.store.update(resource, { ...this.store.get(resource, namespace, name), status } as ApiObject, this.writer())
  }
  /** The status subresource: what kubelets and controllers report. */
  *updatePodStatus(namespace: string, name: string, change: (pod: Pod) => Pod): Run<Pod | undefined> {
    yield* this.sys.sleep(REQUEST_NS)
    const resource = pods()
    if (!this.store.has(resource, namespace, name)) return undefined
    const pod = this.store.get(resource, namespace, name)
    if (!isPod(pod)) return undefined
    const next = change(pod)
    return JSON.stringify(next) === JSON.stringify(pod) ? pod : this.store.update(resource, next, this.writer())
  }
  /** DELETE: a pod on a node is marked with its grace period and goes when its kubelet has stopped it. */
  *delete(resource: Resource, namespace: string | undefined, name: string, options: { gracePeriodSeconds?: number } = {}): Run<ApiObject> {
    yield* this.sys.sleep(REQUEST_NS)
    const object = this.store.get(resource, namespace, name)
    if (object.kind === 'Namespace' && IMMORTAL.includes(name)) throw new ApiStatus('Forbidden', `namespaces "${name}" is forbidden: this namespace may not be deleted`)
    if (object.kind === 'Namespace') return this.terminate(resource, object)
    if (!isPod(object)) {
      this.store.remove(resource, namespace, name, this.writer(''))
      return object
    }
    if (!object.spec.nodeName || options.gracePeriodSeconds === 0 || object.status.phase === 'Succeeded' || object.status.phase === 'Failed') {
      const { deletionTimestamp = apiTime(this.sys.now().sec) } = object.metadata
      this.store.update(resource, { ...object, metadata: { ...object.metadata, deletionTimestamp, deletionGracePeriodSeconds: 0 } }, this.writer(''))
      this.store.remove(resource, namespace, name, this.writer(''))
      return object
    }
    const grace = options.gracePeriodSeconds ?? object.spec.terminationGracePeriodSeconds ?? 30
    if (object.metadata.deletionTimestamp && grace >= (object.metadata.deletionGracePeriodSeconds ?? 0)) return object
    return this.store.update(resource, {
      ...object,
      metadata: { ...object.metadata, deletionTimestamp: apiTime(this.sys.now().sec + grace), deletionGracePeriodSeconds: grace },
    }, this.writer(''))
  }
  /** A namespace goes when its controller has emptied it. */
  private terminate(resource: Resource, namespace: Namespace): ApiObject {
    if (namespace.metadata.deletionTimestamp) return namespace
    const gone: Namespace = { ...namespace, metadata: { ...namespace.metadata, deletionTimestamp: apiTime(this.now()) }, status: { ...namespace.status, phase: 'Terminating' } }
    return this.store.update(resource, gone, this.writer(''))
  }
  /** The last finalizer of an object is done. */
  finalize(resource: Resource, name: string): void {
    if (this.store.has(resource, undefined, name)) this.store.remove(resource, undefined, name, this.writer(''))
  }
  /** Records an event, or counts it when the same one was told before (client-go tools/record). */
  *event(about: ApiObject, type: 'Normal' | 'Warning', reason: string, message: string, source: EventObject['source'], fieldPath?: string): Run {
    const resource = events()
    const namespace = about.metadata.namespace ?? 'default'
    const now = apiTime(this.sys.now().sec)
    const same = this.store.list(resource, namespace).find((e) => isEvent(e) && e.involvedObject.uid === about.metadata.uid && e.reason === reason && e.message === message && e.source.component === source.component && e.involvedObject.fieldPath === fieldPath)
    if (same && isEvent(same)) {
      this.store.update<EventObject>(resource, { ...same, count: same.count + 1, lastTimestamp: now }, this.writer())
      return
    }
    yield* this.eventApart(about, type, reason, message, source, fieldPath)
  }
  /** The same, never counted (client-go tools/events). */
  *eventApart(about: ApiObject, type: 'Normal' | 'Warning', reason: string, message: string, source: EventObject['source'], fieldPath?: string): Run {
    const resource = events()
    const namespace = about.metadata.namespace ?? 'default'
    const now = apiTime(this.sys.now().sec)
    const { sec, nsec } = this.sys.now()
    let at = BigInt(sec) * 1_000_000_000n + BigInt(nsec)
    while (this.store.has(resource, namespace, `${about.metadata.name}.${at.toString(16)}`)) at++
    const suffix = at.toString(16)
    const event: EventObject = {
      apiVersion: 'v1', kind: 'Event', metadata: { name: `${about.metadata.name}.${suffix}`, namespace }, type, reason, message, count: 1, firstTimestamp: now, lastTimestamp: now,
      involvedObject: { apiVersion: about.apiVersion, kind: about.kind, name: about.metadata.name, namespace, uid: about.metadata.uid ?? '', resourceVersion: about.metadata.resourceVersion ?? '', ...(fieldPath ? { fieldPath } : {}) },
      source,
    }
    this.store.create(resource, this.stamp(event), this.writer())
    yield* this.sys.sleep(0)
  }
}

/** Nobody sets a status while making an object. */
function withoutStatus(object: ApiObject & { status?: unknown }): ApiObject {
  const { status: _, ...rest } = object
  return rest
}

export const isPod = (object: ApiObject): object is Pod => object.kind === 'Pod'
export const isService = (object: ApiObject): object is Service => object.kind === 'Service'
export const isEvent = (object: ApiObject): object is EventObject => object.kind === 'Event'

const must = (plural: string): Resource => {
  const found = RESOURCES.find((r) => r.plural === plural)
  if (!found) throw new Error(`no resource ${plural}`)
  return found
}
const POD = must('pods')
const EVENT = must('events')
const NODE = must('nodes')
const NAMESPACE = must('namespaces')
export const pods = (): Resource => POD
export const events = (): Resource => EVENT
export const nodes = (): Resource => NODE
export const namespaces = (): Resource => NAMESPACE
