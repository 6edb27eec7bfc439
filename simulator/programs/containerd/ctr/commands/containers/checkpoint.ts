/** ctr containers checkpoint: checkpoint a container, as ctr 1.6.20 has it. */
import { notSimulated } from '../../../../urfave/command'
import { bool } from '../../../../urfave/flag'

export default notSimulated({
  name: 'checkpoint',
  usage: 'checkpoint a container',
  args: 'CONTAINER REF',
  flags: [
    bool('rw', 'include the rw layer in the checkpoint'),
    bool('image', 'include the image in the checkpoint'),
    bool('task', 'checkpoint container task'),
  ],
})
