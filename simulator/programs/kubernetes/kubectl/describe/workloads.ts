/** kubectl describe of deployments and replica sets (pkg/describe/describe.go). Recording: golden deployment. */
import type { EventObject, Pod } from '../../../../kubernetes/api/objects'
import type { Deployment, PodTemplate, ReplicaSet } from '../../../../kubernetes/api/workloads'
import { selectorText } from '../printers/workloads'
import { annotations, describeEvents, Lines, longTime, multiline } from './lines'
import { containers, volumes } from './pod'

/** DescribePodTemplate. */
export function template(lines: Lines, { metadata, spec }: PodTemplate): void {
  lines.put(0, 'Pod Template:')
  multiline(lines, '  Labels', metadata?.labels)
  if (Object.keys(metadata?.annotations ?? {}).length > 0) multiline(lines, '  Annotations', metadata?.annotations, ': ')
  if (spec.serviceAccountName) lines.put(0, `  Service Account:\t${spec.serviceAccountName}`)
  if (spec.initContainers?.length) containers(lines, 'Init Containers', spec.initContainers, [], '  ')
  containers(lines, 'Containers', spec.containers, [], '  ')
  volumes(lines, spec.volumes ?? [], '  ')
  if (spec.priorityClassName) lines.put(0, `  Priority Class Name:\t${spec.priorityClassName}`)
}

export function describeDeployment({ metadata, spec, status }: Deployment, sets: readonly ReplicaSet[], events: readonly EventObject[], now: number): string {
  const lines = new Lines()
  lines.put(0, `Name:\t${metadata.name}`)
  lines.put(0, `Namespace:\t${metadata.namespace ?? ''}`)
  lines.put(0, `CreationTimestamp:\t${longTime(metadata.creationTimestamp)}`)
  multiline(lines, 'Labels', metadata.labels)
  annotations(lines, metadata.annotations)
  lines.put(0, `Selector:\t${selectorText(spec.selector)}`)
  lines.put(0, `Replicas:\t${spec.replicas} desired | ${status.updatedReplicas ?? 0} updated | ${status.replicas ?? 0} total | ${status.availableReplicas ?? 0} available | ${status.unavailableReplicas ?? 0} unavailable`)
  lines.put(0, `StrategyType:\t${spec.strategy.type}`)
  lines.put(0, `MinReadySeconds:\t${spec.minReadySeconds ?? 0}`)
  const rolling = spec.strategy.rollingUpdate
  if (rolling) lines.put(0, `RollingUpdateStrategy:\t${rolling.maxUnavailable} max unavailable, ${rolling.maxSurge} max surge`)
  template(lines, spec.template)
  if (status.conditions?.length) {
    lines.put(0, 'Conditions:')
    lines.put(1, 'Type\tStatus\tReason')
    lines.put(1, '----\t------\t------')
    for (const condition of status.conditions) lines.put(1, `${condition.type} \t${condition.status}\t${condition.reason ?? ''}`)
  }
  const revision = metadata.annotations?.['deployment.kubernetes.io/revision']
  const isNewest = (set: ReplicaSet): boolean => set.metadata.annotations?.['deployment.kubernetes.io/revision'] === revision
  const shown = (some: readonly ReplicaSet[]): string => some.map((set) => `${set.metadata.name} (${set.status.replicas}/${set.spec.replicas} replicas created)`).join(', ') || '<none>'
  lines.put(0, `OldReplicaSets:\t${shown(sets.filter((set) => !isNewest(set) && set.spec.replicas > 0))}`)
  lines.put(0, `NewReplicaSet:\t${shown(sets.filter(isNewest))}`)
  describeEvents(lines, events, now)
  return lines.toString()
}

export function describeReplicaSet({ metadata, spec, status }: ReplicaSet, pods: readonly Pod[], events: readonly EventObject[], now: number): string {
  const lines = new Lines()
  lines.put(0, `Name:\t${metadata.name}`)
  lines.put(0, `Namespace:\t${metadata.namespace ?? ''}`)
  lines.put(0, `Selector:\t${selectorText(spec.selector)}`)
  multiline(lines, 'Labels', metadata.labels)
  annotations(lines, metadata.annotations)
  const owner = metadata.ownerReferences?.find((o) => o.controller)
  if (owner) lines.put(0, `Controlled By:\t${owner.kind}/${owner.name}`)
  lines.put(0, `Replicas:\t${status.replicas} current / ${spec.replicas} desired`)
  const count = (phase: string): number => pods.filter((pod) => pod.status.phase === phase).length
  lines.put(0, `Pods Status:\t${count('Running')} Running / ${count('Pending')} Waiting / ${count('Succeeded')} Succeeded / ${count('Failed')} Failed`)
  template(lines, spec.template)
  describeEvents(lines, events, now)
  return lines.toString()
}
