/**
 * Who set which field of an object (apimachinery fieldmanager, structured-merge-diff): worked out from the versions that it has had when somebody asks. Every
 * writer adds what it has added or changed to its set, and takes it from the others'.
 */
import type { ApiObject, Json } from './objects'

/** One version of an object. */
export interface Version {
  readonly object: ApiObject
  /** Who wrote it; nobody's for what the server does by itself. */
  readonly manager: string
  /** Unix time in seconds. */
  readonly at: number
  /** What was written, where admission has added to it since. */
  readonly sent?: ApiObject
}

export interface ManagedFields {
  readonly apiVersion: string
  readonly fieldsType: 'FieldsV1'
  readonly fieldsV1: Json
  readonly manager: string
  readonly operation: 'Update'
  readonly time: string
}

/** A path of fields as a tree; `own`: the node itself belongs to the set, not only what is below it. */
class FieldSet {
  own = false
  readonly below = new Map<string, FieldSet>()
  at(name: string): FieldSet {
    const found = this.below.get(name) ?? new FieldSet()
    this.below.set(name, found)
    return found
  }
  get empty(): boolean {
    return !this.own && this.below.size === 0
  }
  add(other: FieldSet): void {
    this.own ||= other.own
    for (const [name, set] of other.below) this.at(name).add(set)
  }
  take(other: FieldSet): void {
    if (other.own) this.own = false
    for (const [name, set] of other.below) {
      const mine = this.below.get(name)
      mine?.take(set)
      if (mine?.empty) this.below.delete(name)
    }
  }
  toJson(): { [key: string]: Json } {
    const out: { [key: string]: Json } = this.own && this.below.size > 0 ? { '.': {} } : {}
    for (const name of [...this.below.keys()].sort()) out[name] = this.at(name).toJson()
    return out
  }
}

type Fields = Readonly<Record<string, unknown>>
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Lists whose entries are told apart by keys (`x-kubernetes-list-map-keys`). Any other is one value, but for the sets. */
const LIST_KEYS: Readonly<Record<string, readonly string[]>> = {
  containers: ['name'], initContainers: ['name'], ephemeralContainers: ['name'], env: ['name'], volumes: ['name'], volumeMounts: ['mountPath'], volumeDevices: ['devicePath'], imagePullSecrets: ['name'],
  secrets: ['name'], hostAliases: ['ip'], ownerReferences: ['uid'], conditions: ['type'], addresses: ['type'], podIPs: ['ip'],
}
const SETS = new Set(['finalizers', 'podCIDRs'])
/** Of these the server keeps the books itself. */
const UNTRACKED = new Set(['name', 'namespace', 'creationTimestamp', 'selfLink', 'uid', 'generation', 'managedFields', 'resourceVersion', 'deletionTimestamp', 'deletionGracePeriodSeconds', 'generateName'])

const portKeys = (entry: unknown): readonly string[] => (isFields(entry) && 'containerPort' in entry ? ['containerPort', 'protocol'] : ['port', 'protocol'])

/** What lies below a value; nothing where it is one value. */
function childrenOf(name: string, value: unknown): ReadonlyMap<string, { readonly name: string; readonly value: unknown }> | undefined {
  if (Array.isArray(value)) {
    if (SETS.has(name)) return new Map(value.map((each) => [`v:${JSON.stringify(each)}`, { name: '', value: each }]))
    const keys = name === 'ports' ? portKeys(value[0]) : LIST_KEYS[name]
    if (!keys) return undefined
    return new Map(value.map((each) => [`k:${JSON.stringify(Object.fromEntries(keys.map((key) => [key, isFields(each) ? each[key] : undefined])))}`, { name: '', value: each }]))
  }
  if (!isFields(value) || (name === 'selector' && ('matchLabels' in value || 'matchExpressions' in value))) return undefined
  return new Map(Object.entries(value).filter(([, each]) => each !== undefined).map(([key, each]) => [`f:${key}`, { name: key, value: each }]))
}

interface Difference {
  /** Added or changed. */
  readonly set: FieldSet
  readonly removed: FieldSet
}

