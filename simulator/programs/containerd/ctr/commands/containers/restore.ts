/** ctr containers restore: restore a container from checkpoint, as ctr 1.6.20 has it. */
import { notSimulated } from '../../../../urfave/command'
import { bool } from '../../../../urfave/flag'

export default notSimulated({
  name: 'restore',
  usage: 'restore a container from checkpoint',
  args: 'CONTAINER REF',
  flags: [
    bool('rw', 'restore the rw layer from the checkpoint'),
    bool('live', 'restore the runtime and memory data from the checkpoint'),
  ],
})
