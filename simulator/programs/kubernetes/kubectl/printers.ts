/** What `kubectl get` shows of each kind (pkg/printers/internalversion/printers.go). */
import type { ApiObject, ContainerStatus, EventObject, NodeObject, Pod, Service } from '../../../kubernetes/api/objects'
import { sinceTime } from './table'

export interface Printer {
  readonly columns: readonly string[]
  readonly wide: readonly string[]
  row(object: ApiObject, now: number, server: string): { readonly cells: readonly string[]; readonly wide: readonly string[] }
}

/** The STATUS column: the reason of what went wrong, else the phase. */
export function podReason(pod: Pod): string {
  let reason: string = pod.status.reason ?? pod.status.phase ?? 'Unknown'
  let running = false
  for (const status of [...(pod.status.containerStatuses ?? [])].reverse()) {
    const { waiting, terminated } = status.state
    if (waiting?.reason) reason = waiting.reason
    else if (terminated?.reason) reason = terminated.reason
    else if (terminated) reason = terminated.signal ? `Signal:${terminated.signal}` : `ExitCode:${terminated.exitCode}`
    else if (status.ready && status.state.running) running = true
  }
  if (reason === 'Completed' && running) reason = pod.status.conditions?.some((c) => c.type === 'Ready' && c.status === 'True') ? 'Running' : 'NotReady'
  if (pod.metadata.deletionTimestamp) return pod.status.reason === 'NodeLost' ? 'Unknown' : 'Terminating'
  return reason
}

/** From version 1.22 on the server tells when the last restart was. */
const TELLS_LAST_RESTART = 22

function restarted(count: number, statuses: readonly ContainerStatus[], now: number, server: string): string {
  const last = statuses.map((s) => s.lastState.terminated?.finishedAt ?? '').sort().at(-1)
  return count > 0 && last && Number(server.split('.')[1]) >= TELLS_LAST_RESTART ? `${count} (${sinceTime(now, last)} ago)` : String(count)
}

const none = (value: string | undefined): string => value || '<none>'

const pod: Printer = {
  columns: ['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE'],
  wide: ['IP', 'NODE', 'NOMINATED NODE', 'READINESS GATES'],
  row(object, now, server) {
    const p = object as Pod
    const statuses = p.status.containerStatuses ?? []
    const restarts = statuses.reduce((n, s) => n + s.restartCount, 0)
    return {
      cells: [p.metadata.name, `${statuses.filter((s) => s.ready).length}/${p.spec.containers.length}`, podReason(p), restarted(restarts, statuses, now, server), sinceTime(now, p.metadata.creationTimestamp)],
      wide: [none(p.status.podIP), none(p.spec.nodeName), '<none>', '<none>'],
    }
  },
}

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
  row: (object, now) => ({ cells: [object.metadata.name, 'Active', sinceTime(now, object.metadata.creationTimestamp)], wide: [] }),
}

const event: Printer = {
  columns: ['LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE'],
  wide: [],
  row(object, now) {
    const e = object as EventObject
    const last = sinceTime(now, e.lastTimestamp)
    const seen = e.count > 1 ? `${last} (x${e.count} over ${sinceTime(now, e.firstTimestamp)})` : last
    return { cells: [seen, e.type, e.reason, `${e.involvedObject.kind.toLowerCase()}/${e.involvedObject.name}`, e.message], wide: [] }
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

export const PRINTERS: Readonly<Record<string, Printer>> = { Pod: pod, Node: node, Namespace: namespace, Event: event, Service: service }
