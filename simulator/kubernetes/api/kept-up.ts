/**
 * Objects that a cluster's controllers and components keep by themselves and nobody on the node waits for: accounts with their tokens, the certificate of the
 * cluster, endpoints, leases. They are brought up to date when somebody asks for their kind.
 */
import { encode } from '../../kernel/bytes'
import { toBase64 } from '../../kernel/base64'
import { isReady } from './active-pods'
import { type Resource, resourceOfKind } from './kinds'
import type { ApiObject, EndpointPort, Endpoints, EndpointSubset, NodeObject, Pod, Secret, Service, ServiceAccount } from './objects'
import type { Store } from './store'

export interface Keeper {
  readonly store: Store
  readonly minor: number
  /** Of the API server's node. */
  readonly leases: ReadonlyMap<string, { readonly sec: number }>
  suffix(): string
  uuid(): string
  time(sec: number): string
  now(): number
}

const KEPT_UP: Readonly<Record<string, (keeper: Keeper) => void>> = {
  ServiceAccount: accounts, Secret: accounts, ConfigMap: configMaps, Endpoints: endpoints, PriorityClass: priorityClasses, Lease: leases, ComponentStatus: componentStatuses,
}

export const isKeptUp = ({ kind }: Resource): boolean => kind in KEPT_UP
export const keepUp = ({ kind }: Resource, keeper: Keeper): void => KEPT_UP[kind]?.(keeper)

const NOBODY = (keeper: Keeper) => ({ manager: '', at: keeper.now() })

function resource(apiVersion: string, kind: string): Resource {
  const found = resourceOfKind(apiVersion, kind)
  if (!found) throw new Error(`${kind} is not served`)
  return found
}

/** Makes what is not there; `made`: when, if that is known. */
function put(keeper: Keeper, object: ApiObject, made?: string): void {
  const kind = resource(object.apiVersion, object.kind)
  const { namespace, name } = object.metadata
  if (keeper.store.has(kind, namespace, name)) return
  keeper.store.create(kind, { ...object, metadata: { ...object.metadata, uid: keeper.uuid(), creationTimestamp: made ?? keeper.time(keeper.now()) } }, NOBODY(keeper))
}

interface Namespace extends ApiObject {
  readonly status?: { readonly phase?: string }
}

const namespacesOf = ({ store }: Keeper): Namespace[] => store.list(resource('v1', 'Namespace')).filter((n: Namespace) => n.status?.phase !== 'Terminating')
const CERTIFICATE = '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n'
const base64 = (text: string): string => toBase64(encode(text))

/** Until 1.24 every account has a secret with a token that never ends. */
const TOKENS_BEFORE = 24
const TOKEN_TYPE = 'kubernetes.io/service-account-token'

function accounts(keeper: Keeper): void {
  const [kind, secrets] = [resource('v1', 'ServiceAccount'), resource('v1', 'Secret')]
  for (const { metadata } of namespacesOf(keeper)) put(keeper, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: metadata.name } }, metadata.creationTimestamp)
  if (keeper.minor >= TOKENS_BEFORE) return
  for (const account of keeper.store.list(kind) as ServiceAccount[]) {
    const { name, namespace = '', uid = '', creationTimestamp } = account.metadata
    if (account.secrets?.some((secret) => keeper.store.has(secrets, namespace, secret.name))) continue
    const token = `${name}-token-${keeper.suffix()}`
    const secret: Secret = {
      apiVersion: 'v1', kind: 'Secret', metadata: { name: token, namespace, annotations: { 'kubernetes.io/service-account.name': name, 'kubernetes.io/service-account.uid': uid } },
      data: { 'ca.crt': base64(CERTIFICATE), namespace: base64(namespace), token: base64('eyJhbGciOiJSUzI1NiJ9.e30.bGFi') }, type: TOKEN_TYPE,
    }
    put(keeper, secret, creationTimestamp)
    keeper.store.update(kind, { ...account, secrets: [{ name: token }] }, NOBODY(keeper))
  }
}

