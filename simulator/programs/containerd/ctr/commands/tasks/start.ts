/** ctr tasks start: start a container that has been created, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { bool, string } from '../../../../urfave/flag'
import { connect, loadContainer } from '../../client'
import { Failure } from '../../../../urfave/context'
import { runTask } from '../../task'

export default command({
  name: 'start',
  usage: 'start a container that has been created',
  args: 'CONTAINER',
  flags: [
    bool('null-io', 'send all IO to /dev/null'),
    string('log-uri', 'log uri'),
    string('fifo-dir', 'directory used for storing IO FIFOs'),
    string('pid-file', "file path to write the task's pid"),
    bool('detach, d', 'detach from the task after it has started execution'),
  ],
  *run(context) {
    const id = context.arg(0)
    if (id === '') throw new Failure('container id must be provided')
    const client = yield* connect(context)
    const container = yield* loadContainer(client, id)
    return yield* runTask(context, client, container, { terminal: container.Spec.process?.terminal ? 'tty' : 'pipes' })
  },
})
