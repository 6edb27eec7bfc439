/** ctr shim delete: delete a container with a task, as ctr 1.6.20 has it. */
import { notSimulated } from '../../../../urfave/command'

export default notSimulated({
  name: 'delete',
  usage: 'delete a container with a task',
})
