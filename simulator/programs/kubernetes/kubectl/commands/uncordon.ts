/** kubectl uncordon (pkg/cmd/drain/drain.go). */
import { command } from '../command'
import { nodesNamed, setSchedulable } from '../nodes'

export default command({
  flags: ['selector', 'dry-run'],
  *run(context) {
    return yield* setSchedulable(context, nodesNamed(context, 'uncordon'), 'uncordoned')
  },
})
