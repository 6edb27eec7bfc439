/** ctr shim delete: delete a container with a task, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { askShim } from '../../shim'

export default command({
  name: 'delete',
  usage: 'delete a container with a task',
  *run(context) {
    const { exitStatus } = yield* askShim(context, (shim) => shim.delete(context.arg(0), ''))
    context.io.out(`container deleted and returned exit status ${exitStatus}\n`)
  },
})
