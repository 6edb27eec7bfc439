/**
 * The types of a pod's manifest, as far as people write them (swagger.json of the API, k8s.io/api/core/v1), and what is said of a manifest that does not fit:
 * by kubectl before 1.25 (kube-openapi pkg/util/proto/validation), by servers of 1.25 and later (strict decoding), and by decoders.
 */
import type { Json } from './objects'

/** s string, i integer, b boolean, m map of strings, q map of quantities, o anything; `Name` a type of this table, `[Name]` a list. A field with ! must be there. */
type Types = Readonly<Record<string, string>>

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1.'
const CORE = 'io.k8s.api.core.v1.'

const TYPES: Types = {
  Pod: 'apiVersion:s kind:s metadata:ObjectMeta spec:PodSpec status:o',
  ObjectMeta: 'annotations:m clusterName:s creationTimestamp:o deletionGracePeriodSeconds:i deletionTimestamp:o finalizers:[s] generateName:s generation:i labels:m managedFields:o name:s namespace:s ownerReferences:o resourceVersion:s selfLink:s uid:s',
  PodSpec:
    'activeDeadlineSeconds:i affinity:o automountServiceAccountToken:b containers!:[Container] dnsConfig:o dnsPolicy:s enableServiceLinks:b ephemeralContainers:o hostAliases:o hostIPC:b hostNetwork:b hostPID:b hostUsers:b hostname:s imagePullSecrets:[LocalObjectReference] initContainers:[Container] nodeName:s nodeSelector:m os:o overhead:q preemptionPolicy:s priority:i priorityClassName:s readinessGates:o resourceClaims:o restartPolicy:s runtimeClassName:s schedulerName:s schedulingGates:o securityContext:o serviceAccount:s serviceAccountName:s setHostnameAsFQDN:b shareProcessNamespace:b subdomain:s terminationGracePeriodSeconds:i tolerations:[Toleration] topologySpreadConstraints:o volumes:[Volume]',
  Container:
    'args:[s] command:[s] env:[EnvVar] envFrom:o image:s imagePullPolicy:s lifecycle:o livenessProbe:Probe name!:s ports:[ContainerPort] readinessProbe:Probe resizePolicy:o resources:ResourceRequirements restartPolicy:s securityContext:o startupProbe:Probe stdin:b stdinOnce:b terminationMessagePath:s terminationMessagePolicy:s tty:b volumeDevices:o volumeMounts:[VolumeMount] workingDir:s',
  ContainerPort: 'containerPort!:i hostIP:s hostPort:i name:s protocol:s',
  EnvVar: 'name!:s value:s valueFrom:o',
  LocalObjectReference: 'name:s',
  Probe: 'exec:o failureThreshold:i grpc:o httpGet:o initialDelaySeconds:i periodSeconds:i successThreshold:i tcpSocket:o terminationGracePeriodSeconds:i timeoutSeconds:i',
  ResourceRequirements: 'claims:o limits:q requests:q',
  Toleration: 'effect:s key:s operator:s tolerationSeconds:i value:s',
  Volume:
    'awsElasticBlockStore:o azureDisk:o azureFile:o cephfs:o cinder:o configMap:o csi:o downwardAPI:o emptyDir:o ephemeral:o fc:o flexVolume:o flocker:o gcePersistentDisk:o gitRepo:o glusterfs:o hostPath:o iscsi:o name!:s nfs:o persistentVolumeClaim:o photonPersistentDisk:o portworxVolume:o projected:o quobyte:o rbd:o scaleIO:o secret:o storageos:o vsphereVolume:o',
  VolumeMount: 'mountPath!:s mountPropagation:s name!:s readOnly:b subPath:s subPathExpr:s',
}

interface Field {
  readonly type: string
  readonly needed: boolean
}

const fieldsOf = (type: string): Map<string, Field> =>
  new Map((TYPES[type] ?? '').split(' ').map((text): [string, Field] => {
    const [name = '', of = ''] = text.split(':')
    return [name.replace('!', ''), { type: of, needed: name.endsWith('!') }]
  }))

const longName = (type: string): string => `${type === 'ObjectMeta' ? META : CORE}${type}`

type Fields = Readonly<Record<string, unknown>>
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Names of the kinds of values and of types, as validation has them. */
const kindOf = (value: unknown): string => (Array.isArray(value) ? 'array' : typeof value === 'number' ? (Number.isInteger(value) ? 'integer' : 'number') : typeof value === 'object' ? 'map' : typeof value)
const EXPECTED: Readonly<Record<string, string>> = { s: 'string', i: 'integer', b: 'boolean', m: 'map', q: 'map' }
/** A scalar may stand for a string; a number for a truth value is let through too. */
const FITS: Readonly<Record<string, readonly string[]>> = { s: ['string', 'integer', 'number', 'boolean'], i: ['integer'], b: ['boolean'], m: ['map'], q: ['map'] }

