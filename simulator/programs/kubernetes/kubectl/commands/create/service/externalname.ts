/** kubectl create service externalname. */
import { command } from '../../../command'
import { MAKING } from '../../../generated'
import { createService } from '../../../service'

export default command({
  flags: [...MAKING, 'tcp', 'external-name'],
  *run(context) {
    return yield* createService(context, { type: 'ExternalName', externalName: context.flags.text('external-name') ?? '' })
  },
})
