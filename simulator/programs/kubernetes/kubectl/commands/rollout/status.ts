/** kubectl rollout status (pkg/polymorphichelpers/rollout_status.go). Recording: golden deployment. */
import type { Run } from '../../../../../kernel/run'
import type { ApiObject } from '../../../../../kubernetes/api/objects'
import { type DaemonSet, type Deployment, isDaemonSet, isDeployment } from '../../../../../kubernetes/api/workloads'
import { parseDuration } from '../../../../go/duration'
import { command, type Context, Refused } from '../../command'
import { kindAsked } from '../../kinds'
import { rolledOut } from '../../rollouts'

export default command({
  flags: ['timeout', 'watch', 'filename', 'revision'],
  *run(context) {
    for (const workload of yield* rolledOut(context)) yield* follow(context, workload)
  },
})

function* follow(context: Context, workload: Deployment | DaemonSet): Run {
  const { flags, io } = context
  const { namespace, name } = workload.metadata
  const resource = kindAsked(isDeployment(workload) ? 'deployments' : 'daemonsets', namespace)
  const is = (object: ApiObject): boolean => object.kind === workload.kind
  const limit = parseDuration(flags.text('timeout') ?? '0s') ?? 0
  const late = { yes: false }
  if (limit > 0) {
    io.sys.go(
      (function* () {
        yield* io.sys.sleep(limit)
        late.yes = true
        io.err('error: timed out waiting for the condition\n')
        yield* io.flush()
        io.sys.exit(1)
      })(),
    )
  }
  let { items, resourceVersion } = yield* context.api((api) => api.list(resource, namespace))
  for (;;) {
    for (const object of items) {
      if (object.metadata.name !== name || !is(object)) continue
      const { message, done } = isDaemonSet(object) ? progressOfSet(object) : isDeployment(object) ? progress(object) : NOTHING
      io.out(message)
      yield* io.flush()
      if (done || !flags.is('watch')) return
    }
    const from = resourceVersion
    const changes = yield* context.api((api) => api.watch(from, ({ object }) => is(object)))
    resourceVersion = changes.at(-1)?.resourceVersion ?? resourceVersion
    if (changes.some(({ type, object }) => type === 'DELETED' && is(object) && object.metadata.name === name)) throw new Refused('error: object has been deleted')
    items = changes.flatMap(({ object }) => (object.metadata.namespace === namespace ? [object] : []))
  }
}

const NOTHING = { message: '', done: false }

function progressOfSet({ metadata: { name, generation = 0 }, spec, status }: DaemonSet): { message: string; done: boolean } {
  if (spec.updateStrategy.type !== 'RollingUpdate') throw new Refused(`error: rollout status is only available for RollingUpdate strategy type`)
  if (generation > (status.observedGeneration ?? 0)) return { message: 'Waiting for daemon set spec update to be observed...\n', done: false }
  const [desired, updated, available] = [status.desiredNumberScheduled, status.updatedNumberScheduled ?? 0, status.numberAvailable ?? 0]
  const waiting = (what: string) => ({ message: `Waiting for daemon set "${name}" rollout to finish: ${what}...\n`, done: false })
  if (updated < desired) return waiting(`${updated} out of ${desired} new pods have been updated`)
  if (available < desired) return waiting(`${available} of ${desired} updated pods are available`)
  return { message: `daemon set "${name}" successfully rolled out\n`, done: true }
}

function progress({ metadata: { name, generation = 0 }, spec, status }: Deployment): { message: string; done: boolean } {
  if (generation > (status.observedGeneration ?? 0)) return { message: 'Waiting for deployment spec update to be observed...\n', done: false }
  const stuck = status.conditions?.find((c) => c.type === 'Progressing')?.reason === 'ProgressDeadlineExceeded'
  if (stuck) throw new Refused(`error: deployment "${name}" exceeded its progress deadline`)
  const [all, updated, available] = [status.replicas ?? 0, status.updatedReplicas ?? 0, status.availableReplicas ?? 0]
  const waiting = (what: string) => ({ message: `Waiting for deployment "${name}" rollout to finish: ${what}...\n`, done: false })
  if (updated < spec.replicas) return waiting(`${updated} out of ${spec.replicas} new replicas have been updated`)
  if (all > updated) return waiting(`${all - updated} old replicas are pending termination`)
  if (available < updated) return waiting(`${available} of ${updated} updated replicas are available`)
  return { message: `deployment "${name}" successfully rolled out\n`, done: true }
}
