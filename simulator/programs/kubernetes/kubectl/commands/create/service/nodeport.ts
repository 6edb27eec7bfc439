/** kubectl create service nodeport. */
import { command } from '../../../command'
import { MAKING } from '../../../generated'
import { createService } from '../../../service'

export default command({
  flags: [...MAKING, 'tcp', 'node-port'],
  *run(context) {
    return yield* createService(context, { type: 'NodePort', nodePort: context.flags.number('node-port') })
  },
})
