/** What controllers keep: Deployment, ReplicaSet, DaemonSet (apps/v1), Job (batch/v1), and what the API server adds to them on the way in. */
import { templateDefaults } from './defaults'
import type { ApiObject, Condition, ObjectMeta, Pod, PodSpec } from './objects'

export interface PodTemplate {
  metadata?: Partial<ObjectMeta>
  spec: PodSpec
}

export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>
}

/** A count, or a share of the replicas: `25%`. */
export type IntOrPercent = number | string

export interface DeploymentCondition extends Condition {
  lastUpdateTime: string
}

export interface Deployment extends ApiObject {
  kind: 'Deployment'
  spec: {
    replicas: number
    selector: LabelSelector
    template: PodTemplate
    strategy: { type: 'RollingUpdate' | 'Recreate'; rollingUpdate?: { maxSurge: IntOrPercent; maxUnavailable: IntOrPercent } }
    minReadySeconds?: number
    revisionHistoryLimit: number
    progressDeadlineSeconds: number
    paused?: boolean
  }
  status: { observedGeneration?: number; replicas?: number; updatedReplicas?: number; readyReplicas?: number; availableReplicas?: number; unavailableReplicas?: number; conditions?: DeploymentCondition[] }
}

export interface ReplicaSet extends ApiObject {
  kind: 'ReplicaSet'
  spec: { replicas: number; selector: LabelSelector; template: PodTemplate }
  status: { observedGeneration?: number; replicas: number; fullyLabeledReplicas?: number; readyReplicas?: number; availableReplicas?: number }
}

export interface DaemonSet extends ApiObject {
  kind: 'DaemonSet'
  spec: {
    selector: LabelSelector
    template: PodTemplate
    updateStrategy: { type: 'RollingUpdate' | 'OnDelete'; rollingUpdate?: { maxUnavailable: IntOrPercent } }
    revisionHistoryLimit: number
  }
  status: {
    currentNumberScheduled: number
    desiredNumberScheduled: number
    numberMisscheduled: number
    numberReady: number
    numberAvailable?: number
    numberUnavailable?: number
    updatedNumberScheduled?: number
    observedGeneration?: number
  }
}

export interface JobSpec {
  parallelism?: number
  completions?: number
  backoffLimit?: number
  activeDeadlineSeconds?: number
  selector?: LabelSelector
  template: PodTemplate
}

export interface Job extends ApiObject {
  kind: 'Job'
  spec: JobSpec
  status: { active?: number; succeeded?: number; failed?: number; startTime?: string; completionTime?: string; conditions?: Condition[] }
}

export interface CronJob extends ApiObject {
  kind: 'CronJob'
  spec: {
    schedule: string
    concurrencyPolicy?: string
    suspend?: boolean
    successfulJobsHistoryLimit?: number
    failedJobsHistoryLimit?: number
    startingDeadlineSeconds?: number
    jobTemplate: { metadata?: Partial<ObjectMeta>; spec: JobSpec }
  }
  status: { active?: { name: string; namespace: string }[]; lastScheduleTime?: string }
}

export const isJob = (object: ApiObject): object is Job => object.kind === 'Job'
export const isCronJob = (object: ApiObject): object is CronJob => object.kind === 'CronJob'
export const isDeployment = (object: ApiObject): object is Deployment => object.kind === 'Deployment'
export const isReplicaSet = (object: ApiObject): object is ReplicaSet => object.kind === 'ReplicaSet'
export const isDaemonSet = (object: ApiObject): object is DaemonSet => object.kind === 'DaemonSet'

type Templated = Deployment | ReplicaSet | DaemonSet
const isTemplated = (object: ApiObject): object is Templated => isDeployment(object) || isReplicaSet(object) || isDaemonSet(object)

/** What a pod says of its containers, or the template of pods in a workload. */
export function podSpecOf(object: ApiObject): PodSpec | undefined {
  if (isTemplated(object)) return object.spec.template.spec
  return isPod(object) ? object.spec : undefined
}

export function withPodSpec<T extends ApiObject>(object: T, spec: PodSpec): ApiObject {
  if (isPod(object)) return { ...object, ...{ spec } }
  return isTemplated(object) ? { ...object, ...{ spec: { ...object.spec, template: { ...object.spec.template, spec } } } } : object
}

const isPod = (object: ApiObject): object is Pod => object.kind === 'Pod'

/** Every key of the selector with its value; a selector of none selects none. */
export function selects({ matchLabels = {} }: LabelSelector, labels: Readonly<Record<string, string>> | undefined): boolean {
  const pairs = Object.entries(matchLabels)
  return pairs.length > 0 && pairs.every(([key, value]) => labels?.[key] === value)
}

const HISTORY = 10
const DEADLINE_S = 600
const QUARTER = '25%'

/** What is not said (pkg/apis/apps/v1/defaults.go). */
export function defaultWorkload<T extends ApiObject>(object: T): T | Deployment | ReplicaSet | DaemonSet {
  if (isDeployment(object)) {
    const { spec } = object
    const type = spec.strategy?.type ?? 'RollingUpdate'
    const rolling = spec.strategy?.rollingUpdate
    const strategy: Deployment['spec']['strategy'] = type === 'Recreate' ? { type } : { type, rollingUpdate: { maxSurge: rolling?.maxSurge ?? QUARTER, maxUnavailable: rolling?.maxUnavailable ?? QUARTER } }
    return {
      ...object,
      spec: { ...spec, replicas: spec.replicas ?? 1, strategy, template: templateDefaults(spec.template), revisionHistoryLimit: spec.revisionHistoryLimit ?? HISTORY, progressDeadlineSeconds: spec.progressDeadlineSeconds ?? DEADLINE_S },
    }
  }
  if (isReplicaSet(object)) return { ...object, spec: { ...object.spec, replicas: object.spec.replicas ?? 1, template: templateDefaults(object.spec.template) } }
  if (isDaemonSet(object)) {
    const { spec } = object
    const type = spec.updateStrategy?.type ?? 'RollingUpdate'
    const updateStrategy: DaemonSet['spec']['updateStrategy'] = type === 'OnDelete' ? { type } : { type, rollingUpdate: { maxUnavailable: spec.updateStrategy?.rollingUpdate?.maxUnavailable ?? 1 } }
    return { ...object, spec: { ...spec, template: templateDefaults(spec.template), updateStrategy, revisionHistoryLimit: spec.revisionHistoryLimit ?? HISTORY } }
  }
  return object
}

/** A workload at its beginning. */
export function newWorkload<T extends ApiObject>(object: T): T | Deployment | ReplicaSet | DaemonSet {
  const made = defaultWorkload(object)
  const metadata = { ...made.metadata, generation: 1 }
  if (isDeployment(made)) return { ...made, metadata, status: {} }
  if (isReplicaSet(made)) return { ...made, metadata, status: { replicas: 0 } }
  if (!isDaemonSet(made)) return made
  const annotations = { ...metadata.annotations, 'deprecated.daemonset.template.generation': '1' }
  return { ...made, metadata: { ...metadata, annotations }, status: { currentNumberScheduled: 0, desiredNumberScheduled: 0, numberMisscheduled: 0, numberReady: 0 } }
}
