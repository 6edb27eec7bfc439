/** ctr tasks exec: execute additional processes in an existing container, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { bool, string } from '../../../../urfave/flag'
import { connect, loadContainer } from '../../client'
import { Failure } from '../../../../urfave/context'
import { execInTask } from '../../task'

export default command({
  name: 'exec',
  usage: 'execute additional processes in an existing container',
  args: '[flags] CONTAINER CMD [ARG...]',
  flags: [
    string('cwd', 'working directory of the new process'),
    bool('tty, t', 'allocate a TTY for the container'),
    bool('detach, d', 'detach from the task after it has started execution'),
    string('exec-id', 'exec specific id for the process', { required: 'required' }),
    string('fifo-dir', 'directory used for storing IO FIFOs'),
    string('log-uri', 'log uri for custom shim logging'),
    string('user', 'user id or name'),
  ],
  flagsFirst: 'only',
  *run(context) {
    const [id = '', ...args] = context.args
    if (id === '') throw new Failure('container id must be provided')
    const client = yield* connect(context)
    const container = yield* loadContainer(client, id)
    return yield* execInTask(context, client, container, args)
  },
})
