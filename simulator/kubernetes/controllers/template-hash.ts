/**
 * The hash of a pod template that names its replica set (pkg/controller ComputeHash): FNV-1a of the Go value as go-spew prints it with `%#v`, its
 * digits as safe letters. The types are those of 1.20 (k8s.io/api/core/v1); what a table does not have goes in as JSON. Recording: golden deployment.
 */
import { encode } from '../../kernel/bytes'
import { SAFE_LETTERS } from '../api/server'
import type { PodTemplate } from '../api/workloads'

export const HASH_LABEL = 'pod-template-hash'

const OFFSET = 0x811c9dc5
const PRIME = 0x01000193

/** Of what is never changed, once. */
const HASHES = new WeakMap<PodTemplate, string>()

export function templateHash(template: PodTemplate): string {
  const known = HASHES.get(template) ?? computed(template)
  HASHES.set(template, known)
  return known
}

function computed({ metadata, spec }: PodTemplate): string {
  const { [HASH_LABEL]: _, ...labels } = metadata?.labels ?? {}
  let hash = OFFSET
  for (const byte of encode(goSyntax('v1.PodTemplateSpec', { metadata: { ...metadata, labels: Object.keys(labels).length > 0 ? labels : undefined }, spec }))) hash = Math.imul(hash ^ byte, PRIME) >>> 0
  return [...String(hash)].map((digit) => SAFE_LETTERS[digit.charCodeAt(0) % SAFE_LETTERS.length]).join('')
}

/** A field of a struct: its name and its type; in JSON it is called as it is but for its first letters, or by the third word. */
type Field = readonly [name: string, type: string, json?: string]

const STRUCTS: Readonly<Record<string, readonly Field[]>> = {
  'v1.PodTemplateSpec': [['ObjectMeta', 'v1.ObjectMeta', 'metadata'], ['Spec', 'v1.PodSpec']],
  'v1.ObjectMeta': [
    ['Name', 'string'], ['GenerateName', 'string'], ['Namespace', 'string'], ['SelfLink', 'string'], ['UID', 'types.UID'], ['ResourceVersion', 'string'], ['Generation', 'int64'], ['CreationTimestamp', 'v1.Time'],
    ['DeletionTimestamp', '*v1.Time'], ['DeletionGracePeriodSeconds', '*int64'], ['Labels', 'map[string]string'], ['Annotations', 'map[string]string'], ['OwnerReferences', '[]v1.OwnerReference'],
    ['Finalizers', '[]string'], ['ClusterName', 'string'], ['ManagedFields', '[]v1.ManagedFieldsEntry'],
  ],
  'v1.Time': [['Time', 'time.Time']],
  'time.Time': [['wall', 'uint64'], ['ext', 'int64'], ['loc', '*time.Location']],
  'v1.PodSpec': [
    ['Volumes', '[]v1.Volume'], ['InitContainers', '[]v1.Container'], ['Containers', '[]v1.Container'], ['EphemeralContainers', '[]v1.EphemeralContainer'], ['RestartPolicy', 'v1.RestartPolicy'],
    ['TerminationGracePeriodSeconds', '*int64'], ['ActiveDeadlineSeconds', '*int64'], ['DNSPolicy', 'v1.DNSPolicy'], ['NodeSelector', 'map[string]string'], ['ServiceAccountName', 'string'],
    ['DeprecatedServiceAccount', 'string', 'serviceAccount'], ['AutomountServiceAccountToken', '*bool'], ['NodeName', 'string'], ['HostNetwork', 'bool'], ['HostPID', 'bool'], ['HostIPC', 'bool'],
    ['ShareProcessNamespace', '*bool'], ['SecurityContext', '*v1.PodSecurityContext'], ['ImagePullSecrets', '[]v1.LocalObjectReference'], ['Hostname', 'string'], ['Subdomain', 'string'], ['Affinity', '*v1.Affinity'],
    ['SchedulerName', 'string'], ['Tolerations', '[]v1.Toleration'], ['HostAliases', '[]v1.HostAlias'], ['PriorityClassName', 'string'], ['Priority', '*int32'], ['DNSConfig', '*v1.PodDNSConfig'],
    ['ReadinessGates', '[]v1.PodReadinessGate'], ['RuntimeClassName', '*string'], ['EnableServiceLinks', '*bool'], ['PreemptionPolicy', '*v1.PreemptionPolicy'], ['Overhead', 'v1.ResourceList'],
    ['TopologySpreadConstraints', '[]v1.TopologySpreadConstraint'], ['SetHostnameAsFQDN', '*bool'],
  ],
  'v1.Container': [
    ['Name', 'string'], ['Image', 'string'], ['Command', '[]string'], ['Args', '[]string'], ['WorkingDir', 'string'], ['Ports', '[]v1.ContainerPort'], ['EnvFrom', '[]v1.EnvFromSource'], ['Env', '[]v1.EnvVar'],
    ['Resources', 'v1.ResourceRequirements'], ['VolumeMounts', '[]v1.VolumeMount'], ['VolumeDevices', '[]v1.VolumeDevice'], ['LivenessProbe', '*v1.Probe'], ['ReadinessProbe', '*v1.Probe'], ['StartupProbe', '*v1.Probe'],
    ['Lifecycle', '*v1.Lifecycle'], ['TerminationMessagePath', 'string'], ['TerminationMessagePolicy', 'v1.TerminationMessagePolicy'], ['ImagePullPolicy', 'v1.PullPolicy'], ['SecurityContext', '*v1.SecurityContext'],
    ['Stdin', 'bool'], ['StdinOnce', 'bool'], ['TTY', 'bool'],
  ],
  'v1.ContainerPort': [['Name', 'string'], ['HostPort', 'int32'], ['ContainerPort', 'int32'], ['Protocol', 'v1.Protocol'], ['HostIP', 'string']],
  'v1.EnvVar': [['Name', 'string'], ['Value', 'string'], ['ValueFrom', '*v1.EnvVarSource']],
  'v1.VolumeMount': [['Name', 'string'], ['ReadOnly', 'bool'], ['MountPath', 'string'], ['SubPath', 'string'], ['MountPropagation', '*v1.MountPropagationMode'], ['SubPathExpr', 'string']],
  'v1.ResourceRequirements': [['Limits', 'v1.ResourceList'], ['Requests', 'v1.ResourceList']],
  'v1.PodSecurityContext': [
    ['SELinuxOptions', '*v1.SELinuxOptions'], ['WindowsOptions', '*v1.WindowsSecurityContextOptions'], ['RunAsUser', '*int64'], ['RunAsGroup', '*int64'], ['RunAsNonRoot', '*bool'], ['SupplementalGroups', '[]int64'],
    ['FSGroup', '*int64'], ['Sysctls', '[]v1.Sysctl'], ['FSGroupChangePolicy', '*v1.PodFSGroupChangePolicy'], ['SeccompProfile', '*v1.SeccompProfile'],
  ],
  'v1.Toleration': [['Key', 'string'], ['Operator', 'v1.TolerationOperator'], ['Value', 'string'], ['Effect', 'v1.TaintEffect'], ['TolerationSeconds', '*int64']],
}

