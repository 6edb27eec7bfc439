/** ctr shim start: start a container with a task, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { askShim } from '../../shim'

export default command({
  name: 'start',
  usage: 'start a container with a task',
  *run(context) {
    yield* askShim(context, (shim) => shim.start(context.arg(0), ''))
  },
})
