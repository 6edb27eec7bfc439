/** ctr tasks pause: pause an existing container, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { connect, loadTask } from '../../client'

export default command({
  name: 'pause',
  usage: 'pause an existing container',
  args: 'CONTAINER',
  *run(context) {
    const client = yield* connect(context)
    yield* loadTask(client, context.arg(0))
    yield* client.call((s, ns) => s.tasks.pause(ns, context.arg(0)))
  },
})
