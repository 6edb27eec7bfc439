/** ctr containers checkpoint: checkpoint a container, as ctr 1.6.20 has it. What it would write is not simulated. */
import { command } from '../../../../urfave/command'
import { bool } from '../../../../urfave/flag'
import { Failure } from '../../../../urfave/context'
import { connect, loadContainer } from '../../client'

export default command({
  name: 'checkpoint',
  usage: 'checkpoint a container',
  args: 'CONTAINER REF',
  flags: [
    bool('rw', 'include the rw layer in the checkpoint'),
    bool('image', 'include the image in the checkpoint'),
    bool('task', 'checkpoint container task'),
  ],
  *run(context) {
    if (context.arg(0) === '') throw new Failure('container id must be provided')
    if (context.arg(1) === '') throw new Failure('ref must be provided')
    const client = yield* connect(context)
    yield* loadContainer(client, context.arg(0))
    return context.refuse('containers checkpoint')
  },
})
