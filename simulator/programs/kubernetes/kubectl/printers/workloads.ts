/** Deployments, replica sets and daemon sets in a table (printDeployment and the two beside it). Recordings: golden deployment, daemonset-job-static. */
import type { DaemonSet, Deployment, LabelSelector, PodTemplate, ReplicaSet } from '../../../../kubernetes/api/workloads'
import { sinceTime } from '../table'
import { none, type Printer } from './printer'

/** `app=nginx,tier=web`. */
export const selectorText = ({ matchLabels = {} }: LabelSelector): string => none(Object.keys(matchLabels).sort().map((key) => `${key}=${matchLabels[key] ?? ''}`).join(','))

export const containersOf = ({ spec }: PodTemplate): string[] => [spec.containers.map((c) => c.name).join(','), spec.containers.map((c) => c.image).join(',')]

export const deployment: Printer = {
  columns: ['NAME', 'READY', 'UP-TO-DATE', 'AVAILABLE', 'AGE'],
  wide: ['CONTAINERS', 'IMAGES', 'SELECTOR'],
  row(object, now) {
    const { metadata, spec, status } = object as Deployment
    return {
      cells: [metadata.name, `${status.readyReplicas ?? 0}/${spec.replicas}`, String(status.updatedReplicas ?? 0), String(status.availableReplicas ?? 0), sinceTime(now, metadata.creationTimestamp)],
      wide: [...containersOf(spec.template), selectorText(spec.selector)],
    }
  },
}

export const replicaSet: Printer = {
  columns: ['NAME', 'DESIRED', 'CURRENT', 'READY', 'AGE'],
  wide: ['CONTAINERS', 'IMAGES', 'SELECTOR'],
  row(object, now) {
    const { metadata, spec, status } = object as ReplicaSet
    return {
      cells: [metadata.name, String(spec.replicas), String(status.replicas), String(status.readyReplicas ?? 0), sinceTime(now, metadata.creationTimestamp)],
      wide: [...containersOf(spec.template), selectorText(spec.selector)],
    }
  },
}

export const daemonSet: Printer = {
  columns: ['NAME', 'DESIRED', 'CURRENT', 'READY', 'UP-TO-DATE', 'AVAILABLE', 'NODE SELECTOR', 'AGE'],
  wide: ['CONTAINERS', 'IMAGES', 'SELECTOR'],
  row(object, now) {
    const { metadata, spec, status } = object as DaemonSet
    const counts = [status.desiredNumberScheduled, status.currentNumberScheduled, status.numberReady, status.updatedNumberScheduled ?? 0, status.numberAvailable ?? 0]
    return {
      cells: [metadata.name, ...counts.map(String), selectorText({ matchLabels: spec.template.spec.nodeSelector ?? {} }), sinceTime(now, metadata.creationTimestamp)],
      wide: [...containersOf(spec.template), selectorText(spec.selector)],
    }
  },
}
