/** ctr shim state: get the state of all the processes of the task, as ctr 1.6.20 has it. */
import { command } from '../../../../urfave/command'
import { connectShim } from '../../shim'

export default command({
  name: 'state',
  usage: 'get the state of all the processes of the task',
  *run(context) {
    connectShim(context)
    return context.refuse('shim state')
  },
})
