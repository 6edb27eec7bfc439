/** API objects (Kubernetes API reference, v1 and apps/v1), as far as the lab's controllers and kubectl read them. Manifests keep every other field. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json | undefined }

export interface OwnerReference {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
  readonly uid: string
  readonly controller?: boolean
  readonly blockOwnerDeletion?: boolean
}

export interface ObjectMeta {
  name: string
  generateName?: string
  namespace?: string
  uid?: string
  resourceVersion?: string
  generation?: number
  creationTimestamp?: string
  deletionTimestamp?: string
  deletionGracePeriodSeconds?: number
  labels?: Record<string, string>
  annotations?: Record<string, string>
  ownerReferences?: OwnerReference[]
  finalizers?: string[]
}

export interface ApiObject {
  apiVersion: string
  kind: string
  metadata: ObjectMeta
}

/** A key of a ConfigMap or a Secret. */
export interface KeyRef {
  readonly name: string
  readonly key: string
  readonly optional?: boolean
}

export interface EnvVar {
  readonly name: string
  readonly value?: string
  readonly valueFrom?: {
    readonly fieldRef?: { readonly fieldPath: string; readonly apiVersion?: string }
    readonly resourceFieldRef?: { readonly resource: string; readonly containerName?: string; readonly divisor?: string }
    readonly configMapKeyRef?: KeyRef
    readonly secretKeyRef?: KeyRef
  }
}

/** All keys of a ConfigMap or a Secret. */
export interface EnvFrom {
  readonly prefix?: string
  readonly configMapRef?: { readonly name: string; readonly optional?: boolean }
  readonly secretRef?: { readonly name: string; readonly optional?: boolean }
}

/** What is done in a container, by a probe or a hook. */
export interface Handler {
  readonly exec?: { readonly command: readonly string[] }
  readonly httpGet?: { readonly path?: string; readonly port: number | string; readonly host?: string; readonly scheme?: string; readonly httpHeaders?: readonly { readonly name: string; readonly value: string }[] }
  readonly tcpSocket?: { readonly port: number | string; readonly host?: string }
}

export interface Probe extends Handler {
  readonly initialDelaySeconds?: number
  readonly timeoutSeconds?: number
  readonly periodSeconds?: number
  readonly successThreshold?: number
  readonly failureThreshold?: number
}

export interface Container {
  name: string
  image: string
  command?: string[]
  args?: string[]
  workingDir?: string
  env?: EnvVar[]
  envFrom?: EnvFrom[]
  ports?: { containerPort: number; hostPort?: number; name?: string; protocol?: string }[]
  volumeMounts?: { name: string; mountPath: string; readOnly?: boolean; subPath?: string }[]
  resources?: { limits?: Record<string, string>; requests?: Record<string, string> }
  imagePullPolicy?: 'Always' | 'IfNotPresent' | 'Never'
  securityContext?: { privileged?: boolean; runAsUser?: number; runAsGroup?: number; runAsNonRoot?: boolean; readOnlyRootFilesystem?: boolean; capabilities?: { add?: string[]; drop?: string[] } }
  terminationMessagePath?: string
  terminationMessagePolicy?: string
  livenessProbe?: Probe
  readinessProbe?: Probe
  startupProbe?: Probe
  lifecycle?: { postStart?: Handler; preStop?: Handler }
  stdin?: boolean
  stdinOnce?: boolean
  tty?: boolean
}

export interface Toleration {
  readonly key?: string
  readonly operator?: 'Exists' | 'Equal'
  readonly value?: string
  readonly effect?: string
  readonly tolerationSeconds?: number
}

