/** Subjects of role bindings, as create rolebinding and create clusterrolebinding write them. */
import { type Context, Refused } from './command'

const GROUP = 'rbac.authorization.k8s.io'

export const SUBJECT_FLAGS = ['user', 'group', 'serviceaccount', 'clusterrole'] as const

const split = ({ flags }: Context, name: string): string[] => flags.all(name).flatMap((text) => text.split(',')).filter((text) => text !== '')

export const subjectsOf = (context: Context) => [
  ...split(context, 'user').map((name) => ({ kind: 'User', apiGroup: GROUP, name })),
  ...split(context, 'group').map((name) => ({ kind: 'Group', apiGroup: GROUP, name })),
  ...split(context, 'serviceaccount').map((text) => {
    const [namespace = '', name = '', ...more] = text.split(':')
    if (namespace === '' || name === '' || more.length > 0) throw new Refused('error: serviceaccount must be <namespace>:<name>')
    return { kind: 'ServiceAccount', name, namespace }
  }),
]

export const roleRef = (kind: 'Role' | 'ClusterRole', name: string) => ({ apiGroup: GROUP, kind, name })
