/** What `kubectl get` shows of each kind (pkg/printers/internalversion/printers.go). */
import type { ApiObject, EventObject, NodeObject, Service } from '../../../kubernetes/api/objects'
import { componentStatus, configMap, endpoints, lease, priorityClass, secret, serviceAccount } from './printers/config'
import { cronJob, job } from './printers/jobs'
import { pod } from './printers/pod'
import { none, type Printer } from './printers/printer'
import { daemonSet, deployment, replicaSet } from './printers/workloads'
import { sinceTime } from './table'

export type { Printer }

const node: Printer = {
  columns: ['NAME', 'STATUS', 'ROLES', 'AGE', 'VERSION'],
  wide: ['INTERNAL-IP', 'EXTERNAL-IP', 'OS-IMAGE', 'KERNEL-VERSION', 'CONTAINER-RUNTIME'],
  row(object, now) {
    const n = object as NodeObject
    const ready = n.status.conditions.find((c) => c.type === 'Ready')
    const roles = Object.keys(n.metadata.labels ?? {}).filter((k) => k.startsWith('node-role.kubernetes.io/')).map((k) => k.slice('node-role.kubernetes.io/'.length)).sort()
    const { nodeInfo } = n.status
    return {
      cells: [n.metadata.name, `${ready?.status === 'True' ? 'Ready' : 'NotReady'}${n.spec.unschedulable ? ',SchedulingDisabled' : ''}`, none(roles.join(',')), sinceTime(now, n.metadata.creationTimestamp), nodeInfo.kubeletVersion ?? ''],
      wide: [n.status.addresses.find((a) => a.type === 'InternalIP')?.address ?? '<none>', '<none>', nodeInfo.osImage ?? '', nodeInfo.kernelVersion ?? '', nodeInfo.containerRuntimeVersion ?? ''],
    }
  },
}

const namespace: Printer = {
  columns: ['NAME', 'STATUS', 'AGE'],
  wide: [],
  row: (object, now) => ({ cells: [object.metadata.name, (object as ApiObject & { status?: { phase?: string } }).status?.phase ?? 'Active', sinceTime(now, object.metadata.creationTimestamp)], wide: [] }),
}

const event: Printer = {
  columns: ['LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE'],
  wide: [],
  row(object, now) {
    const e = object as EventObject
    const last = sinceTime(now, e.lastTimestamp)
    return { cells: [last, e.type, e.reason, `${e.involvedObject.kind.toLowerCase()}/${e.involvedObject.name}`, e.message], wide: [] }
  },
}

const service: Printer = {
  columns: ['NAME', 'TYPE', 'CLUSTER-IP', 'EXTERNAL-IP', 'PORT(S)', 'AGE'],
  wide: ['SELECTOR'],
  row(object, now) {
    const s = object as Service
    const ports = (s.spec.ports ?? []).map((p) => `${p.port}${p.nodePort ? `:${p.nodePort}` : ''}/${p.protocol ?? 'TCP'}`).join(',')
    const selector = Object.entries(s.spec.selector ?? {}).map(([k, v]) => `${k}=${v}`).join(',')
    return { cells: [s.metadata.name, s.spec.type ?? 'ClusterIP', none(s.spec.clusterIP), '<none>', none(ports), sinceTime(now, s.metadata.creationTimestamp)], wide: [none(selector)] }
  },
}

export const PRINTERS: Readonly<Record<string, Printer>> = {
  Pod: pod, Node: node, Namespace: namespace, Event: event, Service: service, Deployment: deployment, ReplicaSet: replicaSet, DaemonSet: daemonSet, Job: job, CronJob: cronJob,
  ConfigMap: configMap, Secret: secret, ServiceAccount: serviceAccount, Endpoints: endpoints, PriorityClass: priorityClass, Lease: lease, ComponentStatus: componentStatus,
}
