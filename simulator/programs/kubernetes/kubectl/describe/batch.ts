/** kubectl describe of daemon sets, jobs and cron jobs (pkg/describe/describe.go). Recording: golden daemonset-job-static. */
import type { EventObject, Pod } from '../../../../kubernetes/api/objects'
import type { CronJob, DaemonSet, Job } from '../../../../kubernetes/api/workloads'
import { selectorText } from '../printers/workloads'
import { spanTime } from '../table'
import { annotations, describeEvents, Lines, longTime, multiline } from './lines'
import { template } from './workloads'

const counted = (pods: readonly Pod[]) => (phase: string): number => pods.filter((pod) => pod.status.phase === phase).length

export function describeDaemonSet({ metadata, spec, status }: DaemonSet, pods: readonly Pod[], events: readonly EventObject[], now: number): string {
  const lines = new Lines()
  lines.put(0, `Name:\t${metadata.name}`)
  lines.put(0, `Selector:\t${selectorText(spec.selector)}`)
  lines.put(0, `Node-Selector:\t${selectorText({ matchLabels: spec.template.spec.nodeSelector ?? {} })}`)
  multiline(lines, 'Labels', metadata.labels)
  annotations(lines, metadata.annotations)
  lines.put(0, `Desired Number of Nodes Scheduled: ${status.desiredNumberScheduled}`)
  lines.put(0, `Current Number of Nodes Scheduled: ${status.currentNumberScheduled}`)
  lines.put(0, `Number of Nodes Scheduled with Up-to-date Pods: ${status.updatedNumberScheduled ?? 0}`)
  lines.put(0, `Number of Nodes Scheduled with Available Pods: ${status.numberAvailable ?? 0}`)
  lines.put(0, `Number of Nodes Misscheduled: ${status.numberMisscheduled}`)
  const count = counted(pods)
  lines.put(0, `Pods Status:\t${count('Running')} Running / ${count('Pending')} Waiting / ${count('Succeeded')} Succeeded / ${count('Failed')} Failed`)
  template(lines, spec.template)
  describeEvents(lines, events, now)
  return lines.toString()
}

export function describeJob({ metadata, spec, status }: Job, events: readonly EventObject[], now: number): string {
  const lines = new Lines()
  lines.put(0, `Name:\t${metadata.name}`)
  lines.put(0, `Namespace:\t${metadata.namespace ?? ''}`)
  lines.put(0, `Selector:\t${selectorText(spec.selector ?? {})}`)
  multiline(lines, 'Labels', metadata.labels)
  annotations(lines, metadata.annotations)
  const owner = metadata.ownerReferences?.find((o) => o.controller)
  if (owner) lines.put(0, `Controlled By:\t${owner.kind}/${owner.name}`)
  lines.put(0, `Parallelism:\t${spec.parallelism ?? 1}`)
  lines.put(0, `Completions:\t${spec.completions ?? '<unset>'}`)
  if (status.startTime) lines.put(0, `Start Time:\t${longTime(status.startTime)}`)
  if (status.completionTime) lines.put(0, `Completed At:\t${longTime(status.completionTime)}`)
  if (status.startTime && status.completionTime) lines.put(0, `Duration:\t${spanTime(status.startTime, status.completionTime, now)}`)
  if (spec.activeDeadlineSeconds !== undefined) lines.put(0, `Active Deadline Seconds:\t${spec.activeDeadlineSeconds}s`)
  lines.put(0, `Pods Statuses:\t${status.active ?? 0} Running / ${status.succeeded ?? 0} Succeeded / ${status.failed ?? 0} Failed`)
  template(lines, spec.template)
  describeEvents(lines, events, now)
  return lines.toString()
}

export function describeCronJob({ metadata, spec, status }: CronJob, events: readonly EventObject[], now: number): string {
  const lines = new Lines()
  const { spec: job } = spec.jobTemplate
  lines.put(0, `Name:\t${metadata.name}`)
  lines.put(0, `Namespace:\t${metadata.namespace ?? ''}`)
  multiline(lines, 'Labels', metadata.labels)
  annotations(lines, metadata.annotations)
  lines.put(0, `Schedule:\t${spec.schedule}`)
  lines.put(0, `Concurrency Policy:\t${spec.concurrencyPolicy ?? ''}`)
  lines.put(0, `Suspend:\t${spec.suspend ? 'True' : 'False'}`)
  lines.put(0, `Successful Job History Limit:\t${spec.successfulJobsHistoryLimit ?? '<unset>'}`)
  lines.put(0, `Failed Job History Limit:\t${spec.failedJobsHistoryLimit ?? '<unset>'}`)
  lines.put(0, `Starting Deadline Seconds:\t${spec.startingDeadlineSeconds === undefined ? '<unset>' : `${spec.startingDeadlineSeconds}s`}`)
  lines.put(0, `Selector:\t${job.selector ? selectorText(job.selector) : '<unset>'}`)
  lines.put(0, `Parallelism:\t${job.parallelism ?? '<unset>'}`)
  lines.put(0, `Completions:\t${job.completions ?? '<unset>'}`)
  template(lines, job.template)
  lines.put(0, `Last Schedule Time:\t${status.lastScheduleTime ? longTime(status.lastScheduleTime) : '<unset>'}`)
  lines.put(0, `Active Jobs:\t${status.active?.map(({ name }) => name).join(', ') || '<none>'}`)
  describeEvents(lines, events, now)
  return lines.toString()
}

