/** crictl rm: remove one or more containers, as crictl 1.26.0 has it. */
import { notSimulated } from '../../../urfave/command'
import { bool } from '../../../urfave/flag'

export default notSimulated({
  name: 'rm',
  usage: 'Remove one or more containers',
  args: 'CONTAINER-ID [CONTAINER-ID...]',
  flags: [
    bool('all, a', 'Remove all containers'),
    bool('force, f', 'Force removal of the container, disregarding if running'),
  ],
  shortOptions: 'joined',
})
