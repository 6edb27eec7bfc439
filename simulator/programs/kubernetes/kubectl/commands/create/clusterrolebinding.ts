/** kubectl create clusterrolebinding. */
import { command } from '../../command'
import { makeOrShow, MAKING, newMeta, newObject, oneName } from '../../generated'
import { roleRef, SUBJECT_FLAGS, subjectsOf } from '../../rbac'

export default command({
  flags: [...MAKING, ...SUBJECT_FLAGS],
  *run(context) {
    const name = oneName(context)
    const { namespace: _, ...metadata } = newMeta(context, name)
    const rest = { subjects: subjectsOf(context), roleRef: roleRef('ClusterRole', context.flags.text('clusterrole') ?? '') }
    return yield* makeOrShow(context, newObject('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', metadata, rest), 'clusterrolebinding')
  },
})