/** The keys of extension-apiserver-authentication. */
const AUTHENTICATION = ['client-ca-file', 'requestheader-allowed-names', 'requestheader-client-ca-file', 'requestheader-extra-headers-prefix', 'requestheader-group-headers', 'requestheader-username-headers']

function configMaps(keeper: Keeper): void {
  for (const { metadata } of namespacesOf(keeper)) {
    const map = (name: string, data: Record<string, string>): ApiObject => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: metadata.name }, ...{ data } })
    if (metadata.name === 'kube-system') put(keeper, map('extension-apiserver-authentication', Object.fromEntries(AUTHENTICATION.map((key) => [key, '']))), metadata.creationTimestamp)
    put(keeper, map('kube-root-ca.crt', { 'ca.crt': CERTIFICATE }), metadata.creationTimestamp)
  }
}

const PRIORITIES = [['system-cluster-critical', 2_000_000_000, 'Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.'], ['system-node-critical', 2_000_001_000, 'Used for system critical pods that must not be moved from their current node.']] as const

function priorityClasses(keeper: Keeper): void {
  const [first] = namespacesOf(keeper)
  for (const [name, value, description] of PRIORITIES) {
    put(keeper, { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name, generation: 1 }, ...{ description, preemptionPolicy: 'PreemptLowerPriority', value } }, first?.metadata.creationTimestamp)
  }
}

function leases(keeper: Keeper): void {
  const kind = resource('coordination.k8s.io/v1', 'Lease')
  const lease = (namespace: string, name: string, holderIdentity: string, renewed: number): ApiObject => ({
    apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name, namespace }, ...{ spec: { holderIdentity, leaseDurationSeconds: namespace === 'kube-system' ? 15 : 40, renewTime: keeper.time(renewed).replace('Z', '.000000Z') } },
  })
  const nodes = keeper.store.list(resource('v1', 'Node')) as NodeObject[]
  for (const { metadata } of nodes) {
    const made = lease('kube-node-lease', metadata.name, metadata.name, keeper.leases.get(metadata.name)?.sec ?? keeper.now())
    put(keeper, made, metadata.creationTimestamp)
    keeper.store.update(kind, { ...keeper.store.get(kind, 'kube-node-lease', metadata.name), ...made, metadata: keeper.store.get(kind, 'kube-node-lease', metadata.name).metadata }, NOBODY(keeper))
  }
  const [control] = nodes.filter(isControlPlane)
  if (!control) return
  for (const name of ['kube-controller-manager', 'kube-scheduler']) {
    if (!keeper.store.has(kind, 'kube-system', name)) put(keeper, lease('kube-system', name, `${control.metadata.name}_${keeper.uuid()}`, keeper.now()), control.metadata.creationTimestamp)
  }
}

const isControlPlane = ({ metadata }: NodeObject): boolean => Object.keys(metadata.labels ?? {}).some((key) => key === 'node-role.kubernetes.io/control-plane' || key === 'node-role.kubernetes.io/master')

/** The server asks them on ports that a cluster of kubeadm has closed. */
const REFUSED = [['scheduler', 10251], ['controller-manager', 10252]] as const

function componentStatuses(keeper: Keeper): void {
  const status = (name: string, healthy: 'True' | 'False', message: string): ApiObject => ({ apiVersion: 'v1', kind: 'ComponentStatus', metadata: { name }, ...{ conditions: [{ type: 'Healthy', status: healthy, message }] } })
  for (const [name, port] of REFUSED) put(keeper, status(name, 'False', `Get "http://127.0.0.1:${port}/healthz": dial tcp 127.0.0.1:${port}: connect: connection refused`))
  put(keeper, status('etcd-0', 'True', '{"health":"true"}'))
}

const API_PORT = 6443

