/** kubectl create serviceaccount. */
import { command } from '../../command'
import { makeOrShow, MAKING, newMeta, newObject, oneName } from '../../generated'

export default command({
  flags: MAKING,
  *run(context) {
    return yield* makeOrShow(context, newObject('v1', 'ServiceAccount', newMeta(context, oneName(context)), {}))
  },
})
