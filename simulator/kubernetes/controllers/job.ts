/** The Job controller: pods until enough have succeeded or too many failed (pkg/controller/job of 1.20). Recording: golden daemonset-job-static. */
import type { Run } from '../../kernel/run'
import type { Condition, Pod } from '../api/objects'
import { apiTime, isPod, pods as podsResource } from '../api/server'
import { isJob, type Job } from '../api/workloads'
import { type Call, type Controller, listAll, ownedBy, resourceFor } from './controller'
import { createPodOf, deletePodOf } from './pods'

const SOURCE = { component: 'job-controller' }
const KIND = 'Job'

export const jobs: Controller = {
  kinds: [KIND, 'Pod'],
  *sync(call) {
    const all = yield* listAll(call, resourceFor('batch/v1', KIND), isJob)
    if (all.length === 0) return 'idle'
    const pods = yield* listAll(call, podsResource(), isPod)
    for (const job of all) yield* syncOne(call, job, pods.filter((pod) => ownedBy(job, pod)))
  },
}

const ended = ({ status }: Job): boolean => status.conditions?.some((c) => (c.type === 'Complete' || c.type === 'Failed') && c.status === 'True') ?? false

function* syncOne(call: Call, job: Job, pods: readonly Pod[]): Run {
  if (ended(job) || job.metadata.deletionTimestamp) return
  const now = apiTime(yield* call(function* (server) {
    return server.now()
  }))
  const succeeded = pods.filter(({ status }) => status.phase === 'Succeeded').length
  const failed = pods.filter(({ status }) => status.phase === 'Failed').length
  const active = pods.filter(({ status, metadata }) => status.phase !== 'Succeeded' && status.phase !== 'Failed' && !metadata.deletionTimestamp)
  const { completions, parallelism = 1, backoffLimit = 6 } = job.spec
  const wanted = completions ?? 1
  const startTime = job.status.startTime ?? now
  const finish = (type: 'Complete' | 'Failed', why: { reason?: string; message?: string }): Condition[] => [{ type, status: 'True', lastProbeTime: null, lastTransitionTime: now, ...why } satisfies Condition]
  const restarts = pods.reduce((n, pod) => n + (pod.spec.restartPolicy === 'OnFailure' ? (pod.status.containerStatuses ?? []).reduce((m, s) => m + s.restartCount, 0) : 0), 0)
  if (failed > backoffLimit || (backoffLimit > 0 && restarts >= backoffLimit)) {
    for (const pod of active) yield* deletePodOf(call, job, pod, SOURCE)
    yield* tell(call, job, { ...counts(0, succeeded, failed + active.length), startTime, conditions: finish('Failed', { reason: 'BackoffLimitExceeded', message: 'Job has reached the specified backoff limit' }) })
    yield* call((server) => server.event(job, 'Warning', 'BackoffLimitExceeded', 'Job has reached the specified backoff limit', SOURCE))
    return
  }
  if (succeeded >= wanted && (completions !== undefined || active.length === 0)) {
    yield* tell(call, job, { ...counts(active.length, succeeded, failed), startTime, completionTime: now, conditions: finish('Complete', {}) })
    yield* call((server) => server.event(job, 'Normal', 'Completed', 'Job completed', SOURCE))
    return
  }
  const missing = Math.min(parallelism, Math.max(0, wanted - succeeded)) - active.length
  for (let i = 0; i < missing; i++) yield* createPodOf(call, job, job.spec.template, SOURCE)
  yield* tell(call, job, { ...counts(active.length + Math.max(0, missing), succeeded, failed), startTime })
}

const counts = (active: number, succeeded: number, failed: number): Job['status'] => ({ ...(active > 0 ? { active } : {}), ...(failed > 0 ? { failed } : {}), ...(succeeded > 0 ? { succeeded } : {}) })

function* tell(call: Call, job: Job, status: Job['status']): Run {
  if (JSON.stringify(status) !== JSON.stringify(job.status)) yield* call((server) => server.updateStatus(resourceFor('batch/v1', KIND), job, status))
}
