/** Jobs and cron jobs in a table (printJob, printCronJob). Recording: golden daemonset-job-static. */
import type { CronJob, Job } from '../../../../kubernetes/api/workloads'
import { sinceTime, spanTime } from '../table'
import { containersOf, selectorText } from './workloads'
import { none, type Printer } from './printer'

export const job: Printer = {
  columns: ['NAME', 'COMPLETIONS', 'DURATION', 'AGE'],
  wide: ['CONTAINERS', 'IMAGES', 'SELECTOR'],
  row(object, now) {
    const { metadata, spec, status } = object as Job
    const wanted = spec.completions ?? ((spec.parallelism ?? 1) > 1 ? `1 of ${spec.parallelism}` : 1)
    const { startTime, completionTime } = status
    return {
      cells: [metadata.name, `${status.succeeded ?? 0}/${wanted}`, startTime ? spanTime(startTime, completionTime, now) : '', sinceTime(now, metadata.creationTimestamp)],
      wide: [...containersOf(spec.template), selectorText(spec.selector ?? {})],
    }
  },
}

export const cronJob: Printer = {
  columns: ['NAME', 'SCHEDULE', 'SUSPEND', 'ACTIVE', 'LAST SCHEDULE', 'AGE'],
  wide: ['CONTAINERS', 'IMAGES', 'SELECTOR'],
  row(object, now) {
    const { metadata, spec, status } = object as CronJob
    const last = status.lastScheduleTime
    return {
      cells: [metadata.name, spec.schedule, spec.suspend ? 'True' : 'False', String(status.active?.length ?? 0), none(last && sinceTime(now, last)), sinceTime(now, metadata.creationTimestamp)],
      wide: [...containersOf(spec.jobTemplate.spec.template), selectorText(spec.jobTemplate.spec.selector ?? {})],
    }
  },
}