/** Of every service: the addresses of the pods that it selects, and those of the API server for its own (pkg/controller/endpoint). */
function endpoints(keeper: Keeper): void {
  const { store } = keeper
  const kind = resource('v1', 'Endpoints')
  const services = store.list(resource('v1', 'Service')) as Service[]
  const pods = store.list(resource('v1', 'Pod')) as Pod[]
  const control = (store.list(resource('v1', 'Node')) as NodeObject[]).find(isControlPlane)
  for (const service of services) {
    const { name, namespace = '', labels, creationTimestamp } = service.metadata
    const isApi = name === 'kubernetes' && namespace === 'default'
    if (!service.spec.selector && !isApi) continue
    const ip = control?.status.addresses.find(({ type }) => type === 'InternalIP')?.address
    const subsets = isApi ? (ip ? [{ addresses: [{ ip }], ports: [{ name: 'https', port: API_PORT, protocol: 'TCP' }] }] : []) : subsetsOf(service, pods)
    const own = { ...(isApi ? { 'endpointslice.kubernetes.io/skip-mirror': 'true' } : labels), ...(service.spec.clusterIP === 'None' ? { 'service.kubernetes.io/headless': '' } : {}) }
    const wanted: Endpoints = { apiVersion: 'v1', kind: 'Endpoints', metadata: { name, namespace, ...(Object.keys(own).length > 0 ? { labels: own } : {}) }, ...(subsets.length > 0 ? { subsets } : {}) }
    put(keeper, wanted, creationTimestamp)
    const now = store.get(kind, namespace, name)
    const next = { ...wanted, metadata: { ...now.metadata, ...wanted.metadata } }
    if (JSON.stringify(next) !== JSON.stringify(now)) store.update(kind, next, NOBODY(keeper))
  }
  for (const { metadata } of store.list(kind)) {
    if (!services.some((s) => s.metadata.name === metadata.name && s.metadata.namespace === metadata.namespace)) store.remove(kind, metadata.namespace, metadata.name, NOBODY(keeper))
  }
}

const portOf = (pod: Pod, target: number | string): number | undefined => (typeof target === 'number' ? target : pod.spec.containers.flatMap((c) => c.ports ?? []).find((p) => p.name === target)?.containerPort)

function subsetsOf({ metadata, spec }: Service, pods: readonly Pod[]): EndpointSubset[] {
  const selector = Object.entries(spec.selector ?? {})
  const chosen = pods.filter((p) => p.metadata.namespace === metadata.namespace && p.status.podIP && !p.metadata.deletionTimestamp && p.status.phase !== 'Succeeded' && p.status.phase !== 'Failed' && selector.every(([key, value]) => p.metadata.labels?.[key] === value))
  const sets = new Map<string, { ports: readonly EndpointPort[]; ready: Pod[]; waiting: Pod[] }>()
  for (const pod of chosen) {
    const ports = (spec.ports ?? []).flatMap((p): EndpointPort[] => {
      const port = portOf(pod, p.targetPort ?? p.port)
      return port === undefined ? [] : [{ ...(p.name ? { name: p.name } : {}), port, protocol: p.protocol ?? 'TCP' }]
    })
    const key = JSON.stringify(ports)
    const set = sets.get(key) ?? { ports, ready: [], waiting: [] }
    sets.set(key, set)
    ;(isReady(pod) ? set.ready : set.waiting).push(pod)
  }
  const address = ({ metadata: { name, namespace = '', uid = '' }, status, spec: { nodeName } }: Pod) => ({ ip: status.podIP ?? '', ...(nodeName ? { nodeName } : {}), targetRef: { kind: 'Pod', name, namespace, uid } })
  const byAddress = (a: Pod, b: Pod): number => ((a.status.podIP ?? '') < (b.status.podIP ?? '') ? -1 : 1)
  return [...sets.values()].map(({ ports, ready, waiting }) => ({
    ...(ready.length > 0 ? { addresses: ready.sort(byAddress).map(address) } : {}), ...(waiting.length > 0 ? { notReadyAddresses: waiting.sort(byAddress).map(address) } : {}), ports: [...ports].sort((a, b) => ((a.name ?? '') < (b.name ?? '') ? -1 : 1)),
  }))
}
