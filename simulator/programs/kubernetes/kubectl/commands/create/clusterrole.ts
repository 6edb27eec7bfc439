/** kubectl create clusterrole (pkg/cmd/create/create_clusterrole.go), without `--aggregation-rule`. */
import { command, Refused } from '../../command'
import { makeOrShow, MAKING, newMeta, newObject, oneName } from '../../generated'
import { rulesOf } from '../../rules'

export default command({
  flags: [...MAKING, 'verb', 'resource', 'resource-name', 'non-resource-url'],
  *run(context) {
    const name = oneName(context)
    const urls = context.flags.all('non-resource-url').flatMap((text) => text.split(','))
    const rules = rulesOf(context)
    if (rules.length === 0 && urls.length === 0) throw new Refused('error: one of resource or nonResourceURL must be specified')
    const verbs = rules[0]?.verbs ?? context.flags.all('verb').flatMap((text) => text.split(','))
    const { namespace: _, ...metadata } = newMeta(context, name)
    return yield* makeOrShow(context, newObject('rbac.authorization.k8s.io/v1', 'ClusterRole', metadata, { rules: [...rules, ...(urls.length > 0 ? [{ verbs, nonResourceURLs: urls }] : [])] }), 'clusterrole')
  },
})
