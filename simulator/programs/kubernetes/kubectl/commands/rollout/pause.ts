/** kubectl rollout pause (pkg/polymorphichelpers/objectpauser.go). */
import { command, Refused } from '../../command'
import { changed, deploymentsNamed } from '../../rollouts'

export default command({
  flags: ['filename'],
  *run(context) {
    for (const deployment of yield* deploymentsNamed(context)) {
      if (deployment.spec.paused) throw new Refused(`error: deployments.apps "${deployment.metadata.name}" is already paused`)
      yield* changed(context, { ...deployment, spec: { ...deployment.spec, paused: true } }, 'paused')
    }
  },
})
