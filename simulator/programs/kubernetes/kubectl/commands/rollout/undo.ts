/** kubectl rollout undo (pkg/polymorphichelpers/rollback.go): the template of an earlier replica set. Recording: golden deployment. */
import { HASH_LABEL } from '../../../../../kubernetes/controllers/template-hash'
import { command, Refused } from '../../command'
import { changed, deploymentsNamed, revisionOf, setsOf } from '../../rollouts'

export default command({
  flags: ['to-revision', 'filename'],
  *run(context) {
    const to = Number(context.flags.text('to-revision') ?? 0)
    for (const deployment of yield* deploymentsNamed(context)) {
      const { name } = deployment.metadata
      const sets = yield* setsOf(context, deployment)
      const chosen = to === 0 ? sets.at(-2) : sets.find((set) => revisionOf(set) === to)
      if (!chosen) throw new Refused(to === 0 ? `error: no rollout history found for deployment "${name}"` : `error: unable to find specified revision ${to} in history`)
      if (deployment.spec.paused) throw new Refused(`error: you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again`)
      if (revisionOf(chosen) === revisionOf(deployment)) {
        context.io.out(`deployment.apps/${name} skipped rollback (current template already matches revision ${to})\n`)
        continue
      }
      const { [HASH_LABEL]: _, ...labels } = chosen.spec.template.metadata?.labels ?? {}
      const template = { ...chosen.spec.template, metadata: { ...chosen.spec.template.metadata, labels } }
      yield* changed(context, { ...deployment, spec: { ...deployment.spec, template } }, 'rolled back')
    }
  },
})