/** Types whose value, where there is none, is not the empty text. */
const ZERO: Readonly<Record<string, string>> = { bool: 'false', int32: '0', int64: '0', uint64: '0' }
/** Types that have no value at all then. */
const MAY_BE_NIL = /^(?:\*|\[\]|map\[)|^v1\.ResourceList$/

/** `SetHostnameAsFQDN` is setHostnameAsFQDN, `DNSPolicy` dnsPolicy, `TTY` tty. */
const jsonName = ([name, , json]: Field): string => json ?? name.replace(/^[A-Z]+(?=[A-Z][a-z])|^[A-Z]+$|^[A-Z]/, (head) => head.toLowerCase())

const goSyntax = (type: string, value: unknown): string => `(${type})${bare(type, value)}`

/** A value without its type, which elements of lists, keys and values of maps, and what pointers point to do without. */
function bare(type: string, value: unknown): string {
  if (value === undefined || value === null) {
    if (MAY_BE_NIL.test(type)) return '<nil>'
    if (!(type in STRUCTS)) return ZERO[type] ?? ''
  }
  if (type.startsWith('*')) return bare(type.slice(1), value)
  if (type.startsWith('[]') && Array.isArray(value)) return `[${value.map((each) => bare(type.slice(2), each)).join(' ')}]`
  const fields = STRUCTS[type]
  const inside = typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : new Map<string, unknown>()
  if (fields) return `{${fields.map((field) => `${field[0]}:${goSyntax(field[1], inside.get(jsonName(field)))}`).join(' ')}}`
  if (type === 'map[string]string') return `map[${[...inside.keys()].sort().map((key) => `${key}:${inside.get(key)}`).join(' ')}]`
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
