/**
 * Every built-in kind of the API (`kubectl api-resources` of 1.20.2 and the API reference of 1.27). The lab keeps objects of a few; of the others it is
 * known where a cluster that has just been installed has some, so that a question is answered where the answer is none.
 */

/** A kind as the API serves it: its group, its names, whether its objects lie in a namespace. */
export interface Resource {
  readonly kind: string
  readonly plural: string
  readonly singular: string
  readonly shortNames: readonly string[]
  readonly apiVersion: string
  readonly namespaced: boolean
  /** `kept` here; `own`: kept but for those of kube-system, which are untold; `none` in a new cluster; only in kube-system (`system`); `untold`: a new cluster has some that the lab does not. */
  readonly objects: 'kept' | 'own' | 'none' | 'system' | 'untold'
}

/** Versions of 1.20 and of 1.27, where they differ; no text: not served. */
type Row = readonly [kind: string, plural: string, shortNames: string, version: string | readonly [old: string, now: string], scope: 'namespaced' | 'cluster', objects: Resource['objects']]

const ROWS: readonly Row[] = [
  ['Binding', 'bindings', '', 'v1', 'namespaced', 'untold'],
  ['ComponentStatus', 'componentstatuses', 'cs', 'v1', 'cluster', 'kept'],
  ['ConfigMap', 'configmaps', 'cm', 'v1', 'namespaced', 'kept'],
  ['Endpoints', 'endpoints', 'ep', 'v1', 'namespaced', 'kept'],
  ['Event', 'events', 'ev', 'v1', 'namespaced', 'kept'],
  ['LimitRange', 'limitranges', 'limits', 'v1', 'namespaced', 'none'],
  ['Namespace', 'namespaces', 'ns', 'v1', 'cluster', 'kept'],
  ['Node', 'nodes', 'no', 'v1', 'cluster', 'kept'],
  ['PersistentVolumeClaim', 'persistentvolumeclaims', 'pvc', 'v1', 'namespaced', 'none'],
  ['PersistentVolume', 'persistentvolumes', 'pv', 'v1', 'cluster', 'none'],
  ['Pod', 'pods', 'po', 'v1', 'namespaced', 'kept'],
  ['PodTemplate', 'podtemplates', '', 'v1', 'namespaced', 'none'],
  ['ReplicationController', 'replicationcontrollers', 'rc', 'v1', 'namespaced', 'none'],
  ['ResourceQuota', 'resourcequotas', 'quota', 'v1', 'namespaced', 'none'],
  ['Secret', 'secrets', '', 'v1', 'namespaced', 'own'],
  ['ServiceAccount', 'serviceaccounts', 'sa', 'v1', 'namespaced', 'own'],
  ['Service', 'services', 'svc', 'v1', 'namespaced', 'kept'],
  ['MutatingWebhookConfiguration', 'mutatingwebhookconfigurations', '', 'admissionregistration.k8s.io/v1', 'cluster', 'none'],
  ['ValidatingWebhookConfiguration', 'validatingwebhookconfigurations', '', 'admissionregistration.k8s.io/v1', 'cluster', 'none'],
  ['CustomResourceDefinition', 'customresourcedefinitions', 'crd crds', 'apiextensions.k8s.io/v1', 'cluster', 'none'],
  ['APIService', 'apiservices', '', 'apiregistration.k8s.io/v1', 'cluster', 'untold'],
  ['ControllerRevision', 'controllerrevisions', '', 'apps/v1', 'namespaced', 'system'],
  ['DaemonSet', 'daemonsets', 'ds', 'apps/v1', 'namespaced', 'own'],
  ['Deployment', 'deployments', 'deploy', 'apps/v1', 'namespaced', 'kept'],
  ['ReplicaSet', 'replicasets', 'rs', 'apps/v1', 'namespaced', 'kept'],
  ['StatefulSet', 'statefulsets', 'sts', 'apps/v1', 'namespaced', 'none'],
  ['TokenReview', 'tokenreviews', '', 'authentication.k8s.io/v1', 'cluster', 'untold'],
  ['LocalSubjectAccessReview', 'localsubjectaccessreviews', '', 'authorization.k8s.io/v1', 'namespaced', 'untold'],
  ['SelfSubjectAccessReview', 'selfsubjectaccessreviews', '', 'authorization.k8s.io/v1', 'cluster', 'untold'],
  ['SelfSubjectRulesReview', 'selfsubjectrulesreviews', '', 'authorization.k8s.io/v1', 'cluster', 'untold'],
  ['SubjectAccessReview', 'subjectaccessreviews', '', 'authorization.k8s.io/v1', 'cluster', 'untold'],
  ['HorizontalPodAutoscaler', 'horizontalpodautoscalers', 'hpa', ['autoscaling/v1', 'autoscaling/v2'], 'namespaced', 'none'],
  ['CronJob', 'cronjobs', 'cj', ['batch/v1beta1', 'batch/v1'], 'namespaced', 'kept'],
  ['Job', 'jobs', '', 'batch/v1', 'namespaced', 'kept'],
  ['CertificateSigningRequest', 'certificatesigningrequests', 'csr', 'certificates.k8s.io/v1', 'cluster', 'untold'],
  ['Lease', 'leases', '', 'coordination.k8s.io/v1', 'namespaced', 'kept'],
  ['EndpointSlice', 'endpointslices', '', ['discovery.k8s.io/v1beta1', 'discovery.k8s.io/v1'], 'namespaced', 'untold'],
  ['Event', 'events', 'ev', 'events.k8s.io/v1', 'namespaced', 'untold'],
  ['Ingress', 'ingresses', 'ing', ['extensions/v1beta1', ''], 'namespaced', 'none'],
  ['FlowSchema', 'flowschemas', '', ['flowcontrol.apiserver.k8s.io/v1beta1', 'flowcontrol.apiserver.k8s.io/v1beta3'], 'cluster', 'untold'],
  ['PriorityLevelConfiguration', 'prioritylevelconfigurations', '', ['flowcontrol.apiserver.k8s.io/v1beta1', 'flowcontrol.apiserver.k8s.io/v1beta3'], 'cluster', 'untold'],
  ['IngressClass', 'ingressclasses', '', 'networking.k8s.io/v1', 'cluster', 'none'],
  ['Ingress', 'ingresses', 'ing', 'networking.k8s.io/v1', 'namespaced', 'none'],
  ['NetworkPolicy', 'networkpolicies', 'netpol', 'networking.k8s.io/v1', 'namespaced', 'none'],
  ['RuntimeClass', 'runtimeclasses', '', 'node.k8s.io/v1', 'cluster', 'none'],
  ['PodDisruptionBudget', 'poddisruptionbudgets', 'pdb', ['policy/v1beta1', 'policy/v1'], 'namespaced', 'none'],
  ['PodSecurityPolicy', 'podsecuritypolicies', 'psp', ['policy/v1beta1', ''], 'cluster', 'none'],
  ['ClusterRoleBinding', 'clusterrolebindings', '', 'rbac.authorization.k8s.io/v1', 'cluster', 'untold'],
  ['ClusterRole', 'clusterroles', '', 'rbac.authorization.k8s.io/v1', 'cluster', 'untold'],
  ['RoleBinding', 'rolebindings', '', 'rbac.authorization.k8s.io/v1', 'namespaced', 'untold'],
  ['Role', 'roles', '', 'rbac.authorization.k8s.io/v1', 'namespaced', 'untold'],
  ['PriorityClass', 'priorityclasses', 'pc', 'scheduling.k8s.io/v1', 'cluster', 'kept'],
  ['CSIDriver', 'csidrivers', '', 'storage.k8s.io/v1', 'cluster', 'none'],
  ['CSINode', 'csinodes', '', 'storage.k8s.io/v1', 'cluster', 'untold'],
  ['StorageClass', 'storageclasses', 'sc', 'storage.k8s.io/v1', 'cluster', 'none'],
  ['VolumeAttachment', 'volumeattachments', '', 'storage.k8s.io/v1', 'cluster', 'none'],
]