export interface PodSpec {
  containers: Container[]
  initContainers?: Container[]
  nodeName?: string
  nodeSelector?: Record<string, string>
  hostname?: string
  subdomain?: string
  setHostnameAsFQDN?: boolean
  hostNetwork?: boolean
  hostPID?: boolean
  hostIPC?: boolean
  shareProcessNamespace?: boolean
  restartPolicy?: 'Always' | 'OnFailure' | 'Never'
  terminationGracePeriodSeconds?: number
  dnsPolicy?: string
  serviceAccountName?: string
  serviceAccount?: string
  schedulerName?: string
  priority?: number
  priorityClassName?: string
  preemptionPolicy?: string
  enableServiceLinks?: boolean
  securityContext?: { runAsUser?: number; runAsGroup?: number; runAsNonRoot?: boolean; fsGroup?: number }
  tolerations?: Toleration[]
  volumes?: ({ name: string } & Record<string, Json | undefined>)[]
}

export interface ContainerState {
  waiting?: { reason: string; message?: string }
  running?: { startedAt: string }
  terminated?: { exitCode: number; signal?: number; reason: string; message?: string; startedAt: string; finishedAt: string; containerID: string }
}

export interface ContainerStatus {
  name: string
  state: ContainerState
  lastState: ContainerState
  ready: boolean
  started?: boolean
  restartCount: number
  image: string
  imageID: string
  containerID?: string
}

export interface Condition {
  type: string
  status: 'True' | 'False' | 'Unknown'
  lastTransitionTime: string
  lastProbeTime?: null
  lastHeartbeatTime?: string
  reason?: string
  message?: string
}

export interface PodStatus {
  phase?: 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown'
  conditions?: Condition[]
  hostIP?: string
  podIP?: string
  podIPs?: { ip: string }[]
  startTime?: string
  containerStatuses?: ContainerStatus[]
  initContainerStatuses?: ContainerStatus[]
  qosClass?: 'BestEffort' | 'Burstable' | 'Guaranteed'
  reason?: string
  message?: string
}

export interface Pod extends ApiObject {
  kind: 'Pod'
  spec: PodSpec
  status: PodStatus
}

export interface NodeObject extends ApiObject {
  kind: 'Node'
  spec: { podCIDR?: string; podCIDRs?: string[]; taints?: { key: string; value?: string; effect: string }[]; unschedulable?: boolean }
  status: {
    addresses: { type: string; address: string }[]
    capacity: Record<string, string>
    allocatable: Record<string, string>
    conditions: Condition[]
    nodeInfo: Record<string, string>
  }
}

export interface EventObject extends ApiObject {
  kind: 'Event'
  type: 'Normal' | 'Warning'
  reason: string
  message: string
  count: number
  firstTimestamp: string
  lastTimestamp: string
  involvedObject: { apiVersion: string; kind: string; name: string; namespace?: string; uid?: string; resourceVersion?: string; fieldPath?: string }
  source: { component: string; host?: string }
}

export interface Service extends ApiObject {
  kind: 'Service'
  spec: { clusterIP?: string; clusterIPs?: string[]; ipFamilies?: string[]; ipFamilyPolicy?: string; sessionAffinity?: string; type?: string; ports?: { name?: string; port: number; targetPort?: number | string; protocol?: string; nodePort?: number }[]; selector?: Record<string, string> }
  status: Record<string, Json>
}

export interface EndpointPort {
  readonly name?: string
  readonly port: number
  readonly protocol: string
}

export interface EndpointSubset {
  readonly addresses?: readonly { readonly ip: string; readonly nodeName?: string; readonly targetRef?: { readonly kind: string; readonly name: string; readonly namespace: string; readonly uid: string } }[]
  readonly notReadyAddresses?: EndpointSubset['addresses']
  readonly ports?: readonly EndpointPort[]
}

export interface Endpoints extends ApiObject {
  kind: 'Endpoints'
  subsets?: readonly EndpointSubset[]
}

export interface ConfigMap extends ApiObject {
  kind: 'ConfigMap'
  data?: Readonly<Record<string, string>>
  binaryData?: Readonly<Record<string, string>>
}

export interface Secret extends ApiObject {
  kind: 'Secret'
  type: string
  data?: Readonly<Record<string, string>>
}

export interface ServiceAccount extends ApiObject {
  kind: 'ServiceAccount'
  secrets?: readonly { readonly name: string }[]
  imagePullSecrets?: readonly { readonly name: string }[]
}
