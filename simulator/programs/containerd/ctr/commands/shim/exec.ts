/** ctr shim exec: exec a new process in the task's container, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { bool, string, strings } from '../../../../urfave/flag'
import { Failure } from '../../../../urfave/context'
import { connectShim } from '../../shim'

export default command({
  name: 'exec',
  usage: "exec a new process in the task's container",
  flags: [
    string('stdin', 'specify the path to the stdin fifo'),
    string('stdout', 'specify the path to the stdout fifo'),
    string('stderr', 'specify the path to the stderr fifo'),
    bool('tty, t', 'enable tty support'),
    bool('attach, a', 'stay attached to the container and open the fifos'),
    strings('env, e', 'add environment vars'),
    string('cwd', 'current working directory'),
    string('spec', 'runtime spec'),
  ],
  *run(context) {
    yield* connectShim(context)
    if (context.arg(0) === '') throw new Failure('exec id must be provided')
    for (const name of ['stdin', 'stdout', 'stderr']) if (context.string(name) === '') throw new Failure('error creating fifo : no such file or directory')
    return context.refuse('shim exec')
  },
})
