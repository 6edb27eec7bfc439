/** kubectl create namespace (pkg/cmd/create/create_namespace.go). */
import { command } from '../../command'
import { makeOrShow, MAKING, newMeta, newObject, oneName } from '../../generated'

export default command({
  flags: MAKING,
  *run(context) {
    const { namespace: _, ...metadata } = newMeta(context, oneName(context))
    return yield* makeOrShow(context, newObject('v1', 'Namespace', metadata, { spec: {}, status: {} }))
  },
})
