/** kubectl create role (pkg/cmd/create/create_role.go). */
import { command, Refused } from '../../command'
import { makeOrShow, MAKING, newMeta, newObject, oneName } from '../../generated'
import { rulesOf } from '../../rules'

export default command({
  flags: [...MAKING, 'verb', 'resource', 'resource-name'],
  *run(context) {
    const name = oneName(context)
    const rules = rulesOf(context)
    if (rules.length === 0) throw new Refused('error: at least one resource must be specified')
    return yield* makeOrShow(context, newObject('rbac.authorization.k8s.io/v1', 'Role', newMeta(context, name), { rules }), 'role')
  },
})