/** From here on a cluster serves what 1.27 does. */
const NEWER = 25

const resourceOf = ([kind, plural, shortNames, , scope, objects]: Row, apiVersion: string): Resource => ({
  kind, plural, singular: kind.toLowerCase(), shortNames: shortNames === '' ? [] : shortNames.split(' '), apiVersion, namespaced: scope === 'namespaced', objects,
})

/** What a cluster of a version serves, in the order of groups and names. */
export const resourcesOf = (minor: number): Resource[] =>
  ROWS.flatMap((row) => {
    const [, , , version] = row
    const served = typeof version === 'string' ? version : version[minor < NEWER ? 0 : 1]
    return served === '' ? [] : [resourceOf(row, served)]
  })

/** Each kind once, with its newest version. */
export const RESOURCES: readonly Resource[] = ROWS.map((row) => {
  const [, , , version] = row
  return resourceOf(row, typeof version === 'string' ? version : version[1] || version[0])
})

export const groupOf = ({ apiVersion }: Resource): string => (apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '')

/** `deployments.apps`, and `pods` of the core group. */
export const qualified = (resource: Resource, name = resource.plural): string => (groupOf(resource) === '' ? name : `${name}.${groupOf(resource)}`)

/** The kind that `pods`, `pod`, `po`, `Pod`, `deployments.apps` or `deployments.v1.apps` name. */
export function resourceNamed(name: string): Resource | undefined {
  const [wanted = '', ...rest] = name.toLowerCase().split('.')
  const group = rest.join('.')
  return RESOURCES.find((r) => {
    const version = r.apiVersion.split('/').at(-1) ?? ''
    return (r.plural === wanted || r.singular === wanted || r.shortNames.includes(wanted)) && (group === '' || group === groupOf(r) || group === `${version}.${groupOf(r)}` || (groupOf(r) === '' && group === version))
  })
}

/** By kind and by each version that it was ever served in; what is asked most is found at once. */
const BY_VERSION: ReadonlyMap<string, Resource> = new Map(
  ROWS.flatMap(([kind, , , version], i) => {
    const resource = RESOURCES[i]
    return resource ? [version].flat().map((each): [string, Resource] => [`${kind} ${each}`, resource]) : []
  }),
)

/** A kind by what stands in a manifest. */
export const resourceOfKind = (apiVersion: string, kind: string): Resource | undefined => (apiVersion === '' ? undefined : BY_VERSION.get(`${kind} ${apiVersion}`))
