/** What the API server makes of objects on their way in, by kind: defaults, allocated addresses and ports (pkg/registry/…/strategy.go, pkg/apis/…/defaults.go). */
import { encode } from '../../kernel/bytes'
import { toBase64 } from '../../kernel/base64'
import { templateDefaults } from './defaults'
import type { ApiObject, Secret, Service } from './objects'
import type { CronJob, Job, JobSpec } from './workloads'

export interface Allocator {
  readonly minor: number
  random(): number
}

const PREPARE: Readonly<Record<string, (object: ApiObject, allocator: Allocator) => ApiObject>> = {
  Secret: prepareSecret, Service: prepareService, Job: prepareJob, CronJob: prepareCronJob,
  Namespace: (object) => ({ ...object, ...{ spec: { finalizers: ['kubernetes'] }, status: { phase: 'Active' } } }),
}

export const prepare = (object: ApiObject, allocator: Allocator): ApiObject => PREPARE[object.kind]?.(object, allocator) ?? object

interface Told {
  readonly stringData?: Readonly<Record<string, string>>
}

/** What was given as text is kept as base64. */
function prepareSecret(object: ApiObject): Secret {
  const { stringData, ...rest } = object as Secret & Told
  const told = Object.entries(stringData ?? {}).map(([key, value]): [string, string] => [key, toBase64(encode(value))])
  return { ...rest, ...(stringData || rest.data ? { data: { ...rest.data, ...Object.fromEntries(told) } } : {}), type: rest.type ?? 'Opaque' }
}

/** From here on services tell the families of their addresses. */
const TELLS_FAMILIES = 21
const FIRST_NODE_PORT = 30_000
const NODE_PORTS = 2768

/** `10.96.0.0/12`, but for the first addresses. */
function freeAddress(random: () => number): string {
  const at = 256 + (random() % ((1 << 20) - 512))
  return [10, 96 + (at >> 16), (at >> 8) & 255, at & 255].join('.')
}

function prepareService(object: ApiObject, { random, minor }: Allocator): ApiObject {
  const { spec, ...rest } = object as Service
  const type = spec.type ?? 'ClusterIP'
  const clusterIP = type === 'ExternalName' ? undefined : spec.clusterIP || freeAddress(random)
  const ports = spec.ports?.map((port) => ({
    ...port, protocol: port.protocol ?? 'TCP', targetPort: port.targetPort ?? port.port,
    ...(type === 'NodePort' || type === 'LoadBalancer' ? { nodePort: port.nodePort ?? FIRST_NODE_PORT + (random() % NODE_PORTS) } : {}),
  }))
  return {
    ...rest,
    ...{
      spec: {
        ...spec, ...(clusterIP === undefined ? {} : { clusterIP, clusterIPs: [clusterIP] }), ...(type === 'NodePort' || type === 'LoadBalancer' ? { externalTrafficPolicy: 'Cluster' } : {}),
        ...(minor >= TELLS_FAMILIES && clusterIP !== undefined ? { internalTrafficPolicy: 'Cluster', ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack' } : {}), ...(ports ? { ports } : {}), sessionAffinity: 'None', type,
      },
      status: { loadBalancer: {} },
    },
  }
}

const RETRIES = 6

const jobDefaults = (spec: JobSpec): JobSpec => ({
  ...spec, backoffLimit: spec.backoffLimit ?? RETRIES, completions: spec.completions ?? (spec.parallelism === undefined ? 1 : undefined), parallelism: spec.parallelism ?? 1, template: templateDefaults(spec.template),
}) as JobSpec

/** A job selects its pods by its own id. */
function prepareJob(object: ApiObject): ApiObject {
  const job = object as Job
  const uid = job.metadata.uid ?? ''
  const own = { 'controller-uid': uid, 'job-name': job.metadata.name }
  const { template } = job.spec
  const labelled = { ...template, metadata: { ...template.metadata, labels: { ...template.metadata?.labels, ...own } } }
  return {
    ...job, metadata: { ...job.metadata, labels: job.metadata.labels ?? labelled.metadata.labels },
    ...{ spec: jobDefaults({ ...job.spec, selector: { matchLabels: { 'controller-uid': uid } }, template: labelled }), status: {} },
  }
}

function prepareCronJob(object: ApiObject): ApiObject {
  const job = object as CronJob
  const { spec } = job
  return {
    ...job,
    ...{
      spec: { ...spec, concurrencyPolicy: spec.concurrencyPolicy ?? 'Allow', failedJobsHistoryLimit: spec.failedJobsHistoryLimit ?? 1, successfulJobsHistoryLimit: spec.successfulJobsHistoryLimit ?? 3, suspend: spec.suspend ?? false },
      status: {},
    },
  }
}
