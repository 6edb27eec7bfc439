/** ctr containers: manage containers, as ctr 1.6.20 has it. */
import { group } from '../../../../urfave/command'

export default group({
  name: 'containers',
  aliases: ['c', 'container'],
  usage: 'manage containers',
  commands: ['create', 'delete', 'info', 'list', 'label', 'checkpoint', 'restore'],
})