function compare(name: string, was: unknown, is: unknown, { set, removed }: Difference): void {
  const [before, after] = [childrenOf(name, was), childrenOf(name, is)]
  if (was === undefined || is === undefined) {
    const [children, into] = is === undefined ? [before, removed] : [after, set]
    into.own = true
    for (const [key, child] of children ?? []) compare(child.name, is === undefined ? child.value : undefined, is === undefined ? undefined : child.value, { set: set.at(key), removed: removed.at(key) })
    return
  }
  if (after === undefined || (before === undefined && was !== null)) {
    if (JSON.stringify(was) !== JSON.stringify(is)) set.own = true
    return
  }
  for (const [key, child] of after) compare(child.name, before?.get(key)?.value, child.value, { set: set.at(key), removed: removed.at(key) })
  for (const [key, child] of before ?? []) if (!after.has(key)) compare(child.name, child.value, undefined, { set: set.at(key), removed: removed.at(key) })
}

function prune(set: FieldSet): void {
  for (const [name, below] of set.below) {
    prune(below)
    if (below.empty) set.below.delete(name)
  }
}

/** What Go writes of an object that has nothing in it: structs that are no pointers are there all the same. */
const BLANKS: Readonly<Record<string, Fields>> = {
  Pod: { spec: { containers: null }, status: {} },
  Deployment: { spec: { selector: null, template: { metadata: {}, spec: { containers: null } }, strategy: {} }, status: {} },
  ReplicaSet: { spec: { selector: null, template: { metadata: {}, spec: { containers: null } } }, status: { replicas: 0 } },
  DaemonSet: { spec: { selector: null, template: { metadata: {}, spec: { containers: null } }, updateStrategy: {} }, status: { currentNumberScheduled: 0, desiredNumberScheduled: 0, numberMisscheduled: 0, numberReady: 0 } },
  Job: { spec: { template: { metadata: {}, spec: { containers: null } } }, status: {} },
  CronJob: { spec: { jobTemplate: { metadata: {}, spec: { template: { metadata: {}, spec: { containers: null } } } } }, status: {} },
  Service: { spec: {}, status: { loadBalancer: {} } },
  Namespace: { spec: {}, status: {} },
  Node: { spec: {}, status: { daemonEndpoints: { kubeletEndpoint: {} }, nodeInfo: {} } },
}

function tracked(object: ApiObject): Fields {
  const { apiVersion: _, kind: __, metadata, ...rest } = object
  return { ...rest, metadata: Object.fromEntries(Object.entries(metadata).filter(([key]) => !UNTRACKED.has(key))) }
}

/** `versions`: all that the object has had, oldest first. */
export function managedFields(versions: readonly Version[], timeOf: (sec: number) => string): ManagedFields[] {
  const managers = new Map<string, { readonly fields: FieldSet; at: number; apiVersion: string }>()
  let was: Fields | undefined
  for (const { object, manager, at, sent } of versions) {
    const is = tracked(sent ?? object)
    const difference: Difference = { set: new FieldSet(), removed: new FieldSet() }
    compare('', was ?? { metadata: {}, ...BLANKS[object.kind] }, is, difference)
    was = tracked(object)
    if (manager === '') continue
    prune(difference.set)
    prune(difference.removed)
    for (const [name, { fields }] of managers) {
      if (name !== manager) fields.take(difference.set)
      fields.take(difference.removed)
    }
    if (difference.set.empty) continue
    const own = managers.get(manager) ?? { fields: new FieldSet(), at, apiVersion: object.apiVersion }
    own.fields.add(difference.set)
    own.at = at
    managers.set(manager, own)
  }
  return [...managers]
    .filter(([, { fields }]) => !fields.empty)
    .sort(([a, x], [b, y]) => x.at - y.at || (a < b ? -1 : 1))
    .map(([manager, { fields, at, apiVersion }]) => ({ apiVersion, fieldsType: 'FieldsV1', fieldsV1: fields.toJson(), manager, operation: 'Update', time: timeOf(at) }))
}
