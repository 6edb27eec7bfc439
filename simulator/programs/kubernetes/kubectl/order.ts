/** The order in which Go writes the fields of a pod (k8s.io/api/core/v1 types.go); others come last. */
import type { Pod } from '../../../kubernetes/api/objects'

const METADATA = ['name', 'generateName', 'namespace', 'uid', 'resourceVersion', 'creationTimestamp', 'labels', 'annotations', 'ownerReferences', 'finalizers']
const SPEC =
  'volumes initContainers containers ephemeralContainers restartPolicy terminationGracePeriodSeconds activeDeadlineSeconds dnsPolicy nodeSelector serviceAccountName serviceAccount automountServiceAccountToken nodeName hostNetwork hostPID hostIPC shareProcessNamespace securityContext imagePullSecrets hostname subdomain affinity schedulerName tolerations hostAliases priorityClassName priority'.split(' ')
const CONTAINER =
  'name image command args workingDir ports envFrom env resources volumeMounts volumeDevices livenessProbe readinessProbe startupProbe lifecycle terminationMessagePath terminationMessagePolicy imagePullPolicy securityContext stdin stdinOnce tty'.split(' ')

function ordered<T extends object>(value: T, order: readonly string[]): T {
  const at = (key: string): number => (order.includes(key) ? order.indexOf(key) : order.length)
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => at(a) - at(b))) as T
}

export function inGoOrder(pod: Pod): Pod {
  const containers = (all: Pod['spec']['containers']) => all.map((container) => ordered(container, CONTAINER))
  const { initContainers } = pod.spec
  const spec = ordered({ ...pod.spec, containers: containers(pod.spec.containers), ...(initContainers ? { initContainers: containers(initContainers) } : {}) }, SPEC)
  return { kind: pod.kind, apiVersion: pod.apiVersion, metadata: ordered(pod.metadata, METADATA), spec, status: pod.status }
}
