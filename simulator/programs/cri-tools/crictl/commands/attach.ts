/** crictl attach: attach to a running container, as crictl 1.26.0 has it. */
import { notSimulated } from '../../../urfave/command'
import { bool } from '../../../urfave/flag'

export default notSimulated({
  name: 'attach',
  usage: 'Attach to a running container',
  args: 'CONTAINER-ID',
  flags: [
    bool('stdin, i', 'Keep STDIN open'),
    bool('tty, t', 'Allocate a pseudo-TTY'),
  ],
  shortOptions: 'joined',
})
