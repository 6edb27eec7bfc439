/** kubectl create configmap (pkg/cmd/create/create_configmap.go). */
import { command } from '../../command'
import { dataOf } from '../../data'
import { makeOrShow, MAKING, newMeta, newObject, oneName, sortedPairs } from '../../generated'

export default command({
  flags: [...MAKING, 'from-literal', 'from-file', 'from-env-file'],
  *run(context) {
    const name = oneName(context)
    const data = yield* dataOf(context)
    return yield* makeOrShow(context, newObject('v1', 'ConfigMap', newMeta(context, name), data.length === 0 ? {} : { data: sortedPairs(data) }), 'configmap')
  },
})
