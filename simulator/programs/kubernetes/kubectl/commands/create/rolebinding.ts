/** kubectl create rolebinding. */
import { command, Refused } from '../../command'
import { makeOrShow, MAKING, newMeta, newObject, oneName } from '../../generated'
import { roleRef, SUBJECT_FLAGS, subjectsOf } from '../../rbac'

export default command({
  flags: [...MAKING, ...SUBJECT_FLAGS, 'role'],
  *run(context) {
    const name = oneName(context)
    const { flags } = context
    const [role, clusterRole] = [flags.text('role') ?? '', flags.text('clusterrole') ?? '']
    if ((role === '') === (clusterRole === '')) throw new Refused('error: exactly one of clusterrole or role must be specified')
    const rest = { subjects: subjectsOf(context), roleRef: role === '' ? roleRef('ClusterRole', clusterRole) : roleRef('Role', role) }
    return yield* makeOrShow(context, newObject('rbac.authorization.k8s.io/v1', 'RoleBinding', newMeta(context, name), rest), 'rolebinding')
  },
})
