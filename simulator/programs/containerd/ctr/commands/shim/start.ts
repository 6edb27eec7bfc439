/** ctr shim start: start a container with a task, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { connectShim } from '../../shim'

export default command({
  name: 'start',
  usage: 'start a container with a task',
  *run(context) {
    connectShim(context)
    return context.refuse('shim start')
  },
})