/** Everything that does not fit, in the words of kubectl's own validation. Kinds that the table does not have fit. */
export function validationErrors(object: Fields): string[] {
  const { kind } = object
  return typeof kind === 'string' && kind in TYPES && kind === 'Pod' ? faultsIn(object, kind, kind, longName(kind)) : []
}

function faultsIn(value: unknown, type: string, path: string, schema: string): string[] {
  if (value === null || value === undefined) return []
  const wrong = (expected: string): string[] => [`ValidationError(${path}): invalid type for ${schema}: got "${kindOf(value)}", expected "${expected}"`]
  const [, item] = /^\[(.*)\]$/.exec(type) ?? []
  if (item !== undefined) return Array.isArray(value) ? value.flatMap((each, i) => faultsIn(each, item, `${path}[${i}]`, item in TYPES ? longName(item) : schema)) : wrong('array')
  if (type in TYPES) {
    if (!isFields(value)) return wrong('map')
    const fields = fieldsOf(type)
    const name = longName(type)
    const found = Object.keys(value).sort().flatMap((key) => {
      const field = fields.get(key)
      if (!field) return [`ValidationError(${path}): unknown field "${key}" in ${name}`]
      return faultsIn(value[key], field.type, `${path}.${key}`, field.type in TYPES ? longName(field.type) : `${name}.${key}`)
    })
    const missing = [...fields].filter(([key, { needed }]) => needed && value[key] === undefined).map(([key]) => `ValidationError(${path}): missing required field "${key}" in ${name}`)
    return [...found, ...missing]
  }
  return type === 'o' || FITS[type]?.includes(kindOf(value)) ? [] : wrong(EXPECTED[type] ?? 'map')
}

/** Fields that no type has, by their paths, as strict decoding names them. */
export function unknownFields(object: Fields): string[] {
  return object.kind === 'Pod' ? strangersIn(object, 'Pod', '') : []
}

function strangersIn(value: unknown, type: string, path: string): string[] {
  const [, item] = /^\[(.*)\]$/.exec(type) ?? []
  if (item !== undefined) return Array.isArray(value) ? value.flatMap((each, i) => strangersIn(each, item, `${path}[${i}]`)) : []
  if (!(type in TYPES) || !isFields(value)) return []
  const fields = fieldsOf(type)
  return Object.keys(value).sort().flatMap((key) => {
    const inner = path === '' ? key : `${path}.${key}`
    const field = fields.get(key)
    return field ? strangersIn(value[key], field.type, inner) : [`unknown field "${inner}"`]
  })
}

/** A value that a decoder cannot put where it stands: how Go got there, and what kind of value it is. */
export interface Misfit {
  /** `Pod.Spec`, `PodSpec.Containers` … and list types. */
  readonly trail: readonly string[]
  /** As `spec.containers.env.value`. */
  readonly path: string
  readonly owner: string
  readonly type: string
  readonly value: Json | undefined
  /** The way to it. */
  readonly keys: readonly (string | number)[]
}

const QUANTITY = /^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$/

/** The first value that cannot be decoded, in the order of the sorted text. */
export function misfitIn(object: Fields): Misfit | undefined {
  return object.kind === 'Pod' ? searchIn(object, 'Pod', { trail: [], path: '', owner: 'Pod', keys: [] }) : undefined
}

type Place = Pick<Misfit, 'trail' | 'path' | 'owner' | 'keys'>

function searchIn(value: unknown, type: string, at: Place): Misfit | undefined {
  const [, item] = /^\[(.*)\]$/.exec(type) ?? []
  if (item !== undefined && Array.isArray(value)) {
    const inner = item in TYPES ? [...at.trail, `[]v1.${item}`] : [...at.trail, '[]string']
    for (const [i, each] of value.entries()) {
      const found = searchIn(each, item, { ...at, trail: inner, keys: [...at.keys, i] })
      if (found) return found
    }
    return undefined
  }
  if (type in TYPES && isFields(value)) {
    const fields = fieldsOf(type)
    for (const key of Object.keys(value).sort()) {
      const field = fields.get(key)
      if (!field) continue
      const found = searchIn(value[key], field.type, {
        trail: [...at.trail, `v1.${type}.${key.charAt(0).toUpperCase()}${key.slice(1)}`], path: at.path === '' ? key : `${at.path}.${key}`, owner: type, keys: [...at.keys, key],
      })
      if (found) return found
    }
    return undefined
  }
  const misfit = (inner: unknown, kind: string, keys: readonly (string | number)[]): Misfit => ({ ...at, type: kind, value: inner as Json, keys })
  if (type === 's' && (typeof value === 'number' || typeof value === 'boolean')) return misfit(value, 's', at.keys)
  if ((type === 'm' || type === 'q') && isFields(value)) {
    for (const key of Object.keys(value).sort()) {
      const each = value[key]
      if (type === 'm' && (typeof each === 'number' || typeof each === 'boolean')) return misfit(each, 's', [...at.keys, key])
      if (type === 'q' && typeof each === 'string' && !QUANTITY.test(each)) return misfit(each, 'q', [...at.keys, key])
    }
  }
  return undefined
}
