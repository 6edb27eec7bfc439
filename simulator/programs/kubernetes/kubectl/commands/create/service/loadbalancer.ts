/** kubectl create service loadbalancer. */
import { command } from '../../../command'
import { MAKING } from '../../../generated'
import { createService } from '../../../service'

export default command({
  flags: [...MAKING, 'tcp'],
  *run(context) {
    return yield* createService(context, { type: 'LoadBalancer' })
  },
})
