/** ctr tasks attach: attach to the IO of a running container, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { connect, loadContainer } from '../../client'
import { attachTask } from '../../task'

export default command({
  name: 'attach',
  usage: 'attach to the IO of a running container',
  args: 'CONTAINER',
  *run(context) {
    const id = context.arg(0)
    const client = yield* connect(context)
    const container = yield* loadContainer(client, id)
    return yield* attachTask(context, client, container)
  },
})
