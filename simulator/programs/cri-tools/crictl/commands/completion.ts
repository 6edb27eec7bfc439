/** crictl completion: output shell completion code, as crictl 1.26.0 has it. */
import { notSimulated } from '../../../urfave/command'

export default notSimulated({
  name: 'completion',
  usage: 'Output shell completion code',
  args: 'SHELL',
})
