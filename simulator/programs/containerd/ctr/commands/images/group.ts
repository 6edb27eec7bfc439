/** ctr images: manage images, as ctr 1.6.20 has it. */
import { group } from '../../../../urfave/command'

export default group({
  name: 'images',
  aliases: ['image', 'i'],
  usage: 'manage images',
  commands: ['check', 'export', 'import', 'list', 'mount', 'unmount', 'pull', 'push', 'delete', 'tag', 'label', 'convert'],
})
