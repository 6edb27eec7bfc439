/** crictl checkpoint: checkpoint one or more running containers, as crictl 1.26.0 has it. */
import { notSimulated } from '../../../urfave/command'
import { string } from '../../../urfave/flag'

export default notSimulated({
  name: 'checkpoint',
  usage: 'Checkpoint one or more running containers',
  args: 'CONTAINER-ID [CONTAINER-ID...]',
  flags: [
    string('export, e', 'Specify the name of the archive used to export the checkpoint image.'),
  ],
  shortOptions: 'joined',
})
