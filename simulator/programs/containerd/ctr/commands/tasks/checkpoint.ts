/** ctr tasks checkpoint: checkpoint a container, as ctr 1.6.20 has it. */
import { notSimulated } from '../../../../urfave/command'
import { bool, string } from '../../../../urfave/flag'

export default notSimulated({
  name: 'checkpoint',
  usage: 'checkpoint a container',
  args: '[flags] CONTAINER',
  flags: [
    bool('exit', 'stop the container after the checkpoint'),
    string('image-path', 'path to criu image files'),
    string('work-path', 'path to criu work files and logs'),
  ],
})
