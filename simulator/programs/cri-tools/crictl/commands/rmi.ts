/** crictl rmi: remove one or more images, as crictl 1.26.0 has it. */
import { notSimulated } from '../../../urfave/command'
import { bool } from '../../../urfave/flag'

export default notSimulated({
  name: 'rmi',
  usage: 'Remove one or more images',
  args: 'IMAGE-ID [IMAGE-ID...]',
  flags: [
    bool('all, a', 'Remove all images'),
    bool('prune, q', 'Remove all unused images'),
  ],
  shortOptions: 'joined',
})
