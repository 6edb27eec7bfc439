/** ctr shim exec: exec a new process in the task's container, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { bool, string, strings } from '../../../../urfave/flag'
import { type Context, Failure } from '../../../../urfave/context'
import { exists } from '../../../../../containerd/files'
import { isErrno } from '../../../../../kernel/errno'
import { notAPointer } from '../../panic'
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
    for (const name of ['stdin', 'stdout', 'stderr']) makeFifo(context, context.string(name))
    const spec = context.string('spec')
    try {
      yield* context.sys.readFile(spec)
    } catch (error) {
      if (!isErrno(error)) throw error
      throw new Failure(`open ${spec}: ${error.message.toLowerCase()}`)
    }
    throw notAPointer(context)
  },
})

/** fifo.OpenFifo with O_CREAT. */
function makeFifo({ sys }: Context, path: string): void {
  if (path !== '' && exists(sys, path)) return
  try {
    sys.mknod(path, 'fifo', 0o700)
  } catch (error) {
    if (!isErrno(error)) throw error
    throw new Failure(`error creating fifo ${path}: ${error.message.toLowerCase()}`)
  }
}
