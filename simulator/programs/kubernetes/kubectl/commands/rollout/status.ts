/** kubectl rollout status (pkg/polymorphichelpers/rollout_status.go). Recording: golden deployment. */
import type { Run } from '../../../../../kernel/run'
import { type Deployment, isDeployment } from '../../../../../kubernetes/api/workloads'
import { parseDuration } from '../../../../go/duration'
import { command, type Context, Refused } from '../../command'
import { deploymentKind, deploymentsNamed } from '../../rollouts'

export default command({
  flags: ['timeout', 'watch', 'filename', 'revision'],
  *run(context) {
    for (const deployment of yield* deploymentsNamed(context)) yield* follow(context, deployment)
  },
})

function* follow(context: Context, deployment: Deployment): Run {
  const { flags, io } = context
  const { namespace, name } = deployment.metadata
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
  let { items, resourceVersion } = yield* context.api((api) => api.list(deploymentKind(), namespace))
  for (;;) {
    for (const object of items) {
      if (object.metadata.name !== name || !isDeployment(object)) continue
      const { message, done } = progress(object)
      io.out(message)
      yield* io.flush()
      if (done || !flags.is('watch')) return
    }
    const from = resourceVersion
    const changes = yield* context.api((api) => api.watch(from, ({ object }) => isDeployment(object)))
    resourceVersion = changes.at(-1)?.resourceVersion ?? resourceVersion
    if (changes.some(({ type, object }) => type === 'DELETED' && isDeployment(object) && object.metadata.name === name)) throw new Refused('error: object has been deleted')
    items = changes.flatMap(({ object }) => (object.metadata.namespace === namespace ? [object] : []))
  }
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
