/** kubectl rollout resume (pkg/polymorphichelpers/objectresumer.go). */
import { command, Refused } from '../../command'
import { changed, deploymentsNamed } from '../../rollouts'

export default command({
  flags: ['filename'],
  *run(context) {
    for (const deployment of yield* deploymentsNamed(context)) {
      if (!deployment.spec.paused) throw new Refused(`error: deployments.apps "${deployment.metadata.name}" is not paused`)
      const { paused: _, ...spec } = deployment.spec
      yield* changed(context, { ...deployment, spec }, 'resumed')
    }
  },
})
