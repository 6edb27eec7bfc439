/** ctr tasks checkpoint: checkpoint a container, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { bool, string } from '../../../../urfave/flag'
import { Failure } from '../../../../urfave/context'
import { checkpointFailure } from '../../checkpoint'
import { connect, loadTask } from '../../client'

export default command({
  name: 'checkpoint',
  usage: 'checkpoint a container',
  args: '[flags] CONTAINER',
  flags: [
    bool('exit', 'stop the container after the checkpoint'),
    string('image-path', 'path to criu image files'),
    string('work-path', 'path to criu work files and logs'),
  ],
  *run(context) {
    const id = context.arg(0)
    if (id === '') throw new Failure('container id must be provided')
    const client = yield* connect(context)
    const { status } = yield* loadTask(client, id)
    const failure = checkpointFailure(client, id, status)
    if (failure !== undefined) throw failure
    return context.refuse('tasks checkpoint')
  },
})
