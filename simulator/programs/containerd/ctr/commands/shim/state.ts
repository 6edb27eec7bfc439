/** ctr shim state: get the state of all the processes of the task, as ctr 1.6.20 has it. */
import { notSimulated } from '../../../../urfave/command'

export default notSimulated({
  name: 'state',
  usage: 'get the state of all the processes of the task',
})
