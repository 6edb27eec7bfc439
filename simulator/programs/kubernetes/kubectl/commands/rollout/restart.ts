/** kubectl rollout restart (pkg/polymorphichelpers/objectrestarter.go): an annotation of the template makes it another one. */
import { apiTime } from '../../../../../kubernetes/api/server'
import { command, Refused } from '../../command'
import { changed, deploymentsNamed } from '../../rollouts'

const RESTARTED = 'kubectl.kubernetes.io/restartedAt'

export default command({
  flags: ['filename', 'selector'],
  *run(context) {
    for (const deployment of yield* deploymentsNamed(context)) {
      if (deployment.spec.paused) throw new Refused(`error: deployments.apps "${deployment.metadata.name}" can't restart paused deployment (run rollout resume first)`)
      const { template } = deployment.spec
      const annotations = { ...template.metadata?.annotations, [RESTARTED]: apiTime(context.io.sys.now().sec) }
      yield* changed(context, { ...deployment, spec: { ...deployment.spec, template: { ...template, metadata: { ...template.metadata, annotations } } } }, 'restarted')
    }
  },
})
