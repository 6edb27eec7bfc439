/** kubectl create service clusterip. */
import { command } from '../../../command'
import { MAKING } from '../../../generated'
import { createService } from '../../../service'

export default command({
  flags: [...MAKING, 'tcp', 'clusterip'],
  *run(context) {
    return yield* createService(context, { type: 'ClusterIP', clusterIP: context.flags.text('clusterip') ?? '' })
  },
})
