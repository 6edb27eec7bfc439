/** ctr shim start: start a container with a task, as ctr 1.6.20 has it. */
import { notSimulated } from '../../../../urfave/command'

export default notSimulated({
  name: 'start',
  usage: 'start a container with a task',
})
